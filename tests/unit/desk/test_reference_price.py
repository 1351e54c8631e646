from decimal import Decimal

import pytest

from tests.support.apart_venue import quote
from tests.support.gate_contexts import NOW_NS
from workstation.desk.reference_price import Distance, Reference, distance, is_stale, reference_of
from workstation.domain.order_terms import Side

SECOND = 1_000_000_000


def test_a_buy_meets_the_ask_and_a_sell_the_bid() -> None:
    assert reference_of(quote(), Side.BUY, NOW_NS) == Reference(Decimal("1.10010"), "ask", 0.0)
    assert reference_of(quote(), Side.SELL, NOW_NS + SECOND) == Reference(Decimal("1.10000"), "bid", 1.0)
    assert reference_of(None, Side.BUY, NOW_NS) is None


@pytest.mark.parametrize(("age_s", "stale", "words"), [(0.44, False, "0.4 s old"), (15, False, "15 s old")])
def test_an_age_is_said_in_words(age_s: float, stale: bool, words: str) -> None:
    found = reference_of(quote(), Side.BUY, NOW_NS + round(age_s * SECOND))
    assert found is not None
    assert (found.stale, found.age_text) == (stale, words)


def test_from_fifteen_seconds_on_a_quote_is_stale() -> None:
    assert not is_stale(quote(), NOW_NS + 15 * SECOND)
    assert is_stale(quote(), NOW_NS + 15 * SECOND + 1_000_000)
    old = reference_of(quote(), Side.BUY, NOW_NS + 180 * SECOND)
    assert old is not None
    assert (old.stale, old.age_text) == (True, "3 min old")


def test_a_distance_is_exact_in_ticks_and_rounded_in_percent() -> None:
    away = distance(Decimal("1.15600"), Decimal("1.10010"), Decimal("0.00001"))
    assert away == Distance(Decimal("5.08"), Decimal(5590))
    assert distance(Decimal(1), Decimal(0), Decimal(1)) is None
    assert distance(Decimal(1), Decimal(2), None) == Distance(Decimal("-50.00"), None)
