"""What goes on the wire, on which account, and in which order."""

import pytest

from tests.support.qst_bench import (
    ACCOUNTS,
    Bench,
    cancel,
    cancel_contract,
    key,
    place,
    replace,
)
from workstation.venues.base import (
    BookLoaded,
    ProtocolViolation,
)
from workstation.venues.qst import messages as qst
from workstation.venues.qst.lanes import NotSent


def test_one_placement_at_a_time_and_cancels_overtake() -> None:
    bench = Bench().ready()
    bench.submit(place("W1"))
    bench.submit(place("W2"))
    bench.submit(replace("W3"))
    bench.submit(cancel("W4"))
    bench.submit(cancel_contract())
    assert bench.sent_kinds == ["PlaceOrderRequest", "CancelOrderRequest", "CancelOrdersForContractRequest"]
    assert bench.talk.queued == 2
    bench.answer()
    assert bench.sent_kinds[-1] == "PlaceOrderRequest"


def test_a_placement_names_another_account_and_a_replacement_switches_to_it() -> None:
    bench = Bench().ready()
    bench.submit(place("W1", "17015"))
    placement = bench.sent[0][1]
    assert isinstance(placement, qst.PlaceOrderRequest)
    assert placement.override_account == "17015"
    bench.answer()
    bench.submit(replace("W2", "17015"))
    asked = [bench.answer() for _ in range(3)]
    assert [type(each).__name__ for each in asked] == [
        "OESwitchAccountRequest",
        "CancelReplaceOrderRequest",
        "OESwitchAccountRequest",
    ]
    assert [each.account_id for each in asked if isinstance(each, qst.OESwitchAccountRequest)] == ["17015", "17014"]


def test_a_placement_on_the_current_account_names_none() -> None:
    bench = Bench().ready()
    bench.submit(place())
    placement = bench.sent[0][1]
    assert isinstance(placement, qst.PlaceOrderRequest)
    assert placement.override_account == ""


def test_a_refused_switch_leaves_its_request_unsent() -> None:
    bench = Bench().ready()
    request_id = bench.submit(replace("W2", "17015"))
    bench.answer(qst.ServerErrorMessage(message="Unknown account"))
    assert [each.request_id for each in bench.all_of(NotSent)] == [request_id]
    assert "CancelReplaceOrderRequest" not in bench.sent_kinds


def test_a_switch_to_the_wrong_account_is_a_violation() -> None:
    bench = Bench().ready()
    bench.submit(replace("W2", "17015"))
    with pytest.raises(ProtocolViolation):
        bench.answer(qst.OESwitchAccountResponse(account_id="297999"))


def test_reload_reads_every_account_and_returns_home() -> None:
    bench = Bench().ready()
    bench.talk.reload(None, bench.at)
    bench.collect()
    while bench.sent:
        bench.answer()
    assert [book.account for book in bench.all_of(BookLoaded)] == [key(each) for each in ACCOUNTS]
    assert bench.talk.override_for("17014") == ""
