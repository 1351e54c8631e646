"""Quotes: the trader's watchlists with the best prices of every venue that has them.

Nothing here sends. Enter, a drag or the menu bring an instrument to the ticket, where an order is reviewed like every
other. Only what the shown list holds is asked of the venues, and only while it can be seen.
"""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.order_terms import Side
from workstation.item_models.market_state import MarketState
from workstation.item_models.naming import Naming
from workstation.item_models.quotes_model import QuotesModel
from workstation.venues.base import Severity
from workstation.widgets.docks.quotes_table import QuoteTable
from workstation.widgets.instrument_search import InstrumentSearch
from workstation.widgets.link_chip import LinkChip
from workstation.widgets.link_groups import DockLink
from workstation.widgets.market_watch import MarketWatch
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen
from workstation.widgets.ticket_wish import TicketWish
from workstation.widgets.watchlist_bar import WatchlistBar
from workstation.widgets.watchlists import Watchlists

DOCK_ID = "quotes"


class QuotesDock(QWidget):
    """A watchlist at a time, with the field that adds to it."""

    ticket_requested = Signal(object)
    """TicketWish: the trader wants this instrument in the ticket; nothing is sent."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._state = MarketState.of(screen.services, screen.clock.now_ns)
        self.lists = Watchlists(screen.settings, self)
        self.link = DockLink(screen.links, DOCK_ID, self)
        self.chip = LinkChip(self.link, screen.theme, self)
        self.bar = WatchlistBar(self.lists, self)
        self.search = InstrumentSearch(screen, "add or find a symbol", self)
        self.notice = NoticeBar(screen.theme, self)
        model = QuotesModel(Naming.of(screen.services, screen.clock), self._state)
        self.table = QuoteTable(screen, model, [self.chip, self.bar, self.search], self)
        self.watch = MarketWatch(screen, DOCK_ID, self)
        self._make_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.addWidget(self.notice)
        layout.addWidget(self.table)
        self._connect_own()
        self._connect_services()
        self._fill_first()
        self._show_keys()

    @property
    def model(self) -> QuotesModel:
        """The rows."""
        return self.table.model

    def focus_first(self) -> None:
        """Give the focus to the table, or to the field that adds while there is nothing in it."""
        if self.lists.keys:
            self.table.focus_first()
        else:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self, key: InstrumentKey) -> None:
        """Put an instrument into the list, or find it there, and go to it."""
        self.lists.add([key])
        self.table.select_quietly(key)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.link.choose(key)

    def remove_selected(self) -> None:
        """Take the selected instruments out of the list."""
        self._remove(self.table.selected_keys())

    def shift_selected(self, steps: int) -> None:
        """Move the selected rows up or down in the list's own order."""
        keys = self.table.selected_keys()
        places = [place for place, key in enumerate(self.lists.keys, 1) if key in keys]
        if not places:
            return
        self.table.view.columns.sort_by("place")
        before = places[0] + steps if steps < 0 else places[-1] + steps + 1
        self.lists.move(keys, max(1, before) if before <= len(self.lists.keys) else 0)

    def to_ticket(self, side: Side | None = None) -> None:
        """Ask for the current instrument in the ticket."""
        key = self.table.current_key()
        if key is not None:
            self.ticket_requested.emit(TicketWish(key=key, source="Quotes", side=side))

    def _remove(self, keys: list[InstrumentKey]) -> None:
        self.lists.discard(keys)

    def _drop(self, keys: list[InstrumentKey], before: int) -> None:
        self.table.view.columns.sort_by("place")
        self.lists.move(keys, before)

    def _show_keys(self) -> None:
        self.table.show_keys(self.lists.keys)
        if self.link.key is not None:
            self.table.select_quietly(self.link.key)
        self._watch()

    def _watch(self) -> None:
        """Ask for what the list holds, of venues that have quotes at all."""
        self.watch.want(quotes=frozenset(key for key in self.lists.keys if self._has_quotes(key.connection_id)))

    def _has_quotes(self, connection_id: ConnectionID) -> bool:
        return self._state.has(connection_id, Feed.QUOTES)

    def _fill_first(self) -> None:
        known = self._screen.services.connections.instruments
        self.lists.fill_first({name: listed for name, listed in known.items() if self._has_quotes(name)})

    def _connections_changed(self) -> None:
        self.model.forget_quotes({key for key in self.lists.keys if not self._has_quotes(key.connection_id)})
        self.model.refresh_texts()
        self._fill_first()
        self._watch()

    def _instruments_changed(self, _connection: ConnectionID) -> None:
        self.model.refresh_texts()
        self._fill_first()

    def _list_removed(self, name: str, keys: tuple[InstrumentKey, ...]) -> None:
        said = f"The list “{name}” with {len(keys)} instruments is removed."
        self.notice.say(Severity.INFO, said, [("Put it back", lambda: self.lists.put_back(name, keys))])

    def _type_ahead(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.clear()
        self.search.insert(letter)
        self.search.textEdited.emit(letter)

    def _open_menu(self, position: QPoint) -> None:
        if self.table.current_key() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.buy_action, self.sell_action])
        menu.addSeparator()
        menu.addActions([self.up_action, self.down_action, self.remove_action, self.table.copy_action])
        menu.popup(self.table.view.viewport().mapToGlobal(position))

    def _action(self, text: str, tip: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setToolTip(tip)
        action.triggered.connect(slot)
        return action

    def _make_actions(self) -> None:
        ticket = "Bring the instrument to the ticket; nothing is sent before its review"
        self.buy_action = self._action("Buy…", ticket, lambda: self.to_ticket(Side.BUY))
        self.sell_action = self._action("Sell…", ticket, lambda: self.to_ticket(Side.SELL))
        self.up_action = self._action("Move up\tAlt+Up", "One place up in the list", lambda: self.shift_selected(-1))
        self.down_action = self._action("Move down\tAlt+Down", "One place down", lambda: self.shift_selected(1))
        remove = "Take the selected instruments out of the list"
        self.remove_action = self._action("Remove from the list\tDel", remove, self.remove_selected)

    def _connect_own(self) -> None:
        self.lists.keys_changed.connect(self._show_keys)
        self.search.picked.connect(self.add)
        self.search.left.connect(self.table.focus_first)
        self.bar.refused.connect(lambda why: self.notice.say(Severity.WARNING, why))
        self.bar.removed.connect(self._list_removed)
        self.lists.names_changed.connect(self.notice.hide)
        self.watch.refused.connect(lambda why: self.notice.say(Severity.ERROR, f"Quotes are not watched. {why}"))
        self.link.moved.connect(self.table.select_quietly)
        table = self.table
        table.chosen.connect(self.link.choose)
        table.opened.connect(lambda _key: self.to_ticket())
        table.removed.connect(self._remove)
        table.shifted.connect(self.shift_selected)
        table.typed.connect(self._type_ahead)
        table.model.moved.connect(self._drop)
        table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.view.customContextMenuRequested.connect(self._open_menu)

    def _connect_services(self) -> None:
        services = self._screen.services
        services.market.quotes_changed.connect(self.model.put_quotes)
        services.connections.statuses_changed.connect(lambda _statuses: self.model.refresh_ages())
        services.connections.connections_changed.connect(self._connections_changed)
        services.connections.instruments_changed.connect(self._instruments_changed)
