"""What one dock wants to be told of the market, for as long as somebody can see it.

A dock behind another tab, or closed, keeps its watch for a while, because tabs are turned to and fro and venues count
subscriptions; then it is taken away, so that none is left behind.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workstation.desk.commands import Refused, WatchMarket
from workstation.domain.identity import InstrumentKey
from workstation.services.desk_client import EngineGone
from workstation.widgets.screen import Screen

REST_MS = 30_000
NOTHING: frozenset[InstrumentKey] = frozenset()


class MarketWatch(QObject):
    """The watch of the dock `widget`, under the name `watcher`."""

    refused = Signal(str)
    """The engine does not watch; the sentence says why."""

    def __init__(self, screen: Screen, watcher: str, widget: QWidget) -> None:
        super().__init__(widget)
        self._screen = screen
        self._wanted = self._sent = WatchMarket(watcher=watcher)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(lambda: self._send(WatchMarket(watcher=watcher)))
        self._widget = widget
        widget.installEventFilter(self)

    def want(
        self,
        *,
        quotes: frozenset[InstrumentKey] = NOTHING,
        depth: frozenset[InstrumentKey] = NOTHING,
        candles: frozenset[InstrumentKey] = NOTHING,
    ) -> None:
        """Wish for these from now on, in place of what was wished before."""
        self._wanted = WatchMarket(watcher=self._wanted.watcher, quotes=quotes, depth=depth, candles=candles)
        if self._widget.isVisible() or self._rest.isActive():
            self._send(self._wanted)

    @property
    def rest(self) -> QTimer:
        """Runs while nobody sees the dock and its watch goes on."""
        return self._rest

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begin when the dock comes into sight, end some time after it left."""
        if event.type() == QEvent.Type.Show:
            self._rest.stop()
            self._send(self._wanted)
        elif event.type() == QEvent.Type.Hide:
            self._rest.start()
        return super().eventFilter(watched, event)

    def _send(self, wish: WatchMarket) -> None:
        if wish != self._sent:
            self._sent = wish
            self._screen.tasks.start(self._ask(wish), f"watch for {wish.watcher}")

    async def _ask(self, wish: WatchMarket) -> None:
        try:
            answer = await self._screen.desk.ask(wish)
        except EngineGone:
            return  # the window says so already, and nothing moves any more
        if isinstance(answer, Refused):
            self.refused.emit(" ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings))
