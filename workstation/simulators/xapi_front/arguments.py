"""Reads a command's arguments as tolerantly as live servers were seen to do.

Numbers may be absent or null (they count as 0), times may be floats, a user id may be a number, `arguments` may be
missing where there is nothing to say. A value of another kind is EX000, a missing one that is needed BE106.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from workstation.simulators.otc.refusals import Refused

_LARGEST = Decimal(10) ** 18
_END_OF_TIME_MS = 10**13


class Arguments:
    """The arguments of one command, or one object inside them."""

    def __init__(self, values: object) -> None:
        """Read from `values`; null is an empty object.

        Raises:
            Refused: it is no object.
        """
        if values is not None and not isinstance(values, Mapping):
            raise Refused("EX000")
        self._values: Mapping[str, Any] = values or {}

    def inner(self, name: str) -> "Arguments":
        """Return the object called `name`.

        Raises:
            Refused: there is none.
        """
        if self._values.get(name) is None:
            raise Refused("BE106")
        return Arguments(self._values[name])

    def text(self, name: str) -> str:
        """Return a text that must be there; a number is taken for its digits.

        Raises:
            Refused: it is missing, empty or of another kind.
        """
        value = self._values.get(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value:
            raise Refused("EX000")
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a text, None if it is absent or null."""
        return None if self._values.get(name) is None else str(self._values[name])

    def number(self, name: str) -> Decimal:
        """Return a number, 0 if it is absent or null.

        Raises:
            Refused: it is of another kind, or no size a price or volume could have.
        """
        value = self._values.get(name)
        if value is None:
            return Decimal(0)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise Refused("EX000")
        number = Decimal(value)
        if abs(number) >= _LARGEST:
            raise Refused("EX000")
        return number

    def whole(self, name: str) -> int:
        """Return a whole number, 0 if it is absent or null; a fraction is cut off."""
        return int(self.number(name))

    def instant(self, name: str) -> int:
        """Return a time in milliseconds since 1970, 0 if it is absent or null.

        Raises:
            Refused: it is no time of this age.
        """
        value = self.whole(name)
        if not 0 <= value < _END_OF_TIME_MS:
            raise Refused("EX000")
        return value

    def whole_or_none(self, name: str) -> int | None:
        """Return a whole number, None if it is absent or null."""
        return None if self._values.get(name) is None else self.whole(name)

    def flag(self, name: str) -> bool:
        """Return a yes or no, no if it is absent."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, bool):
            raise Refused("EX000")
        return bool(value)

    def texts(self, name: str) -> list[str]:
        """Return a list of texts.

        Raises:
            Refused: it is missing or of another kind.
        """
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise Refused("EX000")
        return values

    def wholes(self, name: str) -> list[int]:
        """Return a list of whole numbers.

        Raises:
            Refused: it is missing or of another kind.
        """
        values = self._list(name)
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            raise Refused("EX000")
        return values

    def _list(self, name: str) -> list[Any]:
        values = self._values.get(name)
        if values is None:
            raise Refused("BE106")
        if not isinstance(values, list):
            raise Refused("EX000")
        return values
