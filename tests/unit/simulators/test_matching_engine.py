from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.simulated_orders import SYMBOL, order, ticket
from workstation.domain.order_terms import Side, TimeInForce
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, Happening, OrderTicket, Stage
from workstation.simulators.matching_engine import MatchingEngine, TooLate, UnknownOrder, opposite

IOC, FOK, GTC = TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL, TimeInForce.GOOD_TILL_CANCEL


def engine() -> MatchingEngine:
    return MatchingEngine({SYMBOL: Decimal(10)})


def happenings(events: list[EngineEvent]) -> list[tuple[int, Happening]]:
    return [(event.order.number, event.happening) for event in events]


def trades(events: list[EngineEvent]) -> list[tuple[int, str, str]]:
    return [(e.order.number, str(e.last_qty), str(e.last_px)) for e in events if e.happening is Happening.TRADED]


# ---------------------------------------------------------------------- examples


def test_the_best_price_trades_first_at_the_resting_price() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.SELL, "2", "11")))
    venue.enter(order(2, ticket(Side.SELL, "2", "10")))
    venue.enter(order(3, ticket(Side.SELL, "2", "10")))
    events = venue.enter(order(4, ticket(Side.BUY, "5", "11")))
    resting = [trade for trade in trades(events) if trade[0] != 4]
    assert resting == [(2, "2", "10"), (3, "2", "10"), (1, "1", "11")]
    assert venue.depth(SYMBOL, Side.SELL) == [(Decimal(11), Decimal(1))]
    assert venue.last_px(SYMBOL) == 11
    assert events[-1].order.stage is Stage.FILLED


def test_what_finds_nobody_is_canceled_unless_it_may_rest() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.SELL, "2", "10")))
    market = venue.enter(order(2, ticket(Side.BUY, "3")))
    assert happenings(market)[-1] == (2, Happening.CANCELED)
    assert market[-1].order.cum_qty == 2
    assert market[-1].text
    at_once = venue.enter(order(3, ticket(Side.BUY, "3", "10", time_in_force=IOC)))
    assert happenings(at_once) == [(3, Happening.ENTERED), (3, Happening.CANCELED)]
    venue.enter(order(4, ticket(Side.BUY, "3", "9")))
    assert venue.best_px(SYMBOL, Side.BUY) == 9


def test_fill_or_kill_needs_the_whole_quantity_within_its_price() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.SELL, "2", "10")))
    venue.enter(order(2, ticket(Side.SELL, "2", "11")))
    killed = venue.enter(order(3, ticket(Side.BUY, "3", "10", time_in_force=FOK)))
    assert trades(killed) == []
    assert killed[-1].happening is Happening.CANCELED
    filled = venue.enter(order(4, ticket(Side.BUY, "3", "11", time_in_force=FOK)))
    assert filled[-1].order.stage is Stage.FILLED


def test_stops_wait_for_a_trade_and_may_set_each_other_off() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.BUY, "1", stop_px="11")))
    venue.enter(order(2, ticket(Side.BUY, "1", price="13", stop_px="12")))
    for number, price in ((3, "11"), (4, "12"), (5, "13")):
        venue.enter(order(number, ticket(Side.SELL, "1", price)))
    assert venue.best_px(SYMBOL, Side.BUY) is None
    events = venue.enter(order(6, ticket(Side.BUY, "1", "11")))
    assert [e.order.number for e in events if e.happening is Happening.TRIGGERED] == [1, 2]
    assert trades(events)[-1] == (2, "1", "13")


def test_a_stop_whose_price_was_passed_is_triggered_at_once() -> None:
    venue = engine()
    events = venue.enter(order(1, ticket(Side.SELL, "1", price="9", stop_px="10")))
    assert happenings(events) == [(1, Happening.ENTERED), (1, Happening.TRIGGERED)]
    assert venue.best_px(SYMBOL, Side.SELL) == 9


