from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from workstation.widgets.empty_note import EmptyNote


def test_the_sentence_comes_and_goes_with_the_rows(qtbot: QtBot) -> None:
    view, model = QTableView(), QStringListModel()
    qtbot.addWidget(view)
    view.setModel(model)
    note = EmptyNote(view, "No orders yet.")
    view.show()
    assert note.isVisible()
    model.setStringList(["one"])
    assert not note.isVisible()
    model.removeRows(0, 1)
    assert note.isVisible()
    assert note.text() == "No orders yet."


def test_it_covers_the_viewport_but_not_the_header(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel())
    note = EmptyNote(view, "No orders yet.")
    view.resize(500, 400)
    view.show()
    assert note.geometry() == view.viewport().rect()
    view.resize(300, 200)
    assert note.geometry() == view.viewport().rect()


def test_a_filter_can_be_taken_away_from_here(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel())
    note = EmptyNote(view, "No orders yet.")
    view.show()
    assert not note.button().isVisible()
    note.say("No order matches “ZC”.", filtered=True)
    with qtbot.waitSignal(note.clear_requested):
        note.button().click()


def test_where_the_view_is_too_low_the_sentence_is_its_tooltip_and_comes_back(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel())
    note = EmptyNote(view, "No orders yet.")
    view.resize(300, view.horizontalHeader().height() + 6)
    view.show()
    (label,) = note.findChildren(QLabel)
    assert label.isHidden()
    assert note.toolTip() == "No orders yet."
    view.resize(300, 200)
    assert label.isVisible()
    assert note.toolTip() == ""
