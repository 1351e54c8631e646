from workstation.simulators.xapi_front.manners import Pace


def test_five_quick_requests_in_a_row_pass_and_the_sixth_does_not() -> None:
    pace = Pace(0.2)
    assert [pace.keeps(now_s / 100) for now_s in range(7)] == [True] * 6 + [False]
    assert pace.was_quick


def test_one_request_in_time_forgives_all_before() -> None:
    pace = Pace(0.2)
    assert all(pace.keeps(now_s) for now_s in (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 0.8, 0.9, 1.0, 1.1, 1.2))


def test_without_a_pace_nothing_is_quick() -> None:
    pace = Pace(0)
    assert all(pace.keeps(0) for _ in range(100))


def test_a_request_that_arrives_a_moment_early_is_in_time() -> None:
    pace = Pace(0.2)
    assert all(pace.keeps(turn * 0.195) for turn in range(100))
    slow = Pace(0.2)
    assert [slow.keeps(turn * 0.18) for turn in range(7)][-1] is False
