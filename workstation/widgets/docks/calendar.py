"""The economic calendar: which figures come out when, by the trader's own clock, and which is next."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID
from workstation.domain.market_data import Impact
from workstation.item_models.calendar_model import IMPACT_TEXTS, CalendarModel, countdown_text
from workstation.item_models.html_cleaning import one_line
from workstation.item_models.local_time import LocalTime
from workstation.item_models.naming import Naming
from workstation.venues.base import Severity
from workstation.venues.queries import CalendarAnswer, CalendarQuery
from workstation.widgets.dialogs.dialog import paragraph
from workstation.widgets.feed_questions import FeedQuestions
from workstation.widgets.filter_chips import FilterChips
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen

DOCK_ID = "calendar"
COMING, ALL = "coming", "all"
CHIPS = (Chip(COMING, "coming"), Chip(ALL, "all", everything=True))
IMPACTS = (("any", "any impact"), ("medium", "medium up"), ("high", "high"))
_LEAST = {"any": Impact.UNKNOWN, "medium": Impact.MEDIUM, "high": Impact.HIGH}
NOTHING_YET = "No events yet. Figures that the venues' calendars announce stand here."
TEXTS = TableTexts(
    section=DOCK_ID,
    subject="events",
    nothing_yet=NOTHING_YET,
    columns=(
        ("time", 17),
        ("until", 14),
        ("country", 8),
        ("impact", 13),
        ("title", 22),
        ("previous", 8),
        ("forecast", 8),
        ("current", 8),
        ("period", 8),
    ),
    sort="time",
    descending=False,
    first_chip=COMING,
)
REFRESH_MS = 600_000
_TICK_MS = 1_000
_RECENT_NS = 3_600 * 10**9
"""What came out within the last hour counts as coming: its figure may still be on its way."""
ANYWHERE = "all countries"


class CalendarTable(FilteredTable):
    """The events, narrowed by time, impact and country."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.local_time = LocalTime()
        self.model = CalendarModel(Naming.of(screen.services, screen.clock), self.local_time)
        self.impacts = FilterChips(IMPACTS, "Which impact", screen.theme)
        self.countries = QComboBox()
        self.countries.setAccessibleName("Country")
        self.countries.addItem(ANYWHERE)
        super().__init__(screen, self.model, TEXTS, CHIPS, extras=[self.impacts, self.countries], parent=parent)
        self.model.setParent(self)
        self.impacts.chosen.connect(self.apply_filter)
        self.countries.currentTextChanged.connect(self.apply_filter)

    def narrow(self, choice: str, text: str) -> None:
        """Show events from now on or all, of an impact and a country."""
        self.model.show_only(
            text=text,
            least=_LEAST[self.impacts.choice()],
            country="" if self.countries.currentIndex() <= 0 else self.countries.currentText(),
            since_ns=self._screen.clock.now_ns() - _RECENT_NS if choice == COMING else 0,
        )

    def is_narrowed(self) -> bool:
        """Count impact and country as filters too; nothing hides anything while there is nothing."""
        if not any(self.model.counts):
            return False
        return super().is_narrowed() or self.impacts.choice() != "any" or self.countries.currentIndex() > 0

    def show_everything(self) -> None:
        """Take every filter away."""
        self.impacts.choose("any")
        self.countries.setCurrentIndex(0)
        super().show_everything()

    def offer_countries(self) -> None:
        """Offer the countries of all events; the chosen one stays."""
        names = [ANYWHERE, *sorted({event.country for event in self.model.events() if event.country})]
        if names == [self.countries.itemText(place) for place in range(self.countries.count())]:
            return
        chosen = self.countries.currentText()
        self.countries.blockSignals(True)
        self.countries.clear()
        self.countries.addItems(names)
        self.countries.setCurrentIndex(max(0, self.countries.findText(chosen)))
        self.countries.blockSignals(False)
        self.apply_filter()


class CalendarDock(QWidget):
    """The next event in a sentence, and the table of all."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.table = CalendarTable(screen, self)
        self.questions = FeedQuestions(screen, Feed.CALENDAR, CalendarQuery, self)
        self.next = paragraph("", "", self)
        self.notice = NoticeBar(screen.theme, self)
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._passed_ns = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(4)
        for part in (self.next, self.table, self.notice):
            layout.addWidget(part)
        layout.setStretchFactor(self.table, 1)
        self.questions.answered.connect(self._answered)
        self.questions.refused.connect(self._refused)
        self._refresh.timeout.connect(self.questions.ask_all)
        self._tick.timeout.connect(self.tell_next)
        screen.services.connections.connections_changed.connect(self._connections_changed)
        self._name_feeds()
        self.tell_next()

    @property
    def model(self) -> CalendarModel:
        """The rows."""
        return self.table.model

    @property
    def refresh(self) -> QTimer:
        """Runs while the dock is in sight; the calendar is asked for anew with each of its turns."""
        return self._refresh

    def focus_first(self) -> None:
        """Give the focus to the table."""
        self.table.focus_first()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the calendar, now and every ten minutes while somebody looks."""
        super().showEvent(event)
        self.questions.ask_all()
        self._refresh.start()
        self._tick.start()
        self.tell_next()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._refresh.stop()
        self._tick.stop()

    def tell_next(self) -> None:
        """Say what comes next and when; mark its row when it is another one than before."""
        event, now_ns = self.model.next_event(), self._screen.clock.now_ns()
        zone = self.table.local_time.zone_text(now_ns // 10**9)
        if event is None:
            self.next.setText(f"Nothing more is announced. Times are {zone}.")
        else:
            when = self.table.local_time.short_text(event.transact_time_ns // 10**9)
            what = f"{one_line(event.country, 60)}, {one_line(event.title)}, {IMPACT_TEXTS[event.impact]}"
            self.next.setText(f"Next {countdown_text(event.transact_time_ns, now_ns)}: {what}; {when} ({zone}).")
        coming_ns = event.transact_time_ns if event is not None else -1
        if coming_ns != self._passed_ns:
            self._passed_ns = coming_ns
            self.model.mark_next()
            self.table.apply_filter()

    def _answered(self, connection_id: ConnectionID, answer: object) -> None:
        if isinstance(answer, CalendarAnswer):
            self.notice.hide()
            self.model.replace(connection_id, answer.events)
            self.table.offer_countries()
            self.tell_next()
            self.table.apply_filter()

    def _refused(self, connection_id: ConnectionID, why: str) -> None:
        profile = self._screen.services.connections.profiles.get(connection_id)
        name = profile.name if profile is not None else connection_id
        self.notice.say(Severity.WARNING, f"{name} does not give its calendar: {why} What is shown may be old.")

    def _connections_changed(self) -> None:
        known = self._screen.services.connections.profiles
        for connection_id in {event.connection_id for event in self.model.events()} - known.keys():
            self.model.replace(connection_id, ())
        self._name_feeds()

    def _name_feeds(self) -> None:
        """Say of an empty table why it is empty."""
        silent = ", ".join(self.questions.without_feed())
        if self.questions.connections() or not silent:
            self.table.say_nothing_yet(NOTHING_YET)
        else:
            self.table.say_nothing_yet(f"No feed: {silent} publish no calendar over this interface.")
