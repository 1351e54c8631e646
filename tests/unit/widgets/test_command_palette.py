"""Find or do: every word counts, Enter runs one thing, Esc none."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.support.shell_bench import ShellBench
from workstation.widgets.command_palette import CommandPalette, PaletteEntry, matching

DONE: list[str] = []


def entry(title: str, hint: str = "") -> PaletteEntry:
    return PaletteEntry(title=title, hint=hint, run=lambda: DONE.append(title))


ENTRIES = [
    entry("Go to the orders", "F3"),
    entry("ZCZ26", "Corn, QST demo"),
    entry("Order detail"),
    entry("Main", "account"),
]


def titles(typed: str) -> list[str]:
    return [found.title for found in matching(ENTRIES, typed)]


def test_every_word_must_be_there_and_beginnings_come_first() -> None:
    assert titles("order") == ["Order detail", "Go to the orders"]
    assert titles("corn demo") == ["ZCZ26"]
    assert titles("corn account") == []
    assert titles("") == [each.title for each in ENTRIES]


@given(st.text(max_size=20))
def test_nothing_is_found_that_lacks_a_word(typed: str) -> None:
    for found in matching(ENTRIES, typed):
        assert all(word in f"{found.title} {found.hint}".lower() for word in typed.lower().split())


def open_palette(bench: ShellBench) -> tuple[QWidget, CommandPalette]:
    DONE.clear()
    window = QWidget()
    window.resize(800, 600)
    before = QLineEdit(window)
    bench.show(window)
    window.activateWindow()
    bench.qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    palette = CommandPalette(ENTRIES, bench.screen.theme, window)
    palette.open_over(window, 30)
    return window, palette


def test_arrows_choose_and_enter_runs(bench: ShellBench) -> None:
    window, palette = open_palette(bench)
    bench.qtbot.keyClicks(palette.field, "order")
    assert palette.titles() == ["Order detail", "Go to the orders"]
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        bench.qtbot.keyClick(palette.field, key)
    with bench.qtbot.waitSignal(palette.destroyed):
        bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert DONE == ["Go to the orders"]
    assert window.isVisible()


def test_enter_on_nothing_and_esc_do_nothing(bench: ShellBench) -> None:
    window, palette = open_palette(bench)
    bench.qtbot.keyClicks(palette.field, "no such thing")
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    with bench.qtbot.waitSignal(palette.destroyed):
        bench.qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert DONE == []
    assert isinstance(window.focusWidget(), QLineEdit)


def test_a_click_elsewhere_closes_it(bench: ShellBench) -> None:
    window, palette = open_palette(bench)
    elsewhere = window.findChild(QLineEdit)
    assert elsewhere is not None
    with bench.qtbot.waitSignal(palette.destroyed):
        elsewhere.setFocus()
    assert DONE == []
