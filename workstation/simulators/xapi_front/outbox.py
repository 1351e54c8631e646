"""What waits to be sent to one client, bounded: a client that lets too much wait is dropped, and blocks nobody.

Each message keeps the name by which faults know it. A stream's messages are named as on the wire (``tickPrices``),
a reply by its command without the word Request (``getChartLast``).
"""

from collections import deque
from collections.abc import Callable
from enum import Enum

_REQUEST = "Request"


class Ending(Enum):
    """How a connection is to end: without a word, or after what waits has been sent."""

    DROP = "DROP"
    AFTER_OUTBOX = "AFTER_OUTBOX"


class Outbox:
    """The sending side of a session; `on_change` is called whenever there is something to do."""

    def __init__(self, on_change: Callable[[], None], backlog: int) -> None:
        """Let at most `backlog` messages wait."""
        self._on_change = on_change
        self._backlog = backlog
        self.waiting: deque[tuple[str, bytes]] = deque()
        self.ending: Ending | None = None

    def put(self, name: str, text: bytes) -> None:
        """Let a message wait, or drop a client that already has too many."""
        if self.ending is not None:
            return
        if len(self.waiting) >= self._backlog:
            self.end(Ending.DROP)
            return
        self.waiting.append((name, text))
        self._on_change()

    def end(self, ending: Ending) -> None:
        """End the connection; the first reason stands."""
        if self.ending is not None:
            return
        self.ending = ending
        if ending is Ending.DROP:
            self.waiting.clear()
        self._on_change()


def request_name(command: str) -> str:
    """Return the name by which faults know a command on its way in: it ends in Request."""
    return command if command.endswith(_REQUEST) else command + _REQUEST


def reply_name(command: str) -> str:
    """Return the name by which faults know the reply to a command."""
    return command.removesuffix(_REQUEST)
