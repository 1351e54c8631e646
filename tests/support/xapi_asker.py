"""A venue that answers from a table, for tests of what is made of its answers."""

from collections.abc import Callable
from typing import Any, TypeVar

from workstation.venues.base import QueryRefused
from workstation.venues.xapi.asking import VenueRefused
from workstation.venues.xapi.messages import Arguments

_Answer = TypeVar("_Answer")


class TableAsker:
    """Answers by command; a text is an error code, a function gets the arguments."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[Arguments] = []

    def _answer(self, arguments: Arguments) -> Any:
        self.asked.append(arguments)
        found = self.answers.get(arguments.command)
        if isinstance(found, Callable):  # type: ignore[arg-type]
            found = found(arguments)
        if isinstance(found, str):
            raise VenueRefused(arguments.command, found, "words")
        return found

    async def ask(self, arguments: Arguments, kind: type[_Answer]) -> _Answer:
        found = self._answer(arguments)
        if not isinstance(found, kind):
            raise QueryRefused("answered with nothing")
        return found

    async def ask_list(self, arguments: Arguments, kind: type[_Answer]) -> tuple[_Answer, ...]:
        return tuple(self._answer(arguments) or ())
