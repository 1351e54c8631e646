from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import Fate, VenueOrder, limit_terms
from workstation.desk.commands import CancelOrders, ReplaceOrder
from workstation.desk.messages import SendStage
from workstation.desk.order_book import Traded
from workstation.desk.reports import WAITING_STATES, waiting_event
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import TRANSITIONS, OrderEvent, OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import Order

N1, N2 = OrderID("115001"), OrderID("115002")


def working(bench: DeskBench, qty: str = "5") -> ClOrdID:
    key = bench.place(limit_terms(qty=qty))
    bench.deliver()
    return key


def hear(bench: DeskBench, order: VenueOrder, **changes: object) -> None:
    bench.connection.sink(replace(order.report(), **changes))  # type: ignore[arg-type]


def change(bench: DeskBench, key: ClOrdID, fate: Fate, qty: str = "5") -> None:
    bench.connection.fates = [fate]
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(qty=qty, price="589"), gesture=GESTURE))


def test_hearing_a_report_twice_changes_nothing(bench: DeskBench) -> None:
    working(bench)
    count = len(bench.published)
    hear(bench, bench.venue.orders[N1])
    assert len(bench.published) == count


def test_trades_only_grow_and_each_increase_is_one_execution(bench: DeskBench) -> None:
    key = working(bench)
    order = bench.venue.orders[N1]
    for cum_qty in ("2", "2", "1", "5", "3"):
        hear(bench, order, cum_qty=Decimal(cum_qty), avg_px=Decimal("588.75"))
    assert bench.order(key).cum_qty == 5
    assert [one.last_qty for one in bench.executions()] == [2, 3]


def test_filled_without_a_quantity_means_all_of_it(bench: DeskBench) -> None:
    key = working(bench)
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_FILLED, cum_qty=None, avg_px=Decimal(588))
    assert (bench.order(key).ord_status, bench.order(key).cum_qty, bench.order(key).avg_px) == (
        OrdStatus.FILLED,
        5,
        588,
    )


def test_a_trade_that_crossed_the_cancel_is_taken_after_it(bench: DeskBench) -> None:
    key = working(bench)
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_CANCELED)
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_NEW)
    assert bench.order(key).ord_status is OrdStatus.CANCELED, "an end is an end"
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_FILLED, cum_qty=Decimal(5))
    assert (bench.order(key).ord_status, bench.order(key).cum_qty) == (OrdStatus.FILLED, 5)


def test_more_traded_than_ordered_is_in_doubt_and_sent_to_the_broker(bench: DeskBench) -> None:
    key = working(bench)
    hear(bench, bench.venue.orders[N1], cum_qty=Decimal(6))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.order(key).text.endswith("Check the account at the broker.")


def test_more_traded_than_ordered_in_the_first_report_is_never_taken_for_not_placed(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver(1)
    order = bench.venue.orders[N1]
    bench.connection.waiting.clear()
    hear(bench, order, cum_qty=Decimal(6))
    order.cum_qty = Decimal(6)
    bench.connection.drop()
    bench.connection.log_in()
    for seconds in (3, 10):
        bench.wait(seconds)
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.IN_DOUBT, "115001")


@pytest.mark.parametrize("event", [OrderEvent.REPORT_NEW, OrderEvent.REPORT_PENDING_NEW])
def test_working_does_not_end_the_wait_for_a_change(bench: DeskBench, event: OrderEvent) -> None:
    key = working(bench)
    change(bench, key, Fate.LOST_ON_THE_WAY)
    hear(bench, bench.venue.orders[N1], event=event)
    assert (bench.order(key).ord_status, bench.order(key).pending_terms) == (
        OrdStatus.PENDING_REPLACE,
        limit_terms(price="589"),
    )


def test_a_change_under_the_same_number_is_seen_by_its_terms(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key, Fate.LOST_ON_THE_WAY)
    hear(bench, bench.venue.orders[N1], terms=limit_terms(price="589"))
    assert (bench.order(key).ord_status, bench.order(key).pending_terms) == (OrdStatus.NEW, None)
    assert bench.order(key).terms.price == 589


