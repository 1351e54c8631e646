"""A table as a file: the rows that are shown, in the columns that are shown, as CSV.

The file is UTF-8 with ASCII signs, so that other programs read the numbers; a cell that a spreadsheet would take for a
formula is escaped. It is written beside its place and moved there when complete, in slices between which the window
lives on.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QSaveFile, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from workstation.item_models.export import cells
from workstation.widgets.fast_table import FastTable

SLICE = 2_000


class TableExport(QObject):
    """Offers one table as a file."""

    ended = Signal(bool, str)
    """Whether it was written, and a sentence that says so with the file's name, or why not."""

    def __init__(self, view: FastTable, file_name: str, owner: QWidget) -> None:
        super().__init__(owner)
        self._view = view
        self._owner = owner
        self._file_name = file_name
        self._file: QSaveFile | None = None
        self._slices: Iterator[str] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._write_slice)
        self.action = QAction("Export…", self)
        self.action.setToolTip("Write the rows that are shown to a CSV file")
        self.action.triggered.connect(self.ask)

    def ask(self) -> None:
        """Ask for a place, then write."""
        dialog = QFileDialog(self._owner, "Export what is shown")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Comma-separated values (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self._file_name)
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: str) -> None:
        """Write the table to `path`; one export at a time."""
        if self._file is not None:
            return
        self._file = QSaveFile(path)
        if not self._file.open(QSaveFile.OpenModeFlag.WriteOnly):
            self._end(f"{path} was not written: {self._file.errorString()}. Choose another place.")
            return
        self.action.setEnabled(False)
        self._slices = csv_slices(self._view)
        self._timer.start()

    def _write_slice(self) -> None:
        file = self._file
        if file is None:
            return
        text = next(self._slices, None)
        if text is not None:
            file.write(text.encode())
        elif file.commit():
            self._end(f"Written to {file.fileName()}.", written=True)
        else:
            self._end(f"{file.fileName()} was not written: {file.errorString()}. Choose another place.")

    def _end(self, said: str, *, written: bool = False) -> None:
        self._timer.stop()
        self._file = None
        self.action.setEnabled(True)
        self.ended.emit(written, said)


def csv_slices(table: FastTable) -> Iterator[str]:
    """Yield the heading and then the rows of `table`, as they stand at the moment of each slice."""
    model, columns = table.rows(), table.columns.shown()
    yield _csv([[model.columns[column].title for column in columns]])
    first = 0
    while first < model.rowCount():
        last = min(first + SLICE, model.rowCount())
        yield _csv(cells(model, range(first, last), columns))
        first = last


def _csv(rows: Iterable[list[str]]) -> str:
    into = io.StringIO()
    csv.writer(into).writerows(rows)
    return into.getvalue()
