"""The window: menus and strip on top, docks below, dialogs when asked for.

It holds no trading rule and does no I/O. A dialog is loaded when it is first opened, because a start must not pay for
it. The window closes only when nothing is left behind unsaid; who started it is told by :attr:`MainWindow.closed` and
ends the program.
"""

# ruff: noqa: PLC0415

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QVBoxLayout, QWidget

from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.orders import Order
from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.armed_keys import ArmedKeys
from workstation.widgets.arming import Arming
from workstation.widgets.desk_actions import DeskActions
from workstation.widgets.dock_specs import DockSpec
from workstation.widgets.environment import EnvironmentFrame, most_serious
from workstation.widgets.icons import program_icon
from workstation.widgets.key_actions import ARM, KILL
from workstation.widgets.key_guard import KeyGuard
from workstation.widgets.kill_bar import KillBar
from workstation.widgets.screen import Screen
from workstation.widgets.status_strip import StatusStrip
from workstation.widgets.toasts import Toast
from workstation.widgets.tool_row import ToolRow
from workstation.widgets.window_menus import WindowMenus
from workstation.widgets.workspace import ScreenKeeper, Workspace
from workstation.widgets.workspace_book import WorkspaceBook

if TYPE_CHECKING:
    from workstation.widgets.dialogs.about import AboutDialog
    from workstation.widgets.dialogs.alert_centre import AlertCentre
    from workstation.widgets.dialogs.connections import ConnectionsDialog
    from workstation.widgets.dialogs.first_start import FirstStart
    from workstation.widgets.dialogs.key_sheet import KeySheet
    from workstation.widgets.dialogs.release_kill import ReleaseKillDialog

_FIRST_SIZE = (1366, 768)

Shown = TypeVar("Shown", bound=QDialog)


