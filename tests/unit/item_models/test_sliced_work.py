"""Work goes on over turns of the loop until it is done, replaced or dropped."""

from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from workstation.item_models.sliced_work import SLICE_S, SlicedWork


def steps(count: int, into: list[int]) -> Iterator[None]:
    for number in range(count):
        into.append(number)
        yield


def test_small_work_ends_within_the_call(qapp: object) -> None:
    done: list[int] = []
    work = SlicedWork(lambda: 0.0)
    work.start(steps(100, done))
    assert len(done) == 100
    assert not work.is_running


def test_long_work_goes_on_over_turns(qtbot: QtBot) -> None:
    now_s = [0.0]

    def monotonic_s() -> float:
        now_s[0] += SLICE_S
        return now_s[0]

    done: list[int] = []
    work = SlicedWork(monotonic_s)
    work.start(steps(5, done))
    assert done == [0]
    assert work.is_running
    qtbot.waitUntil(lambda: not work.is_running)
    assert done == [0, 1, 2, 3, 4]


def test_newer_work_replaces_older(qapp: object) -> None:
    ticks = iter(range(1_000))
    first: list[int] = []
    second: list[int] = []
    work = SlicedWork(lambda: float(next(ticks)))
    work.start(steps(5, first))
    work.start(steps(5, second), at_once=False)
    assert second == []
    work.finish()
    assert len(first) == 1
    assert len(second) == 5


def test_dropped_work_stays_dropped(qapp: object) -> None:
    ticks = iter(range(1_000))
    done: list[int] = []
    work = SlicedWork(lambda: float(next(ticks)))
    work.start(steps(5, done))
    work.cancel()
    work.finish()
    assert done == [0]
