"""Everything about one order: its terms, its fills, its timeline with the time each step took, and the raw messages.

It stands beside the desk, not in front of it: it is a window of its own that is shown, not asked, and it reads the
journal again whenever the order changes. It sends nothing but the question to the venue's books.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workstation.desk.commands import OrderHistory, QueryOrder, ReadOrderHistory
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.item_models.naming import Naming
from workstation.item_models.timeline_model import TimelineModel
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.widgets.dialogs.order_detail_text import facts_html, heading, timeline_text
from workstation.widgets.empty_note import EmptyNote
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.order_words import OrderWords, number
from workstation.widgets.screen import Screen

NOTHING_RAW = "Select a row of the timeline: the message as it was on the wire stands here."
SETTLE_TIP = "Close this order on what the broker told you, because no book settles it"


class OrderDetail(QDialog):
    """One order in full; shown with ``show()`` and live until it is closed."""

    closed = Signal(object)
    """ClOrdID; the owner forgets the window."""
    settle_requested = Signal(object)
    """ClOrdID of an order in doubt, to be settled by hand."""

    def __init__(self, cl_ord_id: ClOrdID, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._cl_ord_id = cl_ord_id
        self._screen = screen
        self._words = OrderWords(screen.services)
        self._zone = Naming.of(screen.services).zone
        self._reading = False
        self._stale = False
        self._build()
        self._lay_out()
        self._show_order()
        screen.services.orders.orders_changed.connect(self._orders_changed)
        screen.services.orders.executions_added.connect(self._executions_added)
        screen.theme.changed.connect(self._dress)
        self.finished.connect(lambda _result: self.closed.emit(cl_ord_id))
        self._dress()
        self.read_again()

    @property
    def timeline(self) -> TimelineModel:
        """The rows that are shown."""
        return self._model

    def facts_text(self) -> str:
        """Return the facts as plain text."""
        return self._facts.text()

    def raw_text(self) -> str:
        """Return the raw message that is shown."""
        return self._raw.toPlainText()

    def notice_text(self) -> str:
        """Return the message above the timeline, or nothing."""
        return self._notice.text()

    def read_again(self) -> None:
        """Read the journal's rows of this order; a change during the reading starts one more."""
        if self._reading:
            self._stale = True
            return
        self._reading = True
        self._screen.tasks.start(self._read(), f"read history of {self._cl_ord_id}")

    async def _read(self) -> None:
        try:
            while True:
                self._stale = False
                answer = await self._screen.desk.ask(ReadOrderHistory(cl_ord_id=self._cl_ord_id))
                if isinstance(answer, OrderHistory):
                    self._show_history(answer)
                if not self._stale:
                    return
        except EngineGone as error:
            self._notice.say(Severity.ERROR, f"The history cannot be read: {error}")
        finally:
            self._reading = False

    async def _query(self, order: Order) -> None:
        try:
            answer = await self._screen.desk.ask(QueryOrder(cl_ord_id=order.cl_ord_id))
        except EngineGone as error:
            self._notice.say(Severity.ERROR, f"{self._words.title(order)}: nothing was asked. {error}")
            return
        said = getattr(answer, "text", "")
        self._notice.say(Severity.INFO, said or f"{self._words.title(order)}: the venue's books were asked.")

    def _order(self) -> Order | None:
        return self._screen.services.orders.orders.get(self._cl_ord_id)

    def _orders_changed(self, orders: list[Order]) -> None:
        if any(order.cl_ord_id == self._cl_ord_id for order in orders):
            self._show_order()
            self.read_again()

    def _executions_added(self, executions: list[Execution]) -> None:
        if any(execution.cl_ord_id == self._cl_ord_id for execution in executions):
            self._show_order()

    def _show_order(self) -> None:
        order = self._order()
        if order is None:
            self._heading.setText(f"Order {self._cl_ord_id}")
            self._facts.setText("This order is not among those that are shown; the journal may still know it.")
            return
        self.setWindowTitle(f"Order {number(order)} · {order.terms.symbol} · {self._words.alias(order.terms.account)}")
        self._heading.setText(heading(order, self._words))
        executions = self._screen.services.orders.executions.get(order.cl_ord_id, {})
        self._facts.setText(facts_html(order, tuple(executions.values()), self._words, self._zone))
        self._query_button.setVisible(not order.is_closed)
        self._settle_button.setVisible(order.ord_status is OrdStatus.IN_DOUBT)

    def _show_history(self, history: OrderHistory) -> None:
        at_end = self._table.currentIndex().row() in (-1, self._model.rowCount() - 1)
        self._model.show(history.entries)
        if at_end and history.entries:
            last = self._model.index(len(history.entries) - 1, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._table.selectionModel().setCurrentIndex(last, flags)
            self._table.scrollTo(last)

    def _show_raw(self, index: QModelIndex) -> None:
        if index.isValid():
            self._raw.setPlainText(self._model.entry(index.row()).body)
            self._copy_raw.setEnabled(True)

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)

    def _copy_all(self) -> None:
        entries = tuple(self._model.entry(row) for row in range(self._model.rowCount()))
        self._copy(f"{self._heading.text()}\n{timeline_text(entries)}")

    def _ask_query(self) -> None:
        order = self._order()
        if order is not None:
            self._screen.tasks.start(self._query(order), f"query {order.cl_ord_id}")

    def _build(self) -> None:
        self._heading = QLabel(self)
        self._heading.setWordWrap(True)
        self._heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = QLabel(self)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setWordWrap(True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.setAccessibleName("Terms, numbers and fills")
        self._notice = NoticeBar(self._screen.theme, self)
        self._model = TimelineModel(self._zone, self)
        self._table = self._make_table()
        self._raw = QPlainTextEdit(self)
        self._raw.setReadOnly(True)
        self._raw.setPlaceholderText(NOTHING_RAW)
        self._raw.setAccessibleName("Raw message of the selected row")
        self._query_button = self._button("Query now", "Ask the venue's books about this order", self._ask_query)
        self._settle_button = self._button(
            "Settle by hand…", SETTLE_TIP, lambda: self.settle_requested.emit(self._cl_ord_id)
        )
        self._settle_button.hide()
        self._copy_raw = self._button(
            "Copy raw message", "Copy the message below", lambda: self._copy(self._raw.toPlainText())
        )
        self._copy_raw.setEnabled(False)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self._model)
        table.setAccessibleName("Timeline")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._show_raw)
        self._empty = EmptyNote(table, "Reading the journal…")
        return table

    def _button(self, name: str, tip: str, does: object) -> QPushButton:
        button = QPushButton(name, self)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        button.clicked.connect(does)
        return button

    def _lay_out(self) -> None:
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        bar = FlowRow(lower)
        bar.add(self._copy_raw, self._button("Copy everything", "Copy the timeline and all messages", self._copy_all))
        below.addWidget(self._raw)
        below.addWidget(bar)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self._table)
        splitter.addWidget(lower)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        closing = QHBoxLayout()
        closing.addWidget(self._query_button)
        closing.addWidget(self._settle_button)
        closing.addStretch()
        closing.addWidget(self._button("Close", "Close this window (Esc)", self.close))
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for widget in (self._heading, self._facts, self._notice):
            layout.addWidget(widget)
        layout.addWidget(splitter, 1)
        layout.addLayout(closing)

    def _dress(self) -> None:
        theme = self._screen.theme
        self._heading.setFont(theme.font(1.25, self._heading.font().Weight.Medium))
        self._raw.setFont(theme.monospace())
        metrics = self._table.fontMetrics()
        self._table.verticalHeader().setDefaultSectionSize(metrics.height() + theme.px(6))
        padding = theme.px(16)
        for column, sample in ((0, "00:00:00.000"), (1, "+00 min 00 s"), (3, "connection")):
            self._table.setColumnWidth(column, metrics.horizontalAdvance(sample) + padding)
        self.resize(max(self.width(), metrics.averageCharWidth() * 110), max(self.height(), metrics.height() * 38))
