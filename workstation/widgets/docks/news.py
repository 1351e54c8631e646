"""News of all venues that have them: headlines, the youngest on top, and the text of the one that is selected.

The text is a stranger's: it is cleaned before it is shown, and nothing in it is loaded. What was read is remembered.
"""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID
from workstation.domain.market_data import NewsItem
from workstation.item_models.local_time import LocalTime
from workstation.item_models.naming import Naming
from workstation.item_models.news_model import NewsGroup, NewsKey, NewsModel, NewsRow, names_of
from workstation.venues.base import Severity
from workstation.venues.queries import NewsAnswer, NewsQuery
from workstation.widgets.feed_questions import FeedQuestions
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.link_chip import LinkChip
from workstation.widgets.link_groups import DockLink
from workstation.widgets.news_body import NewsBody
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen

DOCK_ID = "news"
ALL, UNREAD = "all", "unread"
CHIPS = (Chip(UNREAD, "unread"), Chip(ALL, "all", everything=True))
NOTHING_YET = "No news yet. Headlines of the venues that publish them stand here as they come."
TEXTS = TableTexts(
    section=DOCK_ID,
    subject="news",
    nothing_yet=NOTHING_YET,
    columns=(("unread", 3), ("time", 17), ("title", 56), ("venue", 7)),
    sort="time",
    first_chip=ALL,
)
READ_SECTION = "news_read"
MOST_REMEMBERED = 500
BACKLOG_NS = 7 * 86_400 * 10**9
_SAVE_MS = 400


