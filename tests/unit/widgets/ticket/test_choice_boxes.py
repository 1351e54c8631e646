"""Choices on screen: disabled ones say why, and a kept value is never changed behind one's back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import (
    BARE_CAPABILITIES,
    HEDGE,
    MAIN,
    QST,
    QST_CAPABILITIES,
    first_news,
    make_bench,
)
from workstation.desk.messages import ConnectionRemoved
from workstation.domain.order_terms import OrdType, TimeInForce
from workstation.widgets.ticket.choice_boxes import AccountBox, ChoiceBox, QuietBox, QuietDate
from workstation.widgets.ticket.legal_choices import ord_type_choices, time_in_force_choices

GTC, GTD = TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox[OrdType]:
    made: ChoiceBox[OrdType] = ChoiceBox("Type")
    qtbot.addWidget(made)
    made.set_choices(ord_type_choices(QST_CAPABILITIES))
    return made


def test_the_first_choice_is_taken_once(box: ChoiceBox[OrdType]) -> None:
    assert box.value() is OrdType.LIMIT


def test_a_disabled_choice_says_why(box: ChoiceBox[OrdType]) -> None:
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    item = model.item(box.index_of(OrdType.STOP_LIMIT))
    assert not item.isEnabled()
    reason = QST_CAPABILITIES.refusals[OrdType.STOP_LIMIT]
    assert item.toolTip() == item.data(Qt.ItemDataRole.AccessibleDescriptionRole) == reason


def test_keys_pass_disabled_choices(box: ChoiceBox[OrdType]) -> None:
    for _ in range(6):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.value() is OrdType.STOP


def test_a_value_that_becomes_illegal_stays_and_is_marked(box: ChoiceBox[OrdType]) -> None:
    box.set_value(OrdType.STOP)
    assert box.fault == ""
    box.set_choices(ord_type_choices(BARE_CAPABILITIES))
    assert box.value() is OrdType.STOP
    assert box.fault == box.accessibleDescription() == "Bare does not offer this."
    box.set_choices(ord_type_choices(QST_CAPABILITIES))
    assert (box.value(), box.fault) == (OrdType.STOP, "")


def test_what_nobody_chose_follows_the_venue_while_nothing_is_typed(qtbot: QtBot) -> None:
    lasting = replace(QST_CAPABILITIES, forms=frozenset({(OrdType.LIMIT, GTC), (OrdType.LIMIT, GTD)}))
    box: ChoiceBox[TimeInForce] = ChoiceBox("Time in force")
    qtbot.addWidget(box)
    box.set_choices(time_in_force_choices(QST_CAPABILITIES, OrdType.LIMIT), untouched=True)
    assert box.value() is TimeInForce.DAY
    box.set_choices(time_in_force_choices(lasting, OrdType.LIMIT))
    assert box.value() is TimeInForce.DAY, "beside typed input a day order never turns into a lasting one"
    assert box.fault
    box.set_choices(time_in_force_choices(QST_CAPABILITIES, OrdType.LIMIT))
    box.set_choices(time_in_force_choices(lasting, OrdType.LIMIT), untouched=True)
    assert (box.value(), box.fault) == (GTC, "")
    box.set_choices(time_in_force_choices(QST_CAPABILITIES, OrdType.LIMIT), untouched=True)
    assert box.value() is TimeInForce.DAY, "and back"


def test_the_only_legal_value_is_taken_on_request_where_nobody_chose(qtbot: QtBot) -> None:
    only = replace(QST_CAPABILITIES, forms=frozenset({(OrdType.MARKET, TimeInForce.FILL_OR_KILL)}))
    box: ChoiceBox[TimeInForce] = ChoiceBox("Time in force")
    qtbot.addWidget(box)
    box.set_choices(time_in_force_choices(QST_CAPABILITIES, OrdType.LIMIT))
    box.set_choices(time_in_force_choices(only, OrdType.MARKET))
    assert box.value() is TimeInForce.DAY, "not by itself"
    box.take_only_choice()
    assert (box.value(), box.fault) == (TimeInForce.FILL_OR_KILL, "")
    box.set_value(TimeInForce.DAY)
    box.take_only_choice()
    assert box.value() is TimeInForce.DAY, "somebody chose it"


def test_only_the_traders_choice_is_announced(box: ChoiceBox[OrdType]) -> None:
    heard: list[object] = []
    box.chosen.connect(lambda: heard.append(box.value()))
    box.set_value(OrdType.STOP)
    box.set_choices(ord_type_choices(None))
    box.set_choices(ord_type_choices(QST_CAPABILITIES))
    assert heard == []
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert heard == [OrdType.MARKET]


@pytest.mark.parametrize("make", [lambda: QuietBox("Type"), QuietDate])
def test_the_wheel_is_left_to_the_page(qtbot: QtBot, make: type[QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    at, buttons, phase = QPointF(2, 2), Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(at, at, QPoint(), QPoint(0, -120), buttons, none, phase, False)
    QApplication.sendEvent(widget, event)
    assert not event.isAccepted()


def test_accounts_are_listed_with_name_number_venue_and_environment(qtbot: QtBot) -> None:
    box = AccountBox(make_bench().services)
    qtbot.addWidget(box)
    assert [box.itemText(row) for row in range(box.count())] == [
        "Main (17014) · QST · DEMO",
        "Hedge (17015) · QST · DEMO",
    ]
    assert box.key() == MAIN  # the first, in plain sight


def test_the_choice_of_an_account_survives_news_and_is_marked_when_it_goes(qtbot: QtBot) -> None:
    bench = make_bench()
    box = AccountBox(bench.services)
    qtbot.addWidget(box)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.key() == HEDGE
    bench.say(*first_news())
    box.refresh()
    assert box.key() == HEDGE
    bench.say(ConnectionRemoved(connection_id=QST))
    box.refresh()
    assert box.key() == HEDGE
    assert box.account() is None
    assert "is gone" in box.fault
    assert box.currentText() == "17015 (gone)"


def test_without_accounts_nothing_is_chosen(qtbot: QtBot) -> None:
    box = AccountBox(make_bench([]).services)
    qtbot.addWidget(box)
    assert (box.key(), box.account(), box.fault) == (None, None, "")


def test_a_box_can_be_narrower_than_its_longest_entry(qtbot: QtBot) -> None:
    box = QuietBox("Account")
    qtbot.addWidget(box)
    box.setPlaceholderText("x" * 200)
    assert box.minimumSizeHint().width() <= 6 * box.fontMetrics().height()
