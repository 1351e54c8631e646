"""An alert is never lost before somebody took note of it."""

from tests.support.dock_screen import make_line
from tests.support.shell_bench import ShellBench
from workstation.desk.messages import DeskState, EngineFailed
from workstation.venues.base import Severity
from workstation.widgets.alerts import LIMIT, SECTION, Alert, Alerts


def alerts_of(bench: ShellBench) -> Alerts:
    return Alerts(bench.screen.services, bench.screen.settings, bench.screen.clock)


def texts(alerts: Alerts) -> list[str]:
    return [alert.text for alert in alerts.pending]


def test_errors_of_the_log_failures_and_a_broken_journal_are_alerts(bench: ShellBench) -> None:
    alerts = alerts_of(bench)
    raised: list[Alert] = []
    alerts.raised.connect(raised.append)
    bench.screen.services.dispatch(
        [make_line(1, "fine"), make_line(2, "careful", Severity.WARNING), make_line(3, "no answer", Severity.ERROR)]
    )
    bench.screen.services.dispatch([EngineFailed(part="QST demo", text="fell over")])
    bench.screen.services.dispatch([DeskState(journal_fault="The disk is full."), DeskState()])
    assert texts(alerts) == ["The disk is full.", "QST demo stopped: fell over", "no answer"]
    assert len(raised) == 3


def test_equal_alerts_are_counted_and_come_to_the_top(bench: ShellBench) -> None:
    alerts = alerts_of(bench)
    for words in ("a", "b", "a", "a"):
        alerts.raise_alert(Severity.ERROR, words)
    assert [(alert.text, alert.count) for alert in alerts.pending] == [("a", 3), ("b", 1)]


def test_unacknowledged_alerts_survive_a_restart(bench: ShellBench) -> None:
    alerts = alerts_of(bench)
    alerts.raise_alert(Severity.ERROR, "a")
    alerts.raise_alert(Severity.WARNING, "b")
    again = alerts_of(bench)
    assert again.pending == alerts.pending
    again.acknowledge([again.pending[0]])
    assert texts(alerts_of(bench)) == ["a"]
    again.acknowledge_all()
    assert texts(alerts_of(bench)) == []


def test_memory_is_bounded_and_the_newest_stay(bench: ShellBench) -> None:
    alerts = alerts_of(bench)
    bench.screen.services.dispatch([make_line(seq, f"e{seq}", Severity.ERROR) for seq in range(LIMIT + 5)])
    assert len(alerts.pending) == LIMIT
    assert alerts.pending[0].text == f"e{LIMIT + 4}"


def test_damaged_settings_give_no_alerts(bench: ShellBench) -> None:
    bench.screen.settings.put(SECTION, {"pending": "nonsense"})
    assert alerts_of(bench).pending == []
    bench.screen.settings.put(SECTION, {"pending": [7, {"text": 1}, {"text": "kept", "severity": "?", "count": -4}]})
    assert alerts_of(bench).pending == [Alert(time_ns=0, severity=Severity.ERROR, text="kept", count=1)]
