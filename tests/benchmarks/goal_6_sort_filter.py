"""Goal 6, sort and filter 100,000 orders, next to QSortFilterProxyModel over the same model."""

import os
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QTableView

from tests.benchmarks.interleave import Figure, below, faster, interleaved, seconds
from tests.benchmarks.samples import orders
from tests.benchmarks.shown_window import shown_window
from tests.benchmarks.target import Target, application
from workstation.domain.orders import Order
from workstation.item_models.orders_model import OrdersModel

ROWS = 100_000
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "5"))
PRICE = "price"
NEEDLE = "w00004"


class PlainModel(QAbstractTableModel):
    """What one writes first: texts and plain sort keys from `data()`, a proxy for the rest."""

    def __init__(self, columns: list[list[object]]) -> None:
        super().__init__()
        self._columns = columns

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        return len(self._columns[0])

    def columnCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        return len(self._columns)

    def data(self, index: QModelIndex, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[index.column()][index.row()]
        return None


def plain_columns(model: OrdersModel, known: list[Order]) -> list[list[object]]:
    """Return the columns of the orders: prices as floats, which Qt sorts fastest, the rest as text."""
    return [
        [float(order.terms.price or 0) for order in known]
        if column.key == PRICE
        else [column.text(order) for order in known]
        for column in model.columns
    ]


class Longest:
    """The longest time that the screen had to wait while slices ran."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def drive(self, start: Callable[[], None], model: OrdersModel) -> float:
        """Run `start` and everything it left for later; return the time it all took."""
        began = last = time.perf_counter()
        start()
        while True:
            now = time.perf_counter()
            self.seconds = max(self.seconds, now - last)
            if not model.is_arranging:
                return now - began
            last = now
            application().processEvents()


def run(target: Target | None = None) -> Iterator[Figure]:
    """Sort by price and by account, filter by text and narrow it; both sides from random order, views attached."""
    target = target or shown_window().target()
    model = target.model
    known = orders(ROWS)
    model.put_many(known)
    model.flush()
    number = {column.key: place for place, column in enumerate(model.columns)}
    proxy = QSortFilterProxyModel()
    proxy.setDynamicSortFilter(False)
    proxy.setSourceModel(PlainModel(plain_columns(model, known)))
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    view = QTableView()
    view.setModel(proxy)
    view.resize(target.table.size())
    view.show()
    application().processEvents()
    longest = Longest()

    def sort_ours(column: int) -> float:
        model.sort(-1)
        model.finish_arranging()
        application().processEvents()
        return longest.drive(lambda: model.sort(column), model)

    def sort_peer(column: int) -> float:
        proxy.sort(-1)
        application().processEvents()
        return seconds(lambda: proxy.sort(column))

    for key, title in (
        (PRICE, "sort by price"),
        ("state", "sort by state (few words)"),
        ("local", "sort by number (text)"),
    ):
        ours_s, peer_s = interleaved(
            lambda key=key: sort_ours(number[key]), lambda key=key: sort_peer(number[key]), rounds=ROUNDS
        )
        yield faster(f"{title}, {ROWS:,} rows", ours_s * 1e3, peer_s * 1e3, 150)
    yield below("longest step while sorting", longest.seconds * 1e3, 8)
    model.sort(-1)
    model.finish_arranging()
    yield from _filter(model, proxy)


def _filter(model: OrdersModel, proxy: QSortFilterProxyModel) -> Iterator[Figure]:
    longest = Longest()

    def peer(text: str) -> float:
        return seconds(lambda: proxy.setFilterFixedString(text))

    def cold() -> float:
        model.set_filter()
        model.finish_arranging()
        return longest.drive(lambda: model.set_filter(text=NEEDLE), model)

    def warm() -> float:
        model.set_filter(text="w")  # every row has one: the words are ready, nothing is narrowed away
        model.finish_arranging()
        application().processEvents()
        return longest.drive(lambda: model.set_filter(text=NEEDLE), model)

    def peer_all() -> float:
        proxy.setFilterFixedString("")
        return peer(NEEDLE)

    def first() -> float:
        model.set_filter()
        model.prepare_search(True)  # the field got the focus: words are made before the first letter comes
        model.finish_arranging()
        application().processEvents()
        took = longest.drive(lambda: model.set_filter(text=NEEDLE), model)
        model.prepare_search(False)
        return took

    warm_s, first_s, cold_s, peer_s = interleaved(warm, first, cold, peer_all, rounds=ROUNDS)
    yield faster("filter by text, the first letter, in the field", first_s * 1e3, peer_s * 1e3, 300)
    yield faster("filter by text, all columns, after the first letter", warm_s * 1e3, peer_s * 1e3, 300)
    yield faster("filter by text without warning (words made)", cold_s * 1e3, peer_s * 1e3, 0, note="no target")

    def narrow() -> float:
        model.set_filter(text=NEEDLE)
        model.finish_arranging()
        application().processEvents()
        return longest.drive(lambda: model.set_filter(text=NEEDLE + "2"), model)

    def peer_narrow() -> float:
        proxy.setFilterFixedString(NEEDLE)
        return peer(NEEDLE + "2")

    ours_s, peer_s = interleaved(narrow, peer_narrow, rounds=ROUNDS)
    yield faster("one more letter", ours_s * 1e3, peer_s * 1e3, 300)

    def groups() -> float:
        model.set_filter()
        model.finish_arranging()
        application().processEvents()
        return longest.drive(lambda: model.set_filter(groups=frozenset({2})), model)

    chosen, _ = interleaved(groups, lambda: 0.0, rounds=ROUNDS)
    yield faster("a state chip, next to the proxy's text filter", chosen * 1e3, peer_s * 1e3, 300)
    yield below("longest step while filtering", longest.seconds * 1e3, 8)
