"""Names, orders and lines for the tests of the models."""

from decimal import Decimal

from workstation.desk.messages import ActivityKind, ActivityLine
from workstation.domain.account import Account
from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.domain.price_format import PriceFormat
from workstation.item_models.naming import Naming
from workstation.venues.base import Severity

QST = ConnectionID("qst-demo")
MAIN, SECOND = AccountKey(QST, "17014"), AccountKey(QST, "17015")
NOW_NS = 1_795_000_000 * 10**9
CORN = Instrument(
    symbol="ZCZ26",
    description="Corn",
    exchange="CBOT",
    currency="USD",
    tick_size=Decimal("0.25"),
    lot_size=Decimal(1),
    multiplier=Decimal(50),
    price_format=PriceFormat(2, 8),
)


def account(key: AccountKey = MAIN, alias: str = "Main", currency: str = "USD") -> Account:
    return Account(
        key=key, venue="qst", environment=Environment.DEMO, name=key.account_id, alias=alias, currency=currency
    )


ALIASES = {MAIN: account(), SECOND: account(SECOND, "")}


def naming() -> Naming:
    return Naming(
        instrument_of=lambda connection, symbol: CORN if (connection, symbol) == (QST, "ZCZ26") else None,
        account_of=ALIASES.get,
        glyph_of=lambda _connection: "Q",
        now_ns=lambda: NOW_NS,
    )


def order(
    number: int = 1,
    status: OrdStatus = OrdStatus.NEW,
    *,
    key: AccountKey = MAIN,
    symbol: str = "ZCZ26",
    side: Side = Side.BUY,
    price: str | None = "588.25",
    text: str = "",
    venue_status: str = "",
) -> Order:
    return Order(
        cl_ord_id=ClOrdID(f"W{number}"),
        order_id=OrderID(f"9{number}"),
        terms=OrderTerms(
            account=key,
            symbol=symbol,
            side=side,
            ord_type=OrdType.LIMIT if price else OrdType.MARKET,
            time_in_force=TimeInForce.DAY,
            order_qty=Decimal(1500),
            price=Decimal(price) if price else None,
        ),
        ord_status=status,
        cum_qty=Decimal(500),
        avg_px=Decimal("588.125"),
        venue_status=venue_status,
        text=text,
        created_ns=NOW_NS - 90 * 10**9,
        updated_ns=NOW_NS + number,
    )


def line(
    seq: int,
    text: str = "something",
    *,
    severity: Severity = Severity.INFO,
    kind: ActivityKind = ActivityKind.ORDERS,
    key: AccountKey | None = MAIN,
) -> ActivityLine:
    return ActivityLine(seq=seq, time_ns=NOW_NS + seq * 10**9, severity=severity, kind=kind, text=text, account=key)
