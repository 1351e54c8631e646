"""Drafts: no order leaves while anything is wrong with it, and nothing is ever rounded."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.ticket_bench import BARE_CAPABILITIES, CORN, DAY, FOK, GTD, MAIN, MEAL, QST_CAPABILITIES, account
from workstation.domain.order_terms import OrdType, PositionEffect, Side
from workstation.widgets.ticket.draft import Draft, Field, Offer, day_of_ms, end_of_day_ms
from workstation.widgets.typed_numbers import NOTHING, Typed

TODAY = date(2026, 11, 21)
OFFER = Offer(account=account(MAIN, "Main"), capabilities=QST_CAPABILITIES, instrument=CORN)
COMPLETE = Draft(
    offer=OFFER,
    symbol="ZCZ26",
    side=Side.BUY,
    ord_type=OrdType.LIMIT,
    time_in_force=DAY,
    order_qty=Typed(Decimal(5)),
    price=Typed(Decimal("588.25")),
)


def fields_of(draft: Draft) -> list[Field]:
    return [problem.field for problem in draft.problems(TODAY)]


def test_a_complete_draft_makes_exactly_what_was_typed() -> None:
    terms = COMPLETE.terms(TODAY)
    assert terms is not None
    assert (terms.account, terms.symbol, terms.side) == (MAIN, "ZCZ26", Side.BUY)
    assert (terms.order_qty, terms.price, terms.stop_px) == (Decimal(5), Decimal("588.25"), None)


@pytest.mark.parametrize(
    ("change", "field", "missing"),
    [
        ({"offer": Offer()}, Field.ACCOUNT, True),
        ({"symbol": ""}, Field.SYMBOL, True),
        ({"offer": replace(OFFER, instrument=None)}, Field.SYMBOL, False),
        ({"side": None}, Field.SIDE, True),
        ({"order_qty": NOTHING}, Field.ORDER_QTY, True),
        ({"order_qty": Typed(Decimal(0))}, Field.ORDER_QTY, False),
        ({"order_qty": Typed(Decimal("1.5"))}, Field.ORDER_QTY, False),
        ({"order_qty": Typed(fault="no")}, Field.ORDER_QTY, False),
        ({"price": NOTHING}, Field.PRICE, True),
        ({"price": Typed(Decimal("588.3"))}, Field.PRICE, False),
        ({"price": Typed(fault="no")}, Field.PRICE, False),
        ({"ord_type": OrdType.STOP}, Field.STOP_PX, True),
        ({"ord_type": OrdType.STOP_LIMIT}, Field.ORD_TYPE, False),
        ({"ord_type": OrdType.MARKET, "time_in_force": FOK}, Field.TIME_IN_FORCE, False),
        ({"time_in_force": GTD, "expire_date": date(2026, 11, 20)}, Field.EXPIRE_DATE, False),
        ({"time_in_force": GTD}, Field.EXPIRE_DATE, False),
        (
            {"offer": replace(OFFER, capabilities=BARE_CAPABILITIES), "position_effect": PositionEffect.OPEN},
            Field.POSITION_EFFECT,
            False,
        ),
    ],
)
def test_each_fault_keeps_the_order_back_and_names_its_field(
    change: dict[str, object], field: Field, missing: bool
) -> None:
    draft = replace(COMPLETE, **change)  # type: ignore[arg-type]
    assert draft.terms(TODAY) is None
    assert [problem.missing for problem in draft.problems(TODAY) if problem.field is field] == [missing]


def test_problems_come_in_the_order_of_the_fields() -> None:
    draft = replace(COMPLETE, side=None, symbol="", price=NOTHING)
    assert fields_of(draft) == [Field.SYMBOL, Field.SIDE, Field.PRICE]


def test_a_price_of_another_type_is_not_sent() -> None:
    market = replace(COMPLETE, ord_type=OrdType.MARKET, stop_px=Typed(Decimal(1))).terms(TODAY)
    assert market is not None
    assert (market.price, market.stop_px) == (None, None)
    stop = replace(COMPLETE, ord_type=OrdType.STOP, stop_px=Typed(Decimal(590))).terms(TODAY)
    assert stop is not None
    assert (stop.price, stop.stop_px) == (None, Decimal(590))


def test_a_good_till_date_is_the_end_of_that_day() -> None:
    terms = replace(COMPLETE, time_in_force=GTD, expire_date=date(2026, 12, 18)).terms(TODAY)
    assert terms is not None
    assert terms.expire_date_ms is not None
    end = datetime(2026, 12, 18, 23, 59, 59, tzinfo=UTC)
    assert datetime.fromtimestamp(terms.expire_date_ms // 1000, UTC) == end


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_a_date_survives_its_way_through_milliseconds(day: date) -> None:
    assert day_of_ms(end_of_day_ms(day)) == day


@given(
    st.decimals(-1000, 1000, places=3, allow_nan=False, allow_infinity=False),
    st.decimals(-10, 1000, places=1, allow_nan=False, allow_infinity=False),
    st.sampled_from([CORN, MEAL]),
)
def test_nothing_off_tick_or_off_lot_ever_becomes_an_order(price: Decimal, qty: Decimal, traded: object) -> None:
    draft = replace(
        COMPLETE,
        offer=replace(OFFER, instrument=traded),  # type: ignore[arg-type]
        price=Typed(price),
        order_qty=Typed(qty),
    )
    terms = draft.terms(TODAY)
    instrument = draft.offer.instrument
    assert instrument is not None
    assert (terms is not None) == (instrument.legal_price(price) and instrument.legal_qty(qty))
    if terms is not None:
        assert (terms.price, terms.order_qty) == (price, qty)
