from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.apart_venue import EURO, apart_context, closing, market
from tests.support.fake_venue import CAPABILITIES, CORN, limit_terms
from tests.support.gate_contexts import NOW_NS, context_of, fired
from workstation.desk.terms_gates import (
    effect_is_offered,
    expiry_is_ahead,
    form_is_offered,
    instrument_is_known,
    price_is_legal,
    quantity_is_legal,
    size_is_sensible,
    stop_px_is_legal,
)
from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce

NOW_MS = NOW_NS // 1_000_000


def test_a_form_that_the_venue_lacks_is_stopped_with_the_venues_reason() -> None:
    stop_limit = limit_terms(ord_type=OrdType.STOP_LIMIT)
    assert fired(form_is_offered, context_of(stop_limit)) == ["HARD: QST does not say which price is the trigger."]
    fill_or_kill = limit_terms(time_in_force=TimeInForce.FILL_OR_KILL)
    assert fired(form_is_offered, context_of(fill_or_kill)) == ["HARD: QST does not offer this."]
    assert not fired(form_is_offered, context_of())


def test_open_and_close_only_where_the_venue_has_words_for_it() -> None:
    closing = limit_terms(position_effect=PositionEffect.CLOSE)
    assert not fired(effect_is_offered, context_of(closing))
    without = replace(CAPABILITIES, position_effects=frozenset())
    assert fired(effect_is_offered, context_of(closing, capabilities=without))[0].startswith("HARD")
    assert not fired(effect_is_offered, context_of(capabilities=without))


def test_without_tick_and_lot_nothing_is_sent() -> None:
    assert "ZCZ26 are not known at QST demo" in fired(instrument_is_known, context_of(instrument=None))[0]
    nameless = context_of(limit_terms(symbol=""), instrument=None)
    assert "an empty symbol" in fired(instrument_is_known, nameless)[0]
    assert not fired(instrument_is_known, context_of())


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (limit_terms(price=None), "A limit order needs a limit price."),
        (limit_terms(ord_type=OrdType.MARKET), "A market order has no limit price, but 588.75 is given."),
        (limit_terms(price="588.8"), "The limit price 588.8 is not a multiple of the tick 0.25 of ZCZ26."),
    ],
)
def test_a_wrong_limit_price_is_stopped(terms: object, words: str) -> None:
    assert fired(price_is_legal, context_of(terms)) == [f"HARD: {words}"]  # type: ignore[arg-type]


def test_a_price_between_two_ticks_is_answered_with_both() -> None:
    (finding,) = price_is_legal(context_of(limit_terms(price="588.8")))
    assert finding.cure == "The legal prices beside it are 588^6 and 589^0."


@pytest.mark.parametrize("price", ["588.75", "0", "-0.25"])
def test_a_price_on_the_tick_passes_zero_and_below_included(price: str) -> None:
    assert not fired(price_is_legal, context_of(limit_terms(price=price)))


def test_a_stop_order_needs_its_trigger_and_others_have_none() -> None:
    stop = limit_terms(ord_type=OrdType.STOP, price=None)
    assert fired(stop_px_is_legal, context_of(stop)) == ["HARD: A stop order needs a stop price."]
    assert not fired(stop_px_is_legal, context_of(replace(stop, stop_px=Decimal("588.5"))))
    stray = limit_terms(stop_px=Decimal(588))
    assert fired(stop_px_is_legal, context_of(stray)) == ["HARD: A limit order has no stop price, but 588 is given."]
    off_tick = replace(stop, stop_px=Decimal("588.6"))
    assert "not a multiple of the tick" in fired(stop_px_is_legal, context_of(off_tick))[0]


@pytest.mark.parametrize("qty", ["0", "-1"])
def test_a_quantity_must_be_positive(qty: str) -> None:
    assert fired(quantity_is_legal, context_of(limit_terms(qty=qty))) == [f"HARD: The quantity {qty} is not positive."]


def test_a_quantity_between_two_lots_is_answered_with_both() -> None:
    by_fives = replace(CORN, lot_size=Decimal(5))
    (finding,) = quantity_is_legal(context_of(limit_terms(qty="7"), instrument=by_fives))
    assert finding.cure == "The legal quantities beside it are 5 and 10."
    assert not fired(quantity_is_legal, context_of(limit_terms(qty="10"), instrument=by_fives))


def test_a_large_size_must_be_confirmed() -> None:
    assert fired(size_is_sensible, context_of(limit_terms(qty="100"))) == [
        "SOFT: 100 ZCZ26 is large: 100 lots or more."
    ]
    assert not fired(size_is_sensible, context_of(limit_terms(qty="99")))
    by_fives = replace(CORN, lot_size=Decimal(5))
    assert not fired(size_is_sensible, context_of(limit_terms(qty="495"), instrument=by_fives))
    assert not fired(size_is_sensible, context_of(limit_terms(qty="500"), instrument=None))


@pytest.mark.parametrize(
    ("time_in_force", "expiry", "words"),
    [
        (TimeInForce.DAY, NOW_MS + 1, "Only a good till date order has a date."),
        (TimeInForce.GOOD_TILL_DATE, None, "A good till date order needs its date."),
        (TimeInForce.GOOD_TILL_DATE, NOW_MS, "The date of this good till date order is past."),
    ],
)
def test_a_wrong_date_is_stopped(time_in_force: TimeInForce, expiry: int | None, words: str) -> None:
    terms = limit_terms(time_in_force=time_in_force, expire_date_ms=expiry)
    assert fired(expiry_is_ahead, context_of(terms)) == [f"HARD: {words}"]


def test_a_date_ahead_passes() -> None:
    terms = limit_terms(time_in_force=TimeInForce.GOOD_TILL_DATE, expire_date_ms=NOW_MS + 1)
    assert not fired(expiry_is_ahead, context_of(terms))
    assert not fired(expiry_is_ahead, context_of())


@pytest.mark.parametrize(
    ("qty", "words", "cure"),
    [
        ("0.001", "under the smallest that is traded of EURUSD, 0.01", "The nearest legal quantity is 0.01."),
        ("51", "over the largest that one order of EURUSD may have, 50", "The nearest legal quantity is 50."),
        ("0.015", "not a multiple of the lot 0.01 of EURUSD", "The legal quantities beside it are 0.01 and 0.02."),
    ],
)
def test_a_quantity_outside_the_venues_limits_is_answered_with_what_is_legal(qty: str, words: str, cure: str) -> None:
    (finding,) = quantity_is_legal(apart_context(market(qty=qty)))
    assert finding.text == f"The quantity {qty} is {words}."
    assert finding.cure == cure


def test_steps_that_grow_with_the_quantity_are_kept() -> None:
    stepped = replace(EURO, qty_steps=((Decimal(1), Decimal("0.5")),))
    (finding,) = quantity_is_legal(apart_context(market(qty="1.2"), instrument=stepped))
    assert finding.text == "The quantity 1.2 is not a multiple of the lot 0.5 of EURUSD."
    assert finding.cure == "The legal quantities beside it are 1 and 1.5."


def test_where_lots_are_split_ten_whole_ones_are_large_and_a_close_never_is() -> None:
    assert fired(size_is_sensible, apart_context(market(qty="10"))) == ["SOFT: 10 EURUSD is large: 10 lots or more."]
    assert not fired(size_is_sensible, apart_context(market(qty="9.99")))
    assert not fired(size_is_sensible, apart_context(closing(qty="20")))
