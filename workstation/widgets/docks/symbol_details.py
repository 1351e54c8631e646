"""Symbol details: what the venue says of one instrument, and when it trades, in the trader's own time.

Asking changes nothing at the venue. It is asked when the dock is in sight and when the trader presses refresh; an
answer for an instrument that is no longer shown is dropped. Venues that tell no facts show what their list of
instruments says, and say so.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from workstation.desk.commands import AskVenue, Refused, VenueAnswered
from workstation.domain.capabilities import Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Fact, HoursKind, TradingHours
from workstation.item_models.facts_model import FactsModel, HoursModel, instrument_facts
from workstation.item_models.market_state import MarketState
from workstation.item_models.naming import Naming
from workstation.item_models.trading_week import opening_text, week_of
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.venues.queries import FactsAnswer, HoursAnswer, InstrumentFactsQuery, QueryResult, TradingHoursQuery
from workstation.widgets.empty_note import EmptyNote
from workstation.widgets.fast_table import FastTable
from workstation.widgets.filtered_table import FilteredTable, TableTexts
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.instrument_search import InstrumentSearch
from workstation.widgets.link_chip import LinkChip
from workstation.widgets.link_groups import DockLink
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen

DOCK_ID = "symbol"
_BESIDE_FROM = 640
"""Unzoomed pixels of width from which hours and facts stand beside each other."""
CLOCK_MS = 15_000
"""How often "opens in" is told anew."""
TEXTS = TableTexts(
    section="symbol",
    subject="facts",
    nothing_yet="Choose an instrument in a dock of the same link letter, or find it above.",
    columns=(("name", 15), ("text", 15), ("note", 30)),
)


class SymbolDock(QWidget):
    """One instrument: hours above, facts below."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._state = MarketState.of(screen.services, screen.clock.now_ns)
        self._zone = Naming.of(screen.services, screen.clock).zone
        self._hours: TradingHours | None = None
        self._hours_told = False
        self._due = True
        self.key: InstrumentKey | None = None
        self.link = DockLink(screen.links, DOCK_ID, self)
        self.chip = LinkChip(self.link, screen.theme, self)
        self.search = InstrumentSearch(screen, "find a symbol", self)
        self.refresh_button = QPushButton("Refresh", self)
        self.heading, self.opening = QLabel(self), QLabel(self)
        self.notice = NoticeBar(screen.theme, self)
        self.hours = HoursModel(self)
        self.week = FastTable(self, theme=screen.theme)
        self.week.setModel(self.hours)
        self.no_week = EmptyNote(self.week, "")
        self.facts = FactsModel()
        self.table = FilteredTable(screen, self.facts, TEXTS, parent=self)
        self.facts.setParent(self.table)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._lay_out()
        self._connect()
        self.show_instrument(self.link.key)

    def focus_first(self) -> None:
        """Give the focus to the facts, or to the field that finds an instrument while there are none."""
        if self.facts.rowCount():
            self.table.focus_first()
        else:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_instrument(self, key: InstrumentKey | None) -> None:
        """Show another instrument; what was known of the one before goes at once."""
        if key != self.key or key is None:
            self.key = key
            self._hours, self._hours_told = None, False
            self.notice.hide()
            self.facts.show(self._known())
            self._ask_when_seen()
        self._show()

    def refresh(self) -> None:
        """Ask the venue anew."""
        key = self.key
        self._due = False
        if key is None:
            return
        self.notice.hide()
        if self._state.has(key.connection_id, Feed.INSTRUMENT_FACTS):
            self._screen.tasks.start(self._ask(key, InstrumentFactsQuery(key=key)), "facts of a symbol")
        if self._state.has(key.connection_id, Feed.TRADING_HOURS):
            self._screen.tasks.start(self._ask(key, TradingHoursQuery(keys=(key,))), "hours of a symbol")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask what was not asked while nobody looked."""
        super().showEvent(event)
        self._clock.start()
        if self._due:
            self.refresh()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while out of sight."""
        super().hideEvent(event)
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put hours and facts beside each other where both have room."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._screen.theme.px(_BESIDE_FROM)
        self.parts.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    # Asking.

    async def _ask(self, key: InstrumentKey, query: InstrumentFactsQuery | TradingHoursQuery) -> None:
        subject = "facts" if isinstance(query, InstrumentFactsQuery) else "trading hours"
        try:
            answer = await self._screen.desk.ask(AskVenue(connection_id=key.connection_id, query=query))
        except EngineGone as error:
            self._complain(key, subject, str(error))
            return
        if isinstance(answer, Refused):
            why = " ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings)
            self._complain(key, subject, why)
        elif isinstance(answer, VenueAnswered) and key == self.key:
            self._take(answer.result)

    def _take(self, result: QueryResult) -> None:
        if isinstance(result, FactsAnswer):
            self.facts.show(result.facts)
        elif isinstance(result, HoursAnswer):
            self._hours = next((hours for hours in result.hours if hours.key == self.key), None)
            self._hours_told = True
        self._show()

    def _complain(self, key: InstrumentKey, subject: str, why: str) -> None:
        if key == self.key:
            self.notice.say(
                Severity.WARNING,
                f"No fresh {subject} of {key.symbol}: {why} No order is affected.",
                [("Try again", self.refresh)],
            )

    def _ask_when_seen(self) -> None:
        self._due = True
        if self.isVisible():
            self.refresh()

    def _venue_changed(self) -> None:
        """Take what the venue can tell now: it was listed, went, or told its instruments."""
        if not self.facts.rowCount() or not self._instrument():
            self.facts.show(self._known())
            self._ask_when_seen()
        self._show()

    # Showing.

    def _show(self) -> None:
        key = self.key
        self.refresh_button.setEnabled(key is not None)
        self.heading.setVisible(key is not None)
        self.opening.setVisible(self._hours is not None)
        self.no_week.say(self._why_no_week())
        self._show_week()
        if key is None:
            return
        instrument = self._instrument()
        about = instrument.description if instrument is not None else "not in the venue's list of instruments"
        lines = [f"{key.symbol} · {about} · {self._title()}"]
        if not self._state.has(key.connection_id, Feed.INSTRUMENT_FACTS):
            lines.append(f"{self._title()} tells no more facts than its list of instruments.")
        self.heading.setText("\n".join(lines))

    def _why_no_week(self) -> str:
        key = self.key
        if key is None:
            return TEXTS.nothing_yet
        if not self._state.has(key.connection_id, Feed.TRADING_HOURS):
            return f"No feed: {self._title()} does not tell trading hours."
        if self._hours is None:
            told = f"{self._title()} states no trading hours for {key.symbol}."
            return told if self._hours_told else "The trading hours are not known yet."
        return f"This computer does not know the venue's time zone “{self._hours.zone}”, so its hours cannot be shown."

    def _show_week(self) -> None:
        hours, now_ns = self._hours, self._screen.clock.now_ns()
        if hours is None:
            self.hours.show(())
            return
        trading = opening_text(hours, HoursKind.TRADING, now_ns)
        quotes = opening_text(hours, HoursKind.QUOTES, now_ns)
        self.opening.setText(f"Trading: {trading}." + ("" if quotes == trading else f" Quotes: {quotes}."))
        self.hours.show(week_of(hours, now_ns, self._zone))

    def _title(self) -> str:
        return self._state.title_of(self.key.connection_id) if self.key is not None else ""

    def _instrument(self) -> Instrument | None:
        if self.key is None:
            return None
        return self._screen.services.connections.instruments.get(self.key.connection_id, {}).get(self.key.symbol)

    def _known(self) -> list[Fact]:
        instrument = self._instrument()
        return instrument_facts(instrument) if instrument is not None else []

    def _picked(self, key: InstrumentKey) -> None:
        self.show_instrument(key)
        self.link.choose(key)
        self.focus_first()

    # How it is put together.

    def _lay_out(self) -> None:
        for label in (self.heading, self.opening):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.refresh_button.setAutoDefault(False)
        self.refresh_button.setToolTip("Ask the venue for facts and hours anew")
        self.week.setAccessibleName("Trading hours of this week")
        header = self.week.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)
        bar = FlowRow(self)
        bar.add(self.chip, self.search, self.refresh_button)
        for view in (self.week, self.table.view):
            view.setMinimumHeight(1)  # behind another dock it must not ask for more height than that one
        self.parts = QSplitter(Qt.Orientation.Vertical, self)
        self.parts.addWidget(self.week)
        self.parts.addWidget(self.table)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([190, 260])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(5)
        for widget in (bar, self.notice, self.heading, self.opening):
            layout.addWidget(widget)
        layout.addWidget(self.parts, 1)

    def _connect(self) -> None:
        connections = self._screen.services.connections
        self.link.moved.connect(self.show_instrument)
        self.search.picked.connect(self._picked)
        self.search.left.connect(self.focus_first)
        self.refresh_button.clicked.connect(self.refresh)
        self._clock.timeout.connect(self._show_week)
        connections.connections_changed.connect(self._venue_changed)
        connections.instruments_changed.connect(lambda _connection: self._venue_changed())