class MainWindow(QMainWindow):
    """One trading window."""

    closed = Signal()
    """The window is closed for good; layouts are saved."""
    demo_requested = Signal()
    """The trader wants the built-in venue."""
    symbol_chosen = Signal(object, str)
    """ConnectionID and symbol, found with Ctrl+K."""
    account_chosen = Signal(object)
    """AccountKey, found with Ctrl+K."""
    doubts_requested = Signal()
    """The trader pressed IN DOUBT."""

    def __init__(self, screen: Screen, docks: Sequence[DockSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_ = screen
        self._leaving = False
        self.joints: object = None  # what joins the docks lives as long as they do
        self._open: dict[type[QDialog], QDialog] = {}
        self.setWindowIcon(program_icon())
        self.alerts = Alerts(screen.services, screen.settings, screen.clock, self)
        self.frame = EnvironmentFrame(screen.theme, self)
        self.workspace = Workspace(screen.theme, self.frame)
        self.toast = Toast(screen.theme, self.frame)
        self.desk_actions = DeskActions(screen, self.alerts, self.toast, self)
        self.tools = ToolRow(screen, self)
        self.strip = StatusStrip(screen, self.alerts, self)
        self.kill_bar = KillBar(screen, self)
        self.arming = Arming(screen.services, screen.clock, self)
        self.armed_keys = ArmedKeys(screen, self.arming, self.alerts, self.toast, self)
        self._docks = tuple(docks)
        self._build_docks()
        self.book = WorkspaceBook(self, self.workspace, screen.layouts, screen.settings)
        self._keeper = ScreenKeeper(self)
        self._lay_out()
        self._wire()

    def open_first(self) -> None:
        """Show the window as it was left, the hands on the first dock."""
        self.resize(*_FIRST_SIZE)
        self.book.open_first()
        self.screen_.theme.dress()
        self.show()
        self._focus_first_dock()

    def show_dock(self, dock_id: str) -> None:
        """Open a dock and go there."""
        self.workspace.show_dock(dock_id)

    def open_palette(self) -> None:
        """Find or do."""
        from workstation.widgets.command_palette import CommandPalette
        from workstation.widgets.palette_entries import palette_entries

        palette = CommandPalette(palette_entries(self), self.screen_.theme, self)
        palette.open_over(self, self.tools.height())

    def open_connections(self) -> "ConnectionsDialog":
        """Show the connections."""
        from workstation.widgets.dialogs.connections import ConnectionsDialog

        return self.show_dialog(ConnectionsDialog(self.screen_, self))

    def edit_connection(self, connection_id: ConnectionID) -> None:
        """Show the form of one connection."""
        self.open_connections().edit(connection_id)

    def add_connection(self) -> None:
        """Show an empty form."""
        self.open_connections().add()

    def open_alerts(self) -> "AlertCentre":
        """Show the alerts."""
        from workstation.widgets.dialogs.alert_centre import AlertCentre

        return self.show_dialog(AlertCentre(self.screen_, self.alerts, self))

    def open_key_sheet(self) -> "KeySheet":
        """Show the keys."""
        from workstation.widgets.dialogs.key_sheet import KeySheet

        return self.show_dialog(KeySheet(self.screen_, self))

    def open_about(self) -> "AboutDialog":
        """Show name, version and folders."""
        from workstation.widgets.dialogs.about import AboutDialog

        return self.show_dialog(AboutDialog(self.screen_, self))

    def open_release(self) -> "ReleaseKillDialog":
        """Ask for the word that ends the kill."""
        from workstation.widgets.dialogs.release_kill import ReleaseKillDialog

        return self.show_dialog(ReleaseKillDialog(self.screen_, self))

    def open_first_start(self) -> "FirstStart":
        """Offer the demo and a first connection."""
        from workstation.widgets.dialogs.first_start import FirstStart

        dialog = FirstStart(self.screen_, self)
        dialog.demo_chosen.connect(self.demo_requested)
        dialog.connection_chosen.connect(self.add_connection)
        return self.show_dialog(dialog)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def toggle_lock(self) -> None:
        """Lock or unlock sending."""
        self.desk_actions.toggle_lock()

    def choose_symbol(self, connection_id: ConnectionID, symbol: str) -> None:
        """Bring a symbol to the ticket; nothing is sent."""
        self.symbol_chosen.emit(connection_id, symbol)

    def choose_account(self, account: AccountKey) -> None:
        """Bring an account to the ticket; nothing is sent."""
        self.account_chosen.emit(account)

    def working_orders(self) -> list[Order]:
        """Return what would go on without this program."""
        return [order for order in self.screen_.services.orders.orders.values() if not order.is_closed]

    def leave(self) -> None:
        """Close without asking once more; also for a signal from outside."""
        self._leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close, or first say which orders keep working."""
        working = self.working_orders()
        if working and not self._leaving:
            event.ignore()
            self._guard_exit(working)
            return
        self.book.save()
        event.accept()
        self.closed.emit()

    def _guard_exit(self, working: list[Order]) -> None:
        from workstation.widgets.dialogs.exit_guard import ExitGuard

        guard = ExitGuard(self.screen_, working, self)
        guard.leave.connect(self.leave)
        guard.cancel_all.connect(lambda ids: self.desk_actions.cancel(ids, "Cancel all in the closing dialog"))
        self.show_dialog(guard)

    def _build_docks(self) -> None:
        for spec in self._docks:
            self.workspace.add(spec, spec.build(self.screen_))
            action = self.screen_.keys.make(spec.focus_key, self, self._goer(spec.dock_id))
            action.setObjectName(f"go-to-{spec.dock_id}")

    def _focus_first_dock(self) -> None:
        """Put the hands on the first dock, if it is open: docks that were moved have lost the focus."""
        if self.isVisible() and self._docks and self.workspace.is_open(self._docks[0].dock_id):
            self.workspace.show_dock(self._docks[0].dock_id)

    def _goer(self, dock_id: str) -> "_GoTo":
        return _GoTo(self, dock_id)

    def _lay_out(self) -> None:
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.tools, self.strip, self.kill_bar):
            column.addWidget(part)
        self.setMenuWidget(top)
        self.frame.hold(self.workspace.widget)
        self.setCentralWidget(self.frame)
        self.menus = WindowMenus(self.screen_, self.workspace, self.book, self, self)
        self.menus.build(self.tools.menus)

    def _wire(self) -> None:
        connections = self.screen_.services.connections
        connections.connections_changed.connect(self._show_environment)
        self.book.switched.connect(lambda _number: self._show_environment())
        self.book.switched.connect(lambda _number: self._focus_first_dock())
        self.book.fell_back.connect(lambda words: self.alerts.raise_alert(Severity.WARNING, words))
        self.alerts.raised.connect(lambda alert: self.toast.say(alert.severity, alert.text))
        self.tools.finder.clicked.connect(self.open_palette)
        self.tools.lock.clicked.connect(self._lock_clicked)
        self.tools.kill.held.connect(lambda: self.desk_actions.kill("KILL button held"))
        self.kill_bar.release_requested.connect(self.open_release)
        self.strip.alerts_requested.connect(self.open_alerts)
        self.strip.connections_requested.connect(self.open_connections)
        self.strip.connect_requested.connect(self.desk_actions.connect_to)
        self.strip.disconnect_requested.connect(self.desk_actions.disconnect_from)
        self.strip.edit_requested.connect(self.edit_connection)
        self.strip.doubts_requested.connect(self.doubts_requested)
        self.strip.armed_pressed.connect(self.armed_keys.field_pressed)
        self.arming.changed.connect(self._show_armed)
        self._guard_keys()
        self._show_armed()
        self._show_environment()

    def _guard_keys(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication), "a window needs an application"
        self.key_guard = KeyGuard(self.screen_.keys, application, self)
        self.key_guard.hold_began.connect(self._hold_began)
        self.key_guard.hold_ended.connect(lambda _action: self.tools.kill.hide_hold())
        self.key_guard.held.connect(self._key_held)

    def _hold_began(self, action_id: str) -> None:
        if action_id == KILL:
            self.tools.kill.show_hold()

    def _show_armed(self) -> None:
        text, sentence, stands_out = self.armed_keys.strip_texts()
        self.strip.show_armed(text, sentence, stands_out=stands_out)

    def _key_held(self, action_id: str) -> None:
        self.tools.kill.hide_hold()
        if action_id == ARM:
            self.armed_keys.arm()
        elif action_id == KILL:
            self.desk_actions.kill(f"{self.screen_.keys.label(KILL)} held")

    def _lock_clicked(self) -> None:
        # The button shows the desk's state, not the click: the desk may refuse.
        self.tools.lock.setChecked(self.screen_.services.connections.desk_state.locked)
        self.desk_actions.toggle_lock()

    def _show_environment(self) -> None:
        environment = most_serious(self.screen_.services.connections.profiles.values())
        self.frame.show_environment(environment)
        self.setWindowTitle(window_title(environment, self.book.name(self.book.number)))

    def show_dialog(self, dialog: Shown) -> Shown:
        """Open `dialog`; an open one of the same kind is brought to the front instead."""
        before = self._open.get(type(dialog))
        if before is not None:
            dialog.deleteLater()
            before.raise_()
            before.activateWindow()
            return before  # type: ignore[return-value]  # kept under its own type
        self._open[type(dialog)] = dialog
        dialog.finished.connect(lambda _result: self._open.pop(type(dialog), None))
        dialog.open() if dialog.windowModality() is not Qt.WindowModality.NonModal else dialog.show()
        return dialog


class _GoTo:
    """Goes to one dock when called."""

    def __init__(self, window: MainWindow, dock_id: str) -> None:
        self._window = window
        self._dock_id = dock_id

    def __call__(self) -> None:
        self._window.show_dock(self._dock_id)


def window_title(environment: Environment | None, workspace: str) -> str:
    """Return the title, the environment's word first: it is what a task bar still shows."""
    mark = f"[{word(environment)}] " if environment else ""
    return f"{mark}Workstation — workspace: {workspace}"
