"""The timeline of one order as rows: when, how long after the row before, and what.

The history is short and read as a whole, so new rows are only ever added at its end.
"""

from datetime import UTC, tzinfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workstation.desk.commands import HistoryEntry
from workstation.item_models.number_text import date_time_text, time_text

HEADERS = ("time", "after", "what", "kind")
_TOOLTIPS = (
    "When it happened, on this computer's clock",
    "Time since the row above",
    "What happened",
    "What the journal calls it",
)

_Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractTableModel):
    """Rows of :class:`HistoryEntry`, oldest first."""

    def __init__(self, zone: tzinfo = UTC, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._entries: tuple[HistoryEntry, ...] = ()

    def show(self, entries: tuple[HistoryEntry, ...]) -> None:
        """Take the whole history; rows that are there already stay, so that a selection survives."""
        known = len(self._entries)
        if entries[:known] != self._entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
        elif len(entries) > known:
            self.beginInsertRows(QModelIndex(), known, len(entries) - 1)
            self._entries = entries
            self.endInsertRows()

    def entry(self, row: int) -> HistoryEntry:
        """Return the entry of `row`."""
        return self._entries[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and signature
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the words of a header."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(HEADERS):
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TOOLTIPS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 1 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            entry = self._entries[row]
            return f"{date_time_text(entry.time_ns, self._zone)}\n{entry.title}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: int, column: int) -> str:
        entry = self._entries[row]
        if column == 0:
            return time_text(entry.time_ns, self._zone)
        if column == 1:
            return latency_text(entry.time_ns - self._entries[row - 1].time_ns) if row else ""
        return entry.title if column == 2 else entry.kind.replace("_", " ").lower()


def latency_text(duration_ns: int) -> str:
    """Write how long a step took, in the unit that keeps three digits; a clock that went back says so."""
    if duration_ns < 0:
        return "clock set back"
    if duration_ns < 1_000_000:
        return f"+{duration_ns // 1_000} µs"
    if duration_ns < 1_000_000_000:
        tenths = duration_ns // 100_000
        return f"+{tenths // 10}.{tenths % 10} ms"
    seconds, rest = divmod(duration_ns, 1_000_000_000)
    if seconds < 60:
        return f"+{seconds}.{rest // 100_000_000} s"
    return f"+{seconds // 60} min {seconds % 60:02d} s"
