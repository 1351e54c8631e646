"""An account's past as its venue tells it: closed trades with totals, deposits apart, exported as CSV.

Asked for when the account or the stretch of time changes, when a position closes, and on request; the latest question
wins. A venue that has no history says so: what this program did is in its journal.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from workstation.desk.commands import Answer, AskVenue, Refused, VenueAnswered
from workstation.domain.account import Position
from workstation.domain.capabilities import Feed
from workstation.item_models.history_model import HistoryGroup, HistoryModel, history_totals
from workstation.item_models.introduced_model import IntroducedModel
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import time_text
from workstation.services.desk_client import EngineGone
from workstation.venues.queries import HistoryAnswer, IntroducedAnswer, IntroducedTradesQuery, TradeHistoryQuery
from workstation.widgets.docks.history_bar import HistoryBar
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.screen import Screen
from workstation.widgets.table_export import TableExport

CHIPS = (Chip("all", "all", everything=True), Chip("trades", "trades"), Chip("money", "deposits and credits"))
NO_HISTORY = "This venue tells no history. What was done here is in the journal: see each order's detail."
TEXTS = TableTexts(
    section="history",
    subject="lines of the history",
    nothing_yet="Nothing in this stretch of time.",
    columns=(
        ("time", 22),
        ("symbol", 9),
        ("side", 5),
        ("qty", 8),
        ("open_px", 10),
        ("close_px", 10),
        ("profit", 14),
        ("commission", 12),
        ("swap", 9),
        ("reason", 18),
        ("position", 12),
        ("kind", 18),
        ("opened", 22),
        ("comment", 14),
    ),
    sort="time",
    first_chip="all",
)
INTRODUCED_TEXTS = TableTexts(
    section="introduced", subject="introduced trades", nothing_yet="No introduced trades in this stretch.", sort="time"
)
AFTER_CLOSE_MS = 2_000
"""How long after a close the history is asked for again: the venue writes it a moment later."""


class HistoryTable(FilteredTable):
    """Closed trades and movements of money."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.model = HistoryModel(Naming.of(screen.services, screen.clock))
        super().__init__(screen, self.model, TEXTS, CHIPS, parent=parent)
        self.model.setParent(self)

    def narrow(self, choice: str, text: str) -> None:
        """Show trades, money, or both."""
        groups = {"trades": HistoryGroup.TRADE, "money": HistoryGroup.MONEY}
        self.model.show_only(text=text, group=groups.get(choice))

    def chip_counts(self) -> dict[str, int]:
        """Return the number of lines behind each chip."""
        counts = self.model.counts
        return {"all": sum(counts), "trades": counts[HistoryGroup.TRADE], "money": counts[HistoryGroup.MONEY]}


