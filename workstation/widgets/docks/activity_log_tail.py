"""A view that follows its end, and stands still while somebody reads further up.

Standing still means: the line under the eye stays where it is, also when the oldest lines go. The line is remembered by
its key, because rows on their way out pass through other places first. What comes meanwhile is counted, and one press
goes back to the end.
"""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from workstation.widgets.fast_table import FastTable


class FollowedTail(QObject):
    """Keeps one table at its end."""

    missed_changed = Signal(int)
    """So many rows came since the trader scrolled away from the end; 0 while it is followed."""

    def __init__(self, view: FastTable) -> None:
        super().__init__(view)
        self._view = view
        self._following = True
        self._missed = 0
        self._ours = False
        self._anchor: Any = None
        self._settled = QTimer(self, singleShot=True, interval=0)
        model = view.rows()
        model.layoutAboutToBeChanged.connect(self._unsettle)
        model.rowsAboutToBeRemoved.connect(self._unsettle)
        model.rowsInserted.connect(self._came)
        model.rowsRemoved.connect(self._stay)
        model.layoutChanged.connect(self._stay)
        view.verticalScrollBar().valueChanged.connect(self._scrolled)
        view.verticalScrollBar().rangeChanged.connect(self._range_changed)

    @property
    def following(self) -> bool:
        """Whether the end is in view and will stay there."""
        return self._following

    def follow(self) -> None:
        """Go to the end, and stay with it."""
        self._following = True
        self._count(0)
        self._stay()

    def _came(self, _parent: QModelIndex, first: int, last: int) -> None:
        if not self._following:
            self._count(self._missed + last - first + 1)
        self._stay()

    def _unsettle(self) -> None:
        """Expect Qt to move the bar: it brings the current row into view when its row goes."""
        self._settled.start()

    def _stay(self) -> None:
        """Go to the end, or back to the line under the eye; one that is gone was the oldest."""
        if self._following:
            self._move(self._view.verticalScrollBar().maximum())
        else:
            self._move(self._view.rows().row_of(self._anchor) or 0)

    def _range_changed(self, _least: int, most: int) -> None:
        # A shorter table pushes the bar down to its end: that is not the trader's wish.
        self._ours = self._view.verticalScrollBar().value() > most
        if self._following:
            self._move(most)

    def _move(self, value: int) -> None:
        self._ours = True
        self._view.verticalScrollBar().setValue(value)
        self._ours = False

    def _scrolled(self, value: int) -> None:
        """Take a move of the bar that was not ours as the trader's wish."""
        if self._ours:
            self._ours = False
            return
        if self._settled.isActive():
            return
        self._following = value >= self._view.verticalScrollBar().maximum()
        if self._following:
            self._count(0)
        else:
            model = self._view.rows()
            self._anchor = model.key_of(model.record_at(value)) if value < model.rowCount() else None

    def _count(self, missed: int) -> None:
        if missed != self._missed:
            self._missed = missed
            self.missed_changed.emit(missed)
