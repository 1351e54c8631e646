from tests.support.fake_venue import ACCOUNT, CONNECTION, VenueOrder, limit_terms
from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.open_requests import OpenRequests, Owed
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID

W1 = ClOrdID("W1")


def placed(key: ClOrdID = W1, price: str = "588.75") -> Unresolved:
    return Unresolved(cl_ord_id=key, purpose=Purpose.NEW, terms=limit_terms(price=price), sent_ns=1)


def test_requests_are_found_by_order_account_and_connection() -> None:
    requests = OpenRequests()
    one = placed()
    requests.add(one)
    assert requests.get(W1) is one
    assert requests.of_account(ACCOUNT) == requests.of_connection(CONNECTION) == (one,)
    assert requests.of_account(AccountKey(CONNECTION, "9")) == ()
    assert requests.of_connection(ConnectionID("other")) == ()
    requests.drop(W1)
    assert requests.get(W1) is None


def test_what_was_given_up_is_a_candidate_only_when_nothing_open_fits() -> None:
    requests = OpenRequests()
    requests.add(placed())
    report = VenueOrder(OrderID("1"), limit_terms(), entered_ns=5).report()
    requests.give_up(W1, at_ns=10)
    assert requests.get(W1) is None, "it blocks nothing any more"
    assert [one.cl_ord_id for one in requests.candidates(report)] == [W1]
    requests.add(placed(ClOrdID("W2")))
    assert [one.cl_ord_id for one in requests.candidates(report)] == ["W2"]
    requests.drop(ClOrdID("W2"))
    requests.drop(W1)
    assert requests.candidates(report) == []


def test_a_cancel_that_may_go_wakes_the_desk() -> None:
    requests, woken = OpenRequests(), []
    requests.wake = lambda: woken.append(True)
    requests.owe(W1, Owed.NO_NUMBER)
    assert not woken
    requests.owe(W1, Owed.NOW)
    assert woken


def test_an_ended_order_owes_nothing() -> None:
    requests = OpenRequests()
    requests.add(placed())
    requests.owe(W1, Owed.NO_LINK)
    requests.cancels_under_way.add(W1)
    requests.closed(W1)
    assert requests.get(W1) is None
    assert not requests.cancels_owed
    assert not requests.cancels_under_way
