from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.apart_venue import APART, EURO, apart_context, closing, limit, market, quote
from tests.support.fake_venue import limit_terms
from tests.support.gate_contexts import NOW_NS, context_of, fired
from workstation.desk.attachment_gates import (
    ATTACHMENT_GATES,
    attachments_are_offered,
    attachments_are_on_their_side,
    attachments_are_on_tick,
    closing_carries_nothing,
    trailing_is_allowed,
)
from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, ask
from workstation.domain.order_terms import OrdType, Side


def stops(context: GateContext) -> list[Finding]:
    return list(attachments_are_on_their_side(context))


def test_what_the_venue_would_not_hold_is_refused_and_never_held_here() -> None:
    terms = limit_terms(stop_loss=Decimal(580), take_profit=Decimal(600), trailing_offset=Decimal(1))
    found = fired(attachments_are_offered, context_of(terms))
    assert [text.split(" ")[-2:] for text in found] == [["stop", "loss."], ["take", "profit."], ["trailing", "stop."]]
    (finding, *_) = attachments_are_offered(context_of(terms))
    assert finding.cure == "Clear it. This program holds no stops of its own."
    assert not fired(attachments_are_offered, apart_context(market(stop_loss=Decimal("1.09"))))


def test_a_closing_order_carries_nothing() -> None:
    assert fired(closing_carries_nothing, apart_context(closing(stop_loss=Decimal(1)))) == [
        "HARD: A closing order has no stop loss."
    ]
    assert not fired(closing_carries_nothing, apart_context(closing()))
    amending = apart_context(closing(stop_loss=Decimal(1)), amends_position=True)
    assert not fired(closing_carries_nothing, amending)


def test_a_stop_between_two_ticks_is_answered_with_both() -> None:
    (finding,) = attachments_are_on_tick(apart_context(market(stop_loss=Decimal("1.090005"))))
    assert finding.cure == "The legal prices beside it are 1.09000 and 1.09001."
    assert not fired(attachments_are_on_tick, apart_context(market(stop_loss=Decimal("1.09"))))


@pytest.mark.parametrize(
    ("side", "stop", "target", "gates"),
    [
        (Side.BUY, "1.09950", "1.10050", []),
        (Side.BUY, "1.09951", "1.10049", ["stop_loss", "take_profit"]),
        (Side.BUY, "1.10000", "1.09900", ["stop_loss", "take_profit"]),
        (Side.SELL, "1.10060", "1.09960", []),
        (Side.SELL, "1.10059", "1.09961", ["stop_loss", "take_profit"]),
        (Side.SELL, "1.09900", "1.10100", ["stop_loss", "take_profit"]),
    ],
)
def test_a_market_orders_stops_are_measured_from_the_price_it_could_be_closed_at(
    side: Side, stop: str, target: str, gates: list[str]
) -> None:
    found = stops(apart_context(market(side, stop_loss=Decimal(stop), take_profit=Decimal(target))))
    assert [finding.gate for finding in found] == gates


def test_the_words_name_the_price_the_distance_and_what_is_allowed() -> None:
    (near,) = stops(apart_context(market(stop_loss=Decimal("1.09980"))))
    assert near.text == "The stop loss 1.09980 is 0.0002 from the bid 1.10000; the venue wants at least 0.0005."
    assert near.cure == "The nearest one allowed now is 1.09950."
    (wrong,) = stops(apart_context(market(Side.SELL, stop_loss=Decimal("1.09980"))))
    assert wrong.text == "The stop loss 1.09980 of a short position must lie above the ask 1.10010."


def test_a_pending_orders_stops_are_measured_from_its_own_price() -> None:
    assert not stops(apart_context(limit(price="1.09000", stop_loss=Decimal("1.08900"), take_profit=Decimal("1.095"))))
    (finding,) = stops(apart_context(limit(price="1.09000", stop_loss=Decimal("1.09500"))))
    assert "below the limit price 1.09000" in finding.text
    stop = market(ord_type=OrdType.STOP, stop_px=Decimal("1.12000"), stop_loss=Decimal("1.12500"))
    (finding,) = stops(apart_context(stop))
    assert "below the stop price 1.12000" in finding.text


def test_a_stale_quote_only_asks_and_without_one_the_two_are_compared() -> None:
    old = quote(received_ns=NOW_NS - 16_000_000_000)
    (finding,) = stops(apart_context(market(stop_loss=Decimal("1.2")), quote=old))
    assert finding.hardness.value == "SOFT"
    assert "stale" in finding.text
    crossed = market(stop_loss=Decimal("1.2"), take_profit=Decimal("1.1"))
    (finding,) = stops(apart_context(crossed, quote=None))
    assert finding.text == "The stop loss of a long position lies below its take profit."
    assert not stops(apart_context(replace(crossed, side=Side.SELL), quote=None))
    assert not stops(apart_context(market(stop_loss=Decimal("1.2")), quote=None))


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        ("0", "not a positive multiple"),
        ("-0.001", "not a positive multiple"),
        ("0.000001", "not a positive multiple"),
        ("0.0004", "under the venue's smallest 0.0005"),
        ("0.0005", ""),
    ],
)
def test_a_trailing_distance_is_positive_on_tick_and_far_enough(distance: str, words: str) -> None:
    found = fired(trailing_is_allowed, apart_context(market(trailing_offset=Decimal(distance))))
    assert bool(found) is bool(words)
    assert not found or words in found[0]


def test_no_stop_trails_where_the_instrument_forbids_it() -> None:
    still = replace(EURO, allows_trailing=False)
    found = fired(trailing_is_allowed, apart_context(market(trailing_offset=Decimal("0.01")), instrument=still))
    assert found == ["HARD: The venue lets no stop trail in EURUSD."]


_ticks = st.integers(-400, 400).map(lambda ticks: Decimal("1.10000") + ticks * EURO.tick_size)


@given(side=st.sampled_from(Side), stop=_ticks, target=_ticks)
def test_what_passes_always_loses_at_the_stop_and_wins_at_the_target(
    side: Side, stop: Decimal, target: Decimal
) -> None:
    findings = stops(apart_context(market(side, stop_loss=stop, take_profit=target)))
    now = quote()
    assert now.bid_px is not None
    assert now.ask_px is not None
    least = EURO.stops_distance or Decimal(0)
    if side is Side.BUY:
        loses, wins = now.bid_px - stop >= least, target - now.bid_px >= least
    else:
        loses, wins = stop - now.ask_px >= least, now.ask_px - target >= least
    refused = {finding.gate for finding in findings}
    assert refused == {gate for gate, legal in (("stop_loss", loses), ("take_profit", wins)) if not legal}


def test_odd_numbers_never_reach_these_gates() -> None:
    (finding,) = ask(ATTACHMENT_GATES, apart_context(market(stop_loss=Decimal("NaN"))))
    assert finding.text == "The stop loss is not a number."
    assert not ask(ATTACHMENT_GATES, apart_context(market(), capabilities=APART))
