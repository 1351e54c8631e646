"""Every answer finds its request, and an error that cannot is nobody's for certain."""

import pytest

from tests.support.qst_bench import (
    FAILURE,
    Bench,
    answers,
    cancel,
    place,
    texts,
)
from workstation.venues.base import (
    Outcome,
    ProtocolViolation,
    RequestAnswered,
    TextNotified,
)
from workstation.venues.qst import messages as qst
from workstation.venues.qst.correlation import ANSWER_WITHIN_S


def test_no_answer_in_time_is_unknown_and_the_late_answer_changes_nothing() -> None:
    bench = Bench().ready()
    request_id = bench.submit(place())
    bench.wait(ANSWER_WITHIN_S)
    assert [outcome for _, outcome, _ in answers(bench)] == [Outcome.UNKNOWN]
    bench.sent.clear()
    bench.hear(qst.PlaceOrderResponse(response_status="SUCCESS"), request_id)
    assert len(answers(bench)) == 1
    assert "after its time" in texts(bench)
    assert "PlaceOrderRequest" not in bench.sent_kinds
    assert "OrderBookRequest" in bench.sent_kinds


def test_an_error_with_id_refuses_its_request() -> None:
    bench = Bench().ready()
    bench.submit(place())
    bench.submit(cancel("W9"))
    bench.hear(qst.ServerErrorMessage(message="no such order"), bench.sent[1][0])
    assert answers(bench) == [("OrderCancelRequest", Outcome.REFUSED, "no such order")]


def test_an_error_without_id_belongs_to_the_only_request() -> None:
    bench = Bench().ready()
    bench.submit(place())
    bench.hear(qst.ServerErrorMessage(message="bad contract"))
    assert answers(bench) == [("NewOrderSingle", Outcome.REFUSED, "bad contract")]


def test_an_error_that_may_be_anyones_makes_all_unknown_and_reads_the_books() -> None:
    bench = Bench().ready()
    bench.submit(place())
    bench.submit(cancel("W9"))
    bench.hear(qst.ServerErrorMessage(message="bad"))
    assert [outcome for _, outcome, _ in answers(bench)] == [Outcome.UNKNOWN] * 2
    assert "OrderBookRequest" in bench.sent_kinds
    assert bench.all_of(TextNotified)[0].cl_ord_ids == ("W1", "W9")


def test_answers_without_ids_go_to_the_oldest_of_their_kind() -> None:
    bench = Bench().ready()
    bench.submit(cancel("W1"))
    bench.submit(cancel("W2"))
    bench.hear(qst.CancelOrderResponse(response_status=FAILURE))
    bench.hear(qst.CancelOrderResponse())
    found = [(each.request.cl_ord_ids, each.outcome) for each in bench.all_of(RequestAnswered)]  # type: ignore[union-attr]
    assert found == [(("W1",), Outcome.REFUSED), (("W2",), Outcome.RECEIVED)]


def test_a_duplicate_answer_is_ignored_and_said_once() -> None:
    bench = Bench().ready()
    request_id = bench.submit(place())
    bench.answer()
    for _ in range(3):
        bench.hear(qst.PlaceOrderResponse(), request_id)
    assert len(answers(bench)) == 1
    assert texts(bench).count("nothing asked for") == 1


def test_an_answer_to_another_question_is_a_violation() -> None:
    bench = Bench().start()
    with pytest.raises(ProtocolViolation):
        bench.answer(qst.OrderBookResponse())
