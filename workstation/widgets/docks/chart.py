"""The chart of one symbol, with the trader's own orders and positions upon it.

The plot is built when the dock first comes into sight: its library takes a while to load, and a start of the program
without a chart must not pay for it. Nothing here sends anything.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from workstation.domain.capabilities import Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import CandlePeriod, Quote
from workstation.domain.orders import Order
from workstation.item_models.candle_series import SeriesChange
from workstation.item_models.naming import Naming
from workstation.venues.base import Severity
from workstation.widgets.chart.chart_lines import ChartLine, own_lines, quote_lines
from workstation.widgets.dialogs.dialog import paragraph
from workstation.widgets.docks.chart_feed import ChartFeed
from workstation.widgets.filter_chips import FilterChips
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.instrument_search import InstrumentSearch
from workstation.widgets.link_chip import LinkChip
from workstation.widgets.link_groups import DockLink
from workstation.widgets.market_watch import MarketWatch
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.own_orders import OwnOrders
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import text

if TYPE_CHECKING:
    from workstation.widgets.chart.chart_view import ChartView

DOCK_ID = "chart"
FIRST_PERIOD = CandlePeriod.M15
PERIODS = tuple((period.name, period.name) for period in CandlePeriod)
_LINES_MS = 16


class ChartDock(QWidget):
    """Symbol, period, plot, and in words what is missing."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._naming = Naming.of(screen.services, screen.clock)
        self.feed = ChartFeed(screen, self)
        self.link = DockLink(screen.links, DOCK_ID, self)
        self.watch = MarketWatch(screen, DOCK_ID, self)
        self.search = InstrumentSearch(screen, "symbol", self)
        self.periods = FilterChips(PERIODS, "Length of a candle", screen.theme, self)
        kept = text(screen.settings.get(DOCK_ID), "period", FIRST_PERIOD.name, CandlePeriod.__members__)
        self.periods.choose(kept)
        self.heading = QLabel(self)
        self.auto_height = self._button("auto height", "Fit the height to the candles in sight")
        self.auto_height.setCheckable(True)
        self.auto_height.setChecked(True)
        self.newest = self._button("newest", "Go to the youngest candle (End)")
        self.note = paragraph("", "muted", self)
        self.warning = NoticeBar(screen.theme, self, closable=False)
        self.pages = QStackedWidget(self)
        self._own = OwnOrders()
        self.view: ChartView | None = None
        """The plot; None until the dock was first shown."""
        self._lines_due = QTimer(self, singleShot=True, interval=_LINES_MS)
        self._building = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self._show_words()

    @property
    def period(self) -> CandlePeriod:
        """The chosen length of a candle."""
        return CandlePeriod[self.periods.choice()]

    def choose(self, key: InstrumentKey) -> None:
        """Show another symbol; docks of the same link letter follow."""
        self._show_symbol(key)
        self.link.choose(key)

    def focus_first(self) -> None:
        """Give the focus to the plot, or to the symbol while there is none."""
        if self.view is not None and self.feed.series.candles:
            self.view.setFocus()
        else:
            self.search.setFocus()

    def lines(self) -> list[ChartLine]:
        """Return the lines that belong on the chart now."""
        key = self.feed.key
        if key is None:
            return []
        services = self._screen.services
        self._own.follow(key, services.orders.orders.values())
        orders, positions = self._own.working(), services.accounts.positions.values()
        return [*quote_lines(services.market.quotes.get(key)), *own_lines(key, orders, positions, self._naming)]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Build the plot the first time, after this dock itself was painted; later ask for what was missed."""
        super().showEvent(event)
        if self.view is None:
            self._building.start()
        else:
            self.feed.refresh()
            self._lines_soon()

    def build_plot(self) -> None:
        """Load the plot's libraries and show the symbol of the link group; done once."""
        if self.view is not None:
            return
        from workstation.widgets.chart.chart_view import ChartView  # noqa: PLC0415 - numpy comes with it

        self.view = ChartView(self._screen.theme, parent=self)
        self.view.older_wanted.connect(self.feed.ask_older)
        self.view.height_mode_changed.connect(self.auto_height.setChecked)
        self.pages.addWidget(self.view)
        key = self.feed.key or self.link.key
        if key is not None:
            self._show_symbol(key)

    def _show_symbol(self, key: InstrumentKey | None = None) -> None:
        key = key or self.feed.key
        if key is None:
            return
        self.feed.choose(key, self.period)
        self._want_live()

    def _want_live(self) -> None:
        """Ask to be told of what the venue streams."""
        key = self.feed.key
        if key is None:
            return
        capabilities = self._screen.services.connections.capabilities.get(key.connection_id)
        mine = frozenset({key})
        feeds = capabilities.feeds if capabilities is not None else frozenset()
        self.watch.want(
            quotes=mine if Feed.QUOTES in feeds else frozenset(), candles=mine if Feed.CANDLES in feeds else frozenset()
        )

    def _series_replaced(self) -> None:
        if self.view is not None:
            self.view.show_series(self.feed.series, self._instrument())
        self._show_words()
        self._show_lines()

    def _series_changed(self, change: SeriesChange) -> None:
        if self.view is not None:
            self.view.follow(change)
        self._show_words()

    def _show_words(self) -> None:
        key, feed = self.feed.key, self.feed
        profile = self._screen.services.connections.profiles.get(key.connection_id) if key is not None else None
        place = f" · {profile.name}" if profile is not None else ""
        self.heading.setText(f"{key.symbol}{place}" if key is not None else "")
        self.heading.setVisible(key is not None)
        self.note.setText(feed.note)
        self.pages.setCurrentWidget(self.view if self.view is not None and not feed.note else self.note)
        if not feed.warning:
            self.warning.hide()
        elif feed.warning != self.warning.text():
            self.warning.say(Severity.WARNING, feed.warning)

    def _show_lines(self) -> None:
        if self.view is not None:
            lines = self.lines()
            self.view.lines_layer.show_own([line for line in lines if not line.is_market])
            self.view.lines_layer.show_quotes([line for line in lines if line.is_market])

    def _quotes_changed(self, quotes: list[Quote]) -> None:
        if self.feed.key is not None and any(quote.key == self.feed.key for quote in quotes):
            self._lines_soon()

    def _orders_changed(self, orders: list[Order]) -> None:
        if self._own.take(orders):
            self._lines_soon()

    def _lines_soon(self) -> None:
        """Draw the lines with the next frame; behind another tab they wait until the dock is shown again."""
        if self.view is not None and self.isVisible() and not self._lines_due.isActive():
            self._lines_due.start()

    def _instruments_changed(self, connection_id: object) -> None:
        if self.view is not None and self.feed.key is not None and self.feed.key.connection_id == connection_id:
            self.view.set_instrument(self._instrument())

    def _instrument(self) -> Instrument | None:
        key = self.feed.key
        return self._naming.instrument_of(key.connection_id, key.symbol) if key is not None else None

    def _period_chosen(self, _name: str) -> None:
        kept = self._screen.settings.get(DOCK_ID)
        self._screen.settings.put(DOCK_ID, {**kept, "period": self.period.name})
        self._show_symbol()

    def _auto_height_chosen(self, auto: bool) -> None:
        if self.view is not None:
            self.view.set_auto_height(auto)

    def _linked(self, key: InstrumentKey) -> None:
        if self.view is not None:
            self._show_symbol(key)  # a chart that was never in sight takes the group's symbol when it comes there

    def _button(self, words: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setToolTip(tip)
        return button

    def _connect(self) -> None:
        services = self._screen.services
        self.feed.replaced.connect(self._series_replaced)
        self.feed.changed.connect(self._series_changed)
        self.feed.said.connect(self._show_words)
        self.link.moved.connect(self._linked)
        self.search.picked.connect(self.choose)
        self.search.left.connect(self.focus_first)
        self.periods.chosen.connect(self._period_chosen)
        self.auto_height.toggled.connect(self._auto_height_chosen)
        self.newest.clicked.connect(lambda: self.view.show_newest() if self.view is not None else None)
        self._building.timeout.connect(self.build_plot)
        self._lines_due.timeout.connect(self._show_lines)
        for signal in (
            services.accounts.positions_changed,
            services.accounts.accounts_changed,
            services.accounts.accounts_removed,
        ):
            signal.connect(lambda _changed: self._lines_soon())
        services.orders.latest_changed.connect(self._orders_changed)
        services.market.quotes_changed.connect(self._quotes_changed)
        services.connections.instruments_changed.connect(self._instruments_changed)
        services.connections.connections_changed.connect(self._want_live)

    def _lay_out(self) -> None:
        bar = FlowRow(self)
        bar.add(
            LinkChip(self.link, self._screen.theme, bar),
            self.heading,
            self.periods,
            self.auto_height,
            self.newest,
            self.search,
        )
        self.note.setContentsMargins(24, 24, 24, 24)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(4)
        layout.addWidget(bar)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.warning)