def test_only_a_smaller_quantity_keeps_the_place_in_the_queue() -> None:
    for changed, first in ((ticket(Side.SELL, "1", "10"), 9), (ticket(Side.SELL, "3", "10"), 2)):
        venue = engine()
        venue.enter(order(1, ticket(Side.SELL, "2", "10")))
        venue.enter(order(2, ticket(Side.SELL, "2", "10")))
        events = venue.replace(1, changed, 5, new_number=9)
        assert happenings(events) == [(9, Happening.ENTERED), (1, Happening.REPLACED)]
        assert (events[0].order.replaces, events[1].order.stage) == (1, Stage.REPLACED)
        assert trades(venue.enter(order(4, ticket(Side.BUY, "1", "10"))))[0][0] == first


def test_what_has_traded_counts_in_a_replacement() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.SELL, "5", "10")))
    venue.enter(order(2, ticket(Side.BUY, "2", "10")))
    with pytest.raises(TooLate, match="2 already filled"):
        venue.replace(1, ticket(Side.SELL, "2", "10"), 5)
    [event] = venue.replace(1, ticket(Side.SELL, "3", "11"), 5)
    assert event.happening is Happening.REPLACED
    assert (event.order.cum_qty, event.order.leaves_qty) == (2, 1)
    assert venue.depth(SYMBOL, Side.SELL) == [(Decimal(11), Decimal(1))]


def test_a_replacement_can_trade_at_once() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.SELL, "1", "10")))
    venue.enter(order(2, ticket(Side.BUY, "1", "9")))
    events = venue.replace(2, ticket(Side.BUY, "1", "10"), 5, new_number=3)
    assert events[-1].order.stage is Stage.FILLED
    assert venue.open_orders() == ()


def test_contract_and_side_stay_as_they_are() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.SELL, "1", "10")))
    with pytest.raises(TooLate):
        venue.replace(1, ticket(Side.BUY, "1", "10"), 5)


def test_a_waiting_stop_can_be_made_smaller_and_canceled() -> None:
    venue = engine()
    venue.enter(order(1, ticket(Side.BUY, "3", stop_px="12")))
    venue.replace(1, ticket(Side.BUY, "2", stop_px="12"), 5, new_number=2)
    assert [each.number for each in venue.open_orders()] == [2]
    assert happenings(venue.cancel(2, 6, "why")) == [(2, Happening.CANCELED)]
    with pytest.raises(UnknownOrder):
        venue.cancel(2, 7)


def test_orders_end_with_their_day_and_their_date() -> None:
    venue = engine()
    venue.enter(order(1, ticket(price="9", time_in_force=GTC)))
    venue.enter(order(2, ticket(price="9")))
    venue.enter(order(3, ticket(price="9", time_in_force=TimeInForce.GOOD_TILL_DATE, expire_ns=100)))
    assert venue.expire(99) == []
    assert happenings(venue.expire(100)) == [(3, Happening.EXPIRED)]
    assert happenings(venue.end_day(200)) == [(2, Happening.EXPIRED)]
    assert [each.number for each in venue.open_orders()] == [1]


def test_a_number_is_used_once() -> None:
    venue = engine()
    venue.enter(order(1, ticket(price="9")))
    with pytest.raises(ValueError, match="in use"):
        venue.enter(order(1, ticket(price="9")))


# ---------------------------------------------------------------------- laws

PRICE = st.integers(5, 15).map(str)
TICKETS = st.builds(
    ticket,
    side=st.sampled_from(Side),
    qty=st.integers(1, 9).map(str),
    price=st.none() | PRICE,
    stop_px=st.none() | st.none() | PRICE,
    time_in_force=st.sampled_from((TimeInForce.DAY, TimeInForce.DAY, IOC, FOK)),
)
COMMANDS = st.lists(st.tuples(st.sampled_from(("enter", "enter", "enter", "cancel", "replace")), TICKETS), max_size=40)