class IntroducedTable(FilteredTable):
    """Trades of introduced customers."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.model = IntroducedModel(Naming.of(screen.services, screen.clock))
        super().__init__(screen, self.model, INTRODUCED_TEXTS, parent=parent)
        self.model.setParent(self)


class HistoryDock(QWidget):
    """The past of one account at a time."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._asked = 0
        self.table, self.introduced = HistoryTable(screen, self), IntroducedTable(screen, self)
        self._export = TableExport(self.table.view, "history.csv", self)
        self.bar = HistoryBar(screen, self._export.action, self)
        self._said, self._totals = _line("What is shown", self), _line("Totals", self)
        self._tabs = QTabWidget(self)
        self._tabs.addTab(self.table, "Closed")
        self._tabs.addTab(self.introduced, "Introduced")
        self._after_close = QTimer(self, singleShot=True, interval=AFTER_CLOSE_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        for widget in (self.bar, self._said, self._tabs, self._totals):
            layout.addWidget(widget, 1 if widget is self._tabs else 0)
        self._connect()
        self._show_offer()

    def focus_first(self) -> None:
        """Give the focus to the table."""
        self.table.focus_first()

    def said(self) -> str:
        """Return the line over the table."""
        return self._said.text()

    def totals_text(self) -> str:
        """Return the line below the table."""
        return self._totals.text()

    def refresh(self) -> None:
        """Ask the venue for what is chosen, if anybody can see it."""
        self._show_offer()
        account = self.bar.account.key()
        feeds = self._feeds()
        if account is None or not self.isVisible():
            return
        self._asked += 1
        start_ns, end_ns = self.bar.bounds()
        if Feed.TRADE_HISTORY in feeds:
            self._said.setText("Asking the venue…")
            self._start(
                AskVenue(
                    connection_id=account.connection_id,
                    query=TradeHistoryQuery(account=account, start_ns=start_ns, end_ns=end_ns),
                )
            )
        if Feed.INTRODUCED_TRADES in feeds:
            until = end_ns or self._screen.clock.now_ns()
            self._start(
                AskVenue(
                    connection_id=account.connection_id,
                    query=IntroducedTradesQuery(account=account, start_ns=start_ns, end_ns=until),
                )
            )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask when it comes into sight."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def _start(self, command: AskVenue) -> None:
        self._screen.tasks.start(self._ask(command, self._asked), "history")

    async def _ask(self, command: AskVenue, asked: int) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone:
            self._said.setText("The engine has stopped. Restart the program.")
            return
        if asked == self._asked:
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        if isinstance(answer, Refused):
            words = " ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings)
            self._said.setText(f"Not known: {words} What is shown below is older.")
        elif isinstance(answer, VenueAnswered) and isinstance(answer.result, HistoryAnswer):
            self.table.model.replace_all(answer.result.trades)
            now = time_text(self._screen.clock.now_ns(), Naming.of(self._screen.services).zone)[:8]
            self._said.setText(f"As the venue told it at {now}.")
            account = self.bar.account.account()
            self._totals.setText(history_totals(answer.result.trades).text(account.currency if account else ""))
        elif isinstance(answer, VenueAnswered) and isinstance(answer.result, IntroducedAnswer):
            self.introduced.model.replace_all(answer.result.trades)

    def _feeds(self) -> frozenset[Feed]:
        account = self.bar.account.key()
        connections = self._screen.services.connections
        offered = None if account is None else connections.capabilities.get(account.connection_id)
        return frozenset() if offered is None else offered.feeds

    def _show_offer(self) -> None:
        """Show what this account's venue has, and say so where it has nothing."""
        feeds = self._feeds()
        has_history = Feed.TRADE_HISTORY in feeds
        self._tabs.setTabVisible(1, Feed.INTRODUCED_TRADES in feeds)
        self._tabs.setVisible(has_history)
        self._tabs.tabBar().setVisible(Feed.INTRODUCED_TRADES in feeds)
        self._totals.setVisible(has_history)
        self.bar.set_offered(has_history)
        if self.bar.account.key() is None:
            self._said.setText("No account yet. Add a connection, or start the demo.")
        elif not has_history:
            self._said.setText(NO_HISTORY)

    def _chosen_anew(self) -> None:
        """Show nothing of another account while the new one's lines are on their way."""
        self.table.model.replace_all(())
        self.introduced.model.replace_all(())
        self._totals.setText("")
        self.refresh()

    def _take_positions(self, positions: list[Position]) -> None:
        account = self.bar.account.key()
        if any(one.key == account and not one.net_qty for one in positions) and self.isVisible():
            self._after_close.start()

    def _accounts_changed(self) -> None:
        before = self.bar.account.key()
        self.bar.account.refresh()
        self._show_offer()
        if self.bar.account.key() != before:
            self._chosen_anew()

    def _connect(self) -> None:
        services = self._screen.services
        self.bar.changed.connect(self._chosen_anew)
        self.bar.refresh_requested.connect(self.refresh)
        self._after_close.timeout.connect(self.refresh)
        self._export.ended.connect(lambda _written, text: self._said.setText(text))
        services.accounts.positions_changed.connect(self._take_positions)
        services.accounts.accounts_changed.connect(lambda _accounts: self._accounts_changed())
        services.accounts.accounts_removed.connect(lambda _keys: self._accounts_changed())
        services.connections.connections_changed.connect(self._show_offer)


def _line(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setAccessibleName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
