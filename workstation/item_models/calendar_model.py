"""The economic calendar, as rows in order of time; the next event stands out and says how long it is until then."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.domain.identity import ConnectionID
from workstation.domain.market_data import CalendarEvent, Impact
from workstation.item_models.column_kinds import words
from workstation.item_models.columns import PLAIN, Align, Column, Dress, Sorts, Tone, text_key
from workstation.item_models.html_cleaning import one_line
from workstation.item_models.local_time import LocalTime
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import NONE, UNKNOWN
from workstation.item_models.row_model import RowModel

_NS_PER_S = 1_000_000_000
_HOUR_NS = 3_600 * _NS_PER_S
_DAY_S, _HOUR_S, _MINUTE_S = 86_400, 3_600, 60
IMPACT_TEXTS = {
    Impact.UNKNOWN: "?",
    Impact.LOW: "●○○ low",
    Impact.MEDIUM: "●●○ medium",
    Impact.HIGH: "●●● high",
}
"""A mark that can be told without colour, and its word."""
EventKey = tuple[ConnectionID, str, str, str, int]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One announced figure; `is_next` marks the first that is still to come."""

    event: CalendarEvent
    is_next: bool = False


def event_key(event: CalendarEvent) -> EventKey:
    """Return what tells an event from every other one; its figures may change."""
    return (event.connection_id, event.country, event.title, event.period, event.transact_time_ns)


class CalendarModel(RowModel[EventKey, EventRow]):
    """One row per event. Groups are impacts."""

    def __init__(self, naming: Naming, local_time: LocalTime, parent: QObject | None = None) -> None:
        columns = calendar_columns(naming, local_time)
        self._naming = naming
        self._impact = [column.key for column in columns].index("impact")
        super().__init__(columns, groups=len(Impact), parent=parent)
        self.frame_clock.is_calm = True

    def key_of(self, record: EventRow) -> EventKey:
        """Return connection, country, title, period and time."""
        return event_key(record.event)

    def group_of(self, record: EventRow) -> int:
        """Return the impact."""
        return int(record.event.impact)

    def haystack_of(self, record: EventRow) -> str:
        """Return the words an event is searched by."""
        event = record.event
        return f"{event.country}\n{event.title}\n{event.period}".casefold()

    def dress(self, record: EventRow) -> Dress:
        """Let the next event stand out, and what is over step back."""
        if record.is_next:
            return Dress(edge=Tone.WAITING, strong=True)
        if record.event.transact_time_ns < self._naming.now_ns():
            return Dress(dim=True)
        return Dress(tones={self._impact: Tone.WARNING}) if record.event.impact is Impact.HIGH else PLAIN

    def events(self) -> list[CalendarEvent]:
        """Return all events, shown or not, in order of time."""
        self.flush()
        found = [record.event for record in self.store.records if record is not None]
        return sorted(found, key=lambda event: event.transact_time_ns)

    def replace(self, connection_id: ConnectionID, events: Iterable[CalendarEvent]) -> None:
        """Show what one connection's calendar says now; what it no longer says goes."""
        told = {event_key(event): event for event in events if event.connection_id == connection_id}
        self.flush()
        held = [self.key_of(record) for record in self.store.records if record is not None]
        self.remove([key for key in held if key[0] == connection_id and key not in told])
        self.put_many([EventRow(event) for event in told.values()])
        self.mark_next()

    def mark_next(self) -> CalendarEvent | None:
        """Mark the event that comes next by the clock, and return it."""
        coming = self.next_event()
        wanted = event_key(coming) if coming is not None else None
        records = [record for record in self.store.records if record is not None]
        changed = [record for record in records if record.is_next is not (self.key_of(record) == wanted)]
        self.put_many([EventRow(record.event, not record.is_next) for record in changed])
        return coming

    def next_event(self) -> CalendarEvent | None:
        """Return the first event that is still to come; of several at one time the one with the most impact."""
        now_ns = self._naming.now_ns()
        coming = [event for event in self.events() if event.transact_time_ns > now_ns]
        return min(coming, key=lambda event: (event.transact_time_ns, -event.impact), default=None)

    def show_only(
        self, *, text: str = "", least: Impact = Impact.UNKNOWN, country: str = "", since_ns: int = 0
    ) -> None:
        """Show events of at least some impact, of one country or all, from an instant on."""

        def accepts(record: EventRow) -> bool:
            event = record.event
            return event.transact_time_ns >= since_ns and (not country or event.country == country)

        groups = frozenset(int(impact) for impact in Impact if impact >= least)
        self.set_filter(text=text, groups=groups, accepts=accepts if country or since_ns else None)


