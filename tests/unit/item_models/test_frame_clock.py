"""The first change is shown at once, the next when the screen has rested as long as the last frame cost."""

from pytestqt.qtbot import QtBot

from workstation.item_models.frame_clock import LONGEST_S, SHORTEST_S, FrameClock


class Bench:
    """A frame whose cost the test sets, and the clock it is measured by."""

    def __init__(self) -> None:
        self.now_s, self.cost_s, self.frames, self.left = 100.0, 0.0, 0, 0
        self.clock = FrameClock(self.frame, lambda: self.now_s)

    def frame(self) -> bool:
        self.frames += 1
        self.now_s += self.cost_s
        self.left = max(0, self.left - 1)
        return self.left > 0


def test_the_first_change_is_shown_at_once_and_the_next_waits(qapp: object) -> None:
    bench = Bench()
    bench.clock.request()
    assert bench.frames == 1
    bench.clock.request()
    assert bench.frames == 1
    assert bench.clock.is_waiting


def test_the_pause_follows_the_cost_between_its_bounds(qapp: object) -> None:
    for cost_s, pause_s in ((0.0, SHORTEST_S), (0.005, 0.005), (1.0, LONGEST_S)):
        bench = Bench()
        bench.cost_s = cost_s
        bench.clock.request()
        assert abs(bench.clock.pause_s - pause_s) < 1e-9


def test_a_calm_one_always_takes_the_longest_pause_unless_something_is_left_over(qapp: object) -> None:
    bench = Bench()
    bench.clock.is_calm = True
    bench.clock.request()
    assert bench.clock.pause_s == LONGEST_S
    bench.left = 3
    bench.now_s += 1
    bench.clock.request()
    assert bench.clock.pause_s == SHORTEST_S


def test_painting_counts(qapp: object) -> None:
    bench = Bench()
    bench.cost_s = 0.002
    bench.clock.request()
    bench.clock.add_cost(0.004)
    assert abs(bench.clock.pause_s - 0.006) < 1e-9
    bench.now_s += 0.005
    bench.clock.request()
    assert bench.frames == 1
    bench.now_s += 10
    bench.clock = bench.clock
    assert bench.clock.is_waiting


def test_what_is_left_over_is_shown_without_being_asked_for(qtbot: QtBot) -> None:
    bench = Bench()
    bench.left = 3
    bench.cost_s = 0.05
    bench.clock.request()
    assert bench.clock.pause_s == SHORTEST_S

    def later() -> bool:
        bench.now_s += 1
        return bench.frames == 3

    qtbot.waitUntil(later)
    assert not bench.clock.is_waiting


def test_a_change_from_within_a_frame_does_not_start_another(qapp: object) -> None:
    frames: list[FrameClock] = []

    def frame() -> bool:
        frames.append(clock)
        clock.request()
        return False

    clock = FrameClock(frame, lambda: 0.0)
    clock.request()
    assert len(frames) == 1
