"""News of all connections, as rows: the youngest on top, unread ones strong."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject

from workstation.domain.identity import ConnectionID
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import NewsItem
from workstation.item_models.column_kinds import words
from workstation.item_models.columns import Align, Column, Dress, Sorts, Tone, text_key
from workstation.item_models.html_cleaning import one_line, plain_text
from workstation.item_models.local_time import LocalTime
from workstation.item_models.naming import Naming
from workstation.item_models.row_model import RowModel

MOST_SEARCHED = 4_000
"""Characters of a body that the quick filter looks through."""
_NS_PER_S = 1_000_000_000
_PAIR = 6
NewsKey = tuple[ConnectionID, str]


class NewsGroup(IntEnum):
    """Whether somebody has looked at it."""

    UNREAD = 0
    READ = 1


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One piece of news. `title` and `words` are plain; `item` has the venue's own HTML, which is not."""

    item: NewsItem
    title: str
    words: str
    is_read: bool = False

    @property
    def key(self) -> NewsKey:
        """What tells it from every other one."""
        return (self.item.connection_id, self.item.news_key)


class NewsModel(RowModel[NewsKey, NewsRow]):
    """One row per piece of news, however often it is told."""

    def __init__(self, naming: Naming, local_time: LocalTime, parent: QObject | None = None) -> None:
        columns = news_columns(naming, local_time)
        self._title = [column.key for column in columns].index("title")
        self._just_read: set[NewsKey] = set()
        super().__init__(columns, groups=len(NewsGroup), parent=parent)
        self.frame_clock.is_calm = True

    def key_of(self, record: NewsRow) -> NewsKey:
        """Return the connection and the venue's own key."""
        return record.key

    def group_of(self, record: NewsRow) -> int:
        """Return whether it was read."""
        return NewsGroup.READ if record.is_read else NewsGroup.UNREAD

    def haystack_of(self, record: NewsRow) -> str:
        """Return the words it is searched by: title and body."""
        return f"{record.title}\n{record.words[:MOST_SEARCHED]}".casefold()

    def dress(self, record: NewsRow) -> Dress:
        """Let the unread stand out, by a mark, an edge and strong letters."""
        return Dress() if record.is_read else Dress(edge=Tone.WAITING, strong=True)

    def take(self, items: Iterable[NewsItem], is_read: Iterable[NewsKey] = ()) -> None:
        """Add news; what is there already keeps whether it was read."""
        read = set(is_read)
        rows = []
        for item in items:
            key = (item.connection_id, item.news_key)
            known = self.get(key)
            seen = known.is_read if known is not None else key in read
            rows.append(NewsRow(item, one_line(item.title), plain_text(item.body), seen))
        self.put_many(rows)

    def mark_read(self, row: NewsRow) -> None:
        """Note that somebody looked at it; among the unread it stays in sight until they are shown afresh."""
        if not row.is_read:
            self._just_read.add(row.key)
            self.put_many([NewsRow(row.item, row.title, row.words, True)])

    def forget_just_read(self) -> None:
        """Let what was read since go from among the unread, with the next filter."""
        self._just_read.clear()

    def show_only(self, *, unread: bool = False, text: str = "", about: Iterable[str] = ()) -> None:
        """Show unread news or all, that hold every word of `text`, and at least one of the names `about`."""
        names = [name.casefold() for name in about]

        def accepts(row: NewsRow) -> bool:
            if unread and row.is_read and row.key not in self._just_read:
                return False
            return not names or any(name in self.haystack_of(row) for name in names)

        self.set_filter(text=text, accepts=accepts if unread or names else None)


def names_of(symbol: str, instrument: Instrument | None) -> list[str]:
    """Return by which names news may speak of a symbol: EURUSD, EUR/USD, and what the venue calls it."""
    names = [symbol]
    if len(symbol) == _PAIR and symbol.isalpha():
        names.append(f"{symbol[:3]}/{symbol[3:]}")
    if instrument is not None and instrument.description:
        names.append(instrument.description)
    return names


def news_columns(naming: Naming, local_time: LocalTime) -> tuple[Column[NewsRow], ...]:
    """Return the columns of the news."""
    return (
        Column(
            key="unread",
            title="●",
            tooltip="● is not read yet",
            text=lambda row: "" if row.is_read else "●",
            sort_key=lambda row: 1 if row.is_read else 0,
            exact=lambda row: "read" if row.is_read else "not read yet",
            sorts=Sorts.NUMBERS,
            align=Align.MARK,
            width=3,
        ),
        Column(
            key="time",
            title="When",
            tooltip="When it was published, by your clock",
            text=lambda row: local_time.short_text(row.item.transact_time_ns // _NS_PER_S),
            sort_key=lambda row: row.item.transact_time_ns or None,
            exact=lambda row: local_time.text(row.item.transact_time_ns // _NS_PER_S),
            sorts=Sorts.NUMBERS,
            width=14,
        ),
        words("title", "Headline", "Select it to read all of it", lambda row: row.title, width=60),
        Column(
            key="venue",
            title="Venue",
            tooltip="Who published it",
            text=lambda row: naming.glyph_of(row.item.connection_id),
            sort_key=lambda row: text_key(naming.glyph_of(row.item.connection_id)),
            exact=lambda row: row.item.connection_id,
            align=Align.MARK,
            width=7,
        ),
    )
