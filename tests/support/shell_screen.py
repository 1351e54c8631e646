"""A whole window on sample trading, without an engine; and the application put back as it was afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from tests.support.dock_screen import (
    HEDGE,
    MAIN,
    QST,
    capabilities,
    make_balance,
    make_line,
    make_order,
    make_position,
    make_screen,
)
from tests.support.fake_desk_client import FakeClock, FakeDeskClient, InlineTasks
from workstation.desk.messages import ConnectionListed, EngineMessage
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.domain.order_states import OrdStatus
from workstation.services.subjects import Services
from workstation.venues.base import Severity
from workstation.widgets.keys import KeyTable
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.theme import Theme

URLS = {
    Environment.LIVE: "wss://live.example/qst",
    Environment.DEMO: "wss://demo.example/qst",
    Environment.SIMULATED: "ws://127.0.0.1:9/qst",
}


def empty_screen(settings: MemorySettings | None = None) -> tuple[Screen, FakeDeskClient]:
    """Return a screen before the first connection, and its desk."""
    settings, desk = settings or MemorySettings(), FakeDeskClient()
    screen = Screen(
        services=Services(),
        desk=desk,
        theme=Theme(settings),
        settings=settings,
        tasks=InlineTasks(),
        keys=KeyTable(settings),
        clock=FakeClock(),
    )
    return screen, desk


def busy_screen() -> tuple[Screen, FakeDeskClient]:
    """Return a screen with orders in every state, money, positions and log lines, and its desk."""
    screen, desk = make_screen()
    screen.services.dispatch(
        [
            *(make_order(f"W{number}", status) for number, status in enumerate(OrdStatus)),
            make_balance(MAIN),
            make_balance(HEDGE),
            make_position(MAIN, "ZCZ26", -5),
            *(make_line(seq, f"line {seq}", severity) for seq, severity in enumerate(Severity)),
        ]
    )
    return screen, desk


def listed(environment: Environment, connection_id: ConnectionID = QST, **changes: object) -> EngineMessage:
    """Return the news of a connection in `environment`."""
    made = ConnectionProfile(
        connection_id=connection_id,
        venue="qst",
        name=f"QST {environment.value.lower()}",
        environment=environment,
        url=URLS[environment],
    )
    return ConnectionListed(profile=replace(made, **changes), capabilities=capabilities())  # type: ignore[arg-type]


@contextmanager
def dressed(screen: Screen, app: QApplication) -> Iterator[None]:
    """Give the application the screen's theme, and take it away again."""
    font, palette = app.font(), app.palette()
    screen.theme.install(app)
    try:
        yield
    finally:
        app.styleHints().colorSchemeChanged.disconnect()
        app.setStyleSheet("")
        app.setPalette(palette)
        app.setFont(font)
