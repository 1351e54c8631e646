from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.apart_venue import APART, apart_context, closing, limit, market, quote
from tests.support.fake_venue import limit_terms
from tests.support.gate_contexts import NOW_NS, context_of, fired
from workstation.desk.reference_gates import price_is_near_the_market, reference_price_is_known
from workstation.domain.order_terms import OrdType, Side

SECOND = 1_000_000_000


@pytest.mark.parametrize(("ord_type", "name"), [(OrdType.MARKET, "market"), (OrdType.STOP, "stop")])
def test_an_order_of_unknown_value_must_be_confirmed(ord_type: OrdType, name: str) -> None:
    context = context_of(limit_terms(ord_type=ord_type, price=None))
    (text,) = fired(reference_price_is_known, context)
    assert text == f"SOFT: No reference price: QST sends no quotes, so the value of this {name} order is unknown."
    assert not fired(reference_price_is_known, context_of())


def test_a_venue_with_quotes_says_when_none_has_come_yet() -> None:
    (text,) = fired(reference_price_is_known, apart_context(quote=None))
    assert text.startswith("SOFT: No reference price: no quote of EURUSD has come yet")
    assert not fired(reference_price_is_known, apart_context())
    assert not fired(reference_price_is_known, apart_context(limit(), quote=None))


@pytest.mark.parametrize(("age_s", "asked"), [(0.4, False), (15, False), (15.1, True), (3600, True)])
def test_a_market_order_on_a_stale_quote_must_be_confirmed_and_the_age_is_said(age_s: float, asked: bool) -> None:
    context = apart_context(quote=quote(received_ns=NOW_NS - round(age_s * SECOND)))
    found = fired(reference_price_is_known, context)
    assert bool(found) is asked
    if asked:
        assert "ask 1.10010 from QST demo" in found[0]
        assert "old, stale" in found[0]


def test_a_close_is_never_held_up_by_an_old_price() -> None:
    assert not fired(reference_price_is_known, apart_context(closing(), quote=None))


@pytest.mark.parametrize(
    ("side", "price", "words"),
    [
        (Side.BUY, "1.15600", "5.08 % (5590 ticks) above the ask 1.10010 from QST demo, 0.4 s old."),
        (Side.SELL, "1.04400", "5.09 % (5600 ticks) below the bid 1.10000 from QST demo, 0.4 s old."),
        (Side.BUY, "1.15510", ""),
        (Side.SELL, "1.04500", ""),
    ],
)
def test_a_price_more_than_five_percent_off_must_be_confirmed(side: Side, price: str, words: str) -> None:
    context = apart_context(limit(side, price), quote=quote(received_ns=NOW_NS - 400_000_000))
    found = fired(price_is_near_the_market, context)
    assert found == ([f"SOFT: The limit price {price} is {words}"] if words else [])


def test_stop_prices_are_measured_too_and_a_stale_measure_says_so() -> None:
    terms = market(ord_type=OrdType.STOP, stop_px=Decimal("2.00000"))
    (text,) = fired(price_is_near_the_market, apart_context(terms, quote=quote(received_ns=NOW_NS - 60 * SECOND)))
    assert "stop price 2.00000" in text
    assert text.endswith("60 s old, stale.")


def test_without_a_price_or_a_sensible_one_nothing_is_measured() -> None:
    assert not fired(price_is_near_the_market, apart_context(limit(price="9"), quote=None))
    assert not fired(price_is_near_the_market, apart_context(limit(price="9"), quote=quote("-1", "0")))
    assert not fired(price_is_near_the_market, apart_context(market()))
    one_sided = replace_bid(None)
    (text,) = fired(price_is_near_the_market, apart_context(limit(Side.SELL, "9"), quote=one_sided))
    assert "above the ask" in text


def replace_bid(bid: Decimal | None) -> object:
    whole = quote()
    return type(whole)(key=whole.key, bid_px=bid, ask_px=whole.ask_px, received_ns=whole.received_ns)


def test_the_venues_own_capabilities_decide_the_words() -> None:
    silent = replace(APART, has_market_data=False)
    (text,) = fired(reference_price_is_known, apart_context(quote=None, capabilities=silent))
    assert "XAPI sends no quotes" in text
