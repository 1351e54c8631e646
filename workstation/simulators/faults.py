"""Faults on purpose: a file that tells a built-in venue what to do wrong, and when.

The file is a JSON object with one list of faults per venue:

    {"qst": [
        {"do": "drop",  "message": "PlaceOrderResponse"},
        {"do": "delay", "message": "Order", "after": 2, "count": 3, "seconds": 1.5},
        {"do": "close", "message": "CancelOrderRequest", "code": 1011}
    ]}

`message` is a name of the venue's own protocol, or ``*`` for any. For QST it is the message type, with notifications
by their member's type (``Order``, ``OETextNotification``, ...). For XAPI it is the command, with ``Request`` at its end
for what clients send (``tradeTransactionRequest``, ``getChartLastRequest``) and without it for the reply
(``tradeTransaction``, ``getChartLast``); stream messages are called as on the wire (``tickPrices``, ``keepAlive``).
A name that ends in ``Request`` is caught on the way in,
every other on the way out; ``*`` means out. `after` messages of that name pass first (default 0), then `count` are
hit (default 1; null for all that follow). The counts run over all connections of the venue. When several faults fit,
the first in the file acts.

    delay       hold the message for `seconds`; later ones overtake it
    drop        lose it
    duplicate   handle or send it twice
    reorder     hold it until the next one has passed
    reject      refuse a request with `text`, without doing it (requests only)
    close       end the connection with close code `code` (default 1011) in place of the message
    half_close  say no more but go on listening: the sending side of the connection is shut
    silence     say nothing and read nothing any more, and keep the connection open
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

VENUES = ("qst", "xapi")
DEFAULT_REJECTION = "Rejected by a fault that was set on purpose"
_KEYS = frozenset({"do", "message", "after", "count", "seconds", "code", "text"})


class InvalidFaults(ValueError):
    """The fault file cannot be used; the text says where and what to write."""


class Deed(Enum):
    """What a fault does."""

    DELAY = "delay"
    DROP = "drop"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    REJECT = "reject"
    CLOSE = "close"
    HALF_CLOSE = "half_close"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One line of the file; `seconds` goes with DELAY, `code` with CLOSE, `text` with REJECT."""

    deed: Deed
    message: str
    after: int = 0
    count: int | None = 1
    seconds: float = 1.0
    code: int = 1011
    text: str = DEFAULT_REJECTION

    @property
    def inbound(self) -> bool:
        """Whether it is about what clients send."""
        return self.message.endswith("Request")

    def fits(self, name: str, *, inbound: bool) -> bool:
        """Say whether a message of this name and way is meant."""
        return self.inbound == inbound and self.message in (name, "*")


class FaultPlan:
    """The faults of one venue, with the count of what has passed."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        """Start with nothing passed."""
        self._faults = tuple(faults)
        self._seen = [0] * len(self._faults)

    def inbound(self, name: str) -> Fault | None:
        """Count one message from a client and return the fault that hits it."""
        return self._next(name, inbound=True)

    def outbound(self, name: str) -> Fault | None:
        """Count one message to a client and return the fault that hits it."""
        return self._next(name, inbound=False)

    def _next(self, name: str, *, inbound: bool) -> Fault | None:
        hit: Fault | None = None
        for index, fault in enumerate(self._faults):
            if not fault.fits(name, inbound=inbound):
                continue
            passed = self._seen[index]
            self._seen[index] += 1
            if hit is None and passed >= fault.after and (fault.count is None or passed < fault.after + fault.count):
                hit = fault
        return hit


def read_faults(path: Path) -> dict[str, FaultPlan]:
    """Read a fault file.

    Raises:
        InvalidFaults: it cannot be read, or says something that is not understood.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidFaults(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InvalidFaults(f"{path} is not JSON: {error}") from error
    try:
        return parse_faults(document)
    except InvalidFaults as error:
        raise InvalidFaults(f"{path}: {error}") from error


def parse_faults(document: object) -> dict[str, FaultPlan]:
    """Return the plan of each venue named in `document`.

    Raises:
        InvalidFaults: something is not understood.
    """
    if not isinstance(document, Mapping):
        raise InvalidFaults('write an object like {"qst": [...]}')
    unknown = [name for name in document if name not in VENUES]
    if unknown:
        raise InvalidFaults(f"no venue is called {unknown[0]!r}; there is {', '.join(VENUES)}")
    plans: dict[str, FaultPlan] = {}
    for venue, lines in document.items():
        if not isinstance(lines, list):
            raise InvalidFaults(f"{venue} must be a list of faults")
        plans[venue] = FaultPlan([_fault(line, f"{venue}, fault {row}") for row, line in enumerate(lines, 1)])
    return plans


def _fault(line: object, where: str) -> Fault:
    if not isinstance(line, Mapping):
        raise InvalidFaults(f'{where}: write an object like {{"do": "drop", "message": "Order"}}')
    unknown = [key for key in line if key not in _KEYS]
    if unknown:
        raise InvalidFaults(f"{where}: {unknown[0]!r} is not understood; there is {', '.join(sorted(_KEYS))}")
    deeds = {deed.value: deed for deed in Deed}
    if line.get("do") not in deeds:
        raise InvalidFaults(f"{where}: 'do' must be one of {', '.join(deeds)}")
    fault = Fault(
        deed=deeds[line["do"]],
        message=_text(line, "message", None, where),
        after=_whole(line, "after", 0, where),
        count=None if line.get("count", 1) is None else _whole(line, "count", 1, where),
        seconds=_seconds(line, where),
        code=_whole(line, "code", 1011, where),
        text=_text(line, "text", DEFAULT_REJECTION, where),
    )
    if fault.deed is Deed.REJECT and not fault.inbound:
        raise InvalidFaults(f"{where}: only a request can be rejected, and {fault.message} is none")
    if not (fault.code in (1000, 1001, 1011) or 3000 <= fault.code <= 4999):
        raise InvalidFaults(f"{where}: 'code' must be 1000, 1001, 1011 or between 3000 and 4999")
    return fault


def _text(line: Mapping[str, Any], key: str, default: str | None, where: str) -> str:
    value = line.get(key, default)
    if not isinstance(value, str) or not value:
        raise InvalidFaults(f"{where}: {key!r} must be text")
    return value


def _whole(line: Mapping[str, Any], key: str, default: int, where: str) -> int:
    value = line.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidFaults(f"{where}: {key!r} must be a whole number, 0 or more")
    return value


def _seconds(line: Mapping[str, Any], where: str) -> float:
    value = line.get("seconds", 1.0)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 86_400:
        raise InvalidFaults(f"{where}: 'seconds' must be a number between 0 and 86400")
    return value
