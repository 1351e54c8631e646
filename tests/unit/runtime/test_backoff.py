import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.runtime.backoff import Backoff


@given(st.integers(), st.floats(0.01, 5), st.floats(1, 4), st.floats(5, 60))
def test_waits_grow_with_jitter_up_to_the_limit(seed: int, first_s: float, factor: float, limit_s: float) -> None:
    backoff = Backoff(first_s, factor, limit_s, random.Random(seed))
    whole_s = first_s
    for _ in range(12):
        assert whole_s / 2 <= backoff.next_delay_s() <= whole_s
        whole_s = min(limit_s, whole_s * factor)
    backoff.reset()
    assert backoff.next_delay_s() <= first_s


@pytest.mark.parametrize(("first_s", "factor", "limit_s"), [(0, 2, 1), (2, 2, 1), (1, 0.5, 2), (-1, 2, 1)])
def test_waits_that_would_shrink_cannot_be_built(first_s: float, factor: float, limit_s: float) -> None:
    with pytest.raises(ValueError, match="no growing waits"):
        Backoff(first_s, factor, limit_s)
