import json

import pytest

from workstation.venues.base import VenueUnreachable
from workstation.venues.queries import Watch
from workstation.venues.xapi.stream import DEAD_S, PING_S, StreamConversation

ACCOUNT = ["getKeepAlive", "getTradeStatus", "getTrades", "getBalance", "getProfits", "getNews"]


def watch(quotes: str = "", depth: str = "", candles: str = "") -> Watch:
    return Watch(quotes=frozenset(quotes), depth=frozenset(depth), candles=frozenset(candles))


class Bench:
    def __init__(self, wanted: Watch) -> None:
        self.s = 100.0
        self.talk = StreamConversation("846")
        self.talk.start(wanted, self.s)

    def sent(self) -> list[dict[str, object]]:
        out = []
        while (wait := self.talk.wait_s(self.s)) < 1_000:
            self.s += wait
            frame = self.talk.take(self.s)
            assert frame is not None
            out.append(json.loads(frame))
        return out

    def commands(self) -> list[tuple[object, object]]:
        return [(each["command"], each.get("symbol")) for each in self.sent()]


def test_the_account_comes_first_each_with_the_session_id() -> None:
    bench = Bench(watch(quotes="A", candles="B"))
    sent = bench.sent()
    assert [each["command"] for each in sent[:6]] == ACCOUNT
    assert {each["streamSessionId"] for each in sent} == {"846"}
    assert bench.talk.subscribed
    assert sent[6:] == [
        {"command": "getCandles", "streamSessionId": "846", "symbol": "B"},
        {"command": "getTickPrices", "streamSessionId": "846", "symbol": "A", "minArrivalTime": 1, "maxLevel": 0},
    ]


def test_depth_asks_for_all_levels_with_one_subscription_a_symbol() -> None:
    sent = Bench(watch(quotes="A", depth="A")).sent()
    assert [each for each in sent if each["command"] == "getTickPrices"] == [
        {"command": "getTickPrices", "streamSessionId": "846", "symbol": "A", "minArrivalTime": 1}
    ]


def test_only_differences_are_sent_and_stops_carry_no_id() -> None:
    bench = Bench(watch(quotes="AB", candles="A"))
    bench.sent()
    bench.talk.watch(watch(quotes="BC"))
    sent = bench.sent()
    assert [(each["command"], each["symbol"]) for each in sent] == [
        ("stopCandles", "A"),
        ("stopTickPrices", "A"),
        ("getTickPrices", "C"),
    ]
    assert "streamSessionId" not in sent[0]
    bench.talk.watch(watch(quotes="BC"))
    assert bench.sent() == []


def test_depth_on_and_off_begins_the_subscription_anew() -> None:
    bench = Bench(watch(quotes="A"))
    bench.sent()
    bench.talk.watch(watch(quotes="A", depth="A"))
    assert bench.commands() == [("stopTickPrices", "A"), ("getTickPrices", "A")]
    bench.talk.watch(watch(quotes="A"))
    assert bench.commands() == [("stopTickPrices", "A"), ("getTickPrices", "A")]


def test_a_wish_taken_back_before_its_turn_is_never_sent() -> None:
    bench = Bench(watch())
    bench.sent()
    bench.talk.watch(watch(quotes="ABC"))
    bench.talk.watch(watch(quotes="B"))
    assert bench.commands() == [("getTickPrices", "B")]


def test_a_keep_alive_that_stays_away_ends_the_stream() -> None:
    bench = Bench(watch())
    bench.talk.alive(bench.s + 10)
    bench.talk.tick(bench.s + 10 + DEAD_S - 0.1)
    with pytest.raises(VenueUnreachable, match="silent"):
        bench.talk.tick(bench.s + 10 + DEAD_S)


def test_a_stream_that_only_hears_pings_in_time() -> None:
    bench = Bench(watch())
    bench.sent()
    bench.s += PING_S
    bench.talk.alive(bench.s)
    bench.talk.tick(bench.s)
    bench.talk.tick(bench.s)
    assert bench.sent() == [{"command": "ping", "streamSessionId": "846"}]
