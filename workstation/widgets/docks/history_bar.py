"""The row over the history: whose, from when, and what to do with it."""

from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from workstation.item_models.naming import Naming
from workstation.widgets.docks.history_range import HistoryRange, bounds
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.choice_boxes import AccountBox, QuietBox, QuietDate


class HistoryBar(FlowRow):
    """Account, stretch of time, refresh and export."""

    changed = Signal()
    """Another account or another stretch."""
    refresh_requested = Signal()

    def __init__(self, screen: Screen, export: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.account = AccountBox(screen.services, self)
        self.account.setMinimumWidth(screen.theme.px(180))
        self.range = QuietBox("Stretch of time", self)
        self.first, self.last = (self._day(name) for name in ("From", "To"))
        self._refresh = QPushButton("Ask again", self)
        self._refresh.setAutoDefault(False)
        self._export = QToolButton(self)
        self._export.setDefaultAction(export)
        for choice in HistoryRange:
            self.range.add_entry(choice.value, choice.value)
        self.range.setMinimumContentsLength(len(HistoryRange.MONTH.value))
        with QSignalBlocker(self.range):
            self.range.setCurrentIndex(1)
        self.add(self.account, self.range, self.first, self.last, self._refresh, self._export)
        self.account.chosen.connect(self.changed)
        self.range.currentIndexChanged.connect(lambda _row: self._range_changed())
        self.first.dateChanged.connect(lambda _day: self.changed.emit())
        self.last.dateChanged.connect(lambda _day: self.changed.emit())
        self._refresh.clicked.connect(self.refresh_requested)
        self._show_days()

    def chosen(self) -> HistoryRange:
        """Return the chosen stretch."""
        return HistoryRange(self.range.currentText())

    def choose(self, wanted: HistoryRange) -> None:
        """Choose a stretch, as the trader does."""
        self.range.setCurrentIndex(self.range.index_of(wanted.value))

    def bounds(self) -> tuple[int, int]:
        """Return start and end of what is chosen, epoch nanoseconds; an end of 0 is "until now"."""
        first, last = (_to_date(field.date()) for field in (self.first, self.last))
        return bounds(self.chosen(), self._screen.clock.now_ns(), self._zone(), first, last)

    def set_offered(self, offered: bool) -> None:
        """Grey out what makes no sense where the venue has no history."""
        for widget in (self.range, self.first, self.last, self._refresh, self._export):
            widget.setEnabled(offered)

    def _range_changed(self) -> None:
        self._show_days()
        self.changed.emit()

    def _show_days(self) -> None:
        custom = self.chosen() is HistoryRange.CUSTOM
        self.first.setVisible(custom)
        self.last.setVisible(custom)

    def _day(self, name: str) -> QuietDate:
        today = datetime.fromtimestamp(self._screen.clock.now_ns() // 1_000_000_000, self._zone()).date()
        field = QuietDate(QDate(today.year, today.month, today.day), self)
        field.setAccessibleName(name)
        inside = field.lineEdit()
        if inside is not None:
            inside.setAccessibleName(name)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setCalendarPopup(True)
        return field

    def _zone(self) -> tzinfo:
        return Naming.of(self._screen.services).zone or UTC


def _to_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
