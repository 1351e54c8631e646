"""All connections: what they are, how they are, and what can be done with them."""

from PySide6.QtCore import QItemSelection, QSize, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from workstation.desk.commands import Connect, Disconnect, Refused, RemoveConnection
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import ConnectionID
from workstation.item_models.words import word
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Lamp
from workstation.widgets.dialogs.connection_form import ConnectionForm
from workstation.widgets.dialogs.dialog import Dialog, is_gone, paragraph
from workstation.widgets.lamps import lamp_icon, lamp_words
from workstation.widgets.screen import Screen
from workstation.widgets.venue_forms import VENUE_FORMS

_ID = Qt.ItemDataRole.UserRole
_REFRESH_MS = 1000


class ConnectionsDialog(Dialog):
    """A list with a lamp for each, and buttons that say what they do."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("Connections", parent)
        self._screen = screen
        self._to_remove: ConnectionID | None = None
        self._said: tuple[ConnectionID | None, str] = (None, "")
        self._model = QStandardItemModel(self)
        self.view = QListView(self)
        self.view.setModel(self._model)
        self.view.setAccessibleName("Connections")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setIconSize(QSize(screen.theme.px(16), screen.theme.px(16)))
        self.detail = paragraph("", "muted", self)
        self._lay_out()
        self._wire()
        self.resize(screen.theme.px(620), screen.theme.px(400))
        self._refresh()

    def edit(self, connection_id: ConnectionID) -> None:
        """Open the form of a connection."""
        profile = self._screen.services.connections.profiles.get(connection_id)
        if profile is not None:
            self._open_form(profile)

    def add(self) -> None:
        """Open an empty form."""
        self._open_form(None)

    def _lay_out(self) -> None:
        self.buttons = {name: QPushButton(name, self) for name in ("Add…", "Edit…", "Connect", "Disconnect", "Remove…")}
        side = QVBoxLayout()
        for button in self.buttons.values():
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch()
        row = QHBoxLayout()
        row.addWidget(self.view, 1)
        row.addLayout(side)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.detail)
        self.close_button = self.add_button("Close", default=True)

    def _wire(self) -> None:
        self.buttons["Add…"].clicked.connect(self.add)
        self.buttons["Edit…"].clicked.connect(lambda: self.edit(self._need()))
        self.buttons["Connect"].clicked.connect(lambda: self._ask(Connect(connection_id=self._need())))
        self.buttons["Disconnect"].clicked.connect(lambda: self._ask(Disconnect(connection_id=self._need())))
        self.buttons["Remove…"].clicked.connect(self._remove)
        self.close_button.clicked.connect(self.reject)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.doubleClicked.connect(lambda _index: self.edit(self._need()))
        connections = self._screen.services.connections
        connections.connections_changed.connect(self._refresh)
        connections.statuses_changed.connect(self._refresh)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._timer.start()

    def _refresh(self, *_changed: object) -> None:
        profiles = self._screen.services.connections.profiles
        if [self._model.item(row).data(_ID) for row in range(self._model.rowCount())] != list(profiles):
            chosen = self._chosen()
            self._model.clear()
            for connection_id in profiles:
                item = QStandardItem()
                item.setData(connection_id, _ID)
                self._model.appendRow(item)
            self._choose(chosen if chosen in profiles else None)
        for row in range(self._model.rowCount()):
            self._show(self._model.item(row))
        self._selected()

    def _show(self, item: QStandardItem) -> None:
        connections = self._screen.services.connections
        profile = connections.profiles[item.data(_ID)]
        status = connections.statuses.get(profile.connection_id)
        venue = VENUE_FORMS[profile.venue].title if profile.venue in VENUE_FORMS else profile.venue
        words = lamp_words(status, self._screen.clock.now_ns())
        text = f"{profile.name}   {word(profile.environment)} · {venue}\n{words}"
        if item.text() != text:
            item.setText(text)
            item.setIcon(
                lamp_icon(status.worst if status else Lamp.OFF, self._screen.theme, self.view.iconSize().width())
            )

    def _chosen(self) -> ConnectionID | None:
        index = self.view.currentIndex()
        held = ConnectionID(index.data(_ID)) if index.isValid() else None
        return held if held in self._screen.services.connections.profiles else None  # it may have gone just now

    def _need(self) -> ConnectionID:
        chosen = self._chosen()
        assert chosen is not None, "the button is disabled while nothing is chosen"
        return chosen

    def _choose(self, connection_id: ConnectionID | None) -> None:
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_ID) == connection_id or connection_id is None:
                self.view.setCurrentIndex(self._model.index(row, 0))
                return

    def _selected(self, _now: QItemSelection | None = None, _before: QItemSelection | None = None) -> None:
        chosen = self._chosen()
        connections = self._screen.services.connections
        status = connections.statuses.get(chosen) if chosen else None
        lamp = status.worst if status else Lamp.OFF
        if self._to_remove != chosen:
            self._to_remove = None
        self.buttons["Remove…"].setText("Really remove" if self._to_remove else "Remove…")
        for name in ("Edit…", "Remove…"):
            self.buttons[name].setEnabled(chosen is not None)
        self.buttons["Connect"].setEnabled(chosen is not None and lamp in (Lamp.OFF, Lamp.NEEDS_YOU))
        self.buttons["Disconnect"].setEnabled(chosen is not None and lamp is not Lamp.OFF)
        self.detail.setText(self._words_on(chosen))

    def _words_on(self, chosen: ConnectionID | None) -> str:
        """Return what matters most about the choice: what removing means, what was just answered, the last error."""
        connections = self._screen.services.connections
        if not connections.profiles:
            return "No connection yet. “Add…” asks for your broker's address and your login."
        if self._to_remove is not None:
            return "This forgets the connection and its secrets. Orders at the broker are not touched."
        said_of, said = self._said
        if said and said_of == chosen:
            return said
        status = connections.statuses.get(chosen) if chosen else None
        if status is not None and status.last_error:
            return status.last_error
        return connections.profiles[chosen].url if chosen else ""

    def _remove(self) -> None:
        chosen = self._need()
        if self._to_remove != chosen:
            self._to_remove = chosen
            self._selected()
            return
        self._to_remove = None
        self._ask(RemoveConnection(connection_id=chosen))

    def _open_form(self, profile: ConnectionProfile | None) -> None:
        form = ConnectionForm(self._screen, profile, tuple(self._screen.services.connections.profiles), self)
        form.open()

    def _ask(self, command: Connect | Disconnect | RemoveConnection) -> None:
        self._said = (None, "")
        self._selected()
        self._screen.tasks.start(self._asked(command), type(command).__name__)

    async def _asked(self, command: Connect | Disconnect | RemoveConnection) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._say(command.connection_id, str(error))
            return
        if isinstance(answer, Refused):
            words = " ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings)
            self._say(command.connection_id, words)

    def _say(self, about: ConnectionID, text: str) -> None:
        if not is_gone(self):
            self._said = (about, text)
            self._selected()
