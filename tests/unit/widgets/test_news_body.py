"""The reader loads nothing, and follows a link only after a question."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workstation.widgets.dialogs.open_link import OpenLinkDialog
from workstation.widgets.news_body import NewsBody

PAGE = QUrl("https://www.ecb.europa.eu/press?x=1")


class Watched(NewsBody):
    """Keeps what was asked to be loaded or opened."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        super().__init__()
        self.link_agreed.disconnect()
        self.opened: list[str] = []
        self.link_agreed.connect(lambda url: self.opened.append(url.toString()))

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: N802, A002
        self.loaded.append(str(name))
        return super().loadResource(type, name)


def shown_body(qtbot: QtBot, html: str) -> Watched:
    body = Watched()
    qtbot.addWidget(body)
    body.resize(400, 200)
    with qtbot.waitExposed(body):
        body.show()
    body.show_html("A title", html)
    return body


def test_nothing_is_loaded_whatever_the_body_asks_for(qtbot: QtBot) -> None:
    html = "<img src='https://evil.example/x.png'><link rel=stylesheet href='https://evil.example/x.css'><p>words</p>"
    body = shown_body(qtbot, html)
    body.grab()
    assert body.loaded == []
    assert body.toPlainText() == "words"


def test_even_raw_html_gets_no_resource(qtbot: QtBot) -> None:
    body = shown_body(qtbot, "")
    body.setHtml("<img src='file:///etc/hostname'><p>x</p>")
    body.grab()
    assert body.loaded
    image = body.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/hostname"))
    assert not bytes(image) and not isinstance(image, QImage)  # type: ignore[call-overload]  # noqa: PT018
    body.setSource(QUrl("file:///etc/hostname"))
    assert "x" in body.toPlainText()


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_link_asks_first(qtbot: QtBot) -> None:
    body = shown_body(qtbot, f"<a href='{PAGE.toString()}'>statement of the bank</a>")
    QTest.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 14))
    dialog = body.findChild(OpenLinkDialog)
    assert dialog is not None
    assert body.opened == []
    dialog.stay.click()
    assert body.opened == []
    body.ask_to_open(PAGE)
    open_one = next(each for each in body.findChildren(OpenLinkDialog) if each.isVisible())
    open_one.go.click()
    assert body.opened == [PAGE.toString()]


def test_what_is_no_web_page_is_never_followed(qtbot: QtBot) -> None:
    body = shown_body(qtbot, "")
    for target in ("file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.example", "https://a@b.example"):
        body.ask_to_open(QUrl(target))
    assert body.findChildren(OpenLinkDialog) == []


def test_the_text_begins_at_its_top(qtbot: QtBot) -> None:
    body = shown_body(qtbot, "<p>line</p>" * 200)
    body.verticalScrollBar().setValue(500)
    body.show_html("Another", "<p>line</p>" * 200)
    assert body.verticalScrollBar().value() == 0
    assert body.documentTitle() == "Another"
