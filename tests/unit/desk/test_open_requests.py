from decimal import Decimal

from tests.support.fake_venue import ACCOUNT, CONNECTION, limit_terms
from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.open_requests import OpenRequests, Owed
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import OrderReport

KEY = ClOrdID("W1001")
SENT_NS = 1_000_000_000_000


def unresolved(key: ClOrdID = KEY, account: AccountKey = ACCOUNT) -> Unresolved:
    return Unresolved(cl_ord_id=key, purpose=Purpose.NEW, terms=limit_terms(account=account), sent_ns=SENT_NS)


def report(at_ns: int) -> OrderReport:
    return OrderReport(
        order_id=OrderID("115001"),
        terms=limit_terms(),
        event=OrderEvent.REPORT_NEW,
        venue_status="OPEN",
        cum_qty=Decimal(0),
        avg_px=None,
        transact_time_ns=at_ns,
    )


def test_a_request_is_open_until_it_is_dropped() -> None:
    requests = OpenRequests()
    requests.add(unresolved())
    assert requests.get(KEY) is not None
    assert [one.cl_ord_id for one in requests.candidates(report(SENT_NS))] == [KEY]
    requests.drop(KEY)
    assert requests.get(KEY) is None
    assert requests.candidates(report(SENT_NS)) == []


def test_a_request_that_was_given_up_blocks_nothing_but_still_knows_its_order() -> None:
    requests = OpenRequests()
    requests.add(unresolved())
    requests.give_up(KEY, SENT_NS + 100)
    assert requests.of_account(ACCOUNT) == ()
    assert [one.cl_ord_id for one in requests.candidates(report(SENT_NS + 50))] == [KEY]
    assert requests.candidates(report(SENT_NS + 101)) == [], "an order dated later is another one"


def test_an_open_request_goes_before_one_that_was_given_up() -> None:
    requests = OpenRequests()
    requests.add(unresolved())
    requests.give_up(KEY, SENT_NS + 100)
    requests.add(unresolved(ClOrdID("W1002")))
    assert [one.cl_ord_id for one in requests.candidates(report(SENT_NS + 50))] == ["W1002"]


def test_requests_are_found_by_account_and_connection() -> None:
    requests = OpenRequests()
    other = AccountKey(CONNECTION, "17015")
    elsewhere = AccountKey(ConnectionID("other"), "17014")
    for number, account in enumerate((ACCOUNT, other, elsewhere)):
        requests.add(unresolved(ClOrdID(f"W{number}"), account))
    assert [one.cl_ord_id for one in requests.of_account(ACCOUNT)] == ["W0"]
    assert [one.cl_ord_id for one in requests.of_connection(CONNECTION)] == ["W0", "W1"]


def test_only_a_cancel_that_can_go_wakes_the_sender() -> None:
    requests, woken = OpenRequests(), []
    requests.wake = lambda: woken.append(True)
    requests.owe(KEY, Owed.NO_LINK)
    requests.owe(KEY, Owed.NO_NUMBER)
    assert woken == []
    requests.owe(KEY, Owed.NOW)
    assert woken == [True]
    assert requests.cancels_owed == {KEY: Owed.NOW}


def test_nothing_is_remembered_of_an_order_that_has_ended() -> None:
    requests = OpenRequests()
    requests.add(unresolved())
    requests.owe(KEY, Owed.NO_LINK)
    requests.cancels_under_way.add(KEY)
    requests.closed(KEY)
    assert requests.get(KEY) is None
    assert not requests.cancels_owed
    assert not requests.cancels_under_way
