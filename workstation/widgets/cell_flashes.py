"""Marks cells whose figures just changed, for a moment and once: a flash catches the eye, blinking wears it out."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.item_models.columns import Align, RowLook
from workstation.item_models.row_model import RowModel

FLASH_MS = 350
_MOST_ROWS = 200


class CellFlashes(QObject):
    """The cells of one table that are marked now. Words and ages change unmarked; without `enabled` all do."""

    ended = Signal(int, frozenset)
    """The marks of a row are over: its row, and the numbers of the columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = True
        self._model: RowModel[Any, Any] | None = None
        self._marked: dict[Any, set[int]] = {}
        self._timer = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._timer.timeout.connect(self._end)

    @property
    def any(self) -> bool:
        """Whether any cell is marked."""
        return bool(self._marked)

    def attach(self, model: RowModel[Any, Any]) -> None:
        """Follow a model."""
        self._model = model
        model.look_changed.connect(self._mark)

    def detach(self) -> None:
        """Follow nothing."""
        if self._model is not None:
            self._model.look_changed.disconnect(self._mark)
        self._model = None
        self._marked.clear()

    def in_row(self, row: int) -> Collection[int]:
        """Return the columns of `row` that are marked."""
        if not self._marked or self._model is None:
            return ()
        return self._marked.get(self._model.key_of(self._model.record_at(row)), ())

    def _mark(self, row: int, before: RowLook, after: RowLook) -> None:
        if not self.enabled or self._model is None or len(self._marked) >= _MOST_ROWS:
            return
        columns = self._model.columns
        changed = {
            number
            for number, (old, new) in enumerate(zip(before.texts, after.texts, strict=True))
            if old != new and not columns[number].live and columns[number].align is not Align.TEXT
        }
        if changed:
            self._marked.setdefault(self._model.key_of(self._model.record_at(row)), set()).update(changed)
            if not self._timer.isActive():
                self._timer.start()

    def _end(self) -> None:
        marked, self._marked = self._marked, {}
        for key, numbers in marked.items():
            row = self._model.row_of(key) if self._model is not None else None
            if row is not None:
                self.ended.emit(row, frozenset(numbers))
