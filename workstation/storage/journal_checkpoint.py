"""Moves the journal's log into its file beside the traffic.

SQLite would do it inside whichever commit fills the log, and that could be the trader's. So a thread of its own does
it, with a connection of its own; a PASSIVE checkpoint never makes a writer wait.
"""

import logging
import sqlite3
import threading
from pathlib import Path

_log = logging.getLogger(__name__)


class Checkpointer:
    """One thread that checkpoints whenever it is nudged; :meth:`close` ends and awaits it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wanted = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="journal checkpoints", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """Ask for a checkpoint soon."""
        self._wanted.set()

    def close(self) -> None:
        """End the thread; a checkpoint that runs is finished first."""
        self._closing = True
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        while self._wanted.wait() and not self._closing:
            self._wanted.clear()
            self._checkpoint()

    def _checkpoint(self) -> None:
        try:
            connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            try:
                connection.execute("PRAGMA fullfsync = ON")
                connection.execute("PRAGMA checkpoint_fullfsync = ON")
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                connection.close()
        except sqlite3.Error as error:
            # Nothing is lost: the rows are in the log, and the writer checkpoints by itself when it grows too long.
            _log.warning("the journal's log could not be moved into its file: %s", error)
