"""What the screen knows, subject by subject, as Qt signals.

Each service keeps the latest value of its subject, so that a dock opened late can fill itself, and announces changes in
batches: one signal per turn, never one per item. All live in the screen's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from workstation.desk.messages import (
    AccountChanged,
    ActivityLine,
    ConnectionListed,
    ConnectionRemoved,
    DeskState,
    EngineFailed,
    EngineMessage,
    MarketMoved,
    SecretsState,
    SendProgress,
)
from workstation.domain.account import Account, Balance, Position, PositionPlace
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile
from workstation.domain.executions import Execution
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, ExecID
from workstation.domain.instrument import Instrument
from workstation.domain.orders import ZERO, Order
from workstation.services.market_data import MarketDataService
from workstation.venues.base import ConnectionStatus, InstrumentsListed


class OrderService(QObject):
    """Orders of all accounts."""

    orders_changed = Signal(list)
    """list[Order], in the order in which they changed; the same order may come twice."""
    latest_changed = Signal(list)
    """list[Order], of each order that changed the latest, once a turn: for who shows or counts what is."""
    executions_added = Signal(list)
    send_progressed = Signal(object)
    """SendProgress"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.orders: dict[ClOrdID, Order] = {}
        self.executions: dict[ClOrdID, dict[ExecID, Execution]] = {}
        """By order, oldest first; a trade that is told again after a reconnect is there once."""

    def accept(self, orders: list[Order], executions: list[Execution]) -> None:
        """Take one turn's changes."""
        if orders:
            latest = {order.cl_ord_id: order for order in orders}
            self.orders.update(latest)
            self.orders_changed.emit(orders)
            self.latest_changed.emit(orders if len(latest) == len(orders) else list(latest.values()))
        if executions:
            for execution in executions:
                self.executions.setdefault(execution.cl_ord_id, {})[execution.exec_id] = execution
            self.executions_added.emit(executions)


class AccountService(QObject):
    """Accounts with their balances and positions."""

    accounts_changed = Signal(list)
    """list[Account]"""
    accounts_removed = Signal(list)
    """list[AccountKey]"""
    balances_changed = Signal(list)
    positions_changed = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.accounts: dict[AccountKey, Account] = {}
        self.balances: dict[AccountKey, Balance] = {}
        self.positions: dict[PositionPlace, Position] = {}

    def accept(self, accounts: list[Account], balances: list[Balance], positions: list[Position]) -> None:
        """Take one turn's changes; of each subject the latest value counts."""
        if accounts:
            self.accounts.update((account.key, account) for account in accounts)
            self.accounts_changed.emit(accounts)
        if balances:
            self.balances.update((balance.key, balance) for balance in balances)
            self.balances_changed.emit(balances)
        if positions:
            self.positions.update((position.place, position) for position in positions)
            self.positions_changed.emit(positions)

    def net_qty(self, account: AccountKey, symbol: str) -> Decimal | None:
        """Return the net of all positions in `symbol`, None where the venue has told none."""
        held = [one.net_qty for place, one in self.positions.items() if place[0] == account and place[1] == symbol]
        return sum(held, ZERO) if held else None

    def forget(self, connection_id: ConnectionID) -> None:
        """Drop what belonged to a removed connection."""
        gone = [key for key in self.accounts if key.connection_id == connection_id]
        for key in gone:
            del self.accounts[key]
            self.balances.pop(key, None)
        self.positions = {key: held for key, held in self.positions.items() if key[0].connection_id != connection_id}
        if gone:
            self.accounts_removed.emit(gone)


class ActivityService(QObject):
    """The activity log; the lines themselves are kept by its model."""

    lines_added = Signal(list)
    """list[ActivityLine], oldest first"""


