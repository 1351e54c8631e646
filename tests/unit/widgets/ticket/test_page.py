"""The page: as high as its content at its width, so that nothing is cut and no bar appears without need."""

from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout
from pytestqt.qtbot import QtBot

from workstation.widgets.ticket.page import TicketPage


def test_a_page_that_fits_has_no_scroll_bar_and_a_longer_one_has(qtbot: QtBot) -> None:
    page, area = TicketPage(), QScrollArea()
    qtbot.addWidget(area)
    column = QVBoxLayout(page)
    label = QLabel("some words " * 30)
    label.setWordWrap(True)
    column.addWidget(label)
    column.addStretch(1)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(300, 40 + page.layout().totalHeightForWidth(280))
    area.show()
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    label.setText("some words " * 300)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert label.height() >= label.heightForWidth(label.width())


def test_an_empty_page_asks_for_nothing_special(qtbot: QtBot) -> None:
    page = TicketPage()
    qtbot.addWidget(page)
    assert page.minimumSizeHint().height() <= 0