@dataclass
class Witness:
    """Follows the events of an engine and checks each against what it has seen before."""

    venue: MatchingEngine
    latest: dict[int, EngineOrder]
    arrivals: dict[int, int]  # when an order took its place in the queue
    newest: int = 0

    def see(self, events: list[EngineEvent], keeps_place_of: int | None = None) -> None:
        pending: EngineEvent | None = None
        for event in events:
            if event.happening is Happening.TRADED:
                pending = self.see_trade(event, pending)
            elif event.happening in (Happening.ENTERED, Happening.TRIGGERED):
                self.newest += 1
                self.arrivals[event.order.number] = self.arrivals.get(keeps_place_of or 0, self.newest)
            self.latest[event.order.number] = event.order
        assert pending is None, "a trade has two sides"
        self.check_books()

    def see_trade(self, event: EngineEvent, resting: EngineEvent | None) -> EngineEvent | None:
        assert event.last_qty is not None
        assert event.last_qty > 0
        before = self.latest[event.order.number]
        assert event.order.cum_qty == before.cum_qty + event.last_qty <= event.order.ticket.order_qty
        if resting is None:
            self.check_priority(event)
            return event
        assert (event.last_qty, event.last_px) == (resting.last_qty, resting.last_px)
        assert event.order.ticket.side is opposite(resting.order.ticket.side)
        assert event.last_px is not None
        assert event.order.reaches(event.last_px)
        return None

    def check_priority(self, event: EngineEvent) -> None:
        """The resting side of a trade was the first in the queue."""
        mine = event.order
        assert mine.limit_px == event.last_px
        sign = -1 if mine.ticket.side is Side.BUY else 1
        for other in self.latest.values():
            rests = other.is_open and other.may_rest and not other.waits_for_trigger
            if rests and other.ticket.side is mine.ticket.side and other.number != mine.number:
                assert self.rank(mine, sign) < self.rank(other, sign)

    def rank(self, found: EngineOrder, sign: int) -> tuple[Decimal, int]:
        assert found.limit_px is not None
        return sign * found.limit_px, self.arrivals[found.number]

    def check_books(self) -> None:
        bid, ask = self.venue.best_px(SYMBOL, Side.BUY), self.venue.best_px(SYMBOL, Side.SELL)
        assert bid is None or ask is None or bid < ask
        open_orders = {found.number: found for found in self.venue.open_orders()}
        assert open_orders == {number: found for number, found in self.latest.items() if found.is_open}
        for found in open_orders.values():
            assert found.leaves_qty > 0
            assert found.waits_for_trigger or found.may_rest
        for side in Side:
            quoted = sum((quantity for _, quantity in self.venue.depth(SYMBOL, side)), Decimal(0))
            resting = [o.leaves_qty for o in open_orders.values() if o.ticket.side is side and not o.waits_for_trigger]
            assert quoted == sum(resting, Decimal(0))


@given(COMMANDS)
def test_the_laws_of_the_market_hold(commands: list[tuple[str, OrderTicket]]) -> None:
    venue = engine()
    witness = Witness(venue, {}, {})
    for number, (command, wanted) in enumerate(commands, 1):
        working = [found.number for found in venue.open_orders()]
        if command == "enter" or not working:
            witness.see(venue.enter(order(number, wanted)))
            if wanted.time_in_force is FOK:
                final = witness.latest[number]
                assert final.waits_for_trigger or final.cum_qty in (0, final.ticket.order_qty)
        elif command == "cancel":
            witness.see(venue.cancel(working[number % len(working)], 0))
        else:
            try_replace(witness, working[number % len(working)], wanted, number)
    bought = sum(o.cum_qty for o in witness.latest.values() if o.ticket.side is Side.BUY and counts(o))
    sold = sum(o.cum_qty for o in witness.latest.values() if o.ticket.side is Side.SELL and counts(o))
    assert bought == sold


def counts(found: EngineOrder) -> bool:
    """A replaced order's trades are carried on by its replacement."""
    return found.stage is not Stage.REPLACED


def try_replace(witness: Witness, number: int, wanted: OrderTicket, new_number: int) -> None:
    old = witness.venue.open_order(number)
    smaller = ticket(
        old.ticket.side,
        str(old.ticket.order_qty - 1),
        None if old.ticket.price is None else str(old.ticket.price),
        stop_px=None if old.ticket.stop_px is None else str(old.ticket.stop_px),
        time_in_force=old.ticket.time_in_force,
    )
    asked = smaller if new_number % 2 else wanted
    try:
        events = witness.venue.replace(number, asked, 0, new_number=new_number)
    except TooLate:
        witness.see([])
    else:
        witness.see(events, keeps_place_of=number if asked == smaller else None)
