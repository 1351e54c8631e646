"""The part of the selftest for venues with market data and positions held apart: their docks, and a close."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from PySide6.QtWidgets import QCheckBox, QWidget

from workstation.app import Desktop
from workstation.domain.capabilities import Feed
from workstation.domain.identity import AccountKey, InstrumentKey
from workstation.widgets.dialogs.close_position import ClosePositionDialog
from workstation.widgets.docks.calendar import CalendarDock
from workstation.widgets.docks.chart import ChartDock
from workstation.widgets.docks.history import HistoryDock
from workstation.widgets.docks.ladder import LadderDock
from workstation.widgets.docks.news import NewsDock
from workstation.widgets.docks.positions import PositionsDock
from workstation.widgets.docks.quotes import QuotesDock
from workstation.widgets.docks.symbol_details import SymbolDock
from workstation.widgets.late_content import LateContent
from workstation.widgets.standard_docks import CALENDAR, CHART, HISTORY, LADDER, NEWS, POSITIONS, QUOTES, SYMBOL

Until = Callable[[Callable[[], bool], str], Awaitable[None]]
Kind = TypeVar("Kind", bound=QWidget)


class MarketChecks:
    """Hands and eyes on the docks of the market."""

    def __init__(self, desktop: Desktop, until: Until) -> None:
        assert desktop.window is not None
        self._window = desktop.window
        self._services = desktop.services
        self._until = until

    async def look(self, venue: str, account: AccountKey, symbol: str) -> None:
        """Look at every dock that the venue feeds.

        Raises:
            CheckFailed: one stays empty.
        """
        feeds = self._services.connections.capabilities[account.connection_id].feeds
        if Feed.QUOTES not in feeds:
            return
        key = InstrumentKey(account.connection_id, symbol)
        await self._look_at_prices(venue, key)
        chart = self._dock(CHART, ChartDock)
        chart.choose(key)
        await self._until(lambda: len(chart.feed.series.candles) > 50, f"{venue}: the chart shows candles of {symbol}")
        details = self._dock(SYMBOL, SymbolDock)
        await self._until(lambda: details.facts.rowCount() > 20, f"{venue}: the symbol dock tells all of {symbol}")
        await self._until(lambda: details.hours.rowCount() > 0, f"{venue}: the symbol dock shows trading hours")
        news, calendar = self._dock(NEWS, NewsDock), self._dock(CALENDAR, CalendarDock)
        await self._until(lambda: news.table.model.rowCount() > 0, f"{venue}: the news dock has news")
        await self._until(lambda: calendar.table.model.rowCount() > 0, f"{venue}: the calendar dock has events")

    async def close(self, venue: str, account: AccountKey, symbol: str) -> None:
        """Close the position through its dialog, and find it in the history.

        Raises:
            CheckFailed: it stays open, or the history does not tell it.
        """
        if not self._services.connections.capabilities[account.connection_id].holds_positions_apart:
            return
        positions = self._dock(POSITIONS, PositionsDock)
        held = next(one for one in self._services.accounts.positions.values() if one.key == account and one.net_qty)
        positions.table.view.select_key(held.place)
        await self._until(
            positions.actions_apart.close.isEnabled, f"{venue}: position {held.position_id} can be closed"
        )
        positions.actions_apart.close.trigger()
        dialog = positions.window().findChildren(ClosePositionDialog)[-1]
        await self._until(lambda: self._sends(dialog), f"{venue}: the close of position {held.position_id} is sent")
        net_qty = self._services.accounts.net_qty
        await self._until(lambda: not net_qty(account, symbol), f"{venue}: the position is closed")
        history = self._dock(HISTORY, HistoryDock)
        await self._until(lambda: history.table.model.rowCount() > 0, f"{venue}: the history dock tells of it")

    async def _look_at_prices(self, venue: str, key: InstrumentKey) -> None:
        quotes, ladder = self._dock(QUOTES, QuotesDock), self._dock(LADDER, LadderDock)
        self._window.show_dock(QUOTES)
        quotes.add(key)
        held = self._services.market.quotes
        await self._until(
            lambda: key in held and held[key].bid_px is not None and quotes.model.row_of(key) is not None,
            f"{venue}: the quotes dock shows {key.symbol} with a price",
        )
        self._window.show_dock(LADDER)
        await self._until(lambda: ladder.model.rowCount() > 10, f"{venue}: the ladder shows levels of {key.symbol}")

    def _sends(self, dialog: ClosePositionDialog) -> bool:
        """Press Send until the dialog takes it."""
        for box in dialog.verdicts.findChildren(QCheckBox):
            if not box.isChecked():
                box.click()
        dialog.send_button().click()
        return not dialog.isVisible() or not dialog.send_button().isVisible()

    def _dock(self, dock_id: str, kind: type[Kind]) -> Kind:
        """Bring a dock to the front and return what it holds."""
        self._window.show_dock(dock_id)
        content = self._window.workspace.content(dock_id)
        if isinstance(content, LateContent):
            content = content.content()
        assert isinstance(content, kind), f"the dock {dock_id} holds a {type(content).__name__}"
        return content
