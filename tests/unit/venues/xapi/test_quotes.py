from decimal import Decimal
from typing import Any

from tests.support.xapi_bench import CONNECTION, EURUSD
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Depth, DepthLevel, LiveCandle, Quote
from workstation.domain.order_terms import Side
from workstation.venues.base import VenueEvent
from workstation.venues.xapi.codec import HotTick
from workstation.venues.xapi.quotes import QuoteMill
from workstation.venues.xapi.records import SymbolRecord
from workstation.venues.xapi.stream_records import StreamingCandle

D = Decimal


def mill(*depth: str) -> tuple[QuoteMill, list[VenueEvent]]:
    events: list[VenueEvent] = []
    made = QuoteMill(CONNECTION, events.append)
    made.depth = frozenset(depth)
    return made, events


def tick(level: int = 0, stamp: int = 5, **changes: Any) -> HotTick:
    given: dict[str, Any] = {"symbol": "A", "bid": D("1.1"), "ask": D("1.2"), "bid_volume": D(3), "ask_volume": D(4)}
    return HotTick(**(given | {"level": level, "timestamp": stamp} | changes))


def test_a_tick_of_level_0_is_a_quote() -> None:
    made, events = mill()
    made.take(tick(high=D(2), low=D(1)), 99)
    assert events == [
        Quote(
            key=InstrumentKey(CONNECTION, "A"),
            bid_px=D("1.1"),
            ask_px=D("1.2"),
            bid_qty=D(3),
            ask_qty=D(4),
            high_px=D(2),
            low_px=D(1),
            transact_time_ns=5_000_000,
            received_ns=99,
        )
    ]


def test_a_tick_older_than_the_shown_one_is_dropped_for_its_symbol_and_level_alone() -> None:
    made, events = mill("A")
    for each in (tick(stamp=5), tick(stamp=4), tick(stamp=4, symbol="B"), tick(stamp=5), tick(symbol="")):
        made.take(each, 1)
    assert [(each.key.symbol, each.transact_time_ns) for each in events if isinstance(each, Quote)] == [
        ("A", 5_000_000),
        ("B", 4_000_000),
        ("A", 5_000_000),
    ]
    made.take(tick(2, stamp=9), 1)
    made.take(tick(2, stamp=8, bid=D(7)), 1)
    made.flush()
    [depth] = [each for each in events if isinstance(each, Depth)]
    assert all(row.price != 7 for row in depth.bids)


def test_levels_make_one_depth_a_turn_best_first() -> None:
    made, events = mill("A")
    made.take(tick(2, bid=D("1.0"), ask=D("1.4")), 1)
    made.take(tick(1, bid=D("1.05"), ask=D("1.3"), ask_volume=None), 2)
    made.take(tick(3, bid=D(0), ask=None), 2)
    made.take(tick(1, symbol="B"), 2)
    made.flush()
    made.flush()
    [depth] = events
    assert isinstance(depth, Depth)
    assert depth.bids == (DepthLevel(D("1.05"), D(3)), DepthLevel(D("1.0"), D(3)))
    assert depth.asks == (DepthLevel(D("1.3"), None), DepthLevel(D("1.4"), D(4)))


def test_the_base_level_is_the_first_row_and_never_twice() -> None:
    made, events = mill("A")
    made.take(tick(0), 1)
    made.take(tick(1, bid_volume=D(9)), 1)
    made.take(tick(2, bid=D("1.0"), ask=D("1.3")), 1)
    made.flush()
    depth = events[-1]
    assert isinstance(depth, Depth)
    assert [row.price for row in depth.bids] == [D("1.1"), D("1.0")]
    assert depth.bids[0].qty == 9


def test_the_market_price_is_the_last_heard_and_never_zero() -> None:
    made, _ = mill()
    assert made.market_price("A", Side.BUY) == 1
    made.learn(EURUSD)
    made.learn(SymbolRecord())
    assert made.market_price("EURUSD", Side.BUY) == D("1.10010")
    made.take(tick(symbol="EURUSD"), 1)
    assert (made.market_price("EURUSD", Side.BUY), made.market_price("EURUSD", Side.SELL)) == (D("1.2"), D("1.1"))


def test_a_position_is_valued_at_the_other_side_of_a_live_quote_only() -> None:
    made, _ = mill()
    made.learn(EURUSD)
    assert made.closing_price("EURUSD", D(1)) is None
    made.take(tick(symbol="EURUSD"), 1)
    assert made.closing_price("EURUSD", D(1)) == D("1.1")
    assert made.closing_price("EURUSD", D(-1)) == D("1.2")
    made.forget(frozenset({"EURUSD"}))
    assert made.closing_price("EURUSD", D(1)) is None


def test_a_streamed_candle_has_plain_prices() -> None:
    made, _ = mill()
    record = StreamingCandle(symbol="A", ctm=60_000, open=D(1), high=D(3), low=D("0.5"), close=D(2), vol=D(7))
    candle = made.candle(record)
    assert isinstance(candle, LiveCandle)
    assert (candle.candle.start_ns, candle.candle.high_px, candle.candle.volume) == (60_000_000_000, D(3), D(7))
    assert made.candle(StreamingCandle(symbol="A", ctm=1)) is None
