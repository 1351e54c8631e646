import pytest
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, make_order, make_screen
from workstation.domain.order_states import OrdStatus
from workstation.widgets.docks.order_table import ALL, IN_DOUBT, OrderTable


@pytest.fixture
def table(qtbot: QtBot) -> OrderTable:
    made = OrderTable(make_screen()[0])
    qtbot.addWidget(made)
    for number, status in enumerate(OrdStatus):
        made.model.put_many([make_order(f"W{number}", status)])
    made.model.flush()
    made.model.finish_arranging()
    return made


def shown(table: OrderTable) -> set[OrdStatus]:
    table.model.finish_arranging()
    return {table.model.record_at(row).ord_status for row in range(table.model.rowCount())}


def test_every_order_is_shown_at_first(table: OrderTable) -> None:
    assert table.choice() == ALL
    assert shown(table) == set(OrdStatus)


def test_an_order_in_doubt_is_never_hidden_among_the_working_ones(table: OrderTable) -> None:
    table.choose("working")
    assert {OrdStatus.NEW, OrdStatus.PENDING_CANCEL, OrdStatus.IN_DOUBT} <= shown(table)
    assert OrdStatus.FILLED not in shown(table)
    table.choose(IN_DOUBT)
    assert shown(table) == {OrdStatus.IN_DOUBT}


def test_each_end_has_its_chip(table: OrderTable) -> None:
    ends: set[OrdStatus] = set()
    for chip in ("filled", "rejected", "canceled"):
        table.choose(chip)
        ends |= shown(table)
    assert all(make_order("W1", status).is_closed for status in ends)
    assert len(ends) == sum(make_order("W1", status).is_closed for status in OrdStatus)


def test_counts_agree_with_what_is_shown(table: OrderTable) -> None:
    for chip, count in table.chip_counts().items():
        table.choose(chip)
        table.model.finish_arranging()
        assert table.model.rowCount() == count


def test_cells_are_found_by_column_and_only_while_shown(table: OrderTable) -> None:
    order = make_order("W2")
    cell = table.cell_of(order, "price")
    assert cell.data() == "588^2"
    table.find_field.setText("no such words")
    table.model.finish_arranging()
    assert not table.cell_of(order, "price").isValid()


def test_words_find_account_symbol_and_number(table: OrderTable) -> None:
    table.model.put_many([make_order("W77", account=HEDGE)])
    table.find_field.setText("hedge zcz26 1177")
    table.model.flush()
    table.model.finish_arranging()
    assert [order.cl_ord_id for order in map(table.model.record_at, range(table.model.rowCount()))] == ["W77"]
