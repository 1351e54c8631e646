import csv
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_order, make_screen
from workstation.domain.order_states import OrdStatus
from workstation.widgets.docks.order_table import OrderTable
from workstation.widgets.table_export import TableExport


def make_table(qtbot: QtBot, count: int) -> OrderTable:
    table = OrderTable(make_screen()[0])
    qtbot.addWidget(table)
    table.model.put_many([make_order(f"W{number}", OrdStatus.REJECTED, text="=1+1") for number in range(count)])
    table.model.flush()
    table.model.finish_arranging()
    return table


def test_the_file_holds_what_is_shown_in_the_columns_that_are_shown(qtbot: QtBot, tmp_path: Path) -> None:
    table = make_table(qtbot, 4_500)
    export = TableExport(table.view, "orders.csv", table)
    with qtbot.waitSignal(export.ended, timeout=20_000) as ended:
        export.write(str(tmp_path / "orders.csv"))
        assert not export.action.isEnabled()
    assert ended.args is not None
    assert ended.args[0] is True
    with (tmp_path / "orders.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 4_501
    assert rows[0][:3] == ["Account", "Symbol", "Side"]
    assert rows[1][-1] == "'=1+1"
    assert export.action.isEnabled()


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    table = make_table(qtbot, 1)
    export = TableExport(table.view, "orders.csv", table)
    with qtbot.waitSignal(export.ended) as ended:
        export.write(str(tmp_path / "no such folder" / "orders.csv"))
    assert ended.args is not None
    assert ended.args[0] is False
    assert "Choose another place" in ended.args[1]
    assert export.action.isEnabled()
