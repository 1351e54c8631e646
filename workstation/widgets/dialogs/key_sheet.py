"""All actions with their keys; each key can be changed here."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QKeySequenceEdit, QLabel, QLineEdit, QTreeView, QWidget

from workstation.widgets.dialogs.dialog import SIDE_MARGIN, Dialog
from workstation.widgets.key_actions import ACTIONS, KeyAction, KeyScope
from workstation.widgets.keys import KeyRefused, KeyTable
from workstation.widgets.screen import Screen

_ID = Qt.ItemDataRole.UserRole
_SCOPE_WORD = {
    KeyScope.WINDOW: "",
    KeyScope.TRADING: "not while typing",
    KeyScope.EVERYWHERE: "works everywhere",
}


class KeySheet(Dialog):
    """Find an action, press another key for it, or take the default back."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("Keys", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._keys: KeyTable = screen.keys
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find an action or a key")
        self.search.setAccessibleName("Find an action or a key")
        self.search.setClearButtonEnabled(True)
        self.body.addWidget(self.search)
        self._model = QStandardItemModel(0, 3, self)
        self._model.setHorizontalHeaderLabels(["Action", "Key", "Where"])
        self.view = QTreeView(self)
        self._dress_view()
        self.body.addWidget(self.view, 1)
        self._add_editor()
        self.fault = self.add_text("", "fault")
        self.search.textChanged.connect(self._filter)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self._keys.changed.connect(self._refresh)
        self._fill()
        self.resize(max(screen.theme.px(620), self._wanted_width()), screen.theme.px(600))

    def choose(self, action_id: str) -> None:
        """Select an action."""
        self.view.setCurrentIndex(self._items[action_id][0].index())

    def _dress_view(self) -> None:
        self.view.setModel(self._model)
        self.view.setAccessibleName("Actions and their keys")
        self.view.setRootIsDecorated(False)
        self.view.setItemsExpandable(False)
        self.view.setIndentation(12)
        self.view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _add_editor(self) -> None:
        self.editor = QKeySequenceEdit(self)
        self.editor.setMaximumSequenceLength(1)
        self.editor.setAccessibleName("New key: press it")
        for line in self.editor.findChildren(QLineEdit):
            line.setAccessibleName("New key: press it")
        self.set_button = self.add_button("Set key", left=True)
        self.default_button = self.add_button("Default key", left=False)
        self.close_button = self.add_button("Close")
        self._prompt = QLabel("New key", self)
        self._prompt.setBuddy(self.editor)
        row = QHBoxLayout()
        row.addWidget(self._prompt)
        row.addWidget(self.editor, 1)
        row.addWidget(self.set_button)
        row.addWidget(self.default_button)
        self.body.addLayout(row)
        self.set_button.clicked.connect(self._set)
        self.default_button.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.reject)

    def _fill(self) -> None:
        self._items: dict[str, list[QStandardItem]] = {}
        groups: dict[str, QStandardItem] = {}
        for action in ACTIONS.values():
            group = groups.get(action.group)
            if group is None:
                group = groups[action.group] = QStandardItem(action.group)
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = group.font()
                font.setBold(True)
                group.setFont(font)
                self._model.appendRow(group)
            self._items[action.action_id] = self._row(action)
            group.appendRow(self._items[action.action_id])
        self.view.expandAll()
        self._selected()
        for row in range(self._model.rowCount()):
            self.view.setFirstColumnSpanned(row, QModelIndex(), True)

    def _row(self, action: KeyAction) -> list[QStandardItem]:
        held = f"hold {action.hold_ms / 1000:g} s" if action.hold_ms else ""
        where = ", ".join(part for part in (held, _SCOPE_WORD[action.scope]) if part)
        cells = [QStandardItem(action.title), QStandardItem(self._label(action.action_id)), QStandardItem(where)]
        cells[0].setData(action.action_id, _ID)
        return cells

    def _label(self, action_id: str) -> str:
        native = QKeySequence.SequenceFormat.NativeText
        return " or ".join(key.toString(native) for key in self._keys.keys(action_id)) or "—"

    def _wanted_width(self) -> int:
        """Return the width at which no action, key or place is cut."""
        columns = sum(self.view.sizeHintForColumn(column) for column in range(self._model.columnCount()))
        around = 2 * (SIDE_MARGIN + self.view.frameWidth())
        return columns + around + self.view.verticalScrollBar().sizeHint().width() + self.view.indentation()

    def _refresh(self, action_id: str) -> None:
        self._items[action_id][1].setText(self._label(action_id))

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for row in range(self._model.rowCount()):
            group = self._model.item(row)
            shown = 0
            for child in range(group.rowCount()):
                line = " ".join(group.child(child, column).text() for column in range(3)).lower()
                hidden = not all(word in line for word in words)
                self.view.setRowHidden(child, group.index(), hidden)
                shown += not hidden
            self.view.setRowHidden(row, QModelIndex(), not shown)

    def _chosen(self) -> str | None:
        index = self.view.currentIndex()
        found = index.siblingAtColumn(0).data(_ID) if index.isValid() else None
        return found if isinstance(found, str) else None

    def _selected(self, _now: QItemSelection | None = None, _before: QItemSelection | None = None) -> None:
        chosen = self._chosen() is not None
        for widget in (self.editor, self.set_button, self.default_button):
            widget.setEnabled(chosen)
        self.editor.clear()
        self.fault.clear()

    def _set(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._try(lambda: self._keys.rebind(chosen, self.editor.keySequence()))

    def _restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._try(lambda: self._keys.restore_default(chosen))

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except KeyRefused as refused:
            self.fault.setText(str(refused))
        else:
            self.fault.clear()
            self.editor.clear()