def test_cancelled_of_the_old_number_is_no_end_while_a_change_is_open(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key, Fate.ANSWER_LOST)
    hear(bench, bench.venue.orders[N1])
    assert bench.order(key).ord_status is OrdStatus.PENDING_REPLACE
    hear(bench, bench.venue.orders[N2])
    order = bench.order(key)
    assert (order.ord_status, order.order_id, order.terms.price) == (OrdStatus.NEW, N2, 589)
    hear(bench, bench.venue.orders[N1])
    assert bench.order(key).ord_status is OrdStatus.NEW, "the old number's end is not the order's"


def test_a_late_trade_under_the_old_number_is_not_lost(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key, Fate.ARRIVES)
    bench.deliver()
    hear(bench, bench.venue.orders[N1], cum_qty=Decimal(1), avg_px=Decimal("588.75"))
    assert bench.order(key).cum_qty == 1
    hear(bench, bench.venue.orders[N2], cum_qty=Decimal(1), avg_px=Decimal("588.75"))
    assert [one.last_qty for one in bench.executions()] == [1], "counted once"


def test_a_venue_that_counts_afresh_under_the_new_number_is_added_up(bench: DeskBench) -> None:
    key = working(bench)
    hear(bench, bench.venue.fill(N1, "2"))
    change(bench, key, Fate.ANSWER_LOST)
    rest = bench.venue.orders[N2]
    rest.terms, rest.cum_qty = limit_terms(qty="3", price="589"), Decimal(0)
    hear(bench, rest)
    assert (bench.order(key).terms.order_qty, bench.order(key).cum_qty) == (5, 2)
    assert bench.floor.book.earlier(key) == Traded(Decimal(2), Decimal("1177.50"))
    hear(bench, rest, cum_qty=Decimal(3), avg_px=Decimal(589), event=OrderEvent.REPORT_FILLED)
    order = bench.order(key)
    assert (order.ord_status, order.cum_qty) == (OrdStatus.FILLED, 5)
    assert [(one.last_qty, one.last_px) for one in bench.executions()] == [(2, Decimal("588.75")), (3, 589)]
    bench.restart(log_in=False)
    assert bench.order(key).cum_qty == 5


def test_our_key_is_believed_where_the_venue_echoes_it(bench: DeskBench) -> None:
    key = bench.place()
    other = bench.venue.enter(limit_terms(qty="5", price="600"))
    hear(bench, other, cl_ord_id=key)
    assert bench.order(key).order_id == other.order_id


def test_a_key_of_ours_that_another_installation_gave_too_is_another_order(bench: DeskBench) -> None:
    key = working(bench)
    other = bench.venue.enter(limit_terms(qty="3", price="580"))
    for _ in range(2):
        hear(bench, other, cl_ord_id=key, event=OrderEvent.REPORT_FILLED, cum_qty=Decimal(3), avg_px=Decimal(580))
    assert (bench.order(key).ord_status, bench.order(key).cum_qty, bench.order(key).order_id) == (OrdStatus.NEW, 0, N1)
    elsewhere = bench.order(ClOrdID(f"qst-demo:{N2}"))
    assert (elsewhere.ours, elsewhere.ord_status, elsewhere.cum_qty) == (False, OrdStatus.FILLED, 3)
    assert len(bench.orders()) == 2


def test_such_a_key_is_not_believed_before_our_order_has_its_number_either(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    sold = bench.venue.enter(limit_terms(side=Side.SELL))
    hear(bench, sold, cl_ord_id=key)
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.PENDING_NEW, None)
    assert not bench.order(ClOrdID(f"qst-demo:{N1}")).ours


