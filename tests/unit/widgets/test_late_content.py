"""Content is built once, when somebody looks or asks."""

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from workstation.widgets.late_content import LateContent


def test_nothing_is_built_before_it_is_shown(qtbot: QtBot) -> None:
    built: list[QLineEdit] = []

    def build() -> QWidget:
        built.append(QLineEdit("here"))
        return built[-1]

    late = LateContent(build)
    qtbot.addWidget(late)
    assert not late.is_built
    with qtbot.waitExposed(late):
        late.show()
    assert late.is_built
    assert built[0].isVisible()
    late.hide()
    late.show()
    assert late.content() is built[0]
    assert len(built) == 1


def test_the_focus_goes_into_the_content(qtbot: QtBot) -> None:
    late = LateContent(lambda: QLineEdit("here"))
    qtbot.addWidget(late)
    with qtbot.waitExposed(late):
        late.show()
    late.activateWindow()
    qtbot.waitUntil(late.isActiveWindow)
    late.focus_first()
    assert QApplication.focusWidget() is late.content()


def test_asking_for_the_focus_builds_it(qtbot: QtBot) -> None:
    late = LateContent(QWidget)
    qtbot.addWidget(late)
    late.focus_first()
    assert late.is_built


def test_it_tells_when_it_is_built_and_only_once(qtbot: QtBot) -> None:
    late = LateContent(lambda: QLineEdit("here"))
    qtbot.addWidget(late)
    told: list[QWidget] = []
    late.built.connect(told.append)
    content = late.content()
    late.focus_first()
    assert told == [content]
