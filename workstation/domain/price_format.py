"""How a price is written: plain decimals, or whole units and a fraction (``588^2`` is 588 and 2/8).

Source: QST, specs section 5.4. The denominator always comes from the instrument's own data; a price that
does not fit its format is refused, never rounded.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.money import is_multiple

_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_FRACTION = re.compile(r"([+-]?)([0-9]{1,15})\^([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class PriceFormat:
    """The notation of one instrument's prices.

    `places` is the number of decimals shown. When `denominator` is not 0 the price is written as whole
    units, a caret and so many parts of `denominator`, in `fraction_digits` digits.
    """

    places: int
    denominator: int = 0
    fraction_digits: int = 1

    def __post_init__(self) -> None:
        if self.denominator < 0 or not 0 <= self.places <= 12 or not 1 <= self.fraction_digits <= 4:
            raise ValueError(f"impossible price format {self}")

    def text(self, price: Decimal) -> str:
        """Write `price`, with an ASCII minus sign.

        Raises:
            ValueError: the price is no number, or no whole count of the denominator's parts.
        """
        if not price.is_finite():
            raise ValueError(f"{price} is not a price")
        if not self.denominator:
            return f"{price:.{self.places}f}" if is_multiple(price, Decimal(1).scaleb(-self.places)) else f"{price:f}"
        parts = abs(price) * self.denominator
        if parts != parts.to_integral_value():
            raise ValueError(f"{price} is no count of 1/{self.denominator}")
        whole, part = divmod(int(parts), self.denominator)
        return f"{'-' if price < 0 else ''}{whole}^{part:0{self.fraction_digits}d}"

    def parse(self, text: str) -> Decimal:
        """Read a price written in this notation; plain decimals are always understood.

        Raises:
            ValueError: `text` is neither.
        """
        text = text.strip()
        if _PLAIN.fullmatch(text):
            return Decimal(text)
        found = _FRACTION.fullmatch(text) if self.denominator else None
        if found is None:
            raise ValueError(f"{text!r} is not a price")
        sign, whole, part = found.groups()
        if int(part) >= self.denominator:
            raise ValueError(f"{text!r}: there are only {self.denominator} parts to one")
        price = Decimal(whole) + Decimal(int(part)) / Decimal(self.denominator)
        return -price if sign == "-" else price
