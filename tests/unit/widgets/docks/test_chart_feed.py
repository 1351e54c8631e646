"""The feed asks for what is missing, drops what came too late, and says in words what stands in the way."""

from decimal import Decimal

from tests.support.chart_bench import EURUSD, XAPI, CandleVenue, chart_screen, data_status
from tests.support.dock_screen import QST, START_NS
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import AskVenue, Finding, Hardness, Refused, VenueAnswered
from workstation.desk.messages import ConnectionListed, ConnectionRemoved, MarketMoved
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Candle, CandlePeriod, Candles, LiveCandle, Quote
from workstation.item_models.candle_series import MINUTE_NS
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Lamp
from workstation.venues.queries import CandlesQuery
from workstation.widgets.docks.chart_feed import ChartFeed
from workstation.widgets.screen import Screen

CORN = InstrumentKey(QST, "ZCZ26")
DAY_NS = 1_440 * MINUTE_NS


def make_feed(venue: CandleVenue | None = None) -> tuple[ChartFeed, Screen, FakeDeskClient]:
    screen, desk = chart_screen(venue)
    return ChartFeed(screen), screen, desk


def queries(desk: FakeDeskClient) -> list[CandlesQuery]:
    return [one.query for one in desk.of(AskVenue) if isinstance(one.query, CandlesQuery)]


def answer(period: CandlePeriod, *candles: Candle, earliest: bool = False) -> VenueAnswered:
    return VenueAnswered(result=Candles(key=EURUSD, period=period, candles=candles, earliest=earliest))


def flat(start_ns: int, level: str) -> Candle:
    px = Decimal(level)
    return Candle(start_ns=start_ns, open_px=px, high_px=px, low_px=px, close_px=px)


def refused(text: str, cure: str = "") -> Refused:
    return Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text=text, cure=cure),))


def test_before_anything_is_chosen_it_says_how(qapp: object) -> None:
    feed, _, _ = make_feed()
    assert feed.note.startswith("Choose a symbol")


