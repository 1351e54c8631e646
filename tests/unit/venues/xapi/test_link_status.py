from typing import Any

import pytest

from tests.support.xapi_bench import profile
from workstation.venues.base import Channel, Lamp
from workstation.venues.xapi.link_status import LinkFacts, LinkState, RoundTrips, StreamState, status_of

UP: dict[str, Any] = {
    "link": LinkState.UP,
    "logged_in": True,
    "books_read": True,
    "stream": StreamState.UP,
    "stream_synced": True,
}

SILENT = "no answer for 6 s, checking"


def lamps(*trips_ms: float, **facts: Any) -> tuple[str, str]:
    """The lamps of login, trading, order stream and data as initials, and the detail."""
    trips = RoundTrips()
    for each in trips_ms:
        trips.add(each)
    status = status_of(profile(), LinkFacts(**(UP | facts)), trips)
    by_channel = dict(status.lamps)
    return " ".join(by_channel[channel].value for channel in Channel), status.detail


def test_all_is_green_only_when_all_is_known() -> None:
    assert lamps() == ("LIVE LIVE LIVE LIVE", "")
    assert lamps(logged_in=False)[0] == "CONNECTING CONNECTING CONNECTING CONNECTING"
    assert lamps(books_read=False)[0] == "LIVE SYNCING SYNCING CONNECTING"
    assert lamps(stream_synced=False)[0] == "LIVE SYNCING SYNCING CONNECTING"


def test_a_stream_that_is_down_leaves_orders_allowed_and_prices_stale() -> None:
    shown, detail = lamps(stream=StreamState.DOWN, stream_synced=False, stream_error="it broke")
    assert shown == "LIVE LIVE DEGRADED STALE"
    assert detail == "the stream is down: prices are stale, orders go on (it broke)"


def test_a_stream_that_came_back_leaves_orders_allowed_until_the_books_are_read_again() -> None:
    shown, detail = lamps(stream_synced=False, served=True)
    assert shown == "LIVE LIVE DEGRADED STALE"
    assert detail == "the stream is back: the books are read once more"


def test_an_answer_that_stays_away_is_shown_while_the_stream_is_brought_up_to_date_too() -> None:
    assert lamps(stream_synced=False, silent_s=6.0) == ("SUSPECT SUSPECT SYNCING CONNECTING", SILENT)
    assert lamps(stream_synced=False, served=True, silent_s=6.0) == ("SUSPECT SUSPECT DEGRADED STALE", SILENT)


def test_a_silent_stream_is_suspected() -> None:
    assert lamps(life_s=6.0) == ("LIVE LIVE DEGRADED SUSPECT", "the stream has been silent for 6 s")


def test_an_answer_that_stays_away_a_slow_link_and_a_long_queue_are_shown() -> None:
    assert lamps(silent_s=6.0) == ("SUSPECT SUSPECT LIVE LIVE", "no answer for 6 s, checking")
    assert lamps(1500.0) == ("LIVE DEGRADED LIVE LIVE", "1.5 s")
    assert lamps(10.0, order_delay_ms=2_000, queued=9) == ("LIVE DEGRADED LIVE LIVE", "0.0 s, queue 9")
    assert lamps(10.0, queue_delay_ms=9_000, queued=40)[0] == "LIVE LIVE LIVE LIVE", "reads may wait"
    assert lamps(books_whole=False) == ("LIVE LIVE DEGRADED LIVE", "some orders could not be read")


def test_a_queue_as_short_as_is_the_rule_is_not_told_so_that_the_last_word_is_an_empty_one() -> None:
    def told(**facts: Any) -> tuple[int, int]:
        status = status_of(profile(), LinkFacts(**(UP | facts)), RoundTrips())
        return status.queued, status.queue_delay_ms

    assert told(queued=40, queue_delay_ms=9_000) == (40, 9_000)
    assert told(queued=2, queue_delay_ms=480) == (0, 0)


@pytest.mark.parametrize("link", [LinkState.OFF, LinkState.RECONNECTING, LinkState.NEEDS_YOU, LinkState.CONNECTING])
def test_without_a_link_all_lamps_say_so(link: LinkState) -> None:
    lamp: Lamp = link.value
    assert lamps(link=link)[0] == " ".join([lamp.value] * 4)


def test_a_blocked_login_names_the_time() -> None:
    shown, detail = lamps(link=LinkState.BLOCKED, retry_at_ns=1_795_000_000 * 1_000_000_000)
    assert shown == "BLOCKED BLOCKED BLOCKED BLOCKED"
    assert detail == "login blocked by the venue until 11:06:40 UTC"


def test_a_new_session_forgets_the_last_one() -> None:
    facts = LinkFacts(**UP, served=True, queued=3, silent_s=4.0, retry_count=2)
    facts.new_session()
    assert not facts.ready
    assert (facts.stream, facts.queued, facts.silent_s, facts.retry_count) == (StreamState.WAITING, 0, 0.0, 2)


def test_round_trips_are_ranked() -> None:
    trips = RoundTrips()
    assert (trips.last_ms, trips.p99_ms) == (None, None)
    for each in range(1, 101):
        trips.add(float(each))
    assert (trips.last_ms, trips.p99_ms) == (100.0, 100.0)
