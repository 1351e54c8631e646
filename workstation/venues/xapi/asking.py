"""How a question is put to the venue and what comes of it, seen from the answers' side."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from workstation.venues.base import QueryRefused
from workstation.venues.xapi.codec import MAX_COMMAND_BYTES, encode_request
from workstation.venues.xapi.error_codes import told
from workstation.venues.xapi.messages import Arguments

_LONGEST_TAG = "t" * 16
_Answer = TypeVar("_Answer")


class VenueRefused(QueryRefused):
    """The venue answered a question with an error; `code` is its own."""

    def __init__(self, command: str, code: str, words: str) -> None:
        super().__init__(f"XAPI refused {command}: {told(code, words)}")
        self.code = code


class Asker(Protocol):
    """Puts questions to the venue, each in its turn."""

    async def ask(self, arguments: Arguments, kind: type[_Answer]) -> _Answer:
        """Return the venue's answer.

        Raises:
            VenueRefused: it answered with an error.
            QueryRefused: it gave no answer in time, or another than was asked for.
            VenueUnreachable: there is no link, or it ended first.
        """
        ...

    async def ask_list(self, arguments: Arguments, kind: type[_Answer]) -> tuple[_Answer, ...]:
        """Return the venue's answer that is a list; an absent one is empty. Raises as :meth:`ask`."""
        ...


def in_small_requests(
    symbols: Iterable[str], request: Callable[[tuple[str, ...]], Arguments]
) -> list[tuple[Arguments, tuple[str, ...]]]:
    """Return as few requests as hold all `symbols`, none larger than the venue takes (measured in UTF-8 bytes).

    Raises:
        QueryRefused: one symbol alone is too long.
    """
    out: list[tuple[Arguments, tuple[str, ...]]] = []
    taken: tuple[str, ...] = ()
    for symbol in dict.fromkeys(symbols):
        if _fits(request((*taken, symbol))):
            taken = (*taken, symbol)
            continue
        if not taken or not _fits(request((symbol,))):
            raise QueryRefused(f"The symbol {symbol[:40]!r}... is too long for XAPI.")
        out.append((request(taken), taken))
        taken = (symbol,)
    return [*out, (request(taken), taken)] if taken else out


def _fits(arguments: Arguments) -> bool:
    return len(encode_request(arguments, _LONGEST_TAG)) <= MAX_COMMAND_BYTES
