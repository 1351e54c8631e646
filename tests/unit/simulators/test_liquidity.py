from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import count
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.support.simulated_orders import SYMBOL, order, ticket
from workstation.domain.order_terms import Side
from workstation.simulators.contracts import listed_contracts
from workstation.simulators.engine_orders import EngineEvent, Happening
from workstation.simulators.liquidity import LEVELS, PARTICIPANTS, Liquidity
from workstation.simulators.matching_engine import MatchingEngine

CORN = listed_contracts(date(2026, 11, 21))[0]


def quoted(seed: int = 1) -> tuple[MatchingEngine, Liquidity]:
    engine = MatchingEngine({SYMBOL: CORN.base_price})
    liquidity = Liquidity(CORN, engine, Random(seed), count(-1, -1))
    liquidity.quote(0)
    return engine, liquidity


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_after_every_act_both_sides_are_quoted_at_every_level(seed: int, acts: int) -> None:
    engine, liquidity = quoted(seed)
    for _ in range(acts):
        liquidity.act(0)
        for side in Side:
            assert len(engine.depth(SYMBOL, side)) == LEVELS
        bid, ask = engine.best_px(SYMBOL, Side.BUY), engine.best_px(SYMBOL, Side.SELL)
        assert bid is not None
        assert ask == bid + CORN.instrument.tick_size
    assert len(engine.open_orders()) == 2 * LEVELS


def test_one_seed_gives_the_same_events() -> None:
    def events(seed: int) -> list[EngineEvent]:
        _, liquidity = quoted(seed)
        return [event for _ in range(50) for event in liquidity.act(0)]

    assert events(3) == events(3)
    assert events(3) != events(4)


def test_a_resting_order_at_the_touch_is_filled_in_parts_over_time() -> None:
    engine, liquidity = quoted()
    engine.enter(order(1, ticket(Side.SELL, "40", "441.50")))
    fills: list[EngineEvent] = []
    for _ in range(3000):
        events = liquidity.act(0)
        fills += [e for e in events if e.order.number == 1 and e.happening is Happening.TRADED]
        if not engine.is_open(1):
            break
    assert fills[-1].order.cum_qty == 40
    assert len(fills) > 2
    assert {fill.last_px for fill in fills} == {Decimal("441.50")}


def test_quotes_that_were_bought_come_back_only_when_the_participants_act() -> None:
    engine, liquidity = quoted()
    size = engine.depth(SYMBOL, Side.SELL)[0][1]
    engine.enter(order(1, ticket(Side.BUY, str(size), "441.50")))
    assert engine.best_px(SYMBOL, Side.SELL) == Decimal("441.75")
    events = liquidity.quote(0)
    assert engine.best_px(SYMBOL, Side.SELL) == Decimal("441.50")
    assert Counter(event.order.owner for event in events) == {PARTICIPANTS: 1}
