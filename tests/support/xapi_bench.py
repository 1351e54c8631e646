"""Values for tests of the XAPI venue: a profile, records as the venue sends them, requests as the desk sends them."""

from decimal import Decimal
from typing import Any

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    PositionAmendRequest,
)
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.venues.xapi.records import StepRecord, StepRuleRecord, SymbolRecord, TradeRecord
from workstation.venues.xapi.stream_records import StreamingTrade

CONNECTION = ConnectionID("xapi-test")
KEY = AccountKey(CONNECTION, "1000")
SECRETS = {"password": "pass-word"}
D = Decimal
EURUSD = SymbolRecord(
    symbol="EURUSD",
    description="Euro",
    ask=D("1.10010"),
    bid=D("1.10000"),
    category_name="FX",
    group_name="Major",
    contract_size=D(100000),
    currency="EUR",
    currency_profit="USD",
    currency_pair=True,
    lot_max=D("50.0"),
    lot_min=D("0.01"),
    lot_step=D("0.01"),
    long_only=False,
    pips_precision=4,
    precision=5,
    quote_id=2,
    short_selling=True,
    step_rule_id=1,
    stops_level=D(3),
    swap_enable=True,
    swap_long=D("-2.5"),
    swap_short=D("0.5"),
    swap_type=0,
    tick_size=D("0.00001"),
    trailing_enabled=True,
    time=1_795_000_000_000,
)
RULE = StepRuleRecord(
    id=1,
    name="Forex",
    steps=(StepRecord(from_value=D("0.01"), step=D("0.01")), StepRecord(from_value=D(10), step=D("0.5"))),
)


def profile(
    url: str = "tcp://127.0.0.1:1",
    stream_url: str = "tcp://127.0.0.1:2",
    environment: Environment = Environment.SIMULATED,
) -> ConnectionProfile:
    return ConnectionProfile(
        connection_id=CONNECTION,
        venue="xapi",
        name="XAPI test",
        environment=environment,
        url=url,
        settings={"user_id": "1000", "stream_url": stream_url},
        secret_names=("password",),
    )


def terms(**changes: Any) -> OrderTerms:
    given: dict[str, Any] = {
        "account": KEY,
        "symbol": "EURUSD",
        "side": Side.BUY,
        "ord_type": OrdType.MARKET,
        "time_in_force": TimeInForce.FILL_OR_KILL,
        "order_qty": D("0.10"),
    }
    return OrderTerms(**(given | changes))


def limit(**changes: Any) -> OrderTerms:
    given: dict[str, Any] = {
        "ord_type": OrdType.LIMIT,
        "time_in_force": TimeInForce.GOOD_TILL_CANCEL,
        "price": D("1.05"),
    }
    return terms(**(given | changes))


def place(key: str = "W1", **changes: Any) -> NewOrderSingle:
    return NewOrderSingle(cl_ord_id=ClOrdID(key), terms=terms(**changes))


def place_limit(key: str = "W1", **changes: Any) -> NewOrderSingle:
    return NewOrderSingle(cl_ord_id=ClOrdID(key), terms=limit(**changes))


def close(key: str, position: int, **changes: Any) -> NewOrderSingle:
    given: dict[str, Any] = {
        "side": Side.SELL,
        "position_effect": PositionEffect.CLOSE,
        "position_id": str(position),
    }
    return place(key, **(given | changes))


def cancel(key: str, number: int) -> OrderCancelRequest:
    return OrderCancelRequest(cl_ord_ids=(ClOrdID(key),), order_ids=(OrderID(str(number)),), account=KEY)


def replace_limit(key: str, number: int, **changes: Any) -> OrderCancelReplaceRequest:
    return OrderCancelReplaceRequest(cl_ord_id=ClOrdID(key), order_id=OrderID(str(number)), terms=limit(**changes))


def amend(key: str, position: int, **changes: Any) -> PositionAmendRequest:
    given: dict[str, Any] = {
        "cl_ord_id": ClOrdID(key),
        "account": KEY,
        "symbol": "EURUSD",
        "position_id": str(position),
        "side": Side.BUY,
        "qty": D("0.10"),
    }
    return PositionAmendRequest(**(given | changes))


_OPEN: dict[str, Any] = {
    "close_price": D("1.10000"),
    "closed": False,
    "cmd": 0,
    "comment": "",
    "commission": D("0.0"),
    "custom_comment": "",
    "digits": 5,
    "margin_rate": D("0.0"),
    "offset": D(0),
    "open_price": D("1.10010"),
    "open_time": 1_795_000_000_000,
    "profit": D("-1.0"),
    "sl": D("0.0"),
    "storage": D("0.0"),
    "symbol": "EURUSD",
    "tp": D("0.0"),
    "volume": D("0.10"),
}


def opened(position: int, order2: int, **changes: Any) -> StreamingTrade:
    """An open position as the stream tells it."""
    given = {"position": position, "order": position, "order2": order2, "type": 0, "state": "Modified"}
    return StreamingTrade(**(_OPEN | given | changes))


def pending(number: int, **changes: Any) -> StreamingTrade:
    """A pending order as the stream tells it."""
    given = {
        "position": number,
        "order": number,
        "order2": number,
        "type": 1,
        "state": "Modified",
        "cmd": 2,
        "open_price": D("1.05"),
        "profit": None,
        "close_price": D("0.0"),
    }
    return StreamingTrade(**(_OPEN | given | changes))


def closed(position: int, **changes: Any) -> StreamingTrade:
    """A closing record as the stream tells it."""
    given = {
        "position": position,
        "order": 77_000 + position,
        "order2": 88_000 + position,
        "type": 2,
        "state": "Modified",
        "closed": True,
        "close_time": 1_795_000_100_000,
    }
    return StreamingTrade(**(_OPEN | given | changes))


def record(trade: StreamingTrade) -> TradeRecord:
    """The same trade as a list tells it."""
    names = set(TradeRecord.__struct_fields__) & set(StreamingTrade.__struct_fields__)
    return TradeRecord(**{name: getattr(trade, name) for name in names})
