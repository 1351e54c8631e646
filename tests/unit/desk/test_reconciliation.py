from dataclasses import replace
from decimal import Decimal

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import ACCOUNT, CONNECTION, Fate, limit_terms
from workstation.desk.commands import QueryOrder, ReplaceOrder
from workstation.desk.messages import ActivityLine, SendStage
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.venues.base import ActivityItem, ActivityListed, Outcome, RequestAnswered


def lost(bench: DeskBench, fate: Fate = Fate.LOST_ON_THE_WAY) -> ClOrdID:
    bench.connection.fates = [fate]
    key = bench.place()
    bench.connection.time_out()
    return key


def working(bench: DeskBench) -> ClOrdID:
    key = bench.place()
    bench.deliver()
    return key


def come_back(bench: DeskBench, after_s: float = 5) -> None:
    """Lose the link and log in again `after_s` seconds later."""
    bench.connection.drop()
    bench.clock.advance(after_s)
    bench.connection.log_in()


def change(bench: DeskBench, key: ClOrdID, fate: Fate = Fate.LOST_ON_THE_WAY) -> None:
    bench.connection.fates = [fate]
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))


def test_the_desk_asks_by_itself_and_names_what_settled_the_doubt(bench: DeskBench) -> None:
    key = lost(bench, Fate.ANSWER_LOST)
    bench.wait(1)
    assert bench.connection.reloads == 0
    bench.wait(1)
    assert bench.connection.reloads == 1
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.NEW, "115001")
    assert bench.said(f"Order {key}", "is no longer in doubt: working, 0 of 5 traded. Order book of", "number 115001.")
    assert bench.stages(key)[-1] is SendStage.ACCEPTED


def test_one_book_of_the_same_session_proves_nothing_two_five_seconds_apart_do(bench: DeskBench) -> None:
    key = lost(bench)
    bench.wait(2)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    bench.wait(4)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    bench.wait(10)
    assert bench.order(key).ord_status is OrdStatus.NOT_PLACED
    assert bench.order(key).text.startswith("Not placed: the venue does not know it (order books of ")
    assert bench.stages(key)[-1] is SendStage.REFUSED
    assert bench.venue.received == []


def test_one_book_after_a_fresh_login_is_proof(bench: DeskBench) -> None:
    key = lost(bench)
    come_back(bench)
    assert bench.order(key).ord_status is OrdStatus.NOT_PLACED
    assert "loaded after a fresh login" in bench.order(key).text


def test_a_link_that_is_back_at_once_proves_nothing_before_the_venue_has_had_its_time(bench: DeskBench) -> None:
    key = lost(bench)
    come_back(bench, after_s=0)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    bench.wait(2)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT, "the venue may still read what the link held"
    slow = bench.venue.enter(limit_terms())
    bench.wait(4)
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.NEW, slow.order_id)


def test_a_link_that_is_back_at_once_settles_by_the_next_questions(bench: DeskBench) -> None:
    key = lost(bench)
    come_back(bench, after_s=0)
    bench.wait(2)
    bench.wait(4)
    assert bench.order(key).ord_status is OrdStatus.NOT_PLACED
    assert "loaded after a fresh login" in bench.order(key).text


def test_a_book_that_was_asked_for_before_the_send_proves_nothing(bench: DeskBench) -> None:
    before_ns = bench.clock.now_ns()
    key = lost(bench)
    for seconds in (0, 10):
        bench.clock.advance(seconds)
        bench.connection.sink(replace(bench.venue.book(before_ns), asked_ns=before_ns))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_an_order_whose_answer_may_still_come_is_not_judged(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    for _ in range(3):
        bench.wait(6)
    assert bench.order(key).ord_status is OrdStatus.PENDING_NEW


def test_the_venues_later_word_wins_over_not_placed(bench: DeskBench) -> None:
    key = lost(bench)
    slow = bench.venue.enter(limit_terms())
    bench.venue.orders.clear()
    come_back(bench)
    assert bench.order(key).ord_status is OrdStatus.NOT_PLACED
    bench.connection.sink(slow.report())
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.NEW, "115001")