class ConnectionService(QObject):
    """Connections, their lamps, what their venues can do and trade, and the desk's own locks."""

    connections_changed = Signal()
    """A connection was added, changed or removed."""
    statuses_changed = Signal(list)
    """list[ConnectionStatus]"""
    instruments_changed = Signal(object)
    """ConnectionID"""
    desk_state_changed = Signal(object)
    """DeskState"""
    engine_failed = Signal(object)
    """EngineFailed"""
    secrets_state_changed = Signal(object)
    """SecretsState"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.profiles: dict[ConnectionID, ConnectionProfile] = {}
        self.capabilities: dict[ConnectionID, Capabilities] = {}
        self.statuses: dict[ConnectionID, ConnectionStatus] = {}
        self.instruments: dict[ConnectionID, dict[str, Instrument]] = {}
        self.desk_state = DeskState()
        self.secrets_state = SecretsState()

    def listed(self, message: ConnectionListed) -> None:
        """Add or change a connection."""
        self.profiles[message.profile.connection_id] = message.profile
        self.capabilities[message.profile.connection_id] = message.capabilities
        self.connections_changed.emit()

    def removed(self, connection_id: ConnectionID) -> None:
        """Drop a connection."""
        for kept in (self.profiles, self.capabilities, self.statuses, self.instruments):
            kept.pop(connection_id, None)
        self.connections_changed.emit()

    def take_statuses(self, statuses: list[ConnectionStatus]) -> None:
        """Take the latest lamps."""
        self.statuses.update((status.connection_id, status) for status in statuses)
        self.statuses_changed.emit(statuses)

    def take_instruments(self, listed: InstrumentsListed) -> None:
        """Add instruments of one connection; :attr:`instruments_changed` is announced by whoever calls, once a turn."""
        known = self.instruments.setdefault(listed.connection_id, {})
        known.update((instrument.symbol, instrument) for instrument in listed.instruments)

    def take_desk_state(self, state: DeskState) -> None:
        """Take the desk's locks."""
        self.desk_state = state
        self.desk_state_changed.emit(state)

    def take_secrets_state(self, state: SecretsState) -> None:
        """Take where passwords are kept."""
        self.secrets_state = state
        self.secrets_state_changed.emit(state)


@dataclass(slots=True)
class _Turn:
    """What one batch holds, sorted by subject."""

    orders: list[Order] = field(default_factory=list)
    executions: list[Execution] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    balances: dict[AccountKey, Balance] = field(default_factory=dict)
    positions: dict[PositionPlace, Position] = field(default_factory=dict)
    lines: list[ActivityLine] = field(default_factory=list)
    statuses: dict[ConnectionID, ConnectionStatus] = field(default_factory=dict)
    listed: dict[ConnectionID, None] = field(default_factory=dict)
    """Connections whose instruments became more."""


class Services(QObject):
    """All subjects; :meth:`dispatch` is the only way in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.orders = OrderService(self)
        self.accounts = AccountService(self)
        self.activity = ActivityService(self)
        self.connections = ConnectionService(self)
        self.market = MarketDataService(self)

    def dispatch(self, messages: Sequence[EngineMessage]) -> None:
        """Hand one batch of the engine's messages, oldest first, to the subjects.

        Connections come before accounts, accounts before orders, so that no slot meets an unknown key.
        """
        turn = _Turn()
        for message in messages:
            self._sort(message, turn)
        for connection_id in turn.listed:
            self.connections.instruments_changed.emit(connection_id)
        if turn.statuses:
            self.connections.take_statuses(list(turn.statuses.values()))
        self.accounts.accept(turn.accounts, list(turn.balances.values()), list(turn.positions.values()))
        self.orders.accept(turn.orders, turn.executions)
        for progress in (message for message in messages if isinstance(message, SendProgress)):
            self.orders.send_progressed.emit(progress)
        if turn.lines:
            self.activity.lines_added.emit(turn.lines)

    def _sort(self, message: EngineMessage, turn: _Turn) -> None:
        match message:
            case Order():
                turn.orders.append(message)
            case ActivityLine():
                turn.lines.append(message)
            case Execution():
                turn.executions.append(message)
            case Position():
                turn.positions[message.place] = message
            case MarketMoved():
                self.market.accept(message)
            case Balance():
                turn.balances[message.key] = message
            case ConnectionStatus():
                turn.statuses[message.connection_id] = message
            case AccountChanged():
                turn.accounts.append(message.account)
            case SendProgress():
                pass
            case _:
                self._sort_rare(message, turn)

    def _sort_rare(self, message: EngineMessage, turn: _Turn) -> None:
        match message:
            case ConnectionListed():
                self.connections.listed(message)
            case ConnectionRemoved():
                self.connections.removed(message.connection_id)
                self.accounts.forget(message.connection_id)
                self.market.forget(message.connection_id)
            case InstrumentsListed():
                self.connections.take_instruments(message)
                turn.listed[message.connection_id] = None
            case DeskState():
                self.connections.take_desk_state(message)
            case SecretsState():
                self.connections.take_secrets_state(message)
            case EngineFailed():
                self.connections.engine_failed.emit(message)
            case _:
                raise TypeError(f"no subject for {type(message).__name__}")
