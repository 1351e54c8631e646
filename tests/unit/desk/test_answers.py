from dataclasses import replace

import pytest

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import CONNECTION, Fate, limit_terms
from workstation.desk.commands import CancelOrders, ReplaceOrder
from workstation.desk.messages import ActivityKind, ActivityLine, SendStage
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import NewOrderSingle
from workstation.domain.order_states import OrdStatus
from workstation.storage.records import RecordKind
from workstation.venues.base import Outcome, RequestAnswered, Severity, TextNotified


def answer(bench: DeskBench, key: ClOrdID, outcome: Outcome, **changes: object) -> None:
    request = NewOrderSingle(cl_ord_id=key, terms=limit_terms())
    bench.connection.sink(replace(RequestAnswered(request=request, outcome=outcome), **changes))  # type: ignore[arg-type]


def working(bench: DeskBench) -> ClOrdID:
    key = bench.place()
    bench.deliver()
    return key


def change(bench: DeskBench, key: ClOrdID, fate: Fate) -> None:
    bench.connection.fates = [fate]
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))


def cancel(bench: DeskBench, key: ClOrdID, fate: Fate) -> None:
    bench.connection.fates = [fate]
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))


def test_every_answer_is_journaled_and_closes_its_intent(bench: DeskBench) -> None:
    key = bench.place()
    assert len(bench.journal.open_intents()) == 1
    bench.deliver()
    assert bench.journal.kinds(key).count(RecordKind.ANSWER) == 1
    assert not bench.journal.open_intents()


def test_an_answer_with_the_number_names_the_order(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    answer(bench, key, Outcome.RECEIVED, order_id=OrderID("115001"))
    assert (bench.order(key).order_id, bench.order(key).ord_status) == ("115001", OrdStatus.PENDING_NEW)


def test_a_late_word_of_receipt_takes_no_doubt_away(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    bench.connection.time_out()
    answer(bench, key, Outcome.RECEIVED)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_a_late_refusal_settles_the_doubt(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    bench.connection.time_out()
    answer(bench, key, Outcome.REFUSED, text="No margin.")
    assert (bench.order(key).ord_status, bench.order(key).text) == (OrdStatus.REJECTED, "No margin.")


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNKNOWN])
def test_an_answer_after_the_order_was_shown_changes_nothing(bench: DeskBench, outcome: Outcome) -> None:
    key = working(bench)
    answer(bench, key, outcome, text="Odd.")
    assert bench.order(key).ord_status is OrdStatus.NEW
    assert bench.said("after it had shown its effect: Odd.") is (outcome is Outcome.REFUSED)


def test_an_answer_about_an_order_nobody_knows_is_only_recorded(bench: DeskBench) -> None:
    answer(bench, ClOrdID("W99"), Outcome.REFUSED)
    assert bench.journal.kinds(ClOrdID("W99")) == [RecordKind.ANSWER]
    assert not bench.orders()


def test_a_refused_change_lets_the_old_terms_stand(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key, Fate.REFUSED)
    bench.deliver()
    assert (bench.order(key).ord_status, bench.order(key).terms) == (OrdStatus.NEW, limit_terms())
    assert bench.said("was not changed: No margin. Its old terms still stand.")


def test_an_unanswered_change_is_in_doubt(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key, Fate.LOST_ON_THE_WAY)
    bench.connection.time_out()
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.order(key).pending_terms == limit_terms(price="589")
    assert bench.stages(key)[-1] is SendStage.IN_DOUBT


def test_a_refused_cancel_leaves_the_order_working_and_asks_the_books(bench: DeskBench) -> None:
    key = working(bench)
    cancel(bench, key, Fate.REFUSED)
    assert bench.order(key).ord_status is OrdStatus.PENDING_CANCEL
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.NEW
    assert bench.said("was not cancelled: No margin. It may still trade.")
    before = bench.connection.reloads
    bench.run(bench.engine.tick())
    assert bench.connection.reloads == before + 1


def test_a_refused_cancel_of_an_order_the_venue_has_lost_ends_in_doubt_again(bench: DeskBench) -> None:
    key = working(bench)
    bench.venue.orders.clear()
    bench.wait(6)
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    cancel(bench, key, Fate.REFUSED)
    bench.deliver()
    bench.wait(0)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_an_unanswered_cancel_is_in_doubt(bench: DeskBench) -> None:
    key = working(bench)
    cancel(bench, key, Fate.LOST_ON_THE_WAY)
    bench.connection.time_out()
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_a_cancel_that_fails_while_a_change_is_open_leaves_it_waiting_for_the_change(bench: DeskBench) -> None:
    key = working(bench)
    change(bench, key, Fate.LOST_ON_THE_WAY)
    cancel(bench, key, Fate.REFUSED)
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.PENDING_REPLACE


@pytest.mark.parametrize("outcome", Outcome)
def test_the_end_of_a_cancel_means_nothing_to_an_order_that_has_ended(bench: DeskBench, outcome: Outcome) -> None:
    key = working(bench)
    cancel(bench, key, Fate.ANSWER_LOST)
    request = bench.connection.unanswered.pop()
    bench.connection.sink(bench.venue.orders[OrderID("115001")].report())
    bench.connection.sink(RequestAnswered(request=request, outcome=outcome))
    assert bench.order(key).ord_status is OrdStatus.CANCELED


def test_the_venues_words_are_shown_and_an_error_is_asked_about_but_decides_nothing(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    notice = TextNotified(
        connection_id=CONNECTION, severity=Severity.ERROR, text="Limit breached.", cl_ord_ids=(key,), transact_time_ns=7
    )
    bench.connection.sink(notice)
    assert (bench.order(key).ord_status, bench.order(key).text) == (OrdStatus.PENDING_NEW, "Limit breached.")
    line = next(one for one in bench.published if isinstance(one, ActivityLine) and one.text == "Limit breached.")
    assert (line.kind, line.cl_ord_id, line.time_ns) == (ActivityKind.VENUE, key, 7)
    before = bench.connection.reloads
    bench.run(bench.engine.tick())
    assert bench.connection.reloads == before + 1


def test_an_error_text_and_a_book_without_the_order_refuse_it_together(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    answer(bench, key, Outcome.RECEIVED)
    bench.connection.sink(
        TextNotified(connection_id=CONNECTION, severity=Severity.ERROR, text="Limit breached.", cl_ord_ids=(key,))
    )
    bench.wait(1)
    assert (bench.order(key).ord_status, bench.order(key).text) == (OrdStatus.REJECTED, "Limit breached.")


def test_a_friendly_text_asks_nothing(bench: DeskBench) -> None:
    key = working(bench)
    bench.connection.sink(
        TextNotified(connection_id=CONNECTION, severity=Severity.INFO, text="Hello.", cl_ord_ids=(key, ClOrdID("W9")))
    )
    before = bench.connection.reloads
    bench.run(bench.engine.tick())
    assert bench.connection.reloads == before
    assert bench.order(key).text == ""
