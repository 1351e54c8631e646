import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ErrorsLogged
from workstation.runtime.log_files import CRASH_NAME, LOG_NAME, LogFiles
from workstation.runtime.redaction import Redactor

SECRET = "hunter2-hunter2"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[LogFiles]:
    redactor = Redactor()
    redactor.learn([SECRET])
    files = LogFiles.open(tmp_path, redactor)
    yield files
    files.close()


def written(logs: LogFiles) -> str:
    return (logs.folder / LOG_NAME).read_text(encoding="utf-8")


def test_a_line_has_time_level_thread_and_place(logs: LogFiles) -> None:
    logging.getLogger("desk").info("order %s sent", "W1")
    line = written(logs)
    assert "Z INFO    MainThread desk: order W1 sent" in line


def test_no_secret_reaches_the_file_not_even_in_a_traceback(logs: LogFiles, errors_logged: ErrorsLogged) -> None:
    try:
        raise ValueError(f"refused {SECRET}")
    except ValueError:
        logging.getLogger("venue").exception("login with password=%s failed", SECRET)
    errors_logged.records.clear()
    assert SECRET not in written(logs)
    assert "Traceback" in written(logs)


def test_a_message_cannot_forge_a_line(logs: LogFiles) -> None:
    logging.getLogger("venue").info("text of a venue\n2026-01-01T00:00:00Z CRITICAL forged")
    assert all(line.startswith(("2", "    ")) for line in written(logs).splitlines())
    assert not [line for line in written(logs).splitlines() if line.startswith("2026-01-01T00:00:00Z")]


def test_errors_that_nobody_handled_are_kept(logs: LogFiles, errors_logged: ErrorsLogged) -> None:
    def fail() -> None:
        raise LookupError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        raise LookupError("in a slot")
    except LookupError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    errors_logged.records.clear()
    assert "in a thread" in written(logs)
    assert "in a slot" in written(logs)


def test_a_crash_of_the_last_run_is_told_once(tmp_path: Path) -> None:
    (tmp_path / CRASH_NAME).write_text("Fatal Python error: Aborted")
    first = LogFiles.open(tmp_path, Redactor())
    assert first.ended_unexpectedly
    first.close()
    assert (tmp_path / f"last-{CRASH_NAME}").exists()
    second = LogFiles.open(tmp_path, Redactor())
    assert not second.ended_unexpectedly
    second.close()


def test_a_run_that_was_killed_left_nothing_but_is_told_too(tmp_path: Path) -> None:
    (tmp_path / CRASH_NAME).write_text("")
    first = LogFiles.open(tmp_path, Redactor())
    assert first.ended_unexpectedly
    first.close()
    assert not (tmp_path / f"last-{CRASH_NAME}").exists()


def test_closing_puts_everything_back(tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers))
    LogFiles.open(tmp_path, Redactor()).close()
    assert (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)) == before
    assert not (tmp_path / CRASH_NAME).exists()
