from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.executions import last_px_of

trades = st.lists(
    st.tuples(st.integers(1, 50), st.decimals(min_value="1", max_value="9999", places=2)), min_size=1, max_size=6
)


@given(trades)
def test_the_last_price_comes_back_from_the_averages(made: list[tuple[int, Decimal]]) -> None:
    qty, value = Decimal(0), Decimal(0)
    for last_qty, last_px in made:
        before = (qty, value / qty if qty else Decimal(0))
        qty, value = qty + last_qty, value + last_qty * last_px
        found = last_px_of(before, (qty, value / qty))
        assert abs(found - last_px) < Decimal("1e-18")


def test_no_trade_has_no_price() -> None:
    with pytest.raises(ValueError, match="no trade"):
        last_px_of((Decimal(2), Decimal(5)), (Decimal(2), Decimal(5)))
