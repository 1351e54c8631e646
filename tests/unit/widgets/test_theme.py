"""The look follows the trader first and the system second, and survives settings that make no sense."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.support.shell_bench import ShellBench
from workstation.domain.order_terms import Side
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.theme import SECTION, ZOOM_STEPS, Theme, ThemeMode
from workstation.widgets.theme_colours import Role, SideScheme


def test_where_the_system_does_not_say_dark_is_taken(bench: ShellBench) -> None:
    if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Light:
        pytest.skip("this platform prefers light")
    assert bench.screen.theme.is_dark


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
def test_a_mode_changes_palette_and_sheet_at_once(bench: ShellBench, qapp: QApplication, mode: ThemeMode) -> None:
    theme = bench.screen.theme
    with bench.qtbot.waitSignal(theme.changed):
        theme.set_mode(mode)
    assert theme.is_dark is (mode is ThemeMode.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour(Role.WINDOW)
    assert theme.colours.name(Role.WINDOW) in qapp.styleSheet()


def test_a_colour_that_was_made_fainter_changes_no_other(bench: ShellBench) -> None:
    theme = bench.screen.theme
    for colour in (theme.colour(Role.PANEL), theme.side_colour(Side.BUY)):
        colour.setAlpha(1)
    assert theme.colour(Role.PANEL).alpha() == 255
    assert theme.side_colour(Side.BUY).alpha() == 255


def test_the_sheet_has_no_holes(bench: ShellBench) -> None:
    assert "@" not in bench.screen.theme.style_sheet()


def test_choices_are_kept(bench: ShellBench) -> None:
    theme = bench.screen.theme
    theme.set_mode(ThemeMode.LIGHT)
    theme.set_sides(SideScheme.GREEN_RED)
    theme.set_reduce_motion(True)
    theme.set_zoom(150)
    again = Theme(bench.screen.settings)
    assert (again.mode, again.sides, again.reduce_motion, again.zoom_percent) == (
        ThemeMode.LIGHT,
        SideScheme.GREEN_RED,
        True,
        150,
    )


def test_settings_that_make_no_sense_fall_back(qapp: QApplication) -> None:
    settings = MemorySettings()
    settings.put(SECTION, {"mode": "purple", "sides": 7, "zoom_percent": "big", "reduce_motion": "yes"})
    theme = Theme(settings)
    assert (theme.mode, theme.sides, theme.zoom_percent) == (ThemeMode.SYSTEM, SideScheme.BLUE_ORANGE, 100)
    assert theme.reduce_motion is False
    settings.put(SECTION, {"zoom_percent": 5000})
    assert Theme(settings).zoom_percent == ZOOM_STEPS[-1]


def test_rules_of_a_widget_wait_for_the_dress(qapp: QApplication, qtbot: QtBot) -> None:
    before = qapp.styleSheet()
    theme = Theme(MemorySettings())
    theme.install(qapp, dressed=False)
    worn, gone, later = QLabel("worn"), QLabel("gone"), QLabel("later")
    for label in (worn, later):
        qtbot.addWidget(label)
    try:
        theme.wear(worn, "QLabel { color: red; }")
        theme.wear(worn, "QLabel { color: blue; }")
        theme.wear(gone, "QLabel { color: red; }")
        assert worn.styleSheet() == ""
        delete(gone)
        theme.dress()
        assert worn.styleSheet() == "QLabel { color: blue; }"
        theme.wear(later, "QLabel { color: red; }")
        assert later.styleSheet() == "QLabel { color: red; }"
    finally:
        qapp.setStyleSheet(before)


def test_zoom_goes_by_steps_and_stops_at_the_ends(bench: ShellBench, qapp: QApplication) -> None:
    theme = bench.screen.theme
    seen = []
    for _ in range(10):
        theme.zoom_in()
        seen.append(theme.zoom_percent)
    assert seen[-1] == 200
    assert sorted(set(seen)) == [step for step in ZOOM_STEPS if step > 100]
    assert qapp.font().pixelSize() == 24
    for _ in range(10):
        theme.zoom_out()
    assert theme.zoom_percent == 80


def test_lengths_scale_and_never_vanish(bench: ShellBench) -> None:
    theme = bench.screen.theme
    theme.set_zoom(200)
    assert (theme.px(10), theme.px(0.5), theme.px(0)) == (20, 1, 0)
    theme.set_zoom(80)
    assert theme.px(1) == 1


def test_a_side_has_its_colour(bench: ShellBench) -> None:
    theme = bench.screen.theme
    assert theme.side_colour(Side.BUY) == theme.colour(Role.BUY)
    assert theme.side_colour(Side.SELL) == theme.colour(Role.SELL)


def test_disabled_words_look_disabled(bench: ShellBench) -> None:
    palette = bench.screen.theme.palette()
    off = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert off == bench.screen.theme.colour(Role.TEXT_DISABLED)
