from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation import __version__
from workstation.widgets.dialogs.about import AboutDialog


def words(dialog: AboutDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_it_says_what_support_asks_for(bench: ShellBench) -> None:
    dialog = AboutDialog(replace(bench.screen, profile_folder=Path("profiles") / "main"))
    bench.show(dialog)
    assert __version__ in words(dialog)
    assert str(Path("profiles") / "main") in words(dialog)
    assert "Open Font License" in words(dialog)
    copied = Qt.TextInteractionFlag.TextSelectableByMouse
    assert any(label.textInteractionFlags() & copied for label in dialog.findChildren(QLabel))


def test_a_throw_away_profile_is_called_so(bench: ShellBench) -> None:
    dialog = AboutDialog(replace(bench.screen, profile_folder=None))
    bench.show(dialog)
    assert "thrown away" in words(dialog)


def test_it_closes(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    dialog = AboutDialog(bench.screen, parent)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
