"""`workstation selftest`: a whole trade at every built-in venue through the real window, off screen.

For installers and checks: it needs no display, no keys and no network, prints a line per check, and exits 0 or 1.
What it does a trader could do: it types into the ticket, presses its buttons, and reads the rows of the docks.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget

from workstation.app import Desktop, application, collecting_on_screen, logged, plan_engine, qt_loop
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.money import TickRounding, round_to_tick
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import Order
from workstation.runtime.desktop_options import DesktopOptions
from workstation.runtime.paths import ProfilePaths
from workstation.runtime.redaction import Redactor
from workstation.selftest_market import MarketChecks
from workstation.storage.journal_verify import verify
from workstation.venues.base import Lamp
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.docks.activity_log import ActivityLogDock
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.docks.positions import PositionsDock
from workstation.widgets.standard_docks import ACCOUNTS, LOG, ORDERS, POSITIONS, TICKET
from workstation.widgets.ticket.choice_boxes import ChoiceBox

LIMIT_S = 20.0
"""How long one check may take before it has failed."""
LOOK_S = 0.02
AWAY = Decimal("0.97")
"""A resting order is priced this part of the bid: far enough not to trade, near enough for the venue's own checks."""


Kind = TypeVar("Kind")


class CheckFailed(Exception):
    """One check did not come true; the text says which."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One instrument as its venue announced it."""

    symbol: str
    tick_size: Decimal
    lot_size: Decimal
    bid: Decimal
    ask: Decimal


def run_selftest() -> int:
    """Run all checks; return 0 when all came true, else 1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    with tempfile.TemporaryDirectory(prefix="workstation-selftest-") as folder:
        paths, redactor = ProfilePaths(Path(folder)), Redactor()
        paths.create()
        with logged(paths, redactor), qt_loop(app) as loop, collecting_on_screen():
            closing, announced, options = asyncio.Event(), dict[str, object](), DesktopOptions(demo=True)
            desktop = Desktop(app, closing, options, plan_engine(paths, options, redactor, announced.update))
            failures = loop.run_until_complete(_run(desktop, closing, announced))
        failures += _verify(paths)
    _say("selftest: all checks passed" if not failures else f"selftest: {failures} checks failed")
    return 1 if failures else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _run(desktop: Desktop, closing: asyncio.Event, announced: Mapping[str, object]) -> int:
    running = asyncio.get_running_loop().create_task(desktop.run(), name="selftest: the desktop")
    trader = Trader(desktop)
    try:
        await trader.until(lambda: bool(announced), "the built-in venues serve")
        for venue in announced:
            await trader.trade_at(venue, _offered(announced[venue]))
    except CheckFailed as failure:
        _say(f"FAILED {failure}")
        trader.failures += 1
    finally:
        closing.set()
        await running
    return trader.failures


def _verify(paths: ProfilePaths) -> int:
    found = verify(paths.journal)
    if found.fault:
        _say(f"FAILED the journal's chain: {found.fault}")
        return 1
    _say(f"ok the journal's chain is intact, {found.rows} rows")
    return 0


def _offered(venue: object) -> Offered:
    """Return the venue's first instrument, the one that is traded."""
    assert isinstance(venue, dict)
    first = venue["instruments"][0]
    return Offered(first["symbol"], *(Decimal(first[name]) for name in ("tick_size", "lot_size", "bid", "ask")))


