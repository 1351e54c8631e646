"""Candles from chart requests: ranges split below the venue's limit, offsets turned into prices.

The venue gives `open` in units of 10^-digits and the other prices as shifts from it. A range excludes its start, so one
interval more is asked for. More than 50,000 candles are refused (EX009), so a long range is asked for in parts.
"""

import asyncio
import itertools
from decimal import Decimal

from workstation.domain.market_data import Candle, Candles
from workstation.venues.base import QueryRefused
from workstation.venues.queries import CandlesQuery
from workstation.venues.xapi.asking import Asker, VenueRefused
from workstation.venues.xapi.mapping import ms_of, ns_of
from workstation.venues.xapi.messages import ChartLastInfo, ChartRangeInfo, GetChartLastRequest, GetChartRangeRequest
from workstation.venues.xapi.records import ChartAnswer, RateInfoRecord

MOST_CANDLES = 50_000
PART = 48_000
"""Candles asked for at once, with room for how the venue counts."""
MOST_PARTS = 40
_PER_STEP = 500


async def candles(asker: Asker, query: CandlesQuery, now_ns: int) -> Candles:
    """Return the candles of `query`.

    Raises:
        QueryRefused: the venue said no, or the range is too long for one question.
    """
    interval_ms = int(query.period) * 60_000
    start_ms, end_ms = ms_of(query.start_ns), ms_of(query.end_ns or now_ns)
    parts = _parts(start_ms, end_ms, interval_ms)
    if len(parts) > MOST_PARTS:
        raise QueryRefused(f"{len(parts) * PART} candles are too many for one question. Ask for a shorter range.")
    found: dict[int, Candle] = {}
    for begin_ms, until_ms in parts:
        open_ended = query.end_ns == 0 and until_ms == end_ms
        for answer in await _part(asker, query, begin_ms, None if open_ended else until_ms, interval_ms):
            found.update(await _decoded(answer))
    earliest = not found and not await _older(asker, query, start_ms)
    ordered = tuple(found[start_ns] for start_ns in sorted(found))
    return Candles(key=query.key, period=query.period, candles=ordered, earliest=earliest)


def _parts(start_ms: int, end_ms: int, interval_ms: int) -> list[tuple[int, int]]:
    step_ms = PART * interval_ms
    edges = [*range(start_ms, end_ms, step_ms), end_ms]
    return list(itertools.pairwise(edges)) if len(edges) > 1 else [(start_ms, end_ms)]


async def _part(
    asker: Asker, query: CandlesQuery, start_ms: int, end_ms: int | None, interval_ms: int
) -> list[ChartAnswer]:
    """Ask for one part; halve it where the venue counts more candles than we do."""
    symbol, period = query.key.symbol, int(query.period)
    begin_ms = max(0, start_ms - interval_ms)
    if end_ms is None:
        last = ChartLastInfo(period=period, start=begin_ms, symbol=symbol)
        return [await asker.ask(GetChartLastRequest(info=last), ChartAnswer)]
    info = ChartRangeInfo(end=end_ms + interval_ms, period=period, start=begin_ms, symbol=symbol, ticks=0)
    try:
        return [await asker.ask(GetChartRangeRequest(info=info), ChartAnswer)]
    except VenueRefused as error:
        if error.code != "EX009" or end_ms - start_ms <= interval_ms:
            raise
    middle_ms = (start_ms + end_ms) // 2
    older = await _part(asker, query, start_ms, middle_ms, interval_ms)
    return older + await _part(asker, query, middle_ms, end_ms, interval_ms)


async def _older(asker: Asker, query: CandlesQuery, start_ms: int) -> bool:
    """Say whether the venue has any candle before `start_ms`: an empty range may only be a weekend."""
    info = ChartRangeInfo(end=0, period=int(query.period), start=start_ms, symbol=query.key.symbol, ticks=-1)
    return bool((await asker.ask(GetChartRangeRequest(info=info), ChartAnswer)).rate_infos)


async def _decoded(answer: ChartAnswer) -> dict[int, Candle]:
    digits = answer.digits
    if digits is None or not 0 <= digits <= 12:
        raise QueryRefused(f"XAPI sent candles with {digits} digits, which cannot be read.")
    found: dict[int, Candle] = {}
    rates = answer.rate_infos or ()
    for begin in range(0, len(rates), _PER_STEP):
        for rate in rates[begin : begin + _PER_STEP]:
            candle = candle_of(rate, digits)
            if candle is not None:
                found[candle.start_ns] = candle
        await asyncio.sleep(0)  # 50,000 candles take a while, and others wait for the loop
    return found


def candle_of(rate: RateInfoRecord, digits: int) -> Candle | None:
    """Return one candle in prices; None when something is missing."""
    start_ns = ns_of(rate.ctm)
    if rate.open is None or rate.high is None or rate.low is None or rate.close is None or not start_ns:
        return None
    return Candle(
        start_ns=start_ns,
        open_px=_price(rate.open, digits),
        high_px=_price(rate.open + rate.high, digits),
        low_px=_price(rate.open + rate.low, digits),
        close_px=_price(rate.open + rate.close, digits),
        volume=rate.vol,
    )


def _price(units: Decimal, digits: int) -> Decimal:
    """Return units of 10^-digits as a price; they are whole numbers in floating form."""
    return units.to_integral_value().scaleb(-digits)
