"""Chart requests: which candles are meant, and how they are written.

`start` is rounded down to the interval, and the candle that begins there is left out: the protocol says "rounded down
to the nearest interval and excluding". With a count in `ticks`, `end` is ignored and counting goes forward from
`start`, or back from it if the count is negative; the present candle then is the last there can be.
"""

from workstation.simulators.otc.candles import PERIODS, Candle, CandleBook, period_start
from workstation.simulators.otc.refusals import Refused
from workstation.simulators.otc.symbols import Symbol
from workstation.simulators.otc.venue_time import MINUTE_MS
from workstation.simulators.xapi_front.arguments import Arguments
from workstation.simulators.xapi_front.records import Record, rate_info

LARGEST_CHART = 50_000
_SLACK_CANDLES = 3


def chart_last(book: CandleBook, symbol: Symbol, info: Arguments, now_ms: int) -> Record:
    """Answer getChartLastRequest.

    Raises:
        Refused: an unknown period, or too much.
    """
    period = _period(info)
    start_ms = info.instant("start")
    return _chart(symbol, _between(book, symbol, period, start_ms, now_ms + 1))


def chart_range(book: CandleBook, symbol: Symbol, info: Arguments, now_ms: int) -> Record:
    """Answer getChartRangeRequest.

    Raises:
        Refused: an unknown period, or too much.
    """
    period, ticks = _period(info), info.whole("ticks")
    start_ms, end_ms = info.instant("start"), info.instant("end")
    if not ticks:
        if end_ms < start_ms:
            raise Refused("EX000")
        return _chart(symbol, _between(book, symbol, period, start_ms, period_start(period, end_ms)))
    if abs(ticks) > LARGEST_CHART:
        raise Refused("EX009")
    # Weeks, months and days of 25 hours make a count of candles reach a little further than count times length.
    reach_ms = (abs(ticks) + _SLACK_CANDLES) * period * MINUTE_MS * 32 // 30
    if ticks > 0:
        rows = book.between(symbol.symbol, period, _after(period, start_ms), min(start_ms + reach_ms, now_ms + 1))
        return _chart(symbol, rows[:ticks])
    start_ms = min(start_ms, now_ms)
    rows = book.between(symbol.symbol, period, max(0, start_ms - reach_ms), start_ms + 1)
    return _chart(symbol, rows[ticks:])


def _between(book: CandleBook, symbol: Symbol, period: int, start_ms: int, end_ms: int) -> list[Candle]:
    if (end_ms - start_ms) // (period * MINUTE_MS) > LARGEST_CHART:
        raise Refused("EX009")
    return book.between(symbol.symbol, period, _after(period, start_ms), end_ms)


def _after(period: int, start_ms: int) -> int:
    """Return an instant just behind the beginning of the candle that holds `start_ms`."""
    return period_start(period, max(0, start_ms)) + 1


def _period(info: Arguments) -> int:
    period = info.whole("period")
    if period not in PERIODS:
        raise Refused("BE105")
    return period


def _chart(symbol: Symbol, rows: list[Candle]) -> Record:
    return {"digits": symbol.precision, "rateInfos": [rate_info(row) for row in rows]}
