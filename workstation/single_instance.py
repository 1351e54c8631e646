"""One window per profile: a second start raises the first window and ends.

A lock file decides who is first; it is taken over at once from a process that died. A local socket, named after the
profile's path and open to this user only, carries the wish to be raised.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS = 500


class SingleInstance(QObject):
    """Holds a profile's lock while it lives, and hears of later starts."""

    raise_asked = Signal()

    def __init__(self, lock_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(lock_path).encode()).hexdigest()[:24]
        self._name = f"workstation-{digest}"
        self._lock = QLockFile(str(lock_path))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.is_first = self._lock.tryLock(0)
        if self.is_first:
            self._listen()
        else:
            self._ask_to_raise()

    def release(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)  # left behind by a process that died
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        self._server.listen(self._name)

    def _heard(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raise_asked.emit()

    def _ask_to_raise(self) -> None:
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        socket.waitForConnected(CONNECT_MS)
        socket.abort()
