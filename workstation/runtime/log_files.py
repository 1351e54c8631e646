"""Log files: what happened, for whoever helps the trader later, without a secret in it.

Rotating files in the profile's folder, nothing on the network. Every line passes the redactor, tracebacks included,
and so does what a crashing interpreter or an unhandled error leaves. Only the standard library is used here, because a
log must work when nothing else does.
"""

import faulthandler
import logging
import logging.handlers
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from workstation.runtime.redaction import Redactor

LOG_NAME: Final = "workstation.log"
CRASH_NAME: Final = "crash.log"
LOG_BYTES: Final = 5 << 20
LOG_FILES: Final = 5

_log = logging.getLogger(__name__)

_ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], object]
_ThreadHook = Callable[[threading.ExceptHookArgs], object]


class RedactingFormatter(logging.Formatter):
    """One line per record in UTC with microseconds; the finished text is cleaned, so nothing can slip in later."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s.%(micro)06dZ %(levelname)-7s %(threadName)s %(name)s: %(message)s")
        self.converter = time.gmtime
        self.default_time_format = "%Y-%m-%dT%H:%M:%S"
        self.default_msec_format = ""
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text without secrets; line ends in a message cannot forge another line."""
        record.micro = int(record.created % 1 * 1_000_000)
        head, *rest = self._redactor.clean(super().format(record)).splitlines() or [""]
        return "\n".join([head, *(f"    {line}" for line in rest)])


@dataclass(slots=True)
class LogFiles:
    """The open logs of a run; :meth:`close` puts everything back as it was."""

    folder: Path
    ended_unexpectedly: bool
    _handler: logging.Handler
    _crash: TextIO
    _root_level: int
    _hooks: tuple[_ExceptHook, _ThreadHook]

    @classmethod
    def open(cls, folder: Path, redactor: Redactor, level: int = logging.INFO) -> Self:
        """Log into `folder` from now on, with unhandled errors of every thread and crashes of the interpreter.

        `ended_unexpectedly` says whether the run before this one never closed its logs: it crashed, was killed, or the
        computer stopped. What a crash left is kept as the file ``last-crash.log``.

        Raises:
            OSError: the folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        crash_path = folder / CRASH_NAME
        unclosed = crash_path.exists()
        if unclosed and crash_path.stat().st_size > 0:
            crash_path.replace(folder / f"last-{CRASH_NAME}")
        handler = logging.handlers.RotatingFileHandler(
            folder / LOG_NAME,
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES - 1,
            encoding="utf-8",
            errors="backslashreplace",
        )
        handler.setFormatter(RedactingFormatter(redactor))
        crash = crash_path.open("w", encoding="utf-8")
        faulthandler.enable(crash)
        root = logging.getLogger()
        logs = cls(folder, unclosed, handler, crash, root.level, (sys.excepthook, threading.excepthook))
        root.addHandler(handler)
        root.setLevel(min(level, root.level) if root.level else level)
        sys.excepthook = _log_unhandled
        threading.excepthook = _log_unhandled_in_thread
        return logs

    def close(self) -> None:
        """Write what waits and stop logging; a run that gets here leaves no crash file."""
        sys.excepthook, threading.excepthook = self._hooks
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._root_level)
        self._handler.close()
        faulthandler.disable()
        self._crash.close()
        with suppress(OSError):
            if (self.folder / CRASH_NAME).stat().st_size == 0:
                (self.folder / CRASH_NAME).unlink()


def _log_unhandled(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
        return
    _log.critical("an error that nobody handled", exc_info=(kind, error, where))


def _log_unhandled_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is None or issubclass(args.exc_type, SystemExit):
        return
    name = args.thread.name if args.thread else "a thread"
    _log.critical("%s ended by an error", name, exc_info=(args.exc_type, args.exc_value, args.exc_traceback))
