"""A text of the venue is shown with the request it speaks of, and settles nothing."""

from tests.support.qst_bench import FAILURE, Bench, answers, key, place, replace
from workstation.venues.base import Outcome, Severity, TextNotified
from workstation.venues.qst import messages as qst


def test_a_failed_answer_is_a_refusal_with_the_words_that_came_before_it() -> None:
    bench = Bench().ready()
    bench.submit(replace())
    words = "Cancel/replace order rejected\nInvalid price: 589.625\nAccount #17014"
    bench.hear(qst.OETextNotification(title="u@SIM1(h:1) Error Message", body=words))
    bench.answer(qst.CancelReplaceOrderResponse(response_status=FAILURE))
    assert answers(bench) == [("OrderCancelReplaceRequest", Outcome.REFUSED, words)]
    notified = bench.all_of(TextNotified)[0]
    assert (notified.cl_ord_ids, notified.severity, notified.account) == (("W1",), Severity.ERROR, key("17014"))


def test_a_text_alone_settles_nothing() -> None:
    bench = Bench().ready()
    bench.submit(place())
    bench.hear(qst.OETextNotification(title="u@SIM1(h:1) Error Message", body="Place order rejected\nAccount #17014"))
    assert answers(bench) == []
