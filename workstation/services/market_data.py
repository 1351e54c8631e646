"""The market as the screen knows it: latest quotes and depth, streamed candles and news, as Qt signals.

Each signal carries one turn's changes. Lives in the screen's thread; a dock that opens late reads what is held.
"""

from collections import deque

from PySide6.QtCore import QObject, Signal

from workstation.desk.messages import MarketMoved
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Depth, NewsItem, Quote

MOST_NEWS = 2_000


class MarketDataService(QObject):
    """Quotes, depth, one-minute candles and news of all connections."""

    quotes_changed = Signal(list)
    """list[Quote]: of each instrument the latest"""
    depths_changed = Signal(list)
    """list[Depth]"""
    candles_added = Signal(list)
    """list[LiveCandle], oldest first; the same minute may come again while it grows"""
    news_added = Signal(list)
    """list[NewsItem], oldest first"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.quotes: dict[InstrumentKey, Quote] = {}
        self.depths: dict[InstrumentKey, Depth] = {}
        self.news: deque[NewsItem] = deque(maxlen=MOST_NEWS)

    def accept(self, moved: MarketMoved) -> None:
        """Take one turn's changes."""
        if moved.quotes:
            self.quotes.update((quote.key, quote) for quote in moved.quotes)
            self.quotes_changed.emit(list(moved.quotes))
        if moved.depths:
            self.depths.update((depth.key, depth) for depth in moved.depths)
            self.depths_changed.emit(list(moved.depths))
        if moved.candles:
            self.candles_added.emit(list(moved.candles))
        if moved.news:
            self.news.extend(moved.news)
            self.news_added.emit(list(moved.news))

    def forget(self, connection_id: ConnectionID) -> None:
        """Drop what belonged to a removed connection."""
        self.quotes = {key: quote for key, quote in self.quotes.items() if key.connection_id != connection_id}
        self.depths = {key: depth for key, depth in self.depths.items() if key.connection_id != connection_id}
