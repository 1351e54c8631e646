"""The life cycle as a whole: whatever venue, link, trader and power supply do, no order is lost, none is
sent twice, and nobody is told what nobody knows.
"""

from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import ACCOUNT, Fate, limit_terms
from workstation.desk.commands import (
    CancelBySymbol,
    CancelOrders,
    CancelsSent,
    Kill,
    PlaceOrder,
    ReleaseKill,
    ReplaceOrder,
    Sent,
)
from workstation.desk.messages import EngineMessage
from workstation.desk.reports import WAITING_STATES
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import NewOrderSingle, OrderCancelReplaceRequest, orders_of
from workstation.domain.order_states import CLOSED, TRANSITIONS, OrderEvent, OrdStatus, Verdict
from workstation.domain.orders import Order
from workstation.storage.records import RecordKind
from workstation.venues.base import Outgoing

SOFT = ("duplicate", "size", "reference_price")
FATES = st.sampled_from([Fate.ARRIVES, Fate.ARRIVES, Fate.ARRIVES, *Fate])
AFTER_THE_END = {
    (status, TRANSITIONS[status, event][1])
    for status in CLOSED
    for event in OrderEvent
    if TRANSITIONS[status, event][0] is Verdict.MOVES
}


class OrderLife(RuleBasedStateMachine):
    """Everything that can happen to orders, in any order."""

    @initialize()
    def begin(self) -> None:
        self.bench = DeskBench()
        self.up = True
        self.sent: set[ClOrdID] = set()
        self.last: dict[ClOrdID, Order] = {}
        self.traded: dict[ClOrdID, dict[str, Decimal]] = {}
        self.looked = 0
        self._watch_sends()

    def teardown(self) -> None:
        if not hasattr(self, "bench"):
            return
        try:
            self._everything_comes_to_light()
        finally:
            self.bench.close()

    # -- what happens --------------------------------------------------------------------------------------------

    @rule(price=st.integers(0, 3), qty=st.integers(1, 3), fate=FATES)
    def place(self, price: int, qty: int, fate: Fate) -> None:
        self.bench.clock.advance(1)
        terms = limit_terms(qty=str(qty), price=str(588 + price))
        self.bench.connection.fates = [fate]
        answer = self.bench.ask(PlaceOrder(terms=terms, gesture=GESTURE, accepted=SOFT))
        if isinstance(answer, Sent):
            self.sent.add(answer.cl_ord_id)

    @rule(pick=st.integers(0, 9), price=st.integers(4, 7), fate=FATES, traded_meanwhile=st.booleans())
    def replace(self, pick: int, price: int, fate: Fate, traded_meanwhile: bool) -> None:
        order = self._pick(pick)
        if order is not None:
            if traded_meanwhile and self.up:
                self.bench.journal.during_commit = lambda: self._trade(order)
            terms = limit_terms(qty=str(order.terms.order_qty), price=str(588 + price))
            self.bench.connection.fates = [fate]
            self.bench.ask(ReplaceOrder(cl_ord_id=order.cl_ord_id, terms=terms, gesture=GESTURE, accepted=SOFT))

    @rule(pick=st.integers(0, 9), fate=FATES, disk_full=st.booleans())
    def cancel(self, pick: int, fate: Fate, disk_full: bool) -> None:
        order = self._pick(pick)
        if order is None:
            return
        self.bench.connection.fates = [fate]
        self.bench.journal.failing = disk_full
        before = len(self.bench.venue.received)
        answer = self.bench.ask(CancelOrders(cl_ord_ids=(order.cl_ord_id,), gesture=GESTURE))
        self.bench.journal.failing = False
        self.bench.journal.retry()
        assert isinstance(answer, CancelsSent)
        owed = order.cl_ord_id in self.bench.floor.requests.cancels_owed
        ended = (self.bench.floor.book.get(order.cl_ord_id) or order).is_closed
        assert answer.sent or owed or ended, "a cancel is either sent or owed"
        if (
            self.up
            and not ended
            and order.order_id is not None
            and fate in (Fate.ARRIVES, Fate.REFUSED, Fate.ANSWER_LOST)
        ):
            arrived = self.bench.venue.received[before:]
            assert any(order.cl_ord_id in orders_of(one) for one in arrived), "nothing local stops a cancel"

    @rule(fate=FATES)
    def cancel_the_contract(self, fate: Fate) -> None:
        self.bench.connection.fates = [fate]
        self.bench.ask(CancelBySymbol(account=ACCOUNT, symbol="ZCZ26", gesture=GESTURE))

    @rule()
    def kill(self) -> None:
        self.bench.connection.fates = []
        self.bench.journal.during_commit = None
        before, still_open = len(self.bench.venue.received), self.bench.floor.book.open_orders()
        answer = self.bench.ask(Kill(gesture=GESTURE))
        arrived = {key for one in self.bench.venue.received[before:] for key in orders_of(one)}
        if self.up:
            assert arrived >= {order.cl_ord_id for order in still_open if order.order_id is not None}
        assert {*answer.sent, *dict(answer.failed)} == {order.cl_ord_id for order in still_open}
        assert "kill" in self.bench.refuse(limit_terms(price="700"))
        self.bench.ask(ReleaseKill(typed="RELEASE"))

    @rule(count=st.integers(1, 3))
    def next_disk_write_is_slow(self, count: int) -> None:
        self.bench.journal.during_commit = lambda: self.bench.connection.deliver(count)

    @rule(count=st.integers(1, 4))
    def hear(self, count: int) -> None:
        self.bench.deliver(count)

    @rule()
    def hear_twice(self) -> None:
        self.bench.connection.waiting[:1] = self.bench.connection.waiting[:1] * 2
        self.bench.deliver(2)

    @rule()
    def venue_swaps_two_messages(self) -> None:
        waiting = self.bench.connection.waiting
        waiting[:2] = reversed(waiting[:2])

    @rule()
    def answers_stay_out(self) -> None:
        self.bench.connection.time_out()

    @rule(pick=st.integers(0, 9), heard=st.booleans())
    def fill(self, pick: int, heard: bool) -> None:
        working = [one for one in self.bench.venue.orders.values() if one.event is OrderEvent.REPORT_NEW]
        if working:
            filled = self.bench.venue.fill(working[pick % len(working)].order_id, "1")
            if heard and self.up:
                self.bench.connection.waiting.append(filled.report())

    @rule()
    def somebody_else_enters(self) -> None:
        entered = self.bench.venue.enter(limit_terms(price="600"), by_us=False)
        if self.up:
            self.bench.connection.waiting.append(entered.report())

    @rule(seconds=st.sampled_from([1, 3, 6, 20, 40]))
    def wait(self, seconds: int) -> None:
        self.bench.wait(seconds)

    @precondition(lambda self: self.up)
    @rule()
    def link_drops(self) -> None:
        self.bench.connection.drop()
        self.up = False

    @precondition(lambda self: not self.up)
    @rule()
    def link_returns(self) -> None:
        self._log_in()

    @rule(lost_rows=st.integers(0, 6))
    def power_fails(self, lost_rows: int) -> None:
        self.bench.restart(log_in=False, lost_rows=lost_rows)
        self.bench.connection.up = False
        self.looked = 0
        self.up = False
        self.last = {order.cl_ord_id: order for order in self.bench.floor.book}
        self.traded = {key: {"before": order.cum_qty} for key, order in self.last.items()}
        self._watch_sends()

    # -- what always holds ---------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        placed = [one.cl_ord_id for one in self.bench.venue.received if isinstance(one, NewOrderSingle)]
        assert len(placed) == len(set(placed))
        replaced = [one for one in self.bench.venue.received if isinstance(one, OrderCancelReplaceRequest)]
        assert len(replaced) == len({id(one) for one in replaced})

    @invariant()
    def no_order_is_taken_for_another(self) -> None:
        for order in self.bench.floor.book:
            if order.ours and order.order_id is not None:
                assert self.bench.venue.orders[order.order_id].key == order.cl_ord_id

    @invariant()
    def no_order_is_lost(self) -> None:
        assert all(self.bench.floor.book.get(key) is not None for key in self.sent)

    @invariant()
    def what_is_unresolved_is_said_to_be(self) -> None:
        for unresolved in self.bench.floor.requests.of_connection(limit_terms().account.connection_id):
            order = self.bench.floor.book.get(unresolved.cl_ord_id)
            assert order is not None
            assert order.ord_status in WAITING_STATES | {OrdStatus.UNRECOGNISED}

    @invariant()
    def the_screen_saw_only_legal_moves_and_every_trade_once(self) -> None:
        messages, self.looked = self.bench.published[self.looked :], len(self.bench.published)
        for message in messages:
            self._look_at(message)
        for key, order in self.last.items():
            assert sum(self.traded.get(key, {}).values()) == order.cum_qty

    def _look_at(self, message: EngineMessage) -> None:
        if isinstance(message, Execution):
            trades = self.traded.setdefault(message.cl_ord_id, {})
            assert message.exec_id not in trades
            trades[message.exec_id] = message.last_qty
        elif isinstance(message, Order):
            before = self.last.get(message.cl_ord_id)
            self.last[message.cl_ord_id] = message
            assert message.cum_qty <= message.terms.order_qty
            if before is not None and before.is_closed and message.ord_status is not before.ord_status:
                assert (before.ord_status, message.ord_status) in AFTER_THE_END
            if before is not None:
                assert message.cum_qty >= before.cum_qty

    # -- the end -------------------------------------------------------------------------------------------------

    def _everything_comes_to_light(self) -> None:
        """After a fresh login and time for two books, every order of ours stands as the venue has it."""
        self.bench.connection.deliver()
        if self.up:
            self.bench.connection.drop()
        self.bench.clock.advance(11)
        self.bench.connection.fates = []
        self._log_in()
        for seconds in (3, 6, 40, 40):
            self.bench.wait(seconds)
        at_venue = self.bench.venue.orders
        for order in self.bench.floor.book:
            if order.order_id is None:
                assert order.ord_status in (OrdStatus.NOT_PLACED, OrdStatus.REJECTED, OrdStatus.IN_DOUBT)
                if order.ord_status is OrdStatus.IN_DOUBT:
                    assert order.text.startswith("Not settled")
                continue
            truth = at_venue[order.order_id]
            assert order.cum_qty == truth.cum_qty
            if order.ord_status is not OrdStatus.IN_DOUBT:
                assert order.is_closed == (truth.event is not OrderEvent.REPORT_NEW)
        asked = {one.cl_ord_id for one in self.bench.venue.received if isinstance(one, NewOrderSingle)}
        assert all(self.bench.floor.book.get(key) is not None for key in asked)

    def _log_in(self) -> None:
        self.bench.connection.log_in()
        self.bench.settle()
        self.up = True

    def _trade(self, order: Order) -> None:
        """Let the venue trade one lot of `order` and say so at once, if it works there."""
        number = order.order_id
        if number is not None and self.bench.venue.orders[number].event is OrderEvent.REPORT_NEW:
            self.bench.connection.sink(self.bench.venue.fill(number, "1").report())

    def _pick(self, pick: int) -> Order | None:
        orders = [one for one in self.bench.floor.book.open_orders() if one.ours]
        return orders[pick % len(orders)] if orders else None

    def _watch_sends(self) -> None:
        def look(outgoing: Outgoing) -> None:
            if not isinstance(outgoing.request, NewOrderSingle | OrderCancelReplaceRequest):
                return
            for key in orders_of(outgoing.request):
                intents = [row for row in self.bench.journal.read_order(key) if row.kind is RecordKind.INTENT]
                assert intents, "the intent is on disk before the first byte"

        self.bench.connection.before_send = look


OrderLife.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestOrderLife = OrderLife.TestCase
