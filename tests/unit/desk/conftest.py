from collections.abc import Iterator

import pytest

from tests.support.desk_bench import DeskBench


@pytest.fixture
def bench() -> Iterator[DeskBench]:
    one = DeskBench()
    yield one
    one.close()
