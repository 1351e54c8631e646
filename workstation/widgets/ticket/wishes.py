"""What other docks would like the ticket to show: done at once while nothing is typed, else offered.

Typed input belongs to the trader (no link, drag or tick overwrites it), so a ticket that holds some only says where it
is wanted; a button or one key takes it there. Another price of the same instrument is no other order: a click on a
ladder goes straight into the fields. Nothing here sends.
"""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from workstation.domain.identity import InstrumentKey
from workstation.item_models.instrument_mime import instruments_from_mime
from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.key_actions import TAKE_WISH
from workstation.widgets.link_groups import DockLink
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen
from workstation.widgets.ticket_wish import TicketWish


class Wishable(Protocol):
    """What the wishes need of the ticket."""

    def holds_typed_input(self) -> bool:
        """Say whether anything is typed, amended, reviewed or on its way."""
        ...

    def is_waiting(self) -> bool:
        """Say whether a request is on its way, so that the fields are locked."""
        ...

    def instrument_key(self) -> InstrumentKey | None:
        """Return the instrument that the ticket is about, if the venue knows it."""
        ...

    def load_wish(self, wish: TicketWish, *, keep: bool) -> None:
        """Fill the fields; without `keep` what is typed goes first."""
        ...


class Wishes(QObject):
    """Takes wishes to one ticket; :attr:`bar` shows the one that waits."""

    def __init__(self, screen: Screen, ticket: Wishable, widget: QWidget, dock_id: str = "ticket") -> None:
        super().__init__(widget)
        self._screen = screen
        self._ticket = ticket
        self.link = DockLink(screen.links, dock_id, self)
        self.bar = NoticeBar(screen.theme, widget)
        self.waiting: TicketWish | None = None
        self.link.moved.connect(self._linked)
        self.take_action = screen.keys.make(TAKE_WISH, widget, self.take)
        self.take_action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def bring(self, wish: TicketWish) -> None:
        """Take a wish to the ticket, or offer it while something else is typed there."""
        same = wish.key == self._ticket.instrument_key()
        if self._ticket.is_waiting() or (self._ticket.holds_typed_input() and not same):
            self._offer(wish)
            return
        self._load(wish, keep=same)

    def take(self) -> None:
        """Do what waits, at the trader's word; what was typed for another instrument is emptied."""
        wish = self.waiting
        if wish is None or self.bar.isHidden():
            return
        if self._ticket.is_waiting():
            self.bar.set_text(f"{self._words(wish)} waits until the order below is answered.")
            return
        self._load(wish, keep=wish.key == self._ticket.instrument_key())

    def tell_link(self) -> None:
        """Move the linked docks to the instrument that the trader chose in the ticket."""
        key = self._ticket.instrument_key()
        if key is not None:
            self.link.choose(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let an instrument be dropped on the ticket."""
        if not isinstance(event, QDropEvent):  # entering and moving are drops too, in Qt's eyes
            return False
        keys = instruments_from_mime(event.mimeData())
        if not keys:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.bring(TicketWish(key=keys[0], source="Dropped"))
        return True

    def _linked(self, key: InstrumentKey) -> None:
        if key != self._ticket.instrument_key():
            self.bring(TicketWish(key=key, source=f"Link {self.link.group}"))

    def _load(self, wish: TicketWish, *, keep: bool) -> None:
        self.waiting = None
        self.bar.hide()
        self._ticket.load_wish(wish, keep=keep)
        self.link.choose(wish.key)

    def _offer(self, wish: TicketWish) -> None:
        self.waiting = wish
        take = f"Take it  {self._screen.keys.label(TAKE_WISH)}".strip()
        said = f"{self._words(wish)} waits: what is typed here stays until you take it."
        self.bar.say(Severity.INFO, said, [(take, self.take)])

    def _words(self, wish: TicketWish) -> str:
        known = self._screen.services.connections.capabilities.get(wish.key.connection_id)
        where = known.title if known is not None else wish.key.connection_id
        side = word(wish.side) if wish.side is not None else ""
        return f"{wish.source}: {' '.join(filter(None, (side, wish.key.symbol)))} at {where}"
