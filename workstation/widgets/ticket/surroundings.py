"""What happens around the ticket: lamps, locks, positions, orders and trades, sifted for what concerns its draft.

Two signals come out of it. `check_again` means that the desk may judge differently now; `look_again` only that a line
changed. Round trips and other accounts' news cause neither.
"""

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from workstation.domain.account import Position, PositionPlace
from workstation.domain.executions import Execution
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.orders import Order
from workstation.runtime.clock import Clock
from workstation.services.subjects import Services
from workstation.venues.base import ConnectionStatus, Lamp
from workstation.widgets.ticket.check_lines import RecentOrders
from workstation.widgets.ticket.check_view import CheckView
from workstation.widgets.ticket.draft import Draft


class Surroundings(QObject):
    """Keeps what the check block needs and the services do not hold."""

    check_again = Signal()
    look_again = Signal()

    def __init__(self, services: Services, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._clock = services, clock
        self._account: AccountKey | None = None
        self._symbol = ""
        self._recent = RecentOrders()
        self._last_trades: dict[tuple[ConnectionID, str], Execution] = {}
        self._held: dict[PositionPlace, Decimal] = {}
        self._lamps: dict[ConnectionID, tuple[Lamp, ...]] = {}
        self._recent.take(services.orders.orders.values(), clock.now_ns())
        services.accounts.positions_changed.connect(self._take_positions)
        services.connections.statuses_changed.connect(self._take_statuses)
        services.connections.desk_state_changed.connect(lambda _state: self.check_again.emit())
        services.orders.latest_changed.connect(self._take_orders)
        services.orders.executions_added.connect(self._take_executions)

    def view(self, draft: Draft, *, replaced: Order | None, filled_by: str) -> CheckView:
        """Return everything the check lines of `draft` are made from; from now on its news count."""
        account = draft.offer.account
        self._account, self._symbol = (account.key if account else None), draft.symbol
        trade = self._last_trades.get((account.key.connection_id, draft.symbol)) if account else None
        return CheckView(
            draft=draft,
            services=self._services,
            now_ns=self._clock.now_ns(),
            replaced=replaced,
            last_trade=trade,
            filled_by=filled_by,
            rivals=self._recent.of(account.key, draft.symbol) if account else (),
        )

    def _take_statuses(self, statuses: list[ConnectionStatus]) -> None:
        for status in statuses:
            lamps = tuple(lamp for _, lamp in status.lamps)
            moved = self._lamps.get(status.connection_id) != lamps
            self._lamps[status.connection_id] = lamps
            if self._account is not None and status.connection_id == self._account.connection_id:
                (self.check_again if moved else self.look_again).emit()

    def _take_positions(self, positions: list[Position]) -> None:
        """Have the desk look again when a holding changed; a profit that moves with every tick changes no verdict."""
        moved = False
        for position in positions:
            if self._held.get(position.place) != position.net_qty:
                self._held[position.place] = position.net_qty
                moved = moved or (position.key == self._account and position.symbol == self._symbol)
        if moved:
            self.check_again.emit()

    def _take_orders(self, orders: list[Order]) -> None:
        self._recent.take(orders, self._clock.now_ns())
        account, symbol = self._account, self._symbol
        if any(order.terms.symbol == symbol and order.terms.account == account for order in orders):
            self.check_again.emit()

    def _take_executions(self, executions: list[Execution]) -> None:
        for execution in executions:
            if execution.last_px is not None:
                self._last_trades[execution.account.connection_id, execution.symbol] = execution
        self.look_again.emit()
