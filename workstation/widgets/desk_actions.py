"""What the window itself asks of the desk: lock, kill, cancel, connect. Every answer that is not plain is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from workstation.desk.commands import (
    Answer,
    CancelOrders,
    CancelsSent,
    Command,
    Connect,
    Disconnect,
    Kill,
    Refused,
    SetLock,
)
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.screen import Screen
from workstation.widgets.toasts import Toast


class DeskActions(QObject):
    """Asks and says what came of it."""

    def __init__(self, screen: Screen, alerts: Alerts, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._screen = screen
        self._alerts = alerts
        self._toast = toast

    def toggle_lock(self) -> None:
        """Lock sending, or unlock it."""
        self._ask(SetLock(locked=not self._screen.services.connections.desk_state.locked), "lock")

    def kill(self, gesture: str) -> None:
        """Block every send and cancel everything working."""
        self._ask(Kill(gesture=gesture), "kill")

    def cancel(self, cl_ord_ids: Sequence[ClOrdID], gesture: str) -> None:
        """Cancel these orders."""
        self._ask(CancelOrders(cl_ord_ids=tuple(cl_ord_ids), gesture=gesture), "cancel orders")

    def connect_to(self, connection_id: ConnectionID) -> None:
        """Start a connection."""
        self._ask(Connect(connection_id=connection_id), "connect")

    def disconnect_from(self, connection_id: ConnectionID) -> None:
        """Log out of a connection."""
        self._ask(Disconnect(connection_id=connection_id), "disconnect")

    def _ask(self, command: Command, name: str) -> None:
        self._screen.tasks.start(self._asked(command), name)

    async def _asked(self, command: Command) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._alerts.raise_alert(Severity.ERROR, f"{type(command).__name__} was not answered. {error}")
            return
        self._show(answer)

    def _show(self, answer: Answer) -> None:
        if isinstance(answer, Refused):
            words = " ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings)
            self._alerts.raise_alert(Severity.WARNING, words)
        elif isinstance(answer, CancelsSent):
            self._show_cancels(answer)

    def _show_cancels(self, answer: CancelsSent) -> None:
        for cl_ord_id, reason in answer.failed:
            self._alerts.raise_alert(Severity.ERROR, f"Order {cl_ord_id} may still work: its cancel failed. {reason}")
        if answer.sent:
            self._toast.say(Severity.INFO, f"{len(answer.sent)} cancels sent; not yet confirmed by the broker.")
