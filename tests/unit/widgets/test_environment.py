import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation.domain.connection import Environment
from workstation.item_models.words import word
from workstation.widgets.environment import ENVIRONMENT_SENTENCE, EnvironmentBadge, EnvironmentFrame, most_serious
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role


@pytest.fixture
def theme(bench: ShellBench) -> Theme:
    return bench.screen.theme


def frame(qtbot: QtBot, theme: Theme, environment: Environment | None) -> QImage:
    made = EnvironmentFrame(theme)
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show_environment(environment)
    return made.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def row(image: QImage, y: int) -> list[int]:
    return [image.pixelColor(x, y).lightness() for x in range(20, image.width() - 20)]


def column(image: QImage, x: int) -> list[int]:
    return [image.pixelColor(x, y).lightness() for y in range(8)]


def lines(levels: list[int], ground: int) -> int:
    """Return how many separate lines are crossed."""
    marks = [abs(level - ground) > 20 for level in levels]
    return sum(mark and not before for before, mark in zip([False, *marks], marks, strict=False))


def test_frames_differ_without_any_colour(qtbot: QtBot, theme: Theme) -> None:
    grounds = frame(qtbot, theme, None).pixelColor(100, 50).lightness()
    live, demo, simulated = (frame(qtbot, theme, environment) for environment in Environment)
    assert len(set(row(live, 1))) == 1  # solid
    assert lines(column(live, 100), grounds) == 1
    assert len(set(row(demo, 0))) == 1
    assert lines(column(demo, 100), grounds) == 2  # double
    assert lines(row(simulated, 1), grounds) > 5  # dashed


def test_without_a_connection_there_is_no_frame(qtbot: QtBot, theme: Theme) -> None:
    bare = frame(qtbot, theme, None)
    assert len({bare.pixelColor(x, y).rgb() for x in range(0, 200, 3) for y in range(100)}) == 1


@pytest.mark.parametrize("environment", Environment)
def test_the_word_is_in_the_badge_and_never_cut(qtbot: QtBot, theme: Theme, environment: Environment) -> None:
    badge = EnvironmentBadge(theme, environment)
    qtbot.addWidget(badge)
    assert badge.accessibleName() == ENVIRONMENT_SENTENCE[environment]
    assert badge.accessibleName().startswith(word(environment))
    for zoom in (80, 200):
        theme.set_zoom(zoom)
        assert badge.minimumSizeHint().width() > badge.fontMetrics().horizontalAdvance(word(environment))
    badge.resize(badge.sizeHint())
    shades = {badge.grab().toImage().pixelColor(x, badge.height() // 2).rgb() for x in range(badge.width())}
    assert len(shades) > 3


def test_live_is_the_only_filled_badge(qtbot: QtBot, theme: Theme) -> None:
    filled = {}
    for environment in Environment:
        badge = EnvironmentBadge(theme, environment)
        qtbot.addWidget(badge)
        badge.resize(80, 30)
        filled[environment] = badge.grab().toImage().pixelColor(12, 8).name() == theme.colour(Role.LIVE).name()
    assert filled == {Environment.LIVE: True, Environment.DEMO: False, Environment.SIMULATED: False}


def test_a_badge_changes_its_word(qtbot: QtBot, theme: Theme) -> None:
    badge = EnvironmentBadge(theme)
    qtbot.addWidget(badge)
    assert (badge.environment, badge.accessibleName()) == (None, "No connection yet.")
    badge.show_environment(Environment.LIVE)
    assert badge.environment is Environment.LIVE
    assert badge.toolTip() == "LIVE: orders here trade real money."


def test_one_live_connection_makes_the_window_live(bench: ShellBench) -> None:
    assert most_serious([]) is None
    profiles = [bench.list_connection("Built in", Environment.SIMULATED)]
    assert most_serious(profiles) is Environment.SIMULATED
    profiles.append(bench.list_connection("Practice", Environment.DEMO))
    assert most_serious(profiles) is Environment.DEMO
    profiles.insert(1, bench.list_connection("Firm", Environment.LIVE))
    assert most_serious(profiles) is Environment.LIVE


def test_the_frame_keeps_clear_of_what_it_holds(qtbot: QtBot, theme: Theme) -> None:
    outer, inner = EnvironmentFrame(theme), EnvironmentBadge(theme, Environment.LIVE)
    qtbot.addWidget(outer)
    outer.hold(inner)
    outer.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    for zoom in (100, 200):
        theme.set_zoom(zoom)
        margins = outer.layout().contentsMargins()
        assert margins.left() == margins.top() >= theme.px(3)
