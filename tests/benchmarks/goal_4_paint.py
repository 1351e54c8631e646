"""Goal 4, full paint: the tables of the shown docks, next to Qt's own QTableWidget with the same texts, size and font.

The order book shows 33 rows of 12 columns or a little more; log and accounts are as the default layout has them.
"""

import os
from collections.abc import Iterator

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from tests.benchmarks.interleave import Figure, at_most, interleaved, seconds
from tests.benchmarks.samples import orders, repriced
from tests.benchmarks.shown_window import Shown, shown_window
from tests.benchmarks.target import application
from tests.support.dock_screen import MAIN, make_balance, make_line
from workstation.widgets.fast_table import FastTable

ROUNDS = 51
MANY = 64


def twin(table: FastTable) -> QTableWidget:
    """Return a QTableWidget that shows what the table shows."""
    model, shown = table.rows(), table.columns.shown()
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    last = last if last >= 0 else model.rowCount() - 1
    widget = QTableWidget(last - first + 1, len(shown))
    widget.verticalHeader().hide()
    for place, number in enumerate(shown):
        widget.setColumnWidth(place, table.columnWidth(number))
    for row in range(first, last + 1):
        widget.setRowHeight(row - first, table.rowHeight(row))
        texts = model.look(row).texts
        for place, number in enumerate(shown):
            item = QTableWidgetItem(texts[number])
            item.setTextAlignment(model.data(model.index(row, number), 7))
            widget.setItem(row - first, place, item)
    widget.resize(table.size())
    widget.show()
    application().processEvents()
    return widget


def run() -> Iterator[Figure]:
    """Repaint everything in each dock; then change every row of the order book and repaint."""
    limit = 0.40 if os.environ.get("QT_QPA_PLATFORM") == "xcb" else 0.30
    shown = shown_window()
    shown.target()
    dispatch = shown.screen.services.dispatch
    known = orders(MANY)
    dispatch([*known, *(make_line(seq, f"Order W{seq} is working.") for seq in range(1, MANY)), make_balance(MAIN)])
    application().processEvents()
    for name, table in _tables(shown):
        peer = twin(table)
        ours_s, peer_s = interleaved(
            lambda table=table: seconds(table.viewport().repaint),
            lambda peer=peer: seconds(peer.viewport().repaint),
            rounds=ROUNDS,
        )
        note = f"{peer.rowCount()} rows of {peer.columnCount()} columns"
        yield at_most(f"{name}: full paint, nothing changed", ours_s * 1e3, peer_s * 1e3, limit, note=note)
    yield _all_changed(shown, limit)


def _tables(shown: Shown) -> Iterator[tuple[str, FastTable]]:
    yield "order book", shown.order_book.table.view
    for name, dock in (("activity log", shown.log), ("accounts", shown.accounts)):
        found = dock.findChild(FastTable)
        assert found is not None
        yield name, found


def _all_changed(shown: Shown, limit: float) -> Figure:
    table, model = shown.order_book.table.view, shown.order_book.model
    table.columns.sort_by("local")  # rows stay where they are
    model.finish_arranging()
    known, peer = orders(MANY), twin(table)
    steps = iter(range(1, 10_000))
    places = [
        table.columns.shown().index(n) for n, column in enumerate(model.columns) if column.key in ("price", "time")
    ]

    def change_ours() -> float:
        step = next(steps)
        shown.screen.services.dispatch([repriced(order, step * 13 + n) for n, order in enumerate(known)])
        model.flush()
        return seconds(table.viewport().repaint)

    def change_peer() -> float:
        step = next(steps)
        for row in range(peer.rowCount()):
            for place in places:
                peer.item(row, place).setText(f"{step * 1.25 + row:.2f}")
        return seconds(peer.viewport().repaint)

    ours_s, peer_s = interleaved(change_ours, change_peer, rounds=ROUNDS)
    note = "text shaping included"
    return at_most("order book: full paint, every row changed", ours_s * 1e3, peer_s * 1e3, limit, note=note)