def test_an_order_with_the_key_of_another_is_not_tied_by_its_looks(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    hear(bench, bench.venue.enter(limit_terms()), cl_ord_id=ClOrdID("Wbeef-1001"))
    assert bench.order(key).order_id is None
    assert not bench.order(ClOrdID(f"qst-demo:{N1}")).ours


@pytest.mark.parametrize(
    "changes",
    [
        {"order_id": OrderID("9")},
        {"terms": limit_terms(qty="3", price="580")},
        {"order_id": OrderID("9"), "terms": limit_terms(price="589")},
        {"order_id": OrderID("9"), "terms": limit_terms(qty="3", price=None, ord_type=OrdType.MARKET)},
    ],
    ids=["another number", "changed at the broker", "our own change under a new number", "by what it became"],
)
def test_a_key_is_believed_while_number_or_terms_speak_for_it(bench: DeskBench, changes: dict[str, object]) -> None:
    key = working(bench)
    change(bench, key, Fate.ANSWER_LOST)
    hear(bench, bench.venue.orders[N1], cl_ord_id=key, event=OrderEvent.REPORT_NEW, **changes)
    assert list(bench.orders()) == [key]


def test_an_order_entered_elsewhere_is_taken_in_under_its_number(bench: DeskBench) -> None:
    entered = bench.venue.enter(limit_terms(), by_us=False)
    hear(bench, entered)
    order = bench.order(ClOrdID("qst-demo:115001"))
    assert (order.ours, order.ord_status) == (False, OrdStatus.NEW)
    assert bench.said("entered elsewhere, number 115001: working")


def test_an_order_of_another_user_is_never_taken_for_ours(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    hear(bench, bench.venue.enter(limit_terms(), by_us=False))
    assert bench.order(key).order_id is None
    assert ClOrdID("qst-demo:115001") in bench.orders()


def test_a_number_that_the_venue_uses_again_is_another_order(bench: DeskBench) -> None:
    key = working(bench)
    bench.venue.orders[N1].terms = limit_terms(side=Side.SELL)
    hear(bench, bench.venue.orders[N1])
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.IN_DOUBT, None)
    assert "The venue gave number 115001 to another order." in bench.order(key).text
    assert bench.orders()[ClOrdID("qst-demo:115001")].terms.side is Side.SELL


def test_what_the_venue_does_not_state_stays_as_we_asked_for_it(bench: DeskBench) -> None:
    terms = limit_terms(
        time_in_force=TimeInForce.GOOD_TILL_DATE, expire_date_ms=2_000_000_000_000, position_effect=PositionEffect.OPEN
    )
    key = bench.place(terms)
    bench.connection.waiting.clear()
    hear(bench, bench.venue.orders[N1], terms=replace(terms, expire_date_ms=None, position_effect=None))
    assert bench.order(key).terms == terms


def test_an_unknown_word_is_shown_and_treated_as_working(bench: DeskBench) -> None:
    key = working(bench)
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_UNRECOGNISED, venue_status="HELD_BY_DESK")
    order = bench.order(key)
    assert (order.ord_status, order.venue_status, order.is_closed) == (OrdStatus.UNRECOGNISED, "HELD_BY_DESK", False)


def test_a_report_that_the_venue_rejected_it_ends_the_request(bench: DeskBench) -> None:
    key = bench.place()
    bench.connection.waiting.clear()
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_REJECTED, text="No margin.")
    assert bench.stages(key)[-1] is SendStage.REFUSED
    assert bench.order(key).text == "No margin."


def test_a_cancel_under_way_waits_through_working_but_not_through_an_end(bench: DeskBench) -> None:
    key = working(bench)
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))
    hear(bench, bench.venue.orders[N1])
    assert bench.order(key).ord_status is OrdStatus.PENDING_CANCEL
    hear(bench, bench.venue.orders[N1], event=OrderEvent.REPORT_EXPIRED)
    assert bench.order(key).ord_status is OrdStatus.EXPIRED


@pytest.mark.parametrize("status", WAITING_STATES)
def test_waiting_leaves_an_order_waiting(status: OrdStatus) -> None:
    order = Order(cl_ord_id=ClOrdID("W1"), terms=limit_terms(), ord_status=status)
    after = TRANSITIONS[status, waiting_event(order)][1]
    assert after in WAITING_STATES


def test_a_report_needs_no_quantity(bench: DeskBench) -> None:
    key = working(bench)
    hear(bench, bench.venue.fill(N1, "2"))
    hear(bench, bench.venue.orders[N1], cum_qty=None, avg_px=None, event=OrderEvent.REPORT_SUSPENDED)
    assert (bench.order(key).ord_status, bench.order(key).cum_qty) == (OrdStatus.SUSPENDED, 2)
