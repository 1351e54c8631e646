"""Where a link leads is readable in full, and staying is the safe choice."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from workstation.widgets.dialogs.open_link import OpenLinkDialog

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
LONG = QUrl("https://пример.example/" + "a-long-path/" * 40)


def test_it_names_the_host_and_the_whole_address(qtbot: QtBot) -> None:
    dialog = OpenLinkDialog(LONG)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel)).replace("\u200b", "")
    assert "leads to xn--e1afmkfd.example:" in said
    assert LONG.toEncoded().data().decode() in said
    assert dialog.address.heightForWidth(dialog.address.width()) <= dialog.address.height()


def test_escape_stays(qtbot: QtBot) -> None:
    dialog = OpenLinkDialog(LONG)
    qtbot.addWidget(dialog)
    heard: list[QUrl] = []
    dialog.agreed.connect(heard.append)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert heard == []


def test_only_the_word_opens_it(qtbot: QtBot) -> None:
    dialog = OpenLinkDialog(LONG)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.agreed) as agreed:
        dialog.go.click()
    assert agreed.args == [LONG]