class Trader:
    """Hands and eyes on the window."""

    def __init__(self, desktop: Desktop) -> None:
        assert desktop.window is not None
        workspace = desktop.window.workspace
        self.failures = 0
        self._market = MarketChecks(desktop, self.until)
        self._services = desktop.services
        self._ticket = _content(workspace.content(TICKET), OrderTicket)
        self._orders = _content(workspace.content(ORDERS), OrderBookDock)
        self._positions = _content(workspace.content(POSITIONS), PositionsDock)
        self._accounts = _content(workspace.content(ACCOUNTS), AccountsDock)
        self._log = _content(workspace.content(LOG), ActivityLogDock)

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until `condition` holds, and say so.

        Raises:
            CheckFailed: it did not in time.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + LIMIT_S
        while not condition():
            if loop.time() > end:
                raise CheckFailed(what)
            await asyncio.sleep(LOOK_S)
        _say(f"ok {what}")

    async def trade_at(self, venue: str, offered: Offered) -> None:
        """Place, replace, cancel and fill at one venue, and look at every dock."""
        place = ConnectionID(f"{venue}-simulator")
        accounts = self._services.accounts
        await self.until(lambda: self._is_live(place), f"{venue}: connected, books in sync")
        mine = [key for key in accounts.accounts if key.connection_id == place]
        await self.until(
            lambda: len(mine) > 0 and all(key in accounts.balances for key in mine),
            f"{venue}: {len(mine)} accounts with balances",
        )
        order = await self._place(venue, mine[0], offered)
        order = await self._replace(venue, order, offered)
        await self._cancel(venue, order)
        await self._fill(venue, mine[0], offered)
        await self._look(venue, mine)
        await self._market.look(venue, mine[0], offered.symbol)
        await self._market.close(venue, mine[0], offered.symbol)

    def _is_live(self, place: ConnectionID) -> bool:
        status = self._services.connections.statuses.get(place)
        return status is not None and status.worst is Lamp.LIVE

    # -- the trader's hands --------------------------------------------------------------------------------------

    async def _place(self, venue: str, account: AccountKey, offered: Offered) -> Order:
        price = round_to_tick(offered.bid * AWAY, offered.tick_size, TickRounding.DOWN)
        order = await self._type_and_send(account, offered.symbol, price, 3 * offered.lot_size)
        await self.until(
            lambda: self._latest(order).ord_status is OrdStatus.NEW and self._latest(order).order_id is not None,
            f"{venue}: BUY {order.terms.order_qty} {offered.symbol} at {price} is working, with the venue's number",
        )
        return self._latest(order)

    async def _replace(self, venue: str, order: Order, offered: Offered) -> Order:
        assert order.terms.price is not None
        price = order.terms.price - offered.tick_size
        await self._quietly(lambda: self._ticket.load_terms(order.terms, order.cl_ord_id), "the ticket takes the order")
        _type(self._ticket.form.price, str(price))
        await self._review_and_send()
        await self.until(
            lambda: self._latest(order).terms.price == price and self._latest(order).ord_status is OrdStatus.NEW,
            f"{venue}: replaced, now at {price}",
        )
        return self._latest(order)

    async def _cancel(self, venue: str, order: Order) -> None:
        await self.until(lambda: self._orders.show_order(order.cl_ord_id), f"{venue}: it stands in the order book")
        self._orders.cancel_selected()
        await self.until(
            lambda: self._latest(order).ord_status is OrdStatus.CANCELED, f"{venue}: canceled from the order book"
        )

    async def _fill(self, venue: str, account: AccountKey, offered: Offered) -> None:
        qty = offered.lot_size
        price = round_to_tick(offered.ask / AWAY, offered.tick_size, TickRounding.DOWN)
        order = await self._type_and_send(account, offered.symbol, None if self._has_quotes(account) else price, qty)
        await self.until(
            lambda: self._latest(order).ord_status is OrdStatus.FILLED, f"{venue}: BUY {qty} {offered.symbol} is filled"
        )
        held = self._services.accounts
        await self.until(
            lambda: held.net_qty(account, offered.symbol) == qty,
            f"{venue}: the position is {qty} long",
        )

    def _has_quotes(self, account: AccountKey) -> bool:
        """Say whether a market order has a price to be judged by; elsewhere a limit beyond the market fills."""
        return self._services.connections.capabilities[account.connection_id].has_market_data

    async def _type_and_send(self, account: AccountKey, symbol: str, price: Decimal | None, qty: Decimal) -> Order:
        form = self._ticket.form
        known = set(self._services.orders.orders)
        self._ticket.clear()
        self._ticket.choose_account(account)
        _type(form.symbol, symbol)
        form.side.button(Side.BUY).click()
        _choose(form.ord_type, OrdType.MARKET if price is None else OrdType.LIMIT)
        _type(form.order_qty, str(qty))
        if price is not None:
            _type(form.price, str(price))
        await self._review_and_send()
        await self._quietly(lambda: bool(set(self._services.orders.orders) - known), "the order is in the books")
        return self._services.orders.orders[(set(self._services.orders.orders) - known).pop()]

    async def _review_and_send(self) -> None:
        action = self._ticket.bar.action
        await self._quietly(action.isEnabled, "the ticket can be reviewed")
        action.click()
        await self._quietly(lambda: action.words().startswith("Send"), f"the review stands: {action.words()}")
        for box in self._ticket.verdicts.findChildren(QCheckBox):
            box.click()
        await self._quietly(action.isEnabled, "the review can be sent")
        await self._quietly(lambda: self._sends(action), "the order is sent")

    def _sends(self, action: QWidget) -> bool:
        """Press Send until the pause after the review is over."""
        if action.isVisible():
            self._ticket.bar.action.click()
        return not action.isVisible()

    async def _quietly(self, condition: Callable[[], bool], what: str) -> None:
        end = asyncio.get_running_loop().time() + LIMIT_S
        while not condition():
            if asyncio.get_running_loop().time() > end:
                raise CheckFailed(what)
            await asyncio.sleep(LOOK_S)

    # -- the trader's eyes ---------------------------------------------------------------------------------------

    async def _look(self, venue: str, accounts: list[AccountKey]) -> None:
        await self.until(lambda: self._orders.model.rowCount() >= 2, f"{venue}: the orders dock shows both orders")
        await self.until(
            lambda: self._positions.model.rowCount() >= 1, f"{venue}: the positions dock shows the position"
        )
        rows = len(accounts) + 1
        await self.until(
            lambda: self._accounts.model.rowCount() >= rows, f"{venue}: the accounts dock shows all accounts"
        )
        await self.until(lambda: self._log.model.rowCount() >= 8, f"{venue}: the activity log tells what happened")

    def _latest(self, order: Order) -> Order:
        return self._services.orders.orders[order.cl_ord_id]


def _content(widget: QWidget, kind: type[Kind]) -> Kind:
    assert isinstance(widget, kind), f"a {kind.__name__} is missing"
    return widget


def _type(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def _choose(box: ChoiceBox[OrdType], value: OrdType) -> None:
    row = box.index_of(value)
    box.setCurrentIndex(row)
    box.activated.emit(row)
