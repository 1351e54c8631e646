"""What the trader has not yet taken note of: errors and failures, kept until acknowledged, also over a restart.

A toast may show the same words, but never holds the only copy. Equal alerts are counted, not repeated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from workstation.desk.messages import ActivityLine, DeskState, EngineFailed
from workstation.runtime.clock import Clock
from workstation.services.subjects import Services
from workstation.venues.base import Severity
from workstation.widgets.settings_port import Settings, integer, text

SECTION = "alerts"
LIMIT = 200
"""More are not kept; the oldest go, and the activity log still has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to take note of. `time_ns` is when it happened last, `count` how often."""

    time_ns: int
    severity: Severity
    text: str
    count: int = 1


class Alerts(QObject):
    """The unacknowledged alerts, newest first."""

    changed = Signal()
    raised = Signal(object)
    """Alert: something new happened, for a toast."""

    def __init__(self, services: Services, settings: Settings, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self.pending: list[Alert] = _restored(settings.get(SECTION))
        services.activity.lines_added.connect(self._read_lines)
        services.connections.engine_failed.connect(self._engine_failed)
        services.connections.desk_state_changed.connect(self._desk_state_changed)

    def raise_alert(self, severity: Severity, words: str, time_ns: int | None = None) -> None:
        """Add an alert, or count an equal one up."""
        self._add([Alert(time_ns=time_ns or self._clock.now_ns(), severity=severity, text=words)])

    def acknowledge(self, alerts: Iterable[Alert]) -> None:
        """Take these off the list."""
        known = {alert.text for alert in alerts}
        self._replace([alert for alert in self.pending if alert.text not in known])

    def acknowledge_all(self) -> None:
        """Take all off the list."""
        self._replace([])

    def _read_lines(self, lines: list[ActivityLine]) -> None:
        errors = [line for line in lines if line.severity is Severity.ERROR]
        if errors:
            self._add([Alert(time_ns=line.time_ns, severity=line.severity, text=line.text) for line in errors])

    def _engine_failed(self, failed: EngineFailed) -> None:
        self.raise_alert(Severity.ERROR, f"{failed.part} stopped: {failed.text}")

    def _desk_state_changed(self, state: DeskState) -> None:
        if state.journal_fault:
            self.raise_alert(Severity.ERROR, state.journal_fault)

    def _add(self, alerts: list[Alert]) -> None:
        by_text = {alert.text: alert for alert in reversed(self.pending)}
        for alert in alerts:
            before = by_text.pop(alert.text, None)
            by_text[alert.text] = replace(alert, count=before.count + 1) if before else alert
        self._replace(list(reversed(by_text.values()))[:LIMIT])
        self.raised.emit(alerts[-1])

    def _replace(self, alerts: list[Alert]) -> None:
        if alerts == self.pending:
            return
        self.pending = alerts
        kept = [
            {"time_ns": alert.time_ns, "severity": alert.severity.value, "text": alert.text, "count": alert.count}
            for alert in alerts
        ]
        self._settings.put(SECTION, {"pending": kept})
        self.changed.emit()


def _restored(section: Mapping[str, object]) -> list[Alert]:
    kept = section.get("pending")
    if not isinstance(kept, list):
        return []
    return [_alert(entry) for entry in kept[:LIMIT] if isinstance(entry, dict) and isinstance(entry.get("text"), str)]


def _alert(entry: Mapping[str, object]) -> Alert:
    severity = Severity(text(entry, "severity", "ERROR", [each.value for each in Severity]))
    return Alert(
        time_ns=integer(entry, "time_ns", 0),
        severity=severity,
        text=text(entry, "text", ""),
        count=max(1, integer(entry, "count", 1)),
    )
