"""One field to find an action, a symbol or an account, and to go there. Nothing here sends.

Every word typed must be in an entry; entries that begin with what was typed come first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from workstation.widgets.palette_delegate import HINT_ROLE, PaletteDelegate
from workstation.widgets.theme import Theme

_LIMIT = 200
_WIDTH, _HEIGHT = 520, 380


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """One thing to find; `hint` stands at the right: a key, a kind, a description."""

    title: str
    hint: str
    run: Callable[[], object]


def matching(entries: Sequence[PaletteEntry], typed: str) -> list[PaletteEntry]:
    """Return the entries that hold every word of `typed`, best first, not more than can be looked through."""
    words = typed.lower().split()
    found = [
        (not entry.title.lower().startswith(typed.lower().strip()), place, entry)
        for place, entry in enumerate(entries)
        if all(word in f"{entry.title} {entry.hint}".lower() for word in words)
    ]
    return [entry for _, _, entry in sorted(found, key=lambda each: each[:2])[:_LIMIT]]


class CommandPalette(QFrame):
    """A field with a list under it, over the top of the window; Esc or a click elsewhere closes it.

    It is a part of the window and no window of its own: a popup grabs the keyboard, and not every desktop lets it.
    """

    def __init__(self, entries: Sequence[PaletteEntry], theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._came_from = window.focusWidget()
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find or do")
        self._entries = entries
        self._model = _Found(self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find an action, a symbol or an account")
        self.field.setAccessibleName("Find an action, a symbol or an account")
        self.view = QListView(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(PaletteDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName("Found")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.view, 1)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._run_current)
        self.field.installEventFilter(self)
        self.view.clicked.connect(lambda _index: self._run_current())
        self.setFixedSize(min(theme.px(_WIDTH), window.width()), min(theme.px(_HEIGHT), window.height()))
        self._search("")

    def open_over(self, window: QWidget, top: int) -> None:
        """Show the palette in the middle of `window`, `top` pixels below its upper edge."""
        self.move((window.width() - self.width()) // 2, top)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close, and give the focus back to where it was."""
        if self._came_from is not None and isValid(self._came_from) and self.field.hasFocus():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()

    def titles(self) -> list[str]:
        """Return what is found, best first."""
        return [entry.title for entry in self._model.found]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move through the list while the field keeps the focus; without it, go."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.close()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            by = step.get(Qt.Key(event.key()), 0)
            if by:
                row = min(max(self.view.currentIndex().row() + by, 0), self._model.rowCount() - 1)
                self.view.setCurrentIndex(self._model.index(row, 0))
                return True
        return False

    def _search(self, typed: str) -> None:
        self._model.show(matching(self._entries, typed))
        self.view.setCurrentIndex(self._model.index(0, 0))

    def _run_current(self) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            return
        entry = self._model.found[index.row()]
        self.dismiss()
        entry.run()


class _Found(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: list[PaletteEntry] = []

    def show(self, found: list[PaletteEntry]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == HINT_ROLE:
            return entry.hint
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {entry.hint}"
        return None
