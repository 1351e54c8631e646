import asyncio
import itertools
from decimal import Decimal

import pytest

from tests.support.xapi_asker import TableAsker
from tests.support.xapi_bench import CONNECTION
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import CandlePeriod, Candles
from workstation.venues.base import QueryRefused
from workstation.venues.queries import CandlesQuery
from workstation.venues.xapi.charts import MOST_CANDLES, MOST_PARTS, PART, candle_of, candles
from workstation.venues.xapi.messages import GetChartLastRequest, GetChartRangeRequest
from workstation.venues.xapi.records import ChartAnswer, RateInfoRecord

D = Decimal
KEY = InstrumentKey(CONNECTION, "PKN.PL")
NOW_MS = 1_795_000_020_000
NOW_NS = NOW_MS * 1_000_000
MINUTE_MS = 60_000


def rate(ctm: int, open_px: str = "41848.0") -> RateInfoRecord:
    return RateInfoRecord(ctm=ctm, open=D(open_px), high=D("6.0"), low=D("0.0"), close=D("1.0"), vol=D("2.5"))


def asked(asker: TableAsker, start_ms: int, end_ms: int = 0, period: CandlePeriod = CandlePeriod.M1) -> Candles:
    query = CandlesQuery(key=KEY, period=period, start_ns=start_ms * 1_000_000, end_ns=end_ms * 1_000_000)
    return asyncio.run(candles(asker, query, NOW_NS))


def test_the_documents_candle_is_decoded_as_the_document_says() -> None:
    made = candle_of(rate(1389362640000), 4)
    assert made is not None
    assert (made.open_px, made.high_px, made.low_px, made.close_px) == (
        D("4.1848"),
        D("4.1854"),
        D("4.1848"),
        D("4.1849"),
    )
    assert made.start_ns == 1389362640000 * 1_000_000, "a true UTC instant, whatever the document calls it"
    assert candle_of(RateInfoRecord(ctm=1), 4) is None
    assert candle_of(rate(0), 4) is None


def test_until_now_is_asked_for_without_an_end_and_one_interval_earlier() -> None:
    asker = TableAsker(getChartLastRequest=ChartAnswer(digits=4, rate_infos=(rate(NOW_MS), rate(NOW_MS - MINUTE_MS))))
    answer = asked(asker, NOW_MS - 10 * MINUTE_MS)
    [question] = asker.asked
    assert isinstance(question, GetChartLastRequest)
    assert question.info is not None
    assert (question.info.start, question.info.period) == (NOW_MS - 11 * MINUTE_MS, 1)
    assert [candle.start_ns // 1_000_000 for candle in answer.candles] == [NOW_MS - MINUTE_MS, NOW_MS]
    assert not answer.earliest


def test_a_long_range_is_asked_for_in_parts_below_the_limit() -> None:
    asker = TableAsker(
        getChartRangeRequest=lambda arguments: ChartAnswer(digits=4, rate_infos=(rate(arguments.info.end),))
    )
    start, end = NOW_MS - 2 * PART * MINUTE_MS - 5 * MINUTE_MS, NOW_MS
    answer = asked(asker, start, end)
    infos = [question.info for question in asker.asked if isinstance(question, GetChartRangeRequest)]
    assert len(infos) == len(answer.candles) == 3
    for info in infos:
        assert info is not None
        assert info.start is not None
        assert info.end is not None
        assert (info.end - info.start) // MINUTE_MS <= MOST_CANDLES
    edges = [(info.start, info.end) for info in infos if info is not None]
    assert edges[0][0] == start - MINUTE_MS
    assert edges[-1][1] == end + MINUTE_MS
    for (_, before), (after, _) in itertools.pairwise(edges):
        assert before is not None
        assert after is not None
        assert after < before


def test_a_range_the_venue_finds_too_long_is_halved() -> None:
    def answer(arguments: GetChartRangeRequest) -> object:
        info = arguments.info
        assert info is not None
        assert info.end is not None
        assert info.start is not None
        return (
            "EX009" if info.end - info.start > 60 * MINUTE_MS else ChartAnswer(digits=4, rate_infos=(rate(info.end),))
        )

    asker = TableAsker(getChartRangeRequest=answer)
    assert len(asked(asker, NOW_MS - 200 * MINUTE_MS, NOW_MS).candles) == 4


def test_other_refusals_and_ranges_beyond_reason_are_told() -> None:
    with pytest.raises(QueryRefused, match="BE115"):
        asked(TableAsker(getChartRangeRequest="BE115"), NOW_MS - MINUTE_MS, NOW_MS)
    with pytest.raises(QueryRefused, match="shorter range"):
        asked(TableAsker(), NOW_MS - (MOST_PARTS + 2) * PART * MINUTE_MS, NOW_MS)
    with pytest.raises(QueryRefused, match="digits"):
        asked(TableAsker(getChartLastRequest=ChartAnswer(digits=99)), NOW_MS - MINUTE_MS)


@pytest.mark.parametrize(("older", "earliest"), [((), True), ((rate(1),), False)])
def test_an_empty_range_is_the_beginning_only_if_nothing_is_older(
    older: tuple[RateInfoRecord, ...], earliest: bool
) -> None:
    def answer(arguments: GetChartRangeRequest) -> ChartAnswer:
        assert arguments.info is not None
        return ChartAnswer(digits=4, rate_infos=older if arguments.info.ticks == -1 else ())

    asker = TableAsker(getChartRangeRequest=answer)
    answered = asked(asker, NOW_MS - 2 * MINUTE_MS, NOW_MS - MINUTE_MS)
    assert (answered.candles, answered.earliest) == ((), earliest)
