"""The strip under the menu: connections, doubt, alerts, money and mode, always in sight.

It is no dock and cannot be hidden. Everything on it can be reached by keyboard and pressed for more.
"""

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.domain.orders import Order
from workstation.item_models.words import word
from workstation.venues.base import ConnectionStatus, Lamp
from workstation.widgets.alerts import Alerts
from workstation.widgets.environment import ENVIRONMENT_SENTENCE, EnvironmentBadge, most_serious
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.lamps import lamp_icon, lamp_tooltip, lamp_words
from workstation.widgets.screen import Screen
from workstation.widgets.strip_figures import DoubtCount, day_pnl_text, mode_text

_LAMP_PIXELS = 14
_REFRESH_MS = 1000


class StripField(QPushButton):
    """A word with a figure; `alarm` makes it stand out."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stripField")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = name
        self._alarm = False

    def show_text(self, text: str, sentence: str = "", *, alarm: bool = False) -> None:
        """Show `text`; `sentence` says what it means."""
        if text != self.text():
            self.setText(text)
        if sentence != self.toolTip():
            self.setToolTip(sentence)
            self.setAccessibleDescription(sentence)
        self.setAccessibleName(f"{self._name}: {text}")
        if alarm != self._alarm:
            self._alarm = alarm
            self.setProperty("alarm", alarm)
            self.style().unpolish(self)
            self.style().polish(self)


class ConnectionField(StripField):
    """One connection's lamp; pressing it offers to connect, disconnect and edit."""

    connect_requested = Signal(object)
    disconnect_requested = Signal(object)
    edit_requested = Signal(object)

    def __init__(self, screen: Screen, connection_id: ConnectionID, parent: QWidget | None = None) -> None:
        super().__init__("Connection", parent)
        self._screen = screen
        self._connection_id = connection_id
        self._drawn: Lamp | None = None
        self.clicked.connect(self.open_menu)
        screen.theme.changed.connect(self._redraw)
        self._redraw()

    def refresh(self) -> None:
        """Show the connection as it is now."""
        connections = self._screen.services.connections
        profile = connections.profiles.get(self._connection_id)
        if profile is None:
            return
        status, now_ns = connections.statuses.get(self._connection_id), self._screen.clock.now_ns()
        glyph = connections.capabilities[self._connection_id].glyph
        words = lamp_words(status, now_ns)
        self.show_text(f"{glyph}  {profile.name}  {words}", lamp_tooltip(profile, status, now_ns))
        self.setAccessibleName(f"Connection {profile.name}, {word(profile.environment)}: {words}")
        self._draw(status.worst if status else Lamp.OFF)

    def open_menu(self) -> None:
        """Open the choices for this connection under its lamp."""
        menu = self.menu_of_choices()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu_of_choices(self) -> QMenu:
        """Return what can be done with this connection now; none of it sends an order."""
        menu = QMenu(self)
        for text, signal in (
            ("Connect", self.connect_requested),
            ("Disconnect", self.disconnect_requested),
            ("Edit…", self.edit_requested),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit(self._connection_id))
        off = self._drawn in (Lamp.OFF, Lamp.NEEDS_YOU, None)
        menu.actions()[0].setEnabled(off)
        menu.actions()[1].setEnabled(not off)
        return menu

    def _draw(self, lamp: Lamp) -> None:
        if lamp is not self._drawn:
            self._drawn = lamp
            self.setIcon(lamp_icon(lamp, self._screen.theme, self.iconSize().width()))

    def _redraw(self) -> None:
        pixels = self._screen.theme.px(_LAMP_PIXELS)
        self.setIconSize(QSize(pixels, pixels))
        self._drawn = None
        self.refresh()


