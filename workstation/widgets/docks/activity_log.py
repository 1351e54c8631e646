"""The activity log: what happened, in plain sentences, youngest at the bottom.

The table follows its end until the trader scrolls up to read; then it stands still and says how many lines came. A
line that is about an order leads to it.
"""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from workstation.desk.messages import ActivityKind, ActivityLine
from workstation.item_models.activity_model import ActivityModel, ActivityRow
from workstation.item_models.naming import Naming
from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.docks.activity_log_tail import FollowedTail
from workstation.widgets.filter_chips import FilterChips
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen
from workstation.widgets.table_export import TableExport

ALL = "all"
CHIPS = (Chip(ALL, "all", everything=True), *(Chip(kind.value, word(kind)) for kind in ActivityKind))
_TEXT = "text"
_KIND = {kind.value: frozenset({kind}) for kind in ActivityKind}
LEVELS = (("any", "any level"), ("warnings", "! warnings"), ("errors", "✕ errors"))
_SEVERITIES = {
    "warnings": frozenset({Severity.WARNING, Severity.ERROR}),
    "errors": frozenset({Severity.ERROR}),
}
TEXTS = TableTexts(
    section="activity",
    subject="log lines",
    nothing_yet="Nothing has happened yet. Every action, answer and connection change is written here in a sentence.",
    columns=(("time", 14), ("severity", 4), ("kind", 11), ("account", 14), (_TEXT, 40)),
)


class ActivityTable(FilteredTable):
    """All lines, narrowed by kind and level."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.model = ActivityModel(Naming.of(screen.services, screen.clock))
        self.levels = FilterChips(LEVELS, "Which level", screen.theme)
        super().__init__(screen, self.model, TEXTS, CHIPS, extras=[self.levels], parent=parent)
        self.model.setParent(self)
        self.levels.chosen.connect(self.apply_filter)

    def narrow(self, choice: str, text: str) -> None:
        """Show the lines of a kind, at the chosen level."""
        self.model.show_only(_KIND.get(choice), _SEVERITIES.get(self.levels.choice()), text=text)

    def chip_counts(self) -> dict[str, int]:
        """Return the number of rows of each kind; the levels are counted on the way."""
        errors = self.model.count(severity=Severity.ERROR)
        self.levels.set_counts({"warnings": errors + self.model.count(severity=Severity.WARNING), "errors": errors})
        return {ALL: sum(self.model.counts), **{kind.value: self.model.count(kind=kind) for kind in ActivityKind}}

    def is_narrowed(self) -> bool:
        """Count the level as a filter too."""
        return super().is_narrowed() or self.levels.choice() != "any"

    def show_everything(self) -> None:
        """Take kind, level and words away."""
        self.levels.choose("any")
        super().show_everything()


class ActivityLogDock(QWidget):
    """The log with its filters, its export and the way to an order."""

    order_requested = Signal(object)
    """ClOrdID: the trader wants to see the order that a line is about."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ActivityTable(screen, self)
        self._full = QLabel(self)
        self._full.setWordWrap(True)
        self._full.setTextFormat(Qt.TextFormat.PlainText)
        self._full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._full.setAccessibleName("The selected line in full")
        self._full.hide()
        self._newer = QPushButton(self)
        self._newer.setAutoDefault(False)
        self._newer.setToolTip("Go to the end and follow it again")
        self._newer.hide()
        self.tail = FollowedTail(self.table.view)
        self.tail.missed_changed.connect(self._show_missed)
        self._newer.clicked.connect(self.tail.follow)
        self.export = TableExport(self.table.view, "activity-log.csv", self)
        self._notice = NoticeBar(screen.theme, self)
        self.order_action = QAction("Show the order", self)
        self.order_action.triggered.connect(self.go_to_order)
        self._lay_out()
        self._connect(screen)

    @property
    def model(self) -> ActivityModel:
        """The rows."""
        return self.table.model

    def focus_first(self) -> None:
        """Give the focus to the table."""
        self.table.focus_first()

    def full_text(self) -> str:
        """Return the sentence of the selected line as it stands below the table, or nothing."""
        return self._full.text() if self._full.isVisibleTo(self) else ""

    def newer_text(self) -> str:
        """Return how many lines came while the table stood still, or nothing."""
        return self._newer.text() if self._newer.isVisibleTo(self) else ""

    def notice_text(self) -> str:
        """Return what became of an export, or nothing."""
        return self._notice.text()

    def current_row(self) -> ActivityRow | None:
        """Return the record of the current row."""
        return self.table.view.current_record()

    def go_to_order(self) -> None:
        """Ask for the order that the current line is about."""
        row = self.current_row()
        if row is not None and row.line.cl_ord_id is not None:
            self.order_requested.emit(row.line.cl_ord_id)

    def _take(self, lines: list[ActivityLine]) -> None:
        self.model.put_lines(lines)

    def _show_missed(self, count: int) -> None:
        self._newer.setText(f"↓ {count:,} newer {'line' if count == 1 else 'lines'}")
        self._newer.setVisible(count > 0)

    def _show_full(self) -> None:
        row = self.current_row()
        self._full.setText(row.line.text if row else "")
        self._full.setVisible(row is not None and self._is_cut(row.line.text))
        self.order_action.setEnabled(row is not None and row.line.cl_ord_id is not None)

    def _is_cut(self, text: str) -> bool:
        """Say whether the table has no room for the whole sentence."""
        view, metrics = self.table.view, self.table.view.fontMetrics()
        right = view.visualRect(self.table.cell(0, _TEXT)).right() + 1
        room = min(right, view.viewport().width()) - view.visualRect(self.table.cell(0, _TEXT)).left()
        return "\n" in text or metrics.horizontalAdvance(text) + 2 * metrics.averageCharWidth() > room

    def _exported(self, written: bool, said: str) -> None:
        self._notice.say(Severity.INFO if written else Severity.ERROR, said)

    def _open_menu(self, position: QPoint) -> None:
        if self.current_row() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (self.order_action, self.table.copy_action, self.export.action):
            menu.addAction(action)
        menu.popup(self.table.view.viewport().mapToGlobal(position))

    def _connect(self, screen: Screen) -> None:
        screen.services.activity.lines_added.connect(self._take)
        self.export.ended.connect(self._exported)
        screen.services.accounts.accounts_changed.connect(lambda _accounts: self.model.refresh_texts())
        view = self.table.view
        view.selection_changed.connect(self._show_full)
        view.doubleClicked.connect(lambda _index: self.go_to_order())
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)

    def _lay_out(self) -> None:
        export = QToolButton(self.table.bar)
        export.setDefaultAction(self.export.action)
        export.setProperty("kind", "quiet")
        self.table.bar.add(export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(4)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._newer)
        layout.addWidget(self._full)
        layout.addWidget(self._notice)
