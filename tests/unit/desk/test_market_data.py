import asyncio
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import CONNECTION
from workstation.desk.commands import AskVenue, Done, Refused, VenueAnswered, WatchMarket
from workstation.desk.market_data import TOLD_EVERY_S, MarketDesk, merged
from workstation.desk.messages import EngineMessage, MarketMoved
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Candle, Depth, LiveCandle, NewsItem, Quote
from workstation.venues.base import QueryRefused, VenueUnreachable
from workstation.venues.queries import CalendarAnswer, CalendarQuery, Watch

EURUSD, GOLD = (InstrumentKey(CONNECTION, symbol) for symbol in ("EURUSD", "GOLD"))
ONE = Decimal(1)
FLAT = Candle(start_ns=0, open_px=ONE, high_px=ONE, low_px=ONE, close_px=ONE)


def quote(key: InstrumentKey, bid: int) -> Quote:
    return Quote(key=key, bid_px=Decimal(bid))


def news(number: int) -> NewsItem:
    return NewsItem(connection_id=CONNECTION, news_key=str(number), title="", body="", transact_time_ns=number)


class Told(list[EngineMessage]):
    """What the screen was told; can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._more = asyncio.Event()

    def publish(self, message: EngineMessage) -> None:
        self.append(message)
        self._more.set()

    async def count(self, wanted: int) -> None:
        while len(self) < wanted:
            self._more.clear()
            await self._more.wait()


def test_a_burst_is_told_as_one_with_the_latest_of_each_instrument() -> None:
    said = Told()
    market = MarketDesk(said.publish)

    async def play() -> None:
        for bid in range(100):
            market.take(quote(EURUSD, bid))
            market.take(quote(GOLD, -bid))
        market.take(Depth(key=GOLD, bids=(), asks=()))
        assert said == [], "the screen is told at the end of the turn"
        await said.count(1)

    asyncio.run(play())
    assert said == [
        MarketMoved(quotes=(quote(EURUSD, 99), quote(GOLD, -99)), depths=(Depth(key=GOLD, bids=(), asks=()),))
    ]
    assert market.quote(EURUSD) == quote(EURUSD, 99)
    assert market.quote(InstrumentKey(ConnectionID("other"), "EURUSD")) is None


def test_candles_and_news_are_told_one_by_one_in_order() -> None:
    said = Told()
    market = MarketDesk(said.publish)

    async def play() -> None:
        for number in range(3):
            market.take(LiveCandle(key=GOLD, candle=FLAT))
            market.take(news(number))
        await said.count(1)

    asyncio.run(play())
    assert len(said) == 1
    assert isinstance(said[0], MarketMoved)
    assert [item.news_key for item in said[0].news] == ["0", "1", "2"]
    assert len(said[0].candles) == 3


def test_what_follows_at_once_waits_for_the_next_telling() -> None:
    said = Told()
    market = MarketDesk(said.publish)

    async def play() -> None:
        market.take(quote(EURUSD, 1))
        await said.count(1)
        market.take(quote(EURUSD, 2))
        market.take(quote(EURUSD, 3))
        assert len(said) == 1
        await said.count(2)

    asyncio.run(play())
    assert said == [MarketMoved(quotes=(quote(EURUSD, 1),)), MarketMoved(quotes=(quote(EURUSD, 3),))]


@given(st.lists(st.lists(st.tuples(st.sampled_from([EURUSD, GOLD]), st.integers(0, 9)), max_size=4), max_size=5))
def test_merging_tellings_loses_no_latest_quote_and_no_news(rounds: list[list[tuple[InstrumentKey, int]]]) -> None:
    whole, latest, count = MarketMoved(), {}, 0
    for changes in rounds:
        told = MarketMoved(quotes=tuple(quote(key, bid) for key, bid in changes), news=(news(count),))
        latest.update(changes)
        count += 1
        whole = merged(whole, told)
    assert {one.key: one.bid_px for one in whole.quotes} == latest
    assert [item.news_key for item in whole.news] == [str(number) for number in range(count)]


def test_wishes_of_all_watchers_reach_the_venue_as_one_and_again_after_a_restart(bench: DeskBench) -> None:
    assert bench.ask(WatchMarket(watcher="quotes", quotes=frozenset({EURUSD, GOLD}))) == Done()
    bench.ask(WatchMarket(watcher="chart", quotes=frozenset({GOLD}), candles=frozenset({GOLD})))
    both = Watch(quotes=frozenset({"EURUSD", "GOLD"}), candles=frozenset({"GOLD"}))
    assert bench.connection.watched == both
    bench.ask(WatchMarket(watcher="quotes"))
    assert bench.connection.watched == Watch(quotes=frozenset({"GOLD"}), candles=frozenset({"GOLD"}))
    bench.ask(WatchMarket(watcher="chart"))
    assert bench.connection.watched == Watch()


def test_what_a_venue_tells_of_the_market_reaches_the_screen_and_no_journal(bench: DeskBench) -> None:
    rows = len(bench.journal.rows)

    async def play() -> None:
        bench.connection.sink(quote(GOLD, 5))
        planned = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(2 * TOLD_EVERY_S, planned.set_result, None)
        await planned

    bench.run(play())
    assert MarketMoved(quotes=(quote(GOLD, 5),)) in bench.published
    assert len(bench.journal.rows) == rows


def test_a_question_is_answered_refused_or_impossible(bench: DeskBench) -> None:
    question = AskVenue(connection_id=CONNECTION, query=CalendarQuery())
    refusal = bench.ask(question)
    assert isinstance(refusal, Refused)
    assert "no words for CalendarQuery" in refusal.findings[0].text
    bench.connection.query_answers[CalendarQuery] = CalendarAnswer(events=())
    assert bench.ask(question) == VenueAnswered(result=CalendarAnswer(events=()))
    for error in (QueryRefused("BE106"), VenueUnreachable("The line is dead.")):
        bench.connection.query_answers[CalendarQuery] = error
        assert bench.ask(question).findings[0].text == str(error)
    nowhere = bench.ask(AskVenue(connection_id=ConnectionID("nowhere"), query=CalendarQuery()))
    assert nowhere.findings[0].text == "nowhere is not connected."
