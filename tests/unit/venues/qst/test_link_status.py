"""What the lamps claim, and when they stop claiming it."""

from dataclasses import replace

import pytest

from tests.support.qst_bench import ORDER, Bench, place, profile
from workstation.venues.base import Channel, Lamp
from workstation.venues.qst import messages as qst
from workstation.venues.qst.conversation import Conversation
from workstation.venues.qst.link_status import LinkFacts, LinkState, RoundTrips, made_of, status_of

UP = LinkFacts(link=LinkState.UP)


def lamps(
    facts: LinkFacts, talk: Conversation | None, trips: RoundTrips | None = None
) -> tuple[dict[Channel, Lamp], str]:
    status = status_of(profile(), facts, trips or RoundTrips(), talk)
    return dict(status.lamps), status.detail


@pytest.mark.parametrize("state", [LinkState.OFF, LinkState.RECONNECTING, LinkState.NEEDS_YOU])
def test_without_a_link_all_lamps_say_the_same(state: LinkState) -> None:
    shown, detail = lamps(LinkFacts(link=state, retry_count=4), None)
    assert set(shown.values()) == {state.value}
    assert detail


def test_a_ready_link_is_live() -> None:
    assert set(lamps(UP, Bench().ready().talk)[0].values()) == {Lamp.LIVE}


def test_the_way_to_ready() -> None:
    bench = Bench().start()
    assert lamps(UP, bench.talk)[0][Channel.LOGIN] is Lamp.CONNECTING
    bench.answer()
    assert lamps(UP, bench.talk) == (
        {Channel.LOGIN: Lamp.LIVE, Channel.TRADING: Lamp.CONNECTING, Channel.ORDER_STREAM: Lamp.CONNECTING},
        "connecting 2/4: order entry login",
    )
    bench.answer()
    shown, detail = lamps(UP, bench.talk)
    assert (shown[Channel.TRADING], detail) == (Lamp.SYNCING, "syncing 3/4: order books 0/3")


def test_silence_is_suspect() -> None:
    shown, detail = lamps(LinkFacts(link=LinkState.UP, silent_s=9.2), Bench().ready().talk)
    assert shown[Channel.TRADING] is Lamp.SUSPECT
    assert detail == "no traffic for 9 s, checking"


def test_slow_answers_and_a_queue_degrade() -> None:
    trips = RoundTrips()
    trips.add(2300.0)
    shown, detail = lamps(UP, Bench().ready().talk, trips)
    assert (shown[Channel.TRADING], detail) == (Lamp.DEGRADED, "2.3 s")
    bench = Bench().ready()
    bench.submit(place("W1"))
    bench.submit(place("W2"))
    assert lamps(UP, bench.talk)[0][Channel.TRADING] is Lamp.LIVE, "a moment's wait is no news"
    assert lamps(LinkFacts(link=LinkState.UP, queued_s=1.5), bench.talk)[1].endswith("queue 1")


def test_the_venues_own_trouble_is_the_trading_lamp() -> None:
    bench = Bench().ready()
    bench.hear(qst.ConnectionStatusUpdateNotification(status="DISCONNECTED", text="back end away"))
    shown, detail = lamps(UP, bench.talk)
    assert (shown[Channel.LOGIN], shown[Channel.TRADING]) == (Lamp.LIVE, Lamp.RECONNECTING)
    assert "back end away" in detail


def test_books_that_could_not_be_read_degrade_the_stream() -> None:
    bench = Bench().ready()
    bench.talk.books_complete = False
    shown, detail = lamps(UP, bench.talk)
    assert (shown[Channel.ORDER_STREAM], detail) == (Lamp.DEGRADED, "some orders could not be read")


def test_round_trips() -> None:
    trips = RoundTrips()
    assert (trips.last_ms, trips.p99_ms) == (None, None)
    for each in range(1, 101):
        trips.add(float(each))
    assert (trips.last_ms, trips.p99_ms) == (100.0, 100.0)


def test_lamps_are_worked_out_anew_only_when_something_they_are_made_of_has_changed() -> None:
    """Whatever changes the lamps or their words must change :func:`made_of` too."""
    bench, trips = Bench().ready(), RoundTrips()
    before = made_of(UP, trips, bench.talk)
    assert before is not None
    bench.hear(ORDER)
    assert made_of(UP, trips, bench.talk) == before
    seen = [before]
    for facts in (replace(UP, silent_s=9.2), replace(UP, queued_s=2.0), replace(UP, last_error="x")):
        seen.append(made_of(facts, trips, bench.talk))
    bench.hear(qst.ConnectionStatusUpdateNotification(status="DISCONNECTED"))
    seen.append(made_of(UP, trips, bench.talk))
    bench.talk.books_complete = False
    seen.append(made_of(UP, trips, bench.talk))
    trips.add(1_500.0)
    seen.append(made_of(UP, trips, bench.talk))
    seen.append(made_of(UP, trips, Bench().ready().talk))
    assert all(one != other for number, one in enumerate(seen) for other in seen[:number])


def test_a_link_that_is_not_ready_is_always_looked_at() -> None:
    assert made_of(UP, RoundTrips(), Bench().start().talk) is None
    assert made_of(UP, RoundTrips(), None) is None
    assert made_of(LinkFacts(link=LinkState.RECONNECTING), RoundTrips(), Bench().ready().talk) is None
