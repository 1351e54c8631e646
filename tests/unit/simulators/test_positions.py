from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.order_terms import Side
from workstation.simulators.positions import Holding

MULTIPLIER = Decimal(50)
TRADES = st.lists(
    st.tuples(
        st.sampled_from(Side), st.integers(1, 20).map(Decimal), st.integers(1, 4000).map(lambda n: n * Decimal("0.25"))
    ),
    max_size=25,
)


@given(TRADES, st.integers(1, 4000).map(lambda n: n * Decimal("0.25")))
def test_realised_and_open_profit_are_together_what_was_paid_and_is_held(
    trades: list[tuple[Side, Decimal, Decimal]], last_px: Decimal
) -> None:
    holding, held, paid = Holding(MULTIPLIER), Decimal(0), Decimal(0)
    for side, quantity, price in trades:
        holding.trade(side, quantity, price)
        signed = quantity if side is Side.BUY else -quantity
        held, paid = held + signed, paid + signed * price
    assert holding.net_qty == held
    assert holding.realised + holding.open_profit(last_px) == (held * last_px - paid) * MULTIPLIER


def test_the_oldest_lots_are_closed_first() -> None:
    holding = Holding(MULTIPLIER)
    holding.trade(Side.BUY, Decimal(2), Decimal(100))
    holding.trade(Side.BUY, Decimal(2), Decimal(110))
    holding.trade(Side.SELL, Decimal(3), Decimal(120))
    assert holding.realised == (2 * 20 + 1 * 10) * MULTIPLIER
    assert (holding.net_qty, holding.average_px) == (Decimal(1), Decimal(110))


def test_a_position_can_turn_over_and_be_flat() -> None:
    holding = Holding(MULTIPLIER)
    holding.trade(Side.BUY, Decimal(1), Decimal(100))
    holding.trade(Side.SELL, Decimal(3), Decimal(101))
    assert (holding.net_qty, holding.average_px, holding.realised) == (Decimal(-2), Decimal(101), Decimal(50))
    holding.trade(Side.BUY, Decimal(2), Decimal(101))
    assert (holding.net_qty, holding.average_px, holding.cost) == (Decimal(0), None, Decimal(0))


def test_the_average_that_is_shown_is_rounded_and_nothing_else() -> None:
    holding = Holding(Decimal(1))
    for price in ("1", "1", "2"):
        holding.trade(Side.BUY, Decimal(1), Decimal(price))
    assert holding.average_px == Decimal("1.3333333")
    assert holding.open_profit(Decimal(2)) == 2