def test_loading_then_candles(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    assert feed.note == "EURUSD: loading candles …"
    candles = [flat(START_NS - n * 60 * MINUTE_NS, "1.1") for n in range(60, 0, -1)]
    desk.answer(answer(CandlePeriod.H1, *candles))
    assert feed.note == ""
    assert len(feed.series.candles) == 60
    assert len(queries(desk)) == 1


def test_a_venue_without_the_feed_is_never_asked(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(CORN, CandlePeriod.H1)
    assert feed.note == "ZCZ26: no feed. QST gives no candles; it is for orders only."
    assert desk.asked == []


def test_on_a_weekend_it_looks_further_back(qapp: object) -> None:
    venue = CandleVenue(now_ns=START_NS + DAY_NS)  # START_NS is a Saturday
    feed, _, _ = make_feed(venue)
    feed.choose(EURUSD, CandlePeriod.M1)
    spans = [START_NS + 60 * 10**9 - query.start_ns for query in venue.asked]
    assert spans == [600 * MINUTE_NS, 4_800 * MINUTE_NS]
    assert len(feed.series.candles) > 600


def test_nobody_is_asked_for_the_time_before_all_calendars(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.MN1)
    desk.answer(answer(CandlePeriod.MN1))
    assert queries(desk)[1].start_ns == 0
    desk.answer(answer(CandlePeriod.MN1))
    assert len(queries(desk)) == 2
    assert feed.note == "EURUSD: the venue has no candles of this length."


def test_a_venue_that_has_none_says_so(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    desk.answer(answer(CandlePeriod.H1, earliest=True))
    assert feed.note == "EURUSD: the venue has no candles of this length."


def test_a_refusal_is_shown_in_the_venues_words(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    desk.answer(refused("EX009: too many candles.", "Ask for fewer."))
    assert feed.note == "EURUSD: no candles. EX009: too many candles. Ask for fewer."


def test_an_engine_that_is_gone_is_said(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    desk.fail(EngineGone())
    assert "the trading engine stopped" in feed.note


def test_an_answer_to_the_choice_before_is_dropped(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    feed.choose(EURUSD, CandlePeriod.D1)
    desk.answer(answer(CandlePeriod.H1, flat(START_NS, "1.1")))
    assert feed.series.candles == []
    assert feed.note.endswith("loading candles …")


def test_older_candles_until_the_earliest(qapp: object) -> None:
    venue = CandleVenue()
    feed, _, _ = make_feed(venue)
    feed.choose(EURUSD, CandlePeriod.H1)
    before = len(feed.series.candles)
    feed.ask_older()
    assert len(feed.series.candles) > before
    while not feed.series.complete:
        feed.ask_older()
    assert feed.series.candles[0].start_ns == 60 * MINUTE_NS * -(-venue.earliest_ns // (60 * MINUTE_NS))
    asked = len(venue.asked)
    feed.ask_older()
    assert len(venue.asked) == asked


def test_older_candles_are_asked_for_once_at_a_time_and_a_refusal_ends_it(qapp: object) -> None:
    feed, screen, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    desk.answer(answer(CandlePeriod.H1, *(flat(START_NS - n * 60 * MINUTE_NS, "1.1") for n in range(60, 0, -1))))
    feed.ask_older()
    feed.ask_older()
    assert len(queries(desk)) == 2
    assert queries(desk)[1].end_ns == feed.series.candles[0].start_ns
    desk.answer(refused("Not now."))
    feed.ask_older()
    assert len(queries(desk)) == 2
    assert feed.warning == "No older candles: Not now."
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert feed.warning == "No older candles: Not now."  # a status that changes nothing takes no words away


def test_a_stretch_without_candles_is_skipped_and_the_search_ends(qapp: object) -> None:
    feed, _, desk = make_feed()
    feed.choose(EURUSD, CandlePeriod.H1)
    desk.answer(answer(CandlePeriod.H1, *(flat(START_NS - n * 60 * MINUTE_NS, "1.1") for n in range(60, 0, -1))))
    feed.ask_older()
    for _ in range(3):
        desk.answer(answer(CandlePeriod.H1))
    oldest_ns = feed.series.candles[0].start_ns
    spans = [(oldest_ns - query.start_ns) // (60 * MINUTE_NS) for query in queries(desk)[1:]]
    assert spans == [1_500, 12_000, 40_000]
    assert feed.series.complete


def test_minutes_and_quotes_of_this_symbol_move_it(qapp: object) -> None:
    feed, screen, _ = make_feed(CandleVenue())
    feed.choose(EURUSD, CandlePeriod.H1)
    minute = flat(START_NS // MINUTE_NS * MINUTE_NS, "1.5")
    other = InstrumentKey(XAPI, "USDJPY")
    told = (LiveCandle(key=EURUSD, candle=minute), LiveCandle(key=other, candle=flat(minute.start_ns, "9")))
    screen.services.market.accept(MarketMoved(candles=told))
    assert feed.series.candles[-1].close_px == Decimal("1.5")
    quotes = (
        Quote(key=EURUSD, bid_px=Decimal("1.6"), transact_time_ns=minute.start_ns + 1),
        Quote(key=other, bid_px=Decimal(9), transact_time_ns=minute.start_ns + 1),
    )
    screen.services.market.accept(MarketMoved(quotes=quotes))
    assert feed.series.candles[-1].close_px == Decimal("1.6")


def test_a_candle_that_is_over_is_checked_against_the_venues_own(qapp: object) -> None:
    venue = CandleVenue(now_ns=START_NS - DAY_NS)
    feed, screen, _ = make_feed(venue)
    feed.choose(EURUSD, CandlePeriod.M5)
    asked = len(venue.asked)
    start_ns = feed.series.candles[-1].start_ns
    for number in range(4, 7):
        told = (LiveCandle(key=EURUSD, candle=flat(start_ns + number * MINUTE_NS, "1.1")),)
        screen.services.market.accept(MarketMoved(candles=told))
    assert [query.start_ns for query in venue.asked[asked:]] == [start_ns - 10 * MINUTE_NS]


def test_minutes_of_a_minute_chart_need_no_check(qapp: object) -> None:
    venue = CandleVenue(now_ns=START_NS - DAY_NS)
    feed, screen, _ = make_feed(venue)
    feed.choose(EURUSD, CandlePeriod.M1)
    asked = len(venue.asked)
    start_ns = feed.series.candles[-1].start_ns
    for number in range(1, 4):
        told = (LiveCandle(key=EURUSD, candle=flat(start_ns + number * MINUTE_NS, "1.1")),)
        screen.services.market.accept(MarketMoved(candles=told))
    assert len(venue.asked) == asked


def test_a_stale_feed_is_said_and_the_gap_is_asked_for_afterwards(qapp: object) -> None:
    venue = CandleVenue()
    feed, screen, _ = make_feed(venue)
    feed.choose(EURUSD, CandlePeriod.H1)
    asked = len(venue.asked)
    screen.services.dispatch([data_status(Lamp.STALE)])
    assert feed.warning == "The feed is stale: XAPI demo is “stale data”. The last candle may not be the market's."
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert feed.warning == ""
    assert len(venue.asked) == asked + 1
    assert venue.asked[-1].start_ns <= feed.series.candles[-1].start_ns


def test_what_was_refused_while_offline_is_asked_for_when_it_is_live(qapp: object) -> None:
    feed, screen, desk = make_feed()
    screen.services.dispatch([data_status(Lamp.OFF)])
    feed.choose(EURUSD, CandlePeriod.H1)
    desk.answer(refused("XAPI demo is not connected."))
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert len(queries(desk)) == 2


def test_a_connection_that_is_not_there_yet_is_waited_for(qapp: object) -> None:
    feed, screen, desk = make_feed(CandleVenue())
    profile = screen.services.connections.profiles[XAPI]
    capabilities = screen.services.connections.capabilities[XAPI]
    screen.services.dispatch([ConnectionRemoved(connection_id=XAPI)])
    feed.choose(EURUSD, CandlePeriod.H1)
    assert "waiting for its connection" in feed.note
    assert queries(desk) == []
    screen.services.dispatch([ConnectionListed(profile=profile, capabilities=capabilities)])
    assert feed.series.candles
    assert feed.note == ""
