"""The laws of pacing: the gap is never broken, cancels overtake, nothing is lost or turned round."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from workstation.venues.xapi.pacing import GAP_S, PacedQueue, Rank

EVENTS = st.lists(st.tuples(st.floats(0, 0.5), st.sampled_from(Rank)), max_size=120)


def test_a_burst_of_a_hundred_never_breaks_200_ms() -> None:
    queue: PacedQueue[int] = PacedQueue()
    for number in range(100):
        queue.add(number, Rank.TRADE)
    now, sent = 0.0, []
    while len(queue):
        taken = queue.take(now)
        if taken is None:
            now = max(now + queue.wait_s(now), queue.free_s)
        else:
            sent.append((now, taken))
    assert [number for _, number in sent] == list(range(100))
    gaps = [after - before for (before, _), (after, _) in itertools.pairwise(sent)]
    assert min(gaps) >= 0.2
    assert max(gaps) <= GAP_S + 1e-9


def test_what_was_sent_past_the_queue_counts_too() -> None:
    queue: PacedQueue[int] = PacedQueue()
    queue.add(1, Rank.TRADE)
    queue.passed(10.0)
    assert queue.take(10.0 + GAP_S / 2) is None
    assert queue.take(10.0 + GAP_S) == 1


@given(EVENTS)
def test_each_goes_once_in_its_rank_and_in_its_turn(events: list[tuple[float, Rank]]) -> None:
    queue: PacedQueue[tuple[Rank, int]] = PacedQueue()
    now, times, sent = 0.0, [], []
    for number, (passed, rank) in enumerate(events):
        queue.add((rank, number), rank)
        now += passed
        waiting = sorted(entry[:2] for entry in queue._heap)
        taken = queue.take(now)
        if taken is not None:
            assert (taken[0], taken[1]) == waiting[0]
            times.append(now)
            sent.append(taken)
    while len(queue):
        now = max(now + queue.wait_s(now), queue.free_s)
        taken = queue.take(now)
        assert taken is not None
        times.append(now)
        sent.append(taken)
    assert sorted(sent) == sorted((rank, number) for number, (_, rank) in enumerate(events))
    assert all(after - before >= GAP_S - 1e-9 for before, after in itertools.pairwise(times))
    for rank in Rank:
        mine = [number for each, number in sent if each is rank]
        assert mine == sorted(mine)


def test_the_backlog_says_when_the_last_has_its_turn() -> None:
    queue: PacedQueue[str] = PacedQueue()
    assert queue.backlog_s(5) == 0
    assert queue.wait_s(5) == float("inf")
    for name in "abc":
        queue.add(name, Rank.READ)
    assert queue.take(10) == "a"
    assert queue.take(10.1) is None
    assert abs(queue.backlog_s(10) - 2 * GAP_S) < 1e-9


def test_what_is_withdrawn_does_not_go() -> None:
    queue: PacedQueue[str] = PacedQueue()
    queue.add("trade", Rank.TRADE)
    queue.add("cancel", Rank.CANCEL)
    queue.add("read", Rank.READ)
    assert queue.withdraw(lambda rank, item: rank is Rank.TRADE) == ["trade"]
    assert [queue.take(1), queue.take(2), queue.take(3)] == ["cancel", "read", None]
