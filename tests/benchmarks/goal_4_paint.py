"""Goal 4, full paint: 33 x 12 cells, next to Qt's own QTableWidget with the same texts, size and font."""

import os
from collections.abc import Iterator

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from tests.benchmarks.interleave import Figure, at_most, interleaved, seconds
from tests.benchmarks.samples import orders, repriced
from tests.benchmarks.target import ROWS, Target, application, bare_target


def twin(target: Target) -> QTableWidget:
    """Return a QTableWidget that shows what the target shows."""
    table, model = target.table, target.model
    shown = table.columns.shown()
    widget = QTableWidget(ROWS, len(shown))
    widget.verticalHeader().hide()
    for place, number in enumerate(shown):
        widget.setColumnWidth(place, table.columnWidth(number))
    for row in range(ROWS):
        widget.setRowHeight(row, table.rowHeight(row))
        texts = model.look(row).texts
        for place, number in enumerate(shown):
            item = QTableWidgetItem(texts[number])
            item.setTextAlignment(model.data(model.index(row, number), 7))
            widget.setItem(row, place, item)
    widget.resize(target.window.size())
    widget.show()
    application().processEvents()
    return widget


def run(target: Target | None = None) -> Iterator[Figure]:
    """Repaint everything; then change every row and repaint."""
    target = target or bare_target()
    known = orders(ROWS)
    target.model.put_many(known)
    target.model.flush()
    application().processEvents()
    peer = twin(target)
    limit = 0.40 if os.environ.get("QT_QPA_PLATFORM") == "xcb" else 0.30
    ours_s, peer_s = interleaved(
        lambda: seconds(target.table.viewport().repaint), lambda: seconds(peer.viewport().repaint), rounds=51
    )
    yield at_most("full paint, nothing changed", ours_s * 1e3, peer_s * 1e3, limit)
    steps = iter(range(1, 10_000))

    def change_ours() -> float:
        step = next(steps)
        target.model.put_many([repriced(order, step * 13 + n) for n, order in enumerate(known)])
        target.model.flush()
        return seconds(target.table.viewport().repaint)

    def change_peer() -> float:
        step = next(steps)
        shown = target.table.columns.shown()
        price, time_column = (
            shown.index(n) for n, column in enumerate(target.model.columns) if column.key in ("price", "time")
        )
        for row in range(ROWS):
            peer.item(row, price).setText(f"{step * 1.25 + row:.2f}")
            peer.item(row, time_column).setText(f"09:41:{row:02d}.{step % 1000:03d}")
        return seconds(peer.viewport().repaint)

    ours_s, peer_s = interleaved(change_ours, change_peer, rounds=51)
    yield at_most("full paint, every row changed", ours_s * 1e3, peer_s * 1e3, limit, note="text shaping included")
