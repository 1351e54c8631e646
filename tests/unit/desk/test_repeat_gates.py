from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.fake_venue import CAPABILITIES, limit_terms
from tests.support.gate_contexts import NOW_S, context_of, fired, order_of
from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.gates import RecentIntent
from workstation.desk.repeat_gates import can_be_told_apart, not_a_duplicate, not_in_doubt
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side, TimeInForce
from workstation.domain.orders import OrderTerms

OTHERS = (
    limit_terms(qty="6"),
    limit_terms(price="589"),
    limit_terms(side=Side.SELL),
    limit_terms(symbol="ZCH27"),
)


def sent(age_s: float, terms: OrderTerms | None = None) -> RecentIntent:
    return RecentIntent(cl_ord_id=ClOrdID("W1001"), terms=terms or limit_terms(), at_s=NOW_S - age_s, at_ns=1)


def waiting(terms: OrderTerms, purpose: Purpose = Purpose.NEW, cum_qty: str = "0") -> Unresolved:
    return Unresolved(cl_ord_id=ClOrdID("W1001"), purpose=purpose, terms=terms, sent_ns=1, cum_qty=Decimal(cum_qty))


@pytest.mark.parametrize(
    ("age_s", "hardness"), [(0.0, "HARD"), (0.29, "HARD"), (0.31, "SOFT"), (9.9, "SOFT"), (10.0, "")]
)
def test_the_same_order_again_is_one_click_then_a_question_then_a_new_order(age_s: float, hardness: str) -> None:
    found = fired(not_a_duplicate, context_of(recent=(sent(age_s),)))
    assert [text[:4] for text in found] == ([hardness] if hardness else [])


@pytest.mark.parametrize("terms", OTHERS)
def test_another_order_is_no_duplicate(terms: OrderTerms) -> None:
    assert not fired(not_a_duplicate, context_of(terms, recent=(sent(0),)))
    assert not fired(not_in_doubt, context_of(terms, in_doubt=(order_of(OrdStatus.IN_DOUBT),)))
    assert not fired(can_be_told_apart, context_of(terms, unresolved=(waiting(limit_terms()),)))


def test_another_life_time_does_not_make_it_another_intent() -> None:
    good_till_cancel = limit_terms(time_in_force=TimeInForce.GOOD_TILL_CANCEL)
    assert fired(not_a_duplicate, context_of(good_till_cancel, recent=(sent(1),)))
    assert fired(not_in_doubt, context_of(good_till_cancel, in_doubt=(order_of(OrdStatus.IN_DOUBT),)))


def test_the_latest_of_several_counts() -> None:
    recent = (sent(8), sent(0.1), sent(0.05, limit_terms(qty="9")))
    assert fired(not_a_duplicate, context_of(recent=recent))[0].startswith("HARD")


def test_a_replacement_is_no_duplicate_of_a_placement() -> None:
    context = context_of(recent=(sent(0),), in_doubt=(order_of(OrdStatus.IN_DOUBT),), replaces=order_of())
    assert not fired(not_a_duplicate, context)
    assert not fired(not_in_doubt, context)


def test_the_same_order_is_never_sent_while_the_first_is_in_doubt() -> None:
    (text,) = fired(not_in_doubt, context_of(in_doubt=(order_of(OrdStatus.IN_DOUBT),)))
    assert text == (
        "HARD: Order W1001 (BUY 5 ZCZ26 limit 588^6 day, Main) is IN DOUBT: it may be working. Sending the same order "
        "again is blocked."
    )


def test_two_open_requests_that_look_alike_could_not_be_told_apart() -> None:
    context = context_of(unresolved=(waiting(limit_terms()),))
    assert fired(can_be_told_apart, context)[0].startswith("HARD: QST has not yet shown order W1001")
    echoing = replace(CAPABILITIES, echoes_cl_ord_id=True)
    assert not fired(can_be_told_apart, replace(context, capabilities=echoing))


def test_a_replacement_may_come_to_show_only_its_rest() -> None:
    replacing = waiting(limit_terms(qty="7"), Purpose.REPLACE, cum_qty="2")
    for qty, stopped in (("7", True), ("5", True), ("6", False)):
        context = context_of(limit_terms(qty=qty), unresolved=(replacing,))
        assert bool(fired(can_be_told_apart, context)) is stopped


def test_a_request_does_not_stand_in_its_own_way() -> None:
    context = context_of(unresolved=(waiting(limit_terms()),), replaces=order_of())
    assert not fired(can_be_told_apart, context)


def test_closing_two_positions_of_one_size_is_no_repetition() -> None:
    recent = (sent(0.1, limit_terms(position_id="7")),)
    assert not fired(not_a_duplicate, context_of(limit_terms(position_id="8"), recent=recent))
    assert fired(not_a_duplicate, context_of(limit_terms(position_id="7"), recent=recent))
