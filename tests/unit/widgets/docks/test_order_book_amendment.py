from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import corn_terms, make_order, make_screen
from workstation.domain.order_states import TRANSITIONS, OrderEvent, OrdStatus, Verdict
from workstation.domain.order_terms import OrdType
from workstation.widgets.docks.order_book_amendment import (
    PRICE,
    QTY,
    STOP,
    Amendment,
    editable_columns,
    value_of,
    why_not_amendable,
)
from workstation.widgets.order_words import OrderWords
from workstation.widgets.typed_numbers import NOTHING, Typed

prices = st.none() | st.decimals(min_value=1, max_value=9999, places=2)


def amendment(**typed: Typed) -> Amendment:
    return Amendment(order=make_order("W1"), typed=typed)


@pytest.mark.parametrize("status", OrdStatus)
def test_what_the_life_cycle_would_refuse_is_not_offered(status: OrdStatus) -> None:
    if TRANSITIONS[status, OrderEvent.SEND_REPLACE][0] is Verdict.ILLEGAL:
        assert why_not_amendable(make_order("W1", status))


def test_the_reason_says_what_to_do_instead() -> None:
    assert why_not_amendable(make_order("W1")) == ""
    assert "Repeat it instead" in why_not_amendable(make_order("W1", OrdStatus.FILLED))
    assert "a word that is not known here" in why_not_amendable(make_order("W1", OrdStatus.UNRECOGNISED))
    assert "wait until the venue has answered" in why_not_amendable(make_order("W1", OrdStatus.PENDING_CANCEL))


def test_only_values_that_the_type_has_can_be_edited() -> None:
    def columns(kind: OrdType) -> tuple[str, ...]:
        return editable_columns(make_order("W1", terms=replace(corn_terms(), ord_type=kind)))

    assert columns(OrdType.MARKET) == (QTY,)
    assert columns(OrdType.LIMIT) == (QTY, PRICE)
    assert columns(OrdType.STOP) == (QTY, STOP)
    assert columns(OrdType.STOP_LIMIT) == (QTY, PRICE, STOP)


def test_the_change_shows_old_and_new(qtbot: QtBot) -> None:
    words = OrderWords(make_screen()[0].services)
    both = amendment(qty=Typed(Decimal(7)), price=Typed(Decimal("588.75")))
    assert both.changes(words) == "quantity 5 → 7 · price 588^2 → 588^6"
    assert both.send_words(words) == "Send REPLACE 7 ZCZ26 limit 588^6 to Main (17014)"
    same = amendment(qty=Typed(Decimal(5)), price=Typed(Decimal("588.250")))
    assert not same.changes_anything
    assert same.changes(words) == "nothing changed yet"


def test_what_cannot_be_read_is_a_fault_and_changes_nothing() -> None:
    unread = amendment(qty=Typed(fault="'x' is not a number."), price=NOTHING)
    assert unread.faults == ("quantity: 'x' is not a number.", "price: type a number")
    assert unread.terms == unread.order.terms


@given(prices, prices, prices)
def test_what_was_not_edited_is_never_changed(qty: Decimal | None, price: Decimal | None, stop: Decimal | None) -> None:
    order = make_order("W1", terms=replace(corn_terms(), ord_type=OrdType.STOP_LIMIT, stop_px=Decimal(590)))
    typed = {key: Typed(value) for key, value in ((QTY, qty), (PRICE, price), (STOP, stop)) if value is not None}
    new = Amendment(order=order, typed=typed).terms
    assert all(
        value_of(new, key) == (typed[key].value if key in typed else value_of(order.terms, key))
        for key in (QTY, PRICE, STOP)
    )
    untouched = replace(new, order_qty=order.terms.order_qty, price=order.terms.price, stop_px=order.terms.stop_px)
    assert untouched == order.terms
