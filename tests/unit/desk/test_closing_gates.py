from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.apart_venue import EURO, apart_context, closing, held, market
from tests.support.fake_venue import CORN, limit_terms
from tests.support.gate_contexts import context_of, fired
from workstation.desk.closing_gates import closed_position_is_open, closing_is_named, short_is_allowed
from workstation.domain.order_terms import PositionEffect, Side


def test_a_closing_order_names_its_position_exactly_where_positions_are_held_apart() -> None:
    assert not fired(closing_is_named, apart_context(closing()))
    assert "must name the one it closes" in fired(closing_is_named, apart_context(closing(position_id=None)))[0]
    opening = closing(position_effect=PositionEffect.OPEN)
    assert fired(closing_is_named, apart_context(opening)) == ["HARD: An order that names a position closes it."]
    netted = limit_terms(position_id="7", position_effect=PositionEffect.CLOSE)
    assert "one position per contract" in fired(closing_is_named, context_of(netted))[0]
    assert not fired(closing_is_named, context_of(limit_terms(position_effect=PositionEffect.CLOSE)))


def test_only_an_open_position_is_closed_by_its_opposite_side() -> None:
    assert not fired(closed_position_is_open, apart_context(closing(), position=held()))
    for gone in (None, held(net_qty="0")):
        (text,) = fired(closed_position_is_open, apart_context(closing(), position=gone))
        assert text == "HARD: Main has no open position 7 in EURUSD."
    (text,) = fired(closed_position_is_open, apart_context(closing(side=Side.BUY), position=held()))
    assert text == "HARD: Position 7 is long: BUY does not close it."
    assert not fired(closed_position_is_open, apart_context(closing(side=Side.BUY), position=held(net_qty="-1.5")))


def test_closes_under_way_count_and_the_rest_is_named() -> None:
    busy = apart_context(closing(qty="1"), position=held(), closing_qty=Decimal(1))
    (finding,) = closed_position_is_open(busy)
    assert finding.text == "Position 7 holds 1.5, of which 1 are being closed already: 1 cannot be closed."
    assert finding.cure == "Enter 0.5 or less."
    assert not fired(
        closed_position_is_open, apart_context(closing(qty="0.5"), position=held(), closing_qty=Decimal(1))
    )
    (finding,) = closed_position_is_open(replace(busy, closing_qty=Decimal("1.5")))
    assert finding.cure == "Wait for the end of the order that closes it."


@given(
    position=st.decimals("-5", "5", places=2),
    closes=st.lists(st.decimals("0.01", "5", places=2), max_size=6),
    side=st.sampled_from(Side),
)
def test_closes_that_pass_never_turn_a_position_over(position: Decimal, closes: list[Decimal], side: Side) -> None:
    under_way = Decimal(0)
    for qty in closes:
        terms = closing(qty=str(qty), side=side)
        context = apart_context(terms, position=held(net_qty=str(position)), closing_qty=under_way)
        if not fired(closed_position_is_open, context):
            under_way += qty
    left = position - under_way if side is Side.SELL else position + under_way
    assert abs(left) <= abs(position)
    assert left * position >= 0


def test_what_cannot_be_sold_short_is_only_sold_when_held() -> None:
    long_only = replace(EURO, allows_short=False)
    (text,) = fired(short_is_allowed, apart_context(market(Side.SELL), instrument=long_only))
    assert text == "HARD: EURUSD cannot be sold short."
    assert not fired(short_is_allowed, apart_context(closing(), instrument=long_only, position=held()))
    assert not fired(short_is_allowed, apart_context(market(), instrument=long_only))
    assert not fired(short_is_allowed, apart_context(market(Side.SELL)))


def test_where_positions_are_netted_the_holding_decides() -> None:
    long_only = replace(CORN, allows_short=False)
    sell = context_of(limit_terms(side=Side.SELL), instrument=long_only)
    assert fired(short_is_allowed, sell)[0].startswith("SOFT: ZCZ26 cannot be sold short, and what Main holds")
    assert not fired(short_is_allowed, replace(sell, net_qty=Decimal(5)))
    (text,) = fired(short_is_allowed, replace(sell, net_qty=Decimal(4)))
    assert text == "HARD: ZCZ26 cannot be sold short: Main holds 4, the order sells 5."
