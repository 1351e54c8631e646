from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.fake_venue import CAPABILITIES, limit_terms
from tests.support.gate_contexts import context_of, fired, order_of
from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.replace_gates import (
    REPLACE_GATES,
    more_than_filled,
    order_is_replaceable,
    quantity_may_change,
    same_order_stays,
    venue_replaces,
)
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side

DEARER = limit_terms(price="589")
REPLACEABLE = {OrdStatus.NEW, OrdStatus.PARTIALLY_FILLED, OrdStatus.SUSPENDED}


def test_a_new_order_is_none_of_their_business() -> None:
    assert [text for gate in REPLACE_GATES for text in fired(gate, context_of())] == []


def test_a_changed_price_of_a_working_order_passes() -> None:
    assert [text for gate in REPLACE_GATES for text in fired(gate, context_of(DEARER, replaces=order_of()))] == []


def test_a_venue_without_replacements_is_named() -> None:
    context = context_of(DEARER, replaces=order_of(), capabilities=replace(CAPABILITIES, replaces=False))
    assert fired(venue_replaces, context) == ["HARD: QST cannot change a working order."]


@pytest.mark.parametrize("status", OrdStatus)
def test_only_what_is_settled_and_working_can_be_changed(status: OrdStatus) -> None:
    stopped = fired(order_is_replaceable, context_of(DEARER, replaces=order_of(status)))
    assert bool(stopped) is (status not in REPLACEABLE)


def test_an_order_without_a_number_cannot_be_named_to_the_venue() -> None:
    context = context_of(DEARER, replaces=order_of(order_id=None))
    assert fired(order_is_replaceable, context) == ["HARD: The venue has not given order W1001 a number yet."]


@pytest.mark.parametrize(("owner", "stopped"), [("W1001", True), ("W1002", False)])
def test_a_second_change_waits_for_the_first_even_while_that_is_written_to_disk(owner: str, stopped: bool) -> None:
    first = Unresolved(cl_ord_id=ClOrdID(owner), purpose=Purpose.REPLACE, terms=DEARER, sent_ns=1)
    context = context_of(limit_terms(price="590"), replaces=order_of(), unresolved=(first,))
    assert bool(fired(order_is_replaceable, context)) is stopped


def test_account_contract_and_side_stay() -> None:
    other = limit_terms(side=Side.SELL)
    assert fired(same_order_stays, context_of(other, replaces=order_of())) == [
        "HARD: Account, contract and side of order W1001 cannot be changed."
    ]


def test_a_change_of_nothing_is_stopped() -> None:
    assert fired(same_order_stays, context_of(replaces=order_of())) == ["HARD: Nothing of order W1001 would change."]


@pytest.mark.parametrize(("qty", "stopped"), [("1", True), ("2", True), ("3", False)])
def test_the_new_quantity_must_leave_something_to_trade(qty: str, stopped: bool) -> None:
    filled = order_of(OrdStatus.PARTIALLY_FILLED, cum_qty=Decimal(2))
    found = fired(more_than_filled, context_of(limit_terms(qty=qty), replaces=filled))
    assert found == ([f"HARD: 2 of order W1001 are filled: the new quantity {qty} leaves nothing to trade."] * stopped)


def test_where_the_venue_changes_prices_only_the_quantity_stays() -> None:
    fixed = replace(CAPABILITIES, replaces_quantity=False)
    more = limit_terms(qty="6", price="589")
    assert fired(quantity_may_change, context_of(more, replaces=order_of(), capabilities=fixed)) == [
        "HARD: QST cannot change the quantity of a working order: it stays 5."
    ]
    assert not fired(quantity_may_change, context_of(DEARER, replaces=order_of(), capabilities=fixed))
    assert not fired(quantity_may_change, context_of(more, replaces=order_of()))


def test_the_position_that_an_order_closes_cannot_be_changed() -> None:
    other = limit_terms(price="589", position_id="8")
    assert "cannot be changed" in fired(same_order_stays, context_of(other, replaces=order_of()))[0]
