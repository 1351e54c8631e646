from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.support.xapi_bench import EURUSD, KEY, amend, cancel, close, limit, place, place_limit, replace_limit
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import NewOrderSingle, OrderCancelRequest, OrderMassCancelRequest, OrderRequest
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.venues.base import NotExpressible
from workstation.venues.xapi.mapping import instrument_of
from workstation.venues.xapi.messages import TradeTransInfo
from workstation.venues.xapi.pacing import Rank
from workstation.venues.xapi.requests import Translator, rank_of

D = Decimal
NOW = D("1.23")


def info(request: OrderRequest) -> TradeTransInfo:
    known = instrument_of(EURUSD, {})
    translator = Translator(
        lambda symbol: known if symbol == "EURUSD" else None,
        lambda _symbol, side: NOW if side is Side.BUY else NOW - 1,
        lambda number: "EURUSD" if number == 50 else "",
    )
    return translator.info(request)


def test_a_market_order_carries_our_key_and_what_is_attached() -> None:
    made = info(place("W1", stop_loss=D("1.0"), take_profit=D("1.5"), trailing_offset=D("0.0050")))
    assert made == TradeTransInfo(
        cmd=0,
        custom_comment="W1",
        expiration=0,
        offset=D(50),
        order=0,
        price=NOW,
        sl=D("1.0"),
        symbol="EURUSD",
        tp=D("1.5"),
        type=0,
        volume=D("0.10"),
    )
    assert info(place("W1", side=Side.SELL)).cmd == 1


@pytest.mark.parametrize(
    ("ord_type", "side", "cmd"),
    [
        (OrdType.LIMIT, Side.BUY, 2),
        (OrdType.LIMIT, Side.SELL, 3),
        (OrdType.STOP, Side.BUY, 4),
        (OrdType.STOP, Side.SELL, 5),
    ],
)
def test_pending_orders(ord_type: OrdType, side: Side, cmd: int) -> None:
    px = {"price": D("1.05"), "stop_px": None} if ord_type is OrdType.LIMIT else {"price": None, "stop_px": D("1.05")}
    made = info(place_limit("W1", ord_type=ord_type, side=side, **px))
    assert (made.cmd, made.price, made.type, made.sl, made.tp) == (cmd, D("1.05"), 0, 0, 0)


def test_good_till_date_has_its_expiration() -> None:
    made = info(place_limit("W1", time_in_force=TimeInForce.GOOD_TILL_DATE, expire_date_ms=1_900_000_000_000))
    assert made.expiration == 1_900_000_000_000


def test_a_change_repeats_everything_under_the_orders_own_number() -> None:
    made = info(replace_limit("W1", 50, price=D("1.04"), stop_loss=D("1.0")))
    assert (made.type, made.order, made.price, made.sl, made.custom_comment) == (3, 50, D("1.04"), D("1.0"), "W1")


def test_a_position_is_closed_by_its_number_with_its_own_side() -> None:
    made = info(close("W3", 700, order_qty=D("0.05")))
    assert (made.type, made.order, made.cmd, made.volume, made.price) == (2, 700, 0, D("0.05"), NOW - 1)
    assert info(close("W3", 700, side=Side.BUY)).cmd == 1


def test_a_position_keeps_its_comment_through_a_change() -> None:
    made = info(amend("W2", 700, stop_loss=D("1.0"), comment="W1"))
    assert (made.type, made.order, made.sl, made.tp, made.offset, made.custom_comment) == (3, 700, D("1.0"), 0, 0, "W1")
    assert info(amend("W2", 700)).custom_comment == "", "its key in the comment would make the position its order"
    assert info(amend("W2", 700, side=Side.SELL)).cmd == 1


def test_a_cancel_names_number_and_symbol() -> None:
    made = info(cancel("W1", 50))
    assert (made.type, made.order, made.symbol) == (4, 50, "EURUSD")


def test_cancels_go_first_then_closes() -> None:
    assert rank_of(info(cancel("W1", 50))) is Rank.CANCEL
    assert rank_of(info(close("W3", 700))) is Rank.CLOSE
    assert rank_of(info(place())) is rank_of(info(amend("W2", 700))) is Rank.TRADE


def both(keys: tuple[str, ...]) -> OrderCancelRequest:
    return OrderCancelRequest(
        cl_ord_ids=tuple(map(ClOrdID, keys)), order_ids=tuple(OrderID("50") for _ in keys), account=KEY
    )


def new(**changes: Any) -> NewOrderSingle:
    return place("W1", **changes)


REFUSED = {
    "STOP_LIMIT": place_limit("W1", ord_type=OrdType.STOP_LIMIT, stop_px=D(1)),
    "DAY": place_limit("W1", time_in_force=TimeInForce.DAY),
    "LIMIT order with FILL_OR_KILL": place_limit("W1", time_in_force=TimeInForce.FILL_OR_KILL),
    "no price": place_limit("W1", price=None),
    "needs the time": place_limit("W1", time_in_force=TimeInForce.GOOD_TILL_DATE),
    "at the market only": close("W1", 7, ord_type=OrdType.LIMIT, price=D(1)),
    "by its number": close("W1", 7, position_id=None),
    "opens nothing": close("W1", 7, stop_loss=D(1)),
    "no order or position number": close("W1", 7, position_id="abc"),
    "cannot be changed": replace(replace_limit("W1", 50), terms=place().terms),
    "one order by its number": both(("W1", "W2")),
    "not among": cancel("W1", 51),
    "whole number of pips": new(trailing_offset=D("0.00005")),
    "size of a pip": replace(place_limit("W1"), terms=limit(symbol="XYZ", trailing_offset=D("0.5"))),
    "one by one": OrderMassCancelRequest(account=KEY, symbol="EURUSD", cl_ord_ids=()),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_the_venue_has_no_words_for(words: str) -> None:
    with pytest.raises(NotExpressible, match=words):
        info(REFUSED[words])  # type: ignore[arg-type]
