"""The real window on the real engine and a venue on a real socket, as a trader has it; only time is the test's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.joined_side import JoinedSide
from workstation.domain.orders import Order
from workstation.runtime.tasks import TaskOwner
from workstation.services.engine_seam import EngineSeam
from workstation.services.subjects import Services
from workstation.venues.base import Lamp
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.keys import KeyTable
from workstation.widgets.main_window import MainWindow
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.standard_docks import ORDERS, TICKET, standard_window
from workstation.widgets.theme import Theme
from workstation.widgets.ticket.dealing import Stage

PATIENCE_S = 20.0
LOOK_S = 0.01
NONE = Qt.KeyboardModifier.NoModifier
Key = tuple[Qt.Key, Qt.KeyboardModifier] | str
_Kind = TypeVar("_Kind", bound=QWidget)


class JoinedWindow:
    """Hands and eyes on the window, and the venue behind it."""

    def __init__(self, window: MainWindow, services: Services, seam: EngineSeam, side: JoinedSide) -> None:
        self.window, self.services, self.seam, self.side = window, services, seam, side
        self.ticket = _content(window, TICKET, OrderTicket)
        self.orders = _content(window, ORDERS, OrderBookDock)

    async def until(self, holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
        """Let the screen live until `holds`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience_s
        while not holds():
            assert loop.time() < end, f"it never came true: {what}; {self._said()}"
            await asyncio.sleep(LOOK_S)

    def _said(self) -> str:
        held = self.held()
        return f"focus {QApplication.focusWidget()}, {len(held)} orders, the last {held[-5:]}"

    async def turns(self, count: int = 20) -> None:
        """Let the screen and the engine live a little, for what must not happen."""
        for _ in range(count):
            await asyncio.sleep(LOOK_S)

    def held(self) -> list[Order]:
        return list(self.services.orders.orders.values())

    def press(self, *keys: Key) -> None:
        """Press keys wherever the focus is."""
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self.focused, key)
            else:
                QTest.keyClick(self.focused, *key)

    @property
    def stage(self) -> Stage:
        """How far the order in the ticket has come."""
        return self.ticket.dealing.stage

    @property
    def focused(self) -> QWidget:
        """The widget that gets the keys."""
        widget = QApplication.focusWidget()
        assert widget is not None, "no widget has the focus"
        return widget

    def has_focus(self, widget: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is widget or widget.isAncestorOf(focused))


@asynccontextmanager
async def joined_window(app: QApplication, folder: Path) -> AsyncIterator[JoinedWindow]:
    """Show the window on a live venue until the block is left; everything ends in order."""
    side, services, settings = JoinedSide(folder), Services(), MemorySettings()
    seam, theme = EngineSeam(services, side.build), Theme(settings)
    failed: list[str] = []
    tasks = TaskOwner(lambda name, error: failed.append(f"{name}: {error!r}"), asyncio.get_running_loop())
    screen = Screen(
        services=services,
        desk=seam,
        theme=theme,
        settings=settings,
        tasks=tasks,
        keys=KeyTable(settings),
        clock=side.clock,
    )
    window = standard_window(screen)
    joined = JoinedWindow(window, services, seam, side)
    quits = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)  # as the program does: Qt must not stop the loop under us
    try:
        window.open_first()
        window.activateWindow()
        seam.start()
        await joined.until(lambda: _is_live(services), "the lamps are green")
        await joined.until(window.isActiveWindow, "the window is active")
        yield joined
    finally:
        window.leave()
        await seam.stop()
        await tasks.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.setQuitOnLastWindowClosed(quits)
    assert failed == []


def _is_live(services: Services) -> bool:
    statuses = services.connections.statuses.values()
    return any(status.worst is Lamp.LIVE for status in statuses)


def _content(window: MainWindow, dock_id: str, kind: type[_Kind]) -> _Kind:
    content = window.workspace.content(dock_id)
    assert isinstance(content, kind)
    return content