def countdown_text(until_ns: int, now_ns: int) -> str:
    """Write how long it is until an instant: ``in 2 d 3 h``, ``in 4 min 9 s``; what is over is blank."""
    seconds = (until_ns - now_ns) // _NS_PER_S
    if until_ns <= 0 or seconds < 0:
        return NONE
    for unit_s, word, smaller_s, smaller in (
        (_DAY_S, "d", _HOUR_S, "h"),
        (_HOUR_S, "h", _MINUTE_S, "min"),
        (_MINUTE_S, "min", 1, "s"),
    ):
        if seconds >= unit_s:
            whole, rest = divmod(seconds, unit_s)
            return f"in {whole} {word} {rest // smaller_s} {smaller}"
    return f"in {seconds} s"


def _figure(key: str, title: str, tooltip: str, figure: str) -> Column[EventRow]:
    """Return a column of figures in the venue's own words ("3.1%", "212K"), right-aligned but sorted as words."""

    def text(record: EventRow) -> str:
        return one_line(str(getattr(record.event, figure)), 40)

    return Column(
        key=key,
        title=title,
        tooltip=tooltip,
        text=text,
        sort_key=lambda record: text_key(text(record)),
        align=Align.NUMBER,
        width=9,
    )


def calendar_columns(naming: Naming, local_time: LocalTime) -> tuple[Column[EventRow], ...]:
    """Return the columns of the calendar."""
    return (
        *_times(naming, local_time),
        words("country", "Country", "Whose figure it is", lambda record: one_line(record.event.country, 60), width=8),
        Column(
            key="impact",
            title="Impact",
            tooltip="How much it is expected to move the market",
            text=lambda record: IMPACT_TEXTS[record.event.impact],
            sort_key=lambda record: int(record.event.impact) or None,
            sorts=Sorts.NUMBERS,
            width=11,
        ),
        words("title", "Event", "What comes out", lambda record: one_line(record.event.title), width=30),
        words("period", "Period", "The time it is about", lambda record: one_line(record.event.period, 40), width=8),
        _figure("previous", "Previous", "The figure before", "previous"),
        _figure("forecast", "Forecast", "What is expected", "forecast"),
        Column(
            key="current",
            title="Actual",
            tooltip="The figure; — until it is released",
            text=lambda record: one_line(record.event.current, 40) or UNKNOWN,
            sort_key=lambda record: text_key(record.event.current),
            align=Align.NUMBER,
            width=9,
        ),
    )


def _times(naming: Naming, local_time: LocalTime) -> tuple[Column[EventRow], Column[EventRow]]:
    """Return when an event is, and how long until then."""

    def instant_s(record: EventRow) -> int:
        return record.event.transact_time_ns // _NS_PER_S

    return (
        Column(
            key="time",
            title="When",
            tooltip="When the figure comes out, by your clock",
            text=lambda record: local_time.short_text(instant_s(record)),
            sort_key=lambda record: record.event.transact_time_ns or None,
            exact=lambda record: f"{local_time.text(instant_s(record))} {local_time.zone_text(instant_s(record))}",
            sorts=Sorts.NUMBERS,
            width=17,
        ),
        Column(
            key="until",
            title="In",
            tooltip="How long it is until then",
            text=lambda record: countdown_text(record.event.transact_time_ns, naming.now_ns()),
            sort_key=lambda record: record.event.transact_time_ns or None,
            sorts=Sorts.NUMBERS,
            width=13,
            live=True,
        ),
    )