class StatusStrip(QFrame):
    """Two lines that wrap where the window is narrow."""

    connect_requested = Signal(object)
    disconnect_requested = Signal(object)
    edit_requested = Signal(object)
    doubts_requested = Signal()
    alerts_requested = Signal()
    connections_requested = Signal()
    armed_pressed = Signal()

    def __init__(self, screen: Screen, alerts: Alerts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusStrip")
        self._screen = screen
        self._alerts = alerts
        self._doubts = DoubtCount()
        self.lamps: dict[ConnectionID, ConnectionField] = {}
        self._lamp_row, self._figure_row = FlowRow(self, spacing=0), FlowRow(self, spacing=0)
        self.badge = EnvironmentBadge(screen.theme, None, self)
        self.none_yet = StripField("Connections", self)
        self.environment = StripField("Environment", self)
        self.in_doubt = StripField("In doubt", self)
        self.queued = StripField("Queued", self)
        self.alerts = StripField("Alerts", self)
        self.day_pnl = StripField("Day profit and loss", self)
        self.mode = StripField("Mode", self)
        self.armed = StripField("Armed", self)
        self._lay_out()
        self._listen()
        self._second = QTimer(self, interval=_REFRESH_MS)
        self._second.timeout.connect(self._refresh_lamps)
        self._second.start()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.setSpacing(0)
        layout.addWidget(self._lamp_row)
        layout.addWidget(self._figure_row)
        self._lamp_row.add(self.badge, self.none_yet)
        self._figure_row.add(
            self.environment, self.in_doubt, self.queued, self.alerts, self.day_pnl, self.mode, self.armed
        )
        self.none_yet.show_text("No connection yet: add one", "Opens the connections.")
        self.none_yet.clicked.connect(self.connections_requested)
        self.environment.clicked.connect(self.connections_requested)
        self.in_doubt.clicked.connect(self.doubts_requested)
        self.alerts.clicked.connect(self.alerts_requested)
        self.armed.clicked.connect(self.armed_pressed)
        self.show_armed("ARMED: no", "One-key sending is off. Every order is reviewed first.", stands_out=False)

    def show_armed(self, text: str, sentence: str, *, stands_out: bool) -> None:
        """Say whether one key may send, for which account and how long."""
        self.armed.show_text(text, sentence)
        if self.armed.property("armed") != stands_out:  # in a colour of its own: nothing is wrong, but a key can send
            self.armed.setProperty("armed", stands_out)
            self.armed.style().unpolish(self.armed)
            self.armed.style().polish(self.armed)

    def _listen(self) -> None:
        services = self._screen.services
        services.connections.connections_changed.connect(self._rebuild_lamps)
        services.connections.statuses_changed.connect(self._statuses_changed)
        services.connections.desk_state_changed.connect(self._show_mode)
        services.orders.latest_changed.connect(self._orders_changed)
        services.accounts.balances_changed.connect(self._show_pnl)
        services.accounts.accounts_removed.connect(self._show_pnl)
        self._alerts.changed.connect(self._show_alerts)
        self._rebuild_lamps()
        self._show_mode()
        self._orders_changed(list(services.orders.orders.values()))
        self._show_pnl()
        self._show_alerts()

    def _rebuild_lamps(self) -> None:
        profiles = self._screen.services.connections.profiles
        for gone in set(self.lamps) - set(profiles):
            field = self.lamps.pop(gone)
            field.hide()
            field.deleteLater()
        for connection_id in profiles:
            if connection_id not in self.lamps:
                self.lamps[connection_id] = self._new_lamp(connection_id)
        self.none_yet.setVisible(not profiles)
        self._refresh_lamps()
        self._show_environment(list(profiles.values()))

    def _new_lamp(self, connection_id: ConnectionID) -> ConnectionField:
        field = ConnectionField(self._screen, connection_id, self._lamp_row)
        field.connect_requested.connect(self.connect_requested)
        field.disconnect_requested.connect(self.disconnect_requested)
        field.edit_requested.connect(self.edit_requested)
        self._lamp_row.add(field)
        field.show()
        return field

    def _show_environment(self, profiles: list[ConnectionProfile]) -> None:
        present = [each for each in Environment if any(profile.environment is each for profile in profiles)]
        words = " + ".join(word(environment) for environment in present) or "OFF"
        worst = most_serious(profiles)
        sentence = ENVIRONMENT_SENTENCE[worst] if worst else "No connection yet."
        self.environment.show_text(words, sentence)
        self.environment.setVisible(len(present) > 1)
        self.badge.show_environment(worst)
        self.badge.setVisible(worst is not None)

    def _statuses_changed(self, _statuses: list[ConnectionStatus]) -> None:
        self._refresh_lamps()

    def _refresh_lamps(self) -> None:
        for field in self.lamps.values():
            field.refresh()
        statuses = self._screen.services.connections.statuses.values()
        waiting = sum(status.queued for status in statuses)
        self.queued.show_text(f"queued {waiting}", "Requests that wait for a connection or for the venue's rate limit.")

    def _orders_changed(self, orders: list[Order]) -> None:
        count = self._doubts.take(orders)
        sentence = "Orders whose fate is not known yet. They may be working; press to see them."
        self.in_doubt.show_text(f"IN DOUBT {count}", sentence, alarm=count > 0)

    def _show_pnl(self, *_changed: object) -> None:
        text, sentence = day_pnl_text(self._screen.services.accounts.balances.values())
        self.day_pnl.show_text(f"day P&&L {text}", sentence)

    def _show_alerts(self) -> None:
        count = len(self._alerts.pending)
        self.alerts.show_text(f"alerts {count}", "Errors that nobody has acknowledged; press to read them.")

    def _show_mode(self, *_state: object) -> None:
        state = self._screen.services.connections.desk_state
        text, sentence = mode_text(state)
        self.mode.show_text(f"mode: {text}", sentence)