class NewsTable(FilteredTable):
    """The headlines, narrowed by what was read and by the linked symbol."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.model = NewsModel(Naming.of(screen.services, screen.clock), LocalTime())
        self.link = DockLink(screen.links, DOCK_ID)
        self._narrowed_to = ALL
        self.about = QToolButton()
        self.about.setCheckable(True)
        super().__init__(
            screen, self.model, TEXTS, CHIPS, extras=[LinkChip(self.link, screen.theme), self.about], parent=parent
        )
        self.model.setParent(self)
        self.link.setParent(self)
        self.link.moved.connect(lambda _key: self._name_symbol())
        self.link.group_changed.connect(self._name_symbol)
        self.about.toggled.connect(lambda _on: self.apply_filter())
        self._name_symbol()

    def narrow(self, choice: str, text: str) -> None:
        """Show what the chip says, about the linked symbol if that is wanted.

        Another chip begins with nothing selected: a headline that leaves would hand its selection to the next, which
        then counted as read.
        """
        if choice != self._narrowed_to:
            self._narrowed_to = choice
            self.view.setCurrentIndex(QModelIndex())
            self.model.forget_just_read()
        self.model.show_only(unread=choice == UNREAD, text=text, about=self._names() if self.about.isChecked() else ())

    def chip_counts(self) -> dict[str, int]:
        """Return the number of headlines behind each chip."""
        return {UNREAD: self.model.counts[NewsGroup.UNREAD], ALL: sum(self.model.counts)}

    def is_narrowed(self) -> bool:
        """Count the symbol as a filter too."""
        return super().is_narrowed() or self.about.isChecked()

    def show_everything(self) -> None:
        """Take chip, words and symbol away."""
        self.about.setChecked(False)
        super().show_everything()

    def _names(self) -> list[str]:
        key = self.link.key
        if key is None:
            return []
        instruments = self._screen.services.connections.instruments.get(key.connection_id, {})
        return names_of(key.symbol, instruments.get(key.symbol))

    def _name_symbol(self) -> None:
        key = self.link.key
        self.about.setText(f"only {key.symbol}" if key is not None else "only one symbol")
        self.about.setToolTip("Show only news that speak of the symbol of the link letter")
        self.about.setEnabled(key is not None)
        if key is None:
            self.about.setChecked(False)
        self.apply_filter()


class NewsDock(QWidget):
    """Headlines above, the text below."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._read = _kept_keys(screen)
        self.table = NewsTable(screen, self)
        self.questions = FeedQuestions(screen, Feed.NEWS, self._query, self)
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(screen.theme.font(1.08))
        self.body = NewsBody(self)
        self.notice = NoticeBar(screen.theme, self)
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._lay_out()
        self._connect()
        self._take(screen.services.market.news)
        self._name_feeds()
        self._show_current()

    @property
    def model(self) -> NewsModel:
        """The rows."""
        return self.table.model

    def focus_first(self) -> None:
        """Give the focus to the headlines."""
        self.table.focus_first()

    def current_row(self) -> NewsRow | None:
        """Return the news that is selected."""
        row: NewsRow | None = self.table.view.current_record()
        return row

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the last days when somebody comes to read."""
        super().showEvent(event)
        self.questions.ask_all()

    def _query(self) -> NewsQuery:
        return NewsQuery(start_ns=self._screen.clock.now_ns() - BACKLOG_NS)

    def _answered(self, _connection: ConnectionID, answer: object) -> None:
        if isinstance(answer, NewsAnswer):
            self.notice.hide()
            self._take(answer.items)

    def _take(self, items: Iterable[NewsItem]) -> None:
        self.model.take(items, self._read)

    def _refused(self, connection_id: ConnectionID, why: str) -> None:
        profile = self._screen.services.connections.profiles.get(connection_id)
        name = profile.name if profile is not None else connection_id
        self.notice.say(Severity.WARNING, f"{name} gives no earlier news: {why} New ones are shown as they come.")

    def _show_current(self) -> None:
        row = self.current_row()
        self.title.setVisible(row is not None)
        self.body.setVisible(row is not None)
        if row is None:
            return
        self.title.setText(row.title)
        self.body.show_html(row.title, row.item.body)
        if not row.is_read:
            self.model.mark_read(row)
            self._read[row.key] = None
            self._saving.start()

    def _save(self) -> None:
        """Keep which news were read, the last ones only."""
        keys = list(self._read)[-MOST_REMEMBERED:]
        self._read = dict.fromkeys(keys)
        self._screen.settings.put(READ_SECTION, {"keys": [list(key) for key in keys]})

    def _connections_changed(self) -> None:
        known = self._screen.services.connections.profiles
        held = [record.key for record in self.model.store.records if record is not None]
        self.model.remove([key for key in held if key[0] not in known])
        self._name_feeds()

    def _name_feeds(self) -> None:
        """Say of an empty list why it is empty."""
        silent = ", ".join(self.questions.without_feed())
        if self.questions.connections() or not silent:
            self.table.say_nothing_yet(NOTHING_YET)
        else:
            self.table.say_nothing_yet(f"No feed: {silent} publish no news over this interface.")

    def _connect(self) -> None:
        self.questions.answered.connect(self._answered)
        self.questions.refused.connect(self._refused)
        self._screen.services.market.news_added.connect(self._take)
        self._screen.services.connections.connections_changed.connect(self._connections_changed)
        self.table.view.selection_changed.connect(self._show_current)
        self._saving.timeout.connect(self._save)
        self._screen.theme.changed.connect(lambda: self.title.setFont(self._screen.theme.font(1.08)))

    def _lay_out(self) -> None:
        reader = QWidget(self)
        column = QVBoxLayout(reader)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.body, 1)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.table)
        halves.addWidget(reader)
        halves.setChildrenCollapsible(False)
        halves.setSizes([300, 200])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(4)
        layout.addWidget(halves, 1)
        layout.addWidget(self.notice)


def _kept_keys(screen: Screen) -> dict[NewsKey, None]:
    """Return the keys of what was read in earlier runs, oldest first."""
    kept = screen.settings.get(READ_SECTION).get("keys")
    keys: dict[NewsKey, None] = {}
    for entry in kept if isinstance(kept, list) else []:
        match entry:
            case [str(connection_id), str(news_key)]:
                keys[ConnectionID(connection_id), news_key] = None
    return keys
