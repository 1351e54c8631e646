"""Number fields: exact steps by key and wheel; what is typed stays as it was typed."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import CORN, MEAL
from workstation.widgets.number_fields import PriceField, QuantityField, StepField, SteppedField

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PRESETS = (Decimal(1), Decimal(5), Decimal(10))


def shown(qtbot: QtBot, field: StepField) -> QWidget:
    """Put `field` beside another one in a shown window, so that the focus can come and go."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(SteppedField(field))
    column.addWidget(QLineEdit(page))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field.setFocus()
    return page


@pytest.fixture
def price(qtbot: QtBot) -> Iterator[PriceField]:
    field = PriceField("Limit price")
    field.set_instrument(CORN)
    page = shown(qtbot, field)
    yield field
    page.close()


@pytest.fixture
def qty(qtbot: QtBot) -> Iterator[QuantityField]:
    field = QuantityField("Quantity", PRESETS)
    field.set_instrument(CORN)
    page = shown(qtbot, field)
    yield field
    page.close()


def wheel(field: StepField, delta: int, modifiers: Qt.KeyboardModifier = NONE) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(2, 2),
        QPointF(field.mapToGlobal(QPoint(2, 2))),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    return event


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Qt.Key.Key_Up, NONE, "588^4"),
        (Qt.Key.Key_Down, NONE, "588^0"),
        (Qt.Key.Key_Up, SHIFT, "590^6"),
        (Qt.Key.Key_Down, CTRL, "563^2"),
    ],
)
def test_keys_step_by_ticks(price: PriceField, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    price.set_value(Decimal("588.25"))
    QTest.keyClick(price, key, modifiers)
    assert price.text() == text


def test_an_off_tick_price_stays_as_typed_and_is_marked_with_its_neighbours(price: PriceField) -> None:
    QTest.keyClicks(price, "588.3")
    price.clearFocus()
    assert price.text() == "588.3"
    assert price.state == "off"
    assert price.neighbours() == (Decimal("588.25"), Decimal("588.5"))
    QTest.keyClick(price, Qt.Key.Key_Up)
    assert price.text() == "588^4"
    assert price.state == ""
    assert price.neighbours() is None


def test_a_legal_decimal_is_written_in_the_notation_when_the_field_is_left(price: PriceField) -> None:
    QTest.keyClicks(price, "588.75")
    assert price.text() == "588.75"
    price.clearFocus()
    assert price.text() == "588^6"


def test_text_that_is_no_price_is_a_fault_and_is_not_stepped(price: PriceField) -> None:
    QTest.keyClicks(price, "abc")
    QTest.keyClick(price, Qt.Key.Key_Up)
    assert (price.text(), price.state) == ("abc", "fault")


def test_an_empty_price_has_nothing_to_step_from(price: PriceField) -> None:
    QTest.keyClick(price, Qt.Key.Key_Up)
    assert price.text() == ""


def test_without_an_instrument_nothing_is_stepped(price: PriceField) -> None:
    price.set_instrument(None)
    price.set_value(Decimal("588.3"))
    QTest.keyClick(price, Qt.Key.Key_Up)
    assert price.text() == "588.3"


def test_another_instrument_judges_the_same_text_anew(price: PriceField) -> None:
    QTest.keyClicks(price, "588.3")
    price.set_instrument(MEAL)
    assert (price.text(), price.state) == ("588.3", "")


def test_the_wheel_steps_only_with_the_focus(price: PriceField) -> None:
    price.set_value(Decimal("588.25"))
    assert wheel(price, 120, SHIFT).isAccepted()
    assert price.text() == "590^6"
    price.clearFocus()
    assert not wheel(price, 120).isAccepted()
    assert price.text() == "590^6"


def test_half_a_notch_twice_is_one_step(price: PriceField) -> None:
    price.set_value(Decimal("588.25"))
    wheel(price, 60)
    assert price.text() == "588^2"
    wheel(price, 60)
    assert price.text() == "588^4"


def test_a_quantity_never_falls_below_one_lot(qty: QuantityField) -> None:
    QTest.keyClick(qty, Qt.Key.Key_Up)
    assert qty.text() == "1"
    QTest.keyClick(qty, Qt.Key.Key_Down, CTRL)
    assert qty.text() == "1"


def test_a_suffix_expands_at_once(qty: QuantityField) -> None:
    QTest.keyClicks(qty, "10k")
    assert qty.text() == "10,000"
    assert qty.reading().value == 10_000


def test_part_of_a_lot_is_marked_and_kept(qty: QuantityField) -> None:
    QTest.keyClicks(qty, "1.5")
    qty.clearFocus()
    assert (qty.text(), qty.state) == ("1.5", "off")


def test_presets_fill_the_field_and_say_so_until_something_is_typed(qty: QuantityField) -> None:
    QTest.keyClick(qty, Qt.Key.Key_PageDown)
    QTest.keyClick(qty, Qt.Key.Key_PageDown)
    assert (qty.text(), qty.filled_by) == ("5", "preset 2 of 3")
    QTest.keyClick(qty, Qt.Key.Key_PageUp)
    assert qty.text() == "1"
    QTest.keyClicks(qty, "7")
    assert qty.filled_by == ""


def test_every_change_of_the_trader_is_announced_and_no_other(qty: QuantityField) -> None:
    heard: list[str] = []
    qty.changed.connect(lambda: heard.append(qty.text()))
    qty.set_value(Decimal(3))
    assert heard == []
    QTest.keyClick(qty, Qt.Key.Key_Up)
    qty.take_preset(2)
    assert heard == ["4", "10"]


def test_the_buttons_step_too_and_have_names(qty: QuantityField) -> None:
    holder = qty.parentWidget()
    assert isinstance(holder, SteppedField)
    less, more = holder.findChildren(QToolButton)
    more.click()
    more.click()
    less.click()
    assert qty.text() == "1"
    assert less.accessibleName()
    assert more.accessibleName()
