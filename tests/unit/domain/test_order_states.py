import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.order_states import CLOSED, TRANSITIONS, WORKING, OrderEvent, OrdStatus, Verdict

statuses = st.sampled_from(OrdStatus)
events = st.sampled_from(OrderEvent)
OURS = {OrderEvent.SEND_CANCEL, OrderEvent.SEND_REPLACE}


def test_the_table_is_total() -> None:
    assert set(TRANSITIONS) == {(status, event) for status in OrdStatus for event in OrderEvent}
    assert set(OrdStatus) == CLOSED | WORKING
    assert not CLOSED & WORKING


@given(statuses, events)
def test_what_does_not_move_stays(status: OrdStatus, event: OrderEvent) -> None:
    verdict, after = TRANSITIONS[status, event]
    if verdict is not Verdict.MOVES:
        assert after is status


@given(st.sampled_from(sorted(CLOSED, key=str)), st.sampled_from(sorted(OURS, key=str)))
def test_nothing_is_asked_about_a_closed_order(status: OrdStatus, event: OrderEvent) -> None:
    assert TRANSITIONS[status, event][0] is Verdict.ILLEGAL


@given(st.sampled_from(sorted(WORKING, key=str)))
def test_a_working_order_can_always_be_cancelled(status: OrdStatus) -> None:
    assert TRANSITIONS[status, OrderEvent.SEND_CANCEL] == (Verdict.MOVES, OrdStatus.PENDING_CANCEL)


@given(st.sampled_from(sorted(WORKING, key=str)))
def test_losing_sight_is_doubt_and_never_failure(status: OrdStatus) -> None:
    assert TRANSITIONS[status, OrderEvent.LOSE_SIGHT] == (Verdict.MOVES, OrdStatus.IN_DOUBT)


@given(st.sampled_from(sorted(WORKING, key=str)))
def test_an_unknown_word_is_never_final(status: OrdStatus) -> None:
    _, after = TRANSITIONS[status, OrderEvent.REPORT_UNRECOGNISED]
    assert after in WORKING


@pytest.mark.parametrize("status", [OrdStatus.FILLED, OrdStatus.REJECTED])
def test_some_ends_are_ends(status: OrdStatus) -> None:
    assert all(TRANSITIONS[status, event][0] is not Verdict.MOVES for event in OrderEvent)


def test_a_trade_that_crossed_the_cancel_counts() -> None:
    assert TRANSITIONS[OrdStatus.CANCELED, OrderEvent.REPORT_FILLED] == (Verdict.MOVES, OrdStatus.FILLED)


def test_a_refused_cancel_leaves_the_order_working() -> None:
    assert TRANSITIONS[OrdStatus.PENDING_CANCEL, OrderEvent.CANCEL_REFUSED][1] is OrdStatus.NEW
    assert TRANSITIONS[OrdStatus.PENDING_REPLACE, OrderEvent.CANCEL_REFUSED][1] is OrdStatus.PENDING_REPLACE


@pytest.mark.parametrize("status", [OrdStatus.IN_DOUBT, OrdStatus.PENDING_NEW, OrdStatus.UNRECOGNISED])
def test_what_is_not_understood_is_not_changed(status: OrdStatus) -> None:
    assert TRANSITIONS[status, OrderEvent.SEND_REPLACE][0] is Verdict.ILLEGAL


def test_the_venues_later_word_beats_not_placed() -> None:
    assert TRANSITIONS[OrdStatus.NOT_PLACED, OrderEvent.REPORT_NEW] == (Verdict.MOVES, OrdStatus.NEW)
