"""What an empty table says: what will be here, and how to get it."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyNote(QWidget):
    """A sentence in the middle of a view, shown while its model has no rows.

    It lies over the viewport, so that the header with its columns stays usable. With a filter set, a button
    takes the filter away. Where the view is too low for the sentence, it is the view's tooltip: half a line is no help.
    """

    clear_requested = Signal()
    """The trader wants to see everything again."""

    def __init__(self, view: QAbstractItemView, text: str) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._label = QLabel(text, self)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._button = QPushButton("Show everything", self)
        self._button.setAccessibleName("Show everything: take the filter away")
        self._button.clicked.connect(self.clear_requested)
        layout = QVBoxLayout(self)
        sides = layout.contentsMargins().left()
        layout.setContentsMargins(sides, 0, sides, 0)
        layout.addStretch()
        layout.addWidget(self._label)
        layout.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        view.viewport().installEventFilter(self)
        self._follow(view.model())

    def say(self, text: str, *, filtered: bool = False) -> None:
        """Change the sentence; `filtered` offers to take the filter away."""
        self._label.setText(text)
        self._button.setVisible(filtered)
        self._fit()

    def refresh(self) -> None:
        """Show or hide the sentence; called by itself when rows come and go."""
        empty = self._view.model().rowCount() == 0
        if empty != self.isVisibleTo(self._view.viewport()):
            self.setVisible(empty)
        if empty:
            self._fit()

    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._label.text()

    def button(self) -> QPushButton:
        """Return the button that takes the filter away."""
        return self._button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the size of the viewport."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Cover the viewport, and show the sentence where it has room there."""
        room = self._view.viewport().rect()
        self.setGeometry(room)
        sides = 0 if (layout := self.layout()) is None else 2 * layout.contentsMargins().left()
        fits = self._label.heightForWidth(room.width() - sides) <= room.height()
        self._label.setVisible(fits)
        self.setToolTip("" if fits else self._label.text())

    def _follow(self, model: QAbstractItemModel) -> None:
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.layoutChanged):
            signal.connect(self.refresh)
        self._button.hide()
        self.refresh()
