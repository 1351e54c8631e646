import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS, make_fill, make_order, make_screen
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import Done, HistoryEntry, OrderHistory, QueryOrder, ReadOrderHistory
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.order_detail import OrderDetail
from workstation.widgets.screen import Screen

W1 = ClOrdID("W1")


def history(*titles: str) -> OrderHistory:
    return OrderHistory(
        cl_ord_id=W1,
        entries=tuple(
            HistoryEntry(seq=seq, time_ns=START_NS + seq, kind="NOTE", title=title, body=f"raw of {title}")
            for seq, title in enumerate(titles)
        ),
    )


@pytest.fixture
def shown(qtbot: QtBot) -> tuple[OrderDetail, Screen, FakeDeskClient]:
    screen, desk = make_screen()
    screen.services.dispatch([make_order("W1")])
    detail = OrderDetail(W1, screen)
    detail.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(detail)
    return detail, screen, desk


def button(detail: OrderDetail, name: str) -> QPushButton:
    return next(found for found in detail.findChildren(QPushButton) if found.text() == name)


def test_the_timeline_and_the_last_raw_message_stand_there(shown: tuple[OrderDetail, Screen, FakeDeskClient]) -> None:
    detail, _, desk = shown
    desk.answer(history("click", "sent"))
    assert detail.timeline.rowCount() == 2
    assert detail.raw_text() == "raw of sent"
    assert detail.windowTitle() == "Order 111 · ZCZ26 · Main"


def test_news_about_the_order_reads_the_journal_again(shown: tuple[OrderDetail, Screen, FakeDeskClient]) -> None:
    detail, screen, desk = shown
    desk.answer(history("click"))
    screen.services.dispatch([make_order("W1", OrdStatus.FILLED, filled=5)])
    assert len(desk.of(ReadOrderHistory)) == 2
    desk.answer(history("click", "filled"))
    assert detail.timeline.rowCount() == 2
    assert "5 of 5" in detail.facts_text()


def test_a_flood_of_news_asks_once_more_not_once_each(shown: tuple[OrderDetail, Screen, FakeDeskClient]) -> None:
    _, screen, desk = shown
    for _ in range(10):
        screen.services.dispatch([make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=1)])
    desk.answer(history("click"))
    desk.answer(history("click", "fill"))
    assert len(desk.of(ReadOrderHistory)) == 2


def test_news_about_other_orders_asks_nothing(shown: tuple[OrderDetail, Screen, FakeDeskClient]) -> None:
    _, screen, desk = shown
    screen.services.dispatch([make_order("W2")])
    assert len(desk.of(ReadOrderHistory)) == 1


def test_a_row_the_trader_looks_at_is_not_taken_away(
    shown: tuple[OrderDetail, Screen, FakeDeskClient],
) -> None:
    detail, screen, desk = shown
    desk.answer(history("click", "sent"))
    table = detail.findChild(QTableView)
    table.selectRow(0)
    screen.services.dispatch([make_order("W1", OrdStatus.FILLED, filled=5)])
    desk.answer(history("click", "sent", "filled"))
    assert detail.raw_text() == "raw of click"


def test_fills_appear_as_they_come(shown: tuple[OrderDetail, Screen, FakeDeskClient]) -> None:
    detail, screen, _ = shown
    order = make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=2)
    screen.services.dispatch([order, make_fill(order, "x", 2, "588.25"), make_fill(order, "x", 2, "588.25")])
    assert detail.facts_text().count("2 at 588^2") == 1


def test_query_asks_the_venues_books_and_nothing_else(
    shown: tuple[OrderDetail, Screen, FakeDeskClient], qtbot: QtBot
) -> None:
    detail, _, desk = shown
    desk.answer(history())
    qtbot.mouseClick(button(detail, "Query now"), Qt.MouseButton.LeftButton)
    assert desk.of(QueryOrder) == [QueryOrder(cl_ord_id=W1)]
    desk.answer(Done(text="The order book was asked for."))
    assert detail.notice_text() == "The order book was asked for."


def test_a_stopped_engine_is_said(shown: tuple[OrderDetail, Screen, FakeDeskClient]) -> None:
    detail, _, desk = shown
    desk.fail(EngineGone("The engine has stopped."))
    assert "cannot be read" in detail.notice_text()


def test_the_raw_message_can_be_copied(shown: tuple[OrderDetail, Screen, FakeDeskClient], qtbot: QtBot) -> None:
    detail, _, desk = shown
    assert not button(detail, "Copy raw message").isEnabled()
    desk.answer(history("click", "sent"))
    qtbot.mouseClick(button(detail, "Copy raw message"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "raw of sent"
    qtbot.mouseClick(button(detail, "Copy everything"), Qt.MouseButton.LeftButton)
    assert "raw of click" in QApplication.clipboard().text()


def test_closing_says_which_window_is_gone(shown: tuple[OrderDetail, Screen, FakeDeskClient], qtbot: QtBot) -> None:
    detail, _, _ = shown
    detail.show()
    with qtbot.waitSignal(detail.closed) as signal:
        qtbot.keyClick(detail, Qt.Key.Key_Escape)
    assert signal.args == [W1]


def test_an_order_in_doubt_can_be_settled_by_hand_from_here(
    shown: tuple[OrderDetail, Screen, FakeDeskClient], qtbot: QtBot
) -> None:
    detail, screen, _ = shown
    settle = button(detail, "Settle by hand…")
    assert settle.isHidden()
    screen.services.dispatch([make_order("W1", OrdStatus.IN_DOUBT)])
    assert not settle.isHidden()
    with qtbot.waitSignal(detail.settle_requested) as asked:
        settle.click()
    assert asked.args == [W1]
