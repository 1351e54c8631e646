from collections.abc import Iterator

import pytest

from tests.support.desk_bench import DeskBench


@pytest.fixture
def bench() -> Iterator[DeskBench]:
    one = DeskBench()
    yield one
    one.close()


@pytest.fixture(autouse=True)
def _every_bench_is_closed() -> Iterator[None]:
    yield
    for left in list(DeskBench.open):
        left.close()