def test_a_received_order_that_the_books_do_not_show_is_in_doubt(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver(1)
    bench.connection.waiting.clear()
    bench.venue.orders.clear()
    bench.wait(6)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.said("The venue received it, but its order book does not show it.")


def test_a_position_that_our_trades_do_not_explain_speaks_against_not_placed(bench: DeskBench) -> None:
    key = lost(bench)
    bench.venue.net_qty = Decimal(5)
    come_back(bench)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.order(key).text.startswith("Not settled: the position in ZCZ26 is 5 where our trades make 0")
    lines = len(bench.lines())
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert len(bench.lines()) == lines, "the same reason is told once"


def test_two_orders_that_look_the_same_are_tied_to_none(bench: DeskBench) -> None:
    key = lost(bench)
    for _ in range(2):
        bench.venue.enter(limit_terms())
    bench.wait(2)
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.IN_DOUBT, None)
    come_back(bench)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert "Compare with the broker" in bench.order(key).text


def test_a_number_that_vanished_is_in_doubt_and_says_what_to_do(bench: DeskBench) -> None:
    key = working(bench)
    bench.venue.orders.clear()
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.said("no longer holds number 115001", "It may have filled. Check the position")


def test_an_order_that_is_younger_than_the_book_is_not_missed(bench: DeskBench) -> None:
    asked_ns = bench.clock.now_ns()
    empty = bench.venue.book(asked_ns)
    key = working(bench)
    bench.connection.sink(empty)
    assert bench.order(key).ord_status is OrdStatus.NEW


def test_a_change_without_effect_lets_the_old_terms_stand(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key)
    come_back(bench)
    order = bench.order(key)
    assert (order.ord_status, order.terms, order.pending_terms) == (OrdStatus.NEW, limit_terms(), None)
    assert order.text.startswith("Not changed: its old terms still stand (order book of ")


def test_a_change_without_effect_of_a_cancelled_order_ends_it(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key)
    bench.venue.orders[OrderID("115001")].event = OrderEvent.REPORT_CANCELED
    come_back(bench)
    assert bench.order(key).ord_status is OrdStatus.CANCELED


def test_a_change_whose_order_is_gone_too_stays_in_doubt(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key)
    bench.venue.orders.clear()
    come_back(bench)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert "its old number is gone too" in bench.order(key).text


def test_a_book_makes_a_position_flat_that_it_does_not_list(bench: DeskBench) -> None:
    bench.venue.net_qty = Decimal(5)
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    bench.venue.net_qty = Decimal(0)
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert [one.net_qty for one in bench.published if isinstance(one, Position)] == [5, 0]


def test_the_venues_history_is_shown_once_and_tied_to_our_orders(bench: DeskBench) -> None:
    key = working(bench)
    item = ActivityItem(key="1", account=ACCOUNT, text="Entered.", transact_time_ns=7, order_id=OrderID("115001"))
    for _ in range(2):
        bench.connection.sink(ActivityListed(account=ACCOUNT, items=(item,)))
    shown = [one for one in bench.published if isinstance(one, ActivityLine) and one.text == "Entered."]
    assert [(one.cl_ord_id, one.time_ns) for one in shown] == [(key, 7)]


def test_a_query_asks_the_books_now_or_says_why_not(bench: DeskBench) -> None:
    key = working(bench)
    assert bench.ask(QueryOrder(cl_ord_id=key)).text == "The books are asked for."
    assert bench.connection.reloads == 1
    assert "no order W9" in bench.ask(QueryOrder(cl_ord_id=ClOrdID("W9"))).findings[0].text


def test_a_lost_link_puts_in_doubt_what_was_received_but_never_shown(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver(1)
    bench.connection.drop()
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    request = bench.venue.received[0]
    bench.connection.sink(RequestAnswered(request=request, outcome=Outcome.UNKNOWN))
    bench.connection.log_in()
    assert bench.order(key).ord_status is OrdStatus.NEW
    assert bench.order(key).terms.account.connection_id == CONNECTION
