"""Keys are found, changed and refused with a reason."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence

from tests.support.shell_bench import ShellBench
from workstation.widgets.dialogs.key_sheet import KeySheet
from workstation.widgets.key_actions import ACTIONS, FIND, LOCK


def sheet_of(bench: ShellBench) -> KeySheet:
    sheet = KeySheet(bench.screen)
    bench.show(sheet)
    return sheet


def rows(sheet: KeySheet) -> list[str]:
    """Return the actions that are shown."""
    model, shown = sheet.view.model(), []
    for group in range(model.rowCount()):
        parent = model.index(group, 0)
        if not sheet.view.isRowHidden(group, QModelIndex()):
            children = [row for row in range(model.rowCount(parent)) if not sheet.view.isRowHidden(row, parent)]
            shown += [str(model.index(row, 0, parent).data()) for row in children]
    return shown


def test_every_action_is_listed_and_can_be_found_by_key(bench: ShellBench) -> None:
    sheet = sheet_of(bench)
    assert len(rows(sheet)) == len(ACTIONS)
    sheet.search.setText("f12")
    assert ACTIONS[LOCK].title in rows(sheet)
    assert len(rows(sheet)) <= 2
    sheet.search.setText("no such thing")
    assert rows(sheet) == []


def test_a_key_is_changed_and_taken_back(bench: ShellBench) -> None:
    sheet = sheet_of(bench)
    assert not sheet.set_button.isEnabled()
    sheet.choose(FIND)
    sheet.editor.setKeySequence(QKeySequence("Ctrl+J"))
    bench.qtbot.mouseClick(sheet.set_button, Qt.MouseButton.LeftButton)
    assert bench.screen.keys.label(FIND) == "Ctrl+J"
    sheet.search.setText("ctrl+j")
    assert rows(sheet) == [ACTIONS[FIND].title]
    bench.qtbot.mouseClick(sheet.default_button, Qt.MouseButton.LeftButton)
    assert bench.screen.keys.label(FIND) == "Ctrl+K"


def test_a_taken_key_is_refused_with_its_owner(bench: ShellBench) -> None:
    sheet = sheet_of(bench)
    sheet.choose(FIND)
    sheet.editor.setKeySequence(QKeySequence("F12"))
    bench.qtbot.mouseClick(sheet.set_button, Qt.MouseButton.LeftButton)
    assert f"already does “{ACTIONS[LOCK].title}”" in sheet.fault.text()
    assert bench.screen.keys.label(FIND) == "Ctrl+K"
