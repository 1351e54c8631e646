"""A text of the venue is shown with the request it speaks of, and settles nothing."""

import pytest

from tests.support.qst_bench import FAILURE, Bench, answers, key, place, replace
from workstation.venues.base import Outcome, Severity, TextNotified
from workstation.venues.qst import messages as qst
from workstation.venues.qst.attachment import most_likely
from workstation.venues.qst.correlation import Pending


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


def pending(message: qst.Request, account: str = "17014", sent_s: float = 100.0) -> Pending:
    return Pending(1, message, "", place("W1", account), sent_s, 0)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Cancel/replace order rejected", qst.CancelReplaceOrderRequest),
        ("Cancel order rejected", qst.CancelOrdersRequest),
        ("Place order rejected", qst.PlaceOrderRequest),
        ("Something failed", qst.CancelReplaceOrderRequest),
    ],
)
def test_the_first_line_names_the_kind_of_request(line: str, kind: type[qst.Request]) -> None:
    kinds = (qst.CancelReplaceOrderRequest, qst.CancelOrdersRequest, qst.PlaceOrderRequest)
    found = most_likely(f"{line}\nwhy", "17014", [pending(each()) for each in kinds], 101.0)
    assert found is not None
    assert type(found.message) is kind


def test_another_account_or_a_request_of_long_ago_is_not_meant() -> None:
    placement = qst.PlaceOrderRequest()
    assert most_likely("Place order rejected", "17015", [pending(placement)], 101.0) is None
    assert most_likely("Place order rejected", "17014", [pending(placement)], 131.0) is None
    assert most_likely("Place order rejected", "", [pending(placement, "17015")], 101.0) is not None
