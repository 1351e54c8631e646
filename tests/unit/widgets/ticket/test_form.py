"""The fields: news change what is offered and what is marked, never what was typed."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QPoint
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import (
    BARE_CAPABILITIES,
    CORN,
    GTD,
    HEDGE,
    QST,
    Bench,
    corn_order,
    first_news,
    make_bench,
    profile,
)
from workstation.desk.messages import ConnectionListed
from workstation.domain.order_terms import OrdType, PositionEffect, Side
from workstation.venues.base import InstrumentsListed
from workstation.widgets.ticket.draft import Field, end_of_day_ms
from workstation.widgets.ticket.form import TicketForm

TODAY = date(2026, 11, 21)
WHOLE = corn_order(
    account=HEDGE,
    side=Side.SELL,
    ord_type=OrdType.STOP,
    time_in_force=GTD,
    price=None,
    stop_px=Decimal("588.25"),
    expire_date_ms=end_of_day_ms(date(2026, 12, 18)),
    position_effect=PositionEffect.CLOSE,
)


@pytest.fixture
def bench(qapp: object) -> Bench:
    return make_bench()


@pytest.fixture
def form(qtbot: QtBot, bench: Bench) -> TicketForm:
    made = TicketForm(bench.screen, TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def needed(form: TicketForm) -> set[Field]:
    return {field for field, widget in form.inputs().items() if widget.isVisible()}


def test_terms_go_through_the_fields_unchanged(form: TicketForm) -> None:
    for terms in (corn_order(), WHOLE):
        form.load(terms)
        assert form.draft().terms(TODAY) == terms


CLOSING = corn_order(side=Side.SELL, position_effect=PositionEffect.CLOSE, position_id="7001")


def test_a_repeated_closing_order_names_its_position_and_says_so(form: TicketForm) -> None:
    form.load(CLOSING)
    assert form.draft().terms(TODAY) == CLOSING
    assert form.symbol_note.text().endswith("\nCloses position 7001")
    form.order_qty.set_value(Decimal(2))
    assert form.draft().position_id == "7001"


@pytest.mark.parametrize("change", ["account", "symbol", "effect", "cleared", "another order"])
def test_it_names_no_position_once_it_is_another_order(form: TicketForm, change: str) -> None:
    form.load(CLOSING)
    if change == "account":
        form.account.set_key(HEDGE)
    elif change == "symbol":
        form.symbol.set_symbol("ZMZ26")
    elif change == "effect":
        form.position_effect.set_value(PositionEffect.OPEN)
        form.position_effect.chosen.emit()
        assert "7001" not in form.symbol_note.text()
    elif change == "cleared":
        form.clear(keep_symbol=True)
        form.position_effect.set_value(PositionEffect.CLOSE)
    else:
        form.load(WHOLE)
    assert form.draft().position_id is None


def test_the_stop_price_is_there_only_for_stops_and_the_date_only_for_good_till_date(form: TicketForm) -> None:
    assert needed(form) == set(Field) - {Field.STOP_PX, Field.EXPIRE_DATE}
    form.load(WHOLE)
    assert needed(form) == set(Field)
    form.load(corn_order())
    assert needed(form) == set(Field) - {Field.STOP_PX, Field.EXPIRE_DATE}


def test_a_market_order_has_no_price_and_says_so(form: TicketForm) -> None:
    form.load(corn_order(ord_type=OrdType.MARKET, price=None))
    assert not form.price.isEnabled()
    assert form.price.accessibleDescription() == "A market order has no limit price."


def test_another_venue_marks_what_it_does_not_take_and_changes_nothing(form: TicketForm, bench: Bench) -> None:
    form.load(WHOLE)
    before = form.draft()
    bench.say(ConnectionListed(profile=profile(), capabilities=BARE_CAPABILITIES))
    form.refresh_accounts()
    after = form.draft()
    assert (after.ord_type, after.time_in_force, after.position_effect) == (
        before.ord_type,
        before.time_in_force,
        before.position_effect,
    )
    assert all(box.fault for box in (form.ord_type, form.time_in_force, form.position_effect))
    faulty = {problem.field for problem in after.problems(TODAY)}
    assert {Field.ORD_TYPE, Field.POSITION_EFFECT} <= faulty


def test_an_unknown_symbol_says_that_it_cannot_be_sent(form: TicketForm) -> None:
    form.load(corn_order(symbol="XYZ26"))
    assert "XYZ26: no tick size known at QST: cannot be sent." in form.symbol_note.text()
    assert form.symbol_note.property("state") == "off"
    form.load(corn_order())
    assert form.symbol_note.text().startswith("Corn · CBOT · Dec 2026 · USD")
    assert form.symbol_note.property("state") == ""


def test_instruments_that_arrive_later_leave_what_was_typed(qtbot: QtBot) -> None:
    bench = make_bench([news for news in first_news() if not isinstance(news, InstrumentsListed)])
    form = TicketForm(bench.screen, TODAY)
    qtbot.addWidget(form)
    form.symbol.set_symbol("ZCZ26")
    form.price.setText("588.25")
    form.price.setFocus()
    bench.say(InstrumentsListed(connection_id=QST, instruments=(CORN,)))
    form.refresh_offer()
    assert form.price.reading().value == Decimal("588.25")
    assert form.offer().instrument == CORN


def test_clearing_keeps_the_account_and_on_request_the_symbol(form: TicketForm) -> None:
    form.load(WHOLE)
    assert not form.is_empty()
    form.clear(keep_symbol=True)
    assert form.is_empty()
    draft = form.draft()
    assert (draft.offer.account and draft.offer.account.key, draft.symbol) == (HEDGE, "ZCZ26")
    assert draft.position_effect is None
    form.clear(keep_symbol=False)
    assert form.draft().symbol == ""


def test_an_amendment_locks_what_it_cannot_change_and_says_why(form: TicketForm) -> None:
    form.load(corn_order())
    form.set_locked(amending=True, sending=False)
    locked = {field for field, widget in form.inputs().items() if not widget.isEnabled()}
    assert locked == {Field.ACCOUNT, Field.SYMBOL, Field.SIDE, Field.POSITION_EFFECT}
    assert "keeps account, symbol and side" in form.symbol.toolTip()
    form.choose_side(Side.SELL)
    assert form.side.side() is Side.BUY
    form.set_locked(amending=False, sending=True)
    assert not any(widget.isEnabled() for widget in form.inputs().values())
    form.set_locked(amending=False, sending=False)
    assert all(widget.isEnabled() for widget in form.inputs().values())


@pytest.mark.parametrize(
    ("after", "following"),
    [(Field.ACCOUNT, Field.SYMBOL), (Field.SYMBOL, Field.SIDE), (Field.ORDER_QTY, Field.PRICE), (Field.PRICE, None)],
)
def test_enter_goes_to_the_next_field_that_wants_something(
    form: TicketForm, after: Field, following: Field | None
) -> None:
    wanted = form.inputs()[following] if following else None
    assert form.next_input(after) is (form.side.button(Side.BUY) if following is Field.SIDE else wanted)


def test_enter_passes_a_chosen_side_and_visits_stop_and_date(form: TicketForm) -> None:
    form.load(WHOLE)
    assert form.next_input(Field.SYMBOL) is form.order_qty
    assert form.next_input(Field.ORDER_QTY) is form.stop_px  # a stop has no limit price
    assert form.next_input(Field.STOP_PX) is form.expire_date


def test_every_change_of_the_trader_is_announced(form: TicketForm) -> None:
    form.load(corn_order())
    heard: list[int] = []
    form.changed.connect(lambda: heard.append(1))
    form.choose_side(Side.BUY)
    form.order_qty.step_by(1)
    form.expire_date.setDate(QDate(2026, 12, 1))
    form.symbol.changed.emit()
    form.account.chosen.emit()
    assert len(heard) == 5


def test_one_column_or_two(qtbot: QtBot, form: TicketForm) -> None:
    form.resize(300, 700)
    form.set_columns(1)
    qtbot.waitUntil(lambda: form.price.mapTo(form, QPoint()).x() < 100)
    form.set_columns(2)
    qtbot.waitUntil(lambda: form.price.mapTo(form, QPoint()).x() > 100)


def test_everything_has_a_name(form: TicketForm) -> None:
    for field, widget in form.inputs().items():
        if field is not Field.SIDE:
            assert widget.accessibleName()
