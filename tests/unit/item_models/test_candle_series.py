"""Whatever comes late, twice or out of order, the candles are those that the whole of it describes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Candle, CandlePeriod, Candles, LiveCandle, Quote
from workstation.item_models.candle_series import MINUTE_NS, CandleSeries, SeriesChange, period_anchor, period_start

KEY = InstrumentKey(ConnectionID("x"), "EURUSD")
START_NS = 1_795_219_200 * 10**9  # 2026-11-21 00:00 UTC
HOUR_NS = 60 * MINUTE_NS


def candle(start_ns: int, text: str, volume: str | None = "10") -> Candle:
    """Return a candle of the prices "open high low close"."""
    prices = [Decimal(one) for one in text.split()]
    return Candle(
        start_ns=start_ns,
        open_px=prices[0],
        high_px=prices[1],
        low_px=prices[2],
        close_px=prices[3],
        volume=None if volume is None else Decimal(volume),
    )


def minute(number: int, text: str, volume: str | None = "10") -> LiveCandle:
    return LiveCandle(key=KEY, candle=candle(START_NS + number * MINUTE_NS, text, volume))


def history(period: CandlePeriod, *candles: Candle, earliest: bool = False) -> Candles:
    return Candles(key=KEY, period=period, candles=candles, earliest=earliest)


def quote(number: int, bid: str | None, second: int = 30) -> Quote:
    time_ns = START_NS + number * MINUTE_NS + second * 10**9
    return Quote(key=KEY, bid_px=None if bid is None else Decimal(bid), transact_time_ns=time_ns)


def text(series: CandleSeries) -> list[str]:
    return [f"{one.open_px} {one.high_px} {one.low_px} {one.close_px} {one.volume}" for one in series.candles]


def test_minutes_build_larger_candles() -> None:
    series = CandleSeries(CandlePeriod.M5)
    series.take_minutes([minute(0, "10 12 9 11"), minute(1, "11 15 11 14"), minute(5, "14 14 13 13")])
    assert text(series) == ["10 15 9 14 20", "14 14 13 13 10"]
    assert [one.start_ns for one in series.candles] == [START_NS, START_NS + 5 * MINUTE_NS]


def test_a_quote_moves_the_last_candle_until_the_venues_minute_comes() -> None:
    series = CandleSeries(CandlePeriod.M5)
    assert series.take_quote(quote(0, "10")) is None  # nothing to build on
    series.take_history(history(CandlePeriod.M5, candle(START_NS, "10 12 9 11")), as_of_ns=START_NS + 30 * 10**9)
    assert series.take_quote(quote(0, "13", 40)) == SeriesChange(0, 0)
    assert text(series) == ["10 13 9 13 10"]
    series.take_quote(quote(1, "20"))
    assert text(series) == ["10 20 9 20 10"]
    series.take_minutes([minute(1, "13 14 12 12.5", "4")])
    assert text(series) == ["10 14 9 12.5 14"]
    assert series.take_quote(quote(5, "12")) == SeriesChange(0, 1)
    assert text(series)[1] == "12 12 12 12 None"


def test_late_and_empty_quotes_change_nothing() -> None:
    series = CandleSeries(CandlePeriod.M1)
    series.take_minutes([minute(0, "10 12 9 11"), minute(3, "11 11 11 11")])
    before = text(series)
    assert series.take_quote(quote(1, "99")) is None
    assert series.take_quote(quote(3, None)) is None
    assert series.take_quote(quote(3, "NaN")) is None
    assert series.take_quote(quote(3, "11.5", 50)) is not None
    assert series.take_quote(quote(3, "99", 49)) is None
    assert text(series)[0] == before[0]
    assert text(series)[1] == "11 11.5 11 11.5 10"


def test_the_close_of_the_history_outlives_a_minute_that_it_describes_already() -> None:
    series = CandleSeries(CandlePeriod.H1)
    start_ns = period_start(CandlePeriod.H1, START_NS, 0)
    series.take_history(history(CandlePeriod.H1, candle(start_ns, "10 12 9 11")), as_of_ns=START_NS + 10 * MINUTE_NS)
    series.take_minutes([minute(4, "10 12.5 10 10.5")])
    assert text(series) == ["10 12.5 9 11 10"]
    series.take_minutes([minute(11, "11 11 8 8")])
    assert text(series) == ["10 12.5 8 8 20"]


def test_older_history_comes_in_front_and_the_rest_stays() -> None:
    series = CandleSeries(CandlePeriod.M5)
    new = [candle(START_NS + number * 5 * MINUTE_NS, "1 2 1 2") for number in range(2)]
    old = [candle(START_NS - number * 5 * MINUTE_NS, "1 3 1 3") for number in (3, 2, 1)]
    assert series.take_history(history(CandlePeriod.M5, *new), as_of_ns=START_NS) == SeriesChange(0, 0)
    answer = history(CandlePeriod.M5, *old, earliest=True)
    assert series.take_history(answer, as_of_ns=START_NS) == SeriesChange(3, 5)
    assert series.complete
    assert len(series.candles) == 5
    assert series.take_history(answer, as_of_ns=START_NS) is None


def test_an_answer_that_was_asked_earlier_does_not_undo_a_newer_one() -> None:
    series = CandleSeries(CandlePeriod.M5)
    newer, older = (history(CandlePeriod.M5, candle(START_NS, text)) for text in ("1 5 1 5", "1 2 1 2"))
    series.take_history(newer, as_of_ns=START_NS, asked=2)
    assert series.take_history(older, as_of_ns=START_NS, asked=1) is None
    assert text(series) == ["1 5 1 5 10"]


def test_what_cannot_be_drawn_is_left_out() -> None:
    series = CandleSeries(CandlePeriod.M1)
    series.take_minutes([minute(0, "1 NaN 1 1"), minute(1, "1 Infinity 1 1")])
    assert series.candles == []
    series.take_history(history(CandlePeriod.M1, candle(START_NS, "1 1 sNaN 1")), as_of_ns=1)
    assert series.candles == []


def test_a_newer_history_replaces_what_was_built_of_minutes() -> None:
    series = CandleSeries(CandlePeriod.M5)
    series.take_minutes([minute(number, "10 12 9 11") for number in range(12)])
    assert len(series.candles) == 3
    answer = history(CandlePeriod.M5, *(candle(START_NS + n * 5 * MINUTE_NS, "1 9 1 5") for n in range(3)))
    series.take_history(answer, as_of_ns=START_NS + 11 * MINUTE_NS + 1)
    assert text(series)[:2] == ["1 9 1 5 10", "1 9 1 5 10"]
    assert len(series.candles) == 3
    assert series.candles[-1].high_px == 12


@pytest.mark.parametrize(
    ("period", "anchor", "time", "start"),
    [
        (CandlePeriod.H4, 23 * HOUR_NS, 23 * HOUR_NS + 5 * HOUR_NS, 27 * HOUR_NS),
        (CandlePeriod.W1, period_anchor(CandlePeriod.W1), START_NS, 1_794_787_200 * 10**9),  # Monday 2026-11-16
        (CandlePeriod.MN1, 0, START_NS, 1_793_491_200 * 10**9),  # 2026-11-01
        (CandlePeriod.MN1, 1_793_487_600 * 10**9, START_NS, 1_793_487_600 * 10**9),  # midnight in Warsaw
        (CandlePeriod.MN1, 1_793_487_600 * 10**9, 1_796_079_600 * 10**9, 1_796_079_600 * 10**9),  # December there
    ],
)
def test_candles_begin_where_the_venues_begin(period: CandlePeriod, anchor: int, time: int, start: int) -> None:
    assert period_start(period, time, anchor) == start


def test_a_month_that_begins_on_its_first_day_of_trading_stays_one_candle() -> None:
    series = CandleSeries(CandlePeriod.MN1)
    first_ns = 1_793_491_200 * 10**9 + 36 * HOUR_NS
    series.take_history(history(CandlePeriod.MN1, candle(first_ns, "1 2 1 2")), as_of_ns=START_NS)
    series.take_minutes([minute(5, "2 3 2 3")])
    assert text(series) == ["1 3 1 3 20"]


PRICES = st.integers(90, 110).map(Decimal)


@st.composite
def whole_minutes(draw: st.DrawFn) -> list[LiveCandle]:
    """Minutes of a few hours with holes, each in one or several growing versions."""
    told: list[LiveCandle] = []
    for number in draw(st.sets(st.integers(0, 400), min_size=1, max_size=25)):
        prices = draw(st.lists(PRICES, min_size=1, max_size=4))
        for count in range(1, len(prices) + 1):
            part = prices[:count]
            grown = Candle(
                start_ns=START_NS + number * MINUTE_NS,
                open_px=part[0],
                high_px=max(part),
                low_px=min(part),
                close_px=part[-1],
                volume=Decimal(count),
            )
            told.append(LiveCandle(key=KEY, candle=grown))
    return told


def finished(told: list[LiveCandle]) -> dict[int, Candle]:
    """Return of each minute its last version, in order of time."""
    return dict(sorted({live.candle.start_ns: live.candle for live in told}.items()))


@given(told=whole_minutes(), period=st.sampled_from(CandlePeriod), data=st.data())
def test_order_and_repetition_make_no_difference(
    told: list[LiveCandle], period: CandlePeriod, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(told + told[:5]))
    series = CandleSeries(period)
    for live in mixed:
        before = list(series.candles)
        change = series.take_minutes([live])
        assert_change_is_true(before, series.candles, change)
    groups: dict[int, list[Candle]] = {}
    for start_ns, one in finished(told).items():
        groups.setdefault(period_start(period, start_ns, period_anchor(period)), []).append(one)
    assert series.candles == [
        Candle(
            start_ns=start_ns,
            open_px=group[0].open_px,
            high_px=max(one.high_px for one in group),
            low_px=min(one.low_px for one in group),
            close_px=group[-1].close_px,
            volume=sum((one.volume for one in group if one.volume is not None), Decimal(0)),
        )
        for start_ns, group in groups.items()
    ]


@given(data=st.data(), period=st.sampled_from([CandlePeriod.M1, CandlePeriod.M5, CandlePeriod.H1]))
def test_answers_of_the_venue_may_come_in_any_order(data: st.DataObject, period: CandlePeriod) -> None:
    length_ns = int(period) * MINUTE_NS
    first_ns = period_start(period, START_NS, 0)
    answers = []
    for as_of in range(1, data.draw(st.integers(2, 5))):
        numbers = data.draw(st.sets(st.integers(0, 12), min_size=1))
        candles = [candle(first_ns + n * length_ns, f"{as_of} {as_of + n} {as_of} {as_of}") for n in sorted(numbers)]
        answers.append((history(period, *candles), as_of))
    expected: CandleSeries | None = None
    for order in (answers, answers[::-1], data.draw(st.permutations(answers))):
        series = CandleSeries(period)
        for answer, asked in order:
            before = list(series.candles)
            change = series.take_history(answer, as_of_ns=first_ns, asked=asked)
            assert_change_is_true(before, series.candles, change)
        expected = expected or series
        assert series.candles == expected.candles


@given(told=whole_minutes(), period=st.sampled_from(CandlePeriod), data=st.data())
def test_nothing_ever_corrupts_the_order(told: list[LiveCandle], period: CandlePeriod, data: st.DataObject) -> None:
    """Candles of all three sources, mixed at will, stay in order of time, and low never stands above high."""
    series = CandleSeries(period)
    done = list(finished(told).values())
    for _ in range(data.draw(st.integers(1, 12))):
        before = list(series.candles)
        kind = data.draw(st.sampled_from(["minutes", "quote", "history"]))
        if kind == "minutes":
            change = series.take_minutes(data.draw(st.lists(st.sampled_from(told), min_size=1, max_size=5)))
        elif kind == "quote":
            change = series.take_quote(quote(data.draw(st.integers(0, 400)), str(data.draw(PRICES))))
        else:
            some = {one.start_ns: one for one in data.draw(st.lists(st.sampled_from(done), max_size=6))}
            answer = history(period, *(some[start_ns] for start_ns in sorted(some)))
            change = series.take_history(answer, as_of_ns=START_NS + data.draw(st.integers(0, 400)) * MINUTE_NS)
        assert_change_is_true(before, series.candles, change)
        starts = [one.start_ns for one in series.candles]
        assert starts == sorted(set(starts))
        assert all(one.low_px <= min(one.open_px, one.close_px) for one in series.candles)
        assert all(one.high_px >= max(one.open_px, one.close_px) for one in series.candles)


def assert_change_is_true(before: list[Candle], after: list[Candle], change: SeriesChange | None) -> None:
    """Whoever keeps a copy by the changes told has the same candles."""
    if change is None:
        assert before == after
        return
    kept = [None] * change.added_before + before
    kept[change.first :] = after[change.first :]
    if change.added_before and change.first >= change.added_before:
        kept[: change.added_before] = after[: change.added_before]
    assert kept == after
