"""A screen for docks without an engine: real services, a desk that answers under the test's control, sample trading."""

from dataclasses import replace
from decimal import Decimal

from tests.support.fake_desk_client import FakeClock, FakeDeskClient, InlineTasks
from workstation.desk.messages import AccountChanged, ActivityKind, ActivityLine, ConnectionListed
from workstation.domain.account import Account, Balance, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.executions import Execution
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, ExecID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.domain.price_format import PriceFormat
from workstation.services.subjects import Services
from workstation.venues.base import Channel, ConnectionStatus, InstrumentsListed, Lamp, Severity
from workstation.widgets.keys import KeyTable
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.theme import Theme

QST = ConnectionID("qst-demo")
MAIN = AccountKey(QST, "17014")
HEDGE = AccountKey(QST, "17015")
IRA = AccountKey(QST, "17016")
START_NS = 1_795_254_066_312_000_000
"""2026-11-21 09:41:06.312 UTC."""
CORN = Instrument(
    symbol="ZCZ26",
    description="Corn",
    exchange="CBOT",
    currency="USD",
    tick_size=Decimal("0.25"),
    lot_size=Decimal(1),
    multiplier=Decimal(50),
    price_format=PriceFormat(places=2, denominator=8),
)
CRUDE = Instrument(
    symbol="CLF27",
    description="Crude oil",
    exchange="NYMEX",
    currency="USD",
    tick_size=Decimal("0.01"),
    lot_size=Decimal(1),
    multiplier=Decimal(1000),
    price_format=PriceFormat(places=2),
)


def make_screen() -> tuple[Screen, FakeDeskClient]:
    """Return a screen with one QST connection and three accounts, and its desk."""
    settings = MemorySettings()
    desk = FakeDeskClient()
    screen = Screen(
        services=Services(),
        desk=desk,
        theme=Theme(settings),
        settings=settings,
        tasks=InlineTasks(),
        keys=KeyTable(settings),
        clock=FakeClock(START_NS + 60_000_000_000),
    )
    screen.services.dispatch(
        [
            ConnectionListed(profile=profile(), capabilities=capabilities()),
            InstrumentsListed(connection_id=QST, instruments=(CORN, CRUDE)),
            status(Lamp.LIVE),
            *(AccountChanged(account=account) for account in accounts()),
        ]
    )
    return screen, desk


def profile() -> ConnectionProfile:
    """Return the demo connection."""
    return ConnectionProfile(
        connection_id=QST, venue="qst", name="QST demo", environment=Environment.SIMULATED, url="ws://127.0.0.1:9/"
    )


def capabilities() -> Capabilities:
    """Return what the tests' venue can do."""
    forms = frozenset((kind, tif) for kind in OrdType for tif in TimeInForce)
    return Capabilities(venue="qst", title="QST", glyph="Q", forms=forms, cancels_by_symbol=True)


def status(lamp: Lamp) -> ConnectionStatus:
    """Return the connection's lamps, all the same."""
    lamps = tuple((channel, lamp) for channel in (Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM))
    return ConnectionStatus(connection_id=QST, venue="qst", lamps=lamps)


def accounts() -> list[Account]:
    """Return three accounts of one login."""
    named = ((MAIN, "Main"), (HEDGE, "Hedge"), (IRA, ""))
    return [
        Account(
            key=key,
            venue="qst",
            environment=Environment.SIMULATED,
            name=f"QST {key.account_id}",
            alias=alias,
            currency="USD",
        )
        for key, alias in named
    ]


def corn_terms(*, side: Side = Side.BUY, qty: int = 5, price: str | None = "588.25") -> OrderTerms:
    """Return terms of a corn order of the main account."""
    return OrderTerms(
        account=MAIN,
        symbol="ZCZ26",
        side=side,
        ord_type=OrdType.LIMIT if price is not None else OrdType.MARKET,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(qty),
        price=None if price is None else Decimal(price),
    )


def make_order(
    name: str,
    status: OrdStatus = OrdStatus.NEW,
    *,
    terms: OrderTerms | None = None,
    account: AccountKey | None = None,
    filled: int = 0,
    text: str = "",
) -> Order:
    """Return one order; the venue has named it unless it waits or is in doubt."""
    named = status not in (OrdStatus.PENDING_NEW, OrdStatus.IN_DOUBT, OrdStatus.NOT_PLACED)
    terms = terms or corn_terms()
    if account is not None:
        terms = replace(terms, account=account)
    return Order(
        cl_ord_id=ClOrdID(name),
        terms=terms,
        ord_status=status,
        order_id=OrderID(f"11{name.removeprefix('W')}") if named else None,
        cum_qty=Decimal(filled),
        avg_px=terms.price if filled else None,
        text=text,
        created_ns=START_NS,
        updated_ns=START_NS + 1_500_000_000,
    )


def make_fill(order: Order, exec_id: str, qty: int, px: str) -> Execution:
    """Return one trade of `order`."""
    return Execution(
        exec_id=ExecID(exec_id),
        cl_ord_id=order.cl_ord_id,
        account=order.terms.account,
        symbol=order.terms.symbol,
        side=order.terms.side,
        last_qty=Decimal(qty),
        last_px=Decimal(px),
        transact_time_ns=START_NS + 2_000_000_000,
    )


def make_balance(key: AccountKey, *, equity: str = "105000", used: str = "42000", open_pnl: str = "210") -> Balance:
    """Return the money of one account with the venue's own figures."""
    return Balance(
        key=key,
        currency="USD",
        cash=Decimal("100000"),
        equity=Decimal(equity),
        margin_used=Decimal(used),
        available=Decimal(equity) - Decimal(used),
        open_pnl=Decimal(open_pnl),
        figures=(("Total Equity", Decimal(equity)), ("Margin Requirement", Decimal(used))),
        transact_time_ns=START_NS,
    )


def make_position(key: AccountKey, symbol: str, net: int, avg: str | None = "588.25") -> Position:
    """Return one position."""
    return Position(
        key=key,
        symbol=symbol,
        net_qty=Decimal(net),
        avg_px=None if avg is None else Decimal(avg),
        open_pnl=Decimal(net) * Decimal("12.5"),
        transact_time_ns=START_NS,
    )


def make_line(
    seq: int,
    text: str,
    severity: Severity = Severity.INFO,
    kind: ActivityKind = ActivityKind.ORDERS,
    cl_ord_id: str | None = None,
) -> ActivityLine:
    """Return one line of the activity log."""
    return ActivityLine(
        seq=seq,
        time_ns=START_NS + seq * 1_000_000,
        severity=severity,
        kind=kind,
        text=text,
        connection_id=QST,
        account=MAIN,
        cl_ord_id=None if cl_ord_id is None else ClOrdID(cl_ord_id),
    )
