"""Chooses the watchlist that is shown, and makes, renames and removes lists. A name is typed in place, in no dialog."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.watchlists import LONGEST_NAME, Watchlists


class WatchlistBar(FlowRow):
    """The box with the names, and the button with what can be done to a list."""

    refused = Signal(str)
    """A name cannot be used; the sentence says why."""
    removed = Signal(str, object)
    """Name and instruments of a list that was removed: it can be put back."""

    def __init__(self, lists: Watchlists, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = lists
        self._renames = False
        self.box = QComboBox(self)
        self.box.setAccessibleName("Watchlist")
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.textActivated.connect(lists.choose)
        self.name = _NameField(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.taken.connect(self._take_name)
        self.name.left.connect(self._close_name)
        self.name.hide()
        self.menu = QMenu(self)
        self.new_action = self._act("&New list…", self._ask_new)
        self.rename_action = self._act("&Rename this list…", self._ask_rename)
        self.remove_action = self._act("Re&move this list", self._remove)
        self.button = QToolButton(self)
        self.button.setText("list")
        self.button.setToolTip("New list, rename or remove this one")
        self.button.setProperty("kind", "quiet")
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add(self.box, self.name, self.button)
        lists.names_changed.connect(self._show_names)
        self._show_names()

    def _act(self, text: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: slot())
        self.menu.addAction(action)
        return action

    def _show_names(self) -> None:
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems(self._lists.names)
            self.box.setCurrentText(self._lists.shown)
        self.updateGeometry()

    def _ask_new(self) -> None:
        self._ask("name of the new list", "", renames=False)

    def _ask_rename(self) -> None:
        self._ask("new name of this list", self._lists.shown, renames=True)

    def _ask(self, hint: str, text: str, *, renames: bool) -> None:
        self._renames = renames
        self.name.setAccessibleName(hint.capitalize())
        self.name.setPlaceholderText(hint)
        self.name.setText(text)
        self.name.selectAll()
        self.box.hide()
        self.name.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        self.removed.emit(*self._lists.remove_list())

    def _take_name(self) -> None:
        typed = self.name.text()
        why = self._lists.rename(typed) if self._renames else self._lists.add_list(typed)
        if why:
            self.refused.emit(why)
            return
        self._close_name()

    def _close_name(self) -> None:
        self.name.hide()
        self.box.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)


class _NameField(QLineEdit):
    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
