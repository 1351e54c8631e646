"""The window's shell on a bench: a dressed application, a fake desk, and docks that are plain fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import QST, capabilities, make_screen
from tests.support.fake_desk_client import FakeClock, FakeDeskClient
from workstation.desk.messages import ConnectionListed
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.widgets import key_actions
from workstation.widgets.dock_specs import DockSpec, Place
from workstation.widgets.main_window import MainWindow
from workstation.widgets.screen import Screen


class StubDock(QLineEdit):
    """Stands for a dock's content."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAccessibleName(name)


def spec(name: str, place: Place, focus_key: str) -> DockSpec:
    """Return a dock that holds a plain field."""
    return DockSpec(
        dock_id=name, title=name.capitalize(), place=place, focus_key=focus_key, build=lambda _: StubDock(name)
    )


STUB_DOCKS = (
    spec("ticket", Place.LEFT, key_actions.FOCUS_TICKET),
    spec("orders", Place.CENTRE, key_actions.FOCUS_ORDERS),
    spec("positions", Place.CENTRE_MIDDLE, key_actions.FOCUS_POSITIONS),
    spec("log", Place.CENTRE_BOTTOM, key_actions.FOCUS_LOG),
    spec("accounts", Place.RIGHT, key_actions.FOCUS_ACCOUNTS),
)


@dataclass
class ShellBench:
    """A screen without an engine, and the application that wears its theme."""

    screen: Screen
    desk: FakeDeskClient
    qtbot: QtBot

    @property
    def clock(self) -> FakeClock:
        """The screen's clock."""
        assert isinstance(self.screen.clock, FakeClock)
        return self.screen.clock

    def show(self, widget: QWidget) -> None:
        """Show `widget` and wait until it is."""
        self.qtbot.addWidget(widget)
        with self.qtbot.waitExposed(widget):
            widget.show()

    def window(self) -> MainWindow:
        """Show the main window with plain docks, active."""
        window = MainWindow(self.screen, STUB_DOCKS)
        self.qtbot.addWidget(window)
        with self.qtbot.waitExposed(window):
            window.open_first()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        return window

    def list_connection(self, name: str, environment: Environment) -> ConnectionProfile:
        """Make another connection known, and return its profile."""
        outside = environment is not Environment.SIMULATED
        profile = ConnectionProfile(
            connection_id=ConnectionID(name.lower().replace(" ", "-")),
            venue="qst",
            name=name,
            environment=environment,
            url="wss://gateway.example/order" if outside else "ws://127.0.0.1:9/",
        )
        self.screen.services.dispatch([ConnectionListed(profile=profile, capabilities=capabilities())])
        return profile

    def forget_connections(self) -> None:
        """Begin like a new profile."""
        self.screen.services.connections.removed(QST)
        self.screen.services.accounts.forget(QST)


@contextmanager
def dressed_bench(qapp: QApplication, qtbot: QtBot) -> Iterator[ShellBench]:
    """Give the application the theme of a new screen, and its own look back afterwards."""
    # What the test before left behind would be dressed as well, and every test would be slower than the last.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    screen, desk = make_screen()
    font, palette = qapp.font(), qapp.palette()
    screen.theme.install(qapp)
    yield ShellBench(replace(screen), desk, qtbot)
    qapp.styleHints().colorSchemeChanged.disconnect()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
