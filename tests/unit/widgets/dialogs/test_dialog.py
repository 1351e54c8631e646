from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation.widgets.dialogs.dialog import Dialog, is_gone, paragraph, set_role


def asked(bench: ShellBench, parent: QWidget, *, opens_by_itself: bool) -> tuple[Dialog, QPushButton]:
    dialog = Dialog("Question", parent, opens_by_itself=opens_by_itself)
    field = QLineEdit(dialog)
    dialog.body.addWidget(field)
    dialog.add_button("No").clicked.connect(dialog.reject)
    yes = dialog.add_button("Yes", default=True)
    yes.clicked.connect(dialog.accept)
    with bench.qtbot.waitExposed(dialog):
        dialog.open()
    field.setFocus()
    return dialog, yes


def test_a_dialog_that_was_asked_for_has_its_default_at_once(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    dialog, yes = asked(bench, parent, opens_by_itself=False)
    assert yes.isDefault()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_a_dialog_that_opens_by_itself_is_not_answered_by_a_late_enter(
    bench: ShellBench, parent: QWidget, qtbot: QtBot
) -> None:
    dialog, yes = asked(bench, parent, opens_by_itself=True)
    assert not yes.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(yes.isDefault)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_escape_is_always_the_way_back(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    for opens_by_itself in (True, False):
        dialog, _ = asked(bench, parent, opens_by_itself=opens_by_itself)
        with qtbot.waitSignal(dialog.rejected):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_it_waits_without_stopping_the_loop_and_leaves_nothing_behind(
    bench: ShellBench, parent: QWidget, qtbot: QtBot
) -> None:
    dialog, _ = asked(bench, parent, opens_by_itself=False)
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    assert not is_gone(dialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    assert is_gone(dialog)


def test_no_other_button_becomes_the_default(bench: ShellBench, parent: QWidget) -> None:
    dialog, yes = asked(bench, parent, opens_by_itself=False)
    buttons = dialog.findChildren(QPushButton)
    assert [button.text() for button in buttons if button.autoDefault() or button.isDefault()] == [yes.text()]


def test_texts_are_shown_as_they_are(bench: ShellBench) -> None:
    label = paragraph("<b>5 < 6</b>", "muted")
    bench.show(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>5 < 6</b>"


def test_a_role_changes_the_colour_at_once(bench: ShellBench) -> None:
    label = paragraph("Refused.", "muted")
    bench.show(label)
    before = label.palette().windowText().color()
    set_role(label, "fault")
    assert label.palette().windowText().color() != before
    set_role(label, "muted")
    assert label.palette().windowText().color() == before
