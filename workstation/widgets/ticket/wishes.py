"""What other docks would like the ticket to show: done at once while nothing is typed, else offered.

Typed input belongs to the trader (no link, drag or tick overwrites it), so a ticket that holds some only says where it
is wanted; a button or one key takes it there. Another price of the same instrument is no other order: a click on a
ladder goes straight into the fields. Nothing here sends.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from workstation.domain.identity import InstrumentKey
from workstation.item_models.instrument_mime import instruments_from_mime
from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.key_actions import TAKE_WISH
from workstation.widgets.link_groups import DockLink
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.view import WAITING
from workstation.widgets.ticket.wish_fields import instrument_key
from workstation.widgets.ticket_wish import TicketWish

if TYPE_CHECKING:
    from workstation.widgets.docks.order_ticket import OrderTicket


class Wishes(QObject):
    """Takes wishes to one ticket; :attr:`bar` shows the one that waits."""

    def __init__(self, screen: Screen, ticket: "OrderTicket", dock_id: str = "ticket") -> None:
        super().__init__(ticket)
        self._screen = screen
        self._ticket = ticket
        self.link = DockLink(screen.links, dock_id, self)
        self.bar = NoticeBar(screen.theme, ticket)
        self.waiting: TicketWish | None = None
        self.link.moved.connect(self._linked)
        self.take_action = screen.keys.make(TAKE_WISH, self.bar, self.take)  # in the window, while the bar is shown
        ticket.setAcceptDrops(True)
        ticket.installEventFilter(self)

    def bring(self, wish: TicketWish) -> None:
        """Take a wish to the ticket, or offer it while something else is typed there."""
        same = wish.key == self._instrument()
        if self._is_waiting() or (self._ticket.holds_typed_input() and not same):
            self._offer(wish)
            return
        self._load(wish, keep=same)

    def take(self) -> None:
        """Do what waits, at the trader's word; what was typed for another instrument is emptied."""
        wish = self.waiting
        if wish is None or self.bar.isHidden():
            return
        if self._is_waiting():
            self.bar.set_text(f"{self._words(wish)} waits until the order below is answered.")
            return
        self._load(wish, keep=wish.key == self._instrument())

    def tell_link(self) -> None:
        """Move the linked docks to the instrument that the trader chose in the ticket."""
        key = self._instrument()
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

    def _instrument(self) -> InstrumentKey | None:
        return instrument_key(self._ticket.form)

    def _is_waiting(self) -> bool:
        return self._ticket.dealing.stage in WAITING

    def _linked(self, key: InstrumentKey) -> None:
        if key != self._instrument():
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
