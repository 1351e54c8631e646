"""Depth and ladder: the venue's levels on a price axis that stands still, with the trader's own orders at their prices.

The axis never moves while the pointer is in it; what then happens out of sight is said below it, and one key brings
the market back to the middle. A click on a price brings it to the ticket. Nothing here sends.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.domain.account import Position
from workstation.domain.capabilities import Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Depth, Quote
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order
from workstation.item_models.ladder_model import ASKS, BIDS, HALF, OWN_BUYS, OWN_SELLS, LadderModel
from workstation.item_models.ladder_rows import MULTIPLES, fitting_multiple
from workstation.item_models.market_state import MarketState
from workstation.venues.base import Severity
from workstation.widgets.docks.ladder_words import headline, place_of_market
from workstation.widgets.empty_note import EmptyNote
from workstation.widgets.fast_table import FastTable
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.instrument_search import InstrumentSearch
from workstation.widgets.key_actions import RECENTRE
from workstation.widgets.link_chip import LinkChip
from workstation.widgets.link_groups import DockLink
from workstation.widgets.market_watch import MarketWatch
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.own_orders import OwnOrders
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import integer
from workstation.widgets.ticket_wish import TicketWish

DOCK_ID = "ladder"
AUTO = 0
CHOICES = (AUTO, *MULTIPLES)
"""Ticks per row: as few as bring bid and ask close together, or as the trader chose."""
_AGE_MS = 1_000
_SIDES = {OWN_BUYS: Side.BUY, BIDS: Side.BUY, ASKS: Side.SELL, OWN_SELLS: Side.SELL}


class LadderDock(QWidget):
    """One instrument's prices, one under the other."""

    ticket_requested = Signal(object)
    """TicketWish with a price: to be brought to the ticket; nothing is sent."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._state = MarketState.of(screen.services, screen.clock.now_ns)
        self.key: InstrumentKey | None = None
        self.link = DockLink(screen.links, DOCK_ID, self)
        self.chip = LinkChip(self.link, screen.theme, self)
        self.search = InstrumentSearch(screen, "find a symbol", self)
        self.rows = QComboBox(self)
        self.centre = QPushButton("Centre", self)
        self.words = QLabel(self)
        self.notice = NoticeBar(screen.theme, self)
        self.model = LadderModel(self)
        self._own = OwnOrders()
        self._out_of_sight = False
        self.view = FastTable(self, theme=screen.theme)
        self.view.setModel(self.model)
        self.empty = EmptyNote(self.view, "")
        self.watch = MarketWatch(screen, DOCK_ID, self)
        self._ages = QTimer(self, interval=_AGE_MS)
        self._ages.timeout.connect(self._show_words)
        self._set_up()
        self._lay_out()
        self._connect()
        self.show_instrument(self.link.key)

    def focus_first(self) -> None:
        """Give the focus to the prices, or to the field that finds an instrument while there are none."""
        target = self.view if self.model.rowCount() else self.search
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_instrument(self, key: InstrumentKey | None) -> None:
        """Show another instrument."""
        self.key = key
        self.notice.hide()
        self._begin()
        self._watch()

    def recentre(self) -> None:
        """Bring the market to the middle, also under the pointer: the trader asked."""
        self._centre(fit=True)

    def _centre(self, *, fit: bool = False) -> None:
        if self._middle() is None:
            return
        if fit or not self.model.axis:
            self._fit_rows()
        middle = self._middle()
        assert middle is not None, "rows of another size have a middle too"
        axis = self.model.axis
        if not axis or min(middle - axis.start, axis.stop - 1 - middle) < HALF // 2:
            self.model.hold(False)
            self.model.centre_on(middle)
            self.model.hold(self.view.viewport().underMouse())
        row = self.model.row_of(middle)
        if row is not None:
            self.view.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_words()

    def _middle(self) -> int | None:
        return self.model.market.middle() if self.model.market is not None else None

    def choose_price(self, index: QModelIndex) -> None:
        """Bring the price of a row to the ticket; a column of one side brings the side too."""
        if index.isValid() and self.key is not None:
            row = self.model.record_at(index.row())
            side = _SIDES.get(index.column())
            self.ticket_requested.emit(TicketWish(key=self.key, source="Ladder", side=side, price=row.price))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the price of the current cell with Enter; keep ages fresh only while in sight."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
                self.choose_price(self.view.currentIndex())
                return True
        elif event.type() == QEvent.Type.Show:
            self._ages.start()
            self._come_into_sight()
        elif event.type() == QEvent.Type.Hide:
            self._ages.stop()
            self._out_of_sight = True
        return super().eventFilter(watched, event)

    # What is shown.

    def _begin(self) -> None:
        """Fill the axis anew: another instrument, another row size, or now the venue knows its tick."""
        instrument = self._instrument()
        self._own.follow(self.key, self._screen.services.orders.orders.values())
        self.model.hold(False)
        self.model.show_instrument(instrument, self._chosen_multiple() or 1)
        if self._has_market():
            self._take_everything()
            self._centre()
        self.empty.say(self._why_empty())
        self._show_words()

    def _has_market(self) -> bool:
        key = self.key
        return key is not None and self._instrument() is not None and self._state.has(key.connection_id, Feed.QUOTES)

    def _take_everything(self) -> None:
        """Take what the services hold of the instrument."""
        key, services = self.key, self._screen.services
        assert key is not None, "nothing is known of no instrument"
        self.model.set_quote(services.market.quotes.get(key))
        self.model.set_depth(services.market.depths.get(key))
        self.model.set_orders(self._own.working())
        self._show_positions()

    def _come_into_sight(self) -> None:
        """Catch up with what was passed over behind another tab."""
        if self._out_of_sight:
            self._out_of_sight = False
            if self._has_market():
                self._take_everything()
        self._follow()

    def _follow(self) -> None:
        """Keep the market in sight, unless the pointer is in the axis."""
        middle = self._middle()
        if middle is not None and (not self.model.axis or not self._pointer_inside()):
            first, last = self._rows_in_sight()
            margin = (last - first) // 5
            row = self.model.row_of(middle)
            if row is None or not first + margin <= row <= last - margin:
                self._centre()
        self._show_words()

    def _pointer_inside(self) -> bool:
        return self.view.viewport().underMouse()

    def _rows_in_sight(self) -> tuple[int, int]:
        height = self.view.viewport().height()
        first, last = self.view.rowAt(0), self.view.rowAt(height - 1)
        return first, last if last >= 0 else self.model.rowCount() - 1

    def _show_words(self) -> None:
        key, market = self.key, self.model.market
        self.centre.setEnabled(market is not None and market.middle() is not None)
        if key is None or market is None:
            self.words.setText("")
            self.words.hide()
            return
        shown = market.depth or market.quote
        fresh = self._state.freshness(key.connection_id, shown.received_ns if shown is not None else 0)
        self.model.set_fresh(fresh.is_fresh)
        title = self._state.title_of(key.connection_id)
        has_depth = self._state.has(key.connection_id, Feed.DEPTH)
        lines = [headline(key, title, market, fresh)]
        if not has_depth and self._state.has(key.connection_id, Feed.QUOTES):
            lines.append(f"Best bid and ask only: {title} gives no depth.")
        middle = market.middle()
        row = self.model.row_of(middle) if middle is not None else None
        lines.append(place_of_market(middle, row, self.model.axis, self._rows_in_sight()))
        self.words.setText("\n".join(filter(None, lines)))
        self.words.show()

    def _why_empty(self) -> str:
        key = self.key
        if key is None:
            return "No instrument yet. Choose one in a dock of the same link letter, or find it above."
        title = self._state.title_of(key.connection_id)
        if not self._state.has(key.connection_id, Feed.QUOTES):
            return f"No feed: {title} gives neither quotes nor depth for {key.symbol}."
        if self._instrument() is None:
            return f"{key.symbol}: {title} has not told its tick size yet, so there is no price axis."
        return f"No price of {key.symbol} yet. The ladder begins with the first one from {title}."

    def _instrument(self) -> Instrument | None:
        if self.key is None:
            return None
        return self._screen.services.connections.instruments.get(self.key.connection_id, {}).get(self.key.symbol)

    def _chosen_multiple(self) -> int:
        return CHOICES[max(0, self.rows.currentIndex())]

    def _fit_rows(self) -> None:
        """Choose the row size by the market, if the trader leaves it to us; it stays until he centres."""
        market = self.model.market
        if market is not None and self._chosen_multiple() == AUTO:
            multiple = fitting_multiple(market)
            self.model.hold(False)
            self.model.set_multiple(multiple)
            self.model.hold(self._pointer_inside())
            self.rows.setItemText(0, f"auto: {_ticks(multiple)}")

    # News.

    def _quotes_changed(self, quotes: list[Quote]) -> None:
        for quote in () if self._out_of_sight else quotes:
            if quote.key == self.key:
                self.model.set_quote(quote)

    def _depths_changed(self, depths: list[Depth]) -> None:
        for depth in () if self._out_of_sight else depths:
            if depth.key == self.key:
                self.model.set_depth(depth)

    def _orders_changed(self, orders: list[Order]) -> None:
        if self._own.take(orders) and not self._out_of_sight:
            self.model.set_orders(self._own.working())

    def _positions_changed(self, positions: list[Position]) -> None:
        if not self._out_of_sight and any(self._is_here(position) for position in positions):
            self._show_positions()

    def _show_positions(self) -> None:
        held = self._screen.services.accounts.positions.values()
        self.model.set_positions(tuple(position for position in held if self._is_here(position)))

    def _is_here(self, position: Position) -> bool:
        key = self.key
        return key is not None and position.symbol == key.symbol and position.key.connection_id == key.connection_id

    def _venue_changed(self) -> None:
        """Begin when the instrument or its feed is known now, end when it is gone."""
        instrument = self._instrument()
        shown = self.model.market.instrument if self.model.market is not None else None
        if instrument != shown or not self.model.axis:
            self._begin()
        self._watch()

    def _watch(self) -> None:
        keys = frozenset({self.key}) if self.key is not None else frozenset()
        has = self._state.has
        self.watch.want(
            quotes=frozenset(key for key in keys if has(key.connection_id, Feed.QUOTES)),
            depth=frozenset(key for key in keys if has(key.connection_id, Feed.DEPTH)),
        )

    def _picked(self, key: InstrumentKey) -> None:
        self.show_instrument(key)
        self.link.choose(key)
        self.focus_first()

    def _rows_chosen(self) -> None:
        self._screen.settings.put(DOCK_ID, {"multiple": self._chosen_multiple()})
        self._begin()

    # How it is put together.

    def _set_up(self) -> None:
        for multiple in CHOICES:
            self.rows.addItem(_ticks(multiple) if multiple else "auto")
        kept = integer(self._screen.settings.get(DOCK_ID), "multiple", AUTO)
        self.rows.setCurrentIndex(CHOICES.index(kept) if kept in CHOICES else 0)
        self.rows.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rows.setAccessibleName("Ticks per row")
        self.rows.setToolTip("How many ticks a row stands for")
        self.centre.setAutoDefault(False)
        self.centre.setToolTip("Bring the market to the middle")
        self.recentre_action = self._screen.keys.make(RECENTRE, self, self.recentre)
        self.recentre_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.words.setWordWrap(True)
        self.view.setAccessibleName("Price ladder")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.view.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)

    def _lay_out(self) -> None:
        bar = FlowRow(self)
        bar.add(self.chip, self.search, self.rows, self.centre)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(5)
        layout.addWidget(bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.words)  # below the prices: its lines come and go, and must not push the axis

    def _connect(self) -> None:
        services = self._screen.services
        self.link.moved.connect(self.show_instrument)
        self.search.picked.connect(self._picked)
        self.search.left.connect(self.focus_first)
        self.rows.activated.connect(self._rows_chosen)
        self.centre.clicked.connect(self.recentre)
        self.view.clicked.connect(self.choose_price)
        self.view.verticalScrollBar().valueChanged.connect(self._show_words)
        self.view.installEventFilter(self)
        self.model.market_shown.connect(self._follow)
        self.watch.refused.connect(lambda why: self.notice.say(Severity.ERROR, f"The ladder is not watched. {why}"))
        services.market.quotes_changed.connect(self._quotes_changed)
        services.market.depths_changed.connect(self._depths_changed)
        services.orders.latest_changed.connect(self._orders_changed)
        services.accounts.positions_changed.connect(self._positions_changed)
        services.connections.statuses_changed.connect(lambda _statuses: self._show_words())
        services.connections.connections_changed.connect(self._venue_changed)
        services.connections.instruments_changed.connect(lambda _connection: self._venue_changed())


def _ticks(multiple: int) -> str:
    return "1 tick" if multiple == 1 else f"{multiple} ticks"
