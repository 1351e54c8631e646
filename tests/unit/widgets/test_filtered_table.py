from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_order, make_screen
from workstation.domain.order_states import OrdStatus
from workstation.widgets.docks.order_table import OrderTable
from workstation.widgets.screen import Screen


def make_table(qtbot: QtBot, screen: Screen) -> OrderTable:
    table = OrderTable(screen)
    qtbot.addWidget(table)
    return table


def put(table: OrderTable, *names: str, status: OrdStatus = OrdStatus.NEW) -> None:
    table.model.put_many([make_order(name, status) for name in names])
    table.model.flush()
    table.model.finish_arranging()


def kept(screen: Screen, name: str) -> object:
    return screen.settings.get("orders").get(name)


def test_an_empty_table_says_what_will_be_here_and_how_to_get_it(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    assert "order ticket (F2)" in table.empty_text()


def test_a_filter_that_hides_all_says_so_and_can_be_taken_away(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    put(table, "W1")
    table.choose("filled")
    table.find_field.setText("corn")
    table.model.finish_arranging()
    assert "match this filter" in table.empty_text()
    table.show_everything()
    table.model.finish_arranging()
    assert table.model.rowCount() == 1
    assert table.choice() == "all"


def test_chip_and_columns_survive_a_restart_and_the_typed_words_do_not(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    table = make_table(qtbot, screen)
    number = next(place for place, column in enumerate(table.model.columns) if column.key == "tif")
    table.view.columns.set_shown(number, False)
    table.choose("working")
    table.find_field.setText("corn")
    qtbot.waitUntil(lambda: kept(screen, "chip") == "working")
    again = make_table(qtbot, screen)
    assert again.choice() == "working"
    assert again.find_field.text() == ""
    assert again.view.isColumnHidden(number)
    assert not again.view.isColumnHidden(number - 1)


def test_damaged_settings_give_the_first_arrangement(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    screen.settings.put("orders", {"columns": "{", "chip": 7})
    table = make_table(qtbot, screen)
    assert table.choice() == "all"
    assert table.model.columns[table.view.columns.shown()[0]].key == "account"


def test_other_settings_of_the_section_stay(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    screen.settings.put("orders", {"confirm_cancel": "ALWAYS"})
    table = make_table(qtbot, screen)
    table.choose("working")
    qtbot.waitUntil(lambda: kept(screen, "chip") == "working")
    assert kept(screen, "confirm_cancel") == "ALWAYS"


def test_counts_follow_the_rows(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    put(table, "W1", "W2")
    put(table, "W3", status=OrdStatus.IN_DOUBT)
    assert table.chips is not None
    qtbot.waitUntil(lambda: table.chips is not None and table.chips.button("all").text() == "all 3")
    assert table.chips.button("in_doubt").text() == "in doubt 1"
    assert table.chips.button("in_doubt").property("urgent") is True


def test_a_row_is_found_through_the_filter(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    put(table, "W1", "W2")
    table.choose("filled")
    assert table.show_key("W2")
    assert [order.cl_ord_id for order in table.selected_orders()] == ["W2"]
    assert not table.show_key("W9")


def test_the_focus_goes_to_a_row(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    put(table, "W1")
    with qtbot.waitActive(table):
        table.show()
    table.find_field.setFocus()
    qtbot.keyClick(table.find_field, Qt.Key.Key_Down)
    assert table.view.hasFocus()
    assert table.view.currentIndex().row() == 0


def test_selected_rows_can_be_copied(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    put(table, "W1")
    table.view.selectRow(0)
    table.copy_action.trigger()
    assert "ZCZ26" in QGuiApplication.clipboard().text()


def test_headings_never_look_through_the_selection(qtbot: QtBot) -> None:
    table = make_table(qtbot, make_screen()[0])
    put(table, *(f"W{number}" for number in range(50)))
    table.view.selectAll()
    assert len(table.selected_orders()) == 50
    assert not table.view.horizontalHeader().selectionModel().hasSelection()
