"""Which contracts of QST this program knows the steps of: read from a table, never derived.

QST's roots differ from the exchanges' (QST spec 5.5), and a denominator that is not in the table is not guessed
(5.4): what is unknown has no :class:`Instrument`, so it can be shown and cancelled, but neither formatted nor sent.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from workstation.domain.instrument import Instrument
from workstation.domain.price_format import PriceFormat
from workstation.runtime.resources import resource_path

MONTH_LETTERS = "FGHJKMNQUVXZ"
"""January to December, as futures exchanges write them."""

_FUTURE = re.compile(r"([A-Z0-9]{1,6})([FGHJKMNQUVXZ])(\d\d)", re.ASCII)
_DENOMINATORS = frozenset({0, 8})
"""Denominators whose notation is settled (5.4): plain decimals and eighths."""
_OFFERED_MONTHS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One root: everything that its contract months have in common. Prices are in `currency` per unit."""

    root: str
    description: str
    exchange: str
    currency: str
    tick_size: Decimal
    lot_size: Decimal
    multiplier: Decimal
    price_format: PriceFormat
    months: str

    def contract(self, year: int, month: int) -> Instrument:
        """Return the future of one contract month."""
        return Instrument(
            symbol=f"{self.root}{MONTH_LETTERS[month - 1]}{year % 100:02d}",
            description=f"{self.description} {date(year, month, 1):%b %Y}",
            exchange=self.exchange,
            currency=self.currency,
            tick_size=self.tick_size,
            lot_size=self.lot_size,
            multiplier=self.multiplier,
            price_format=self.price_format,
            maturity=date(year, month, 1),
        )


class Products:
    """The table of products, by root."""

    def __init__(self, products: Mapping[str, Product]) -> None:
        self._products = dict(products)
        self._instruments: dict[str, Instrument] = {}

    def instrument(self, symbol: str) -> Instrument | None:
        """Return the future that `symbol` names, or None when its root is unknown or it is no plain future."""
        if symbol not in self._instruments:
            found = _FUTURE.fullmatch(symbol)
            product = self._products.get(found[1]) if found else None
            if found is None or product is None:
                return None
            self._instruments[symbol] = product.contract(2000 + int(found[3]), MONTH_LETTERS.index(found[2]) + 1)
        return self._instruments[symbol]

    def offered(self, today: date) -> tuple[Instrument, ...]:
        """Return the first two listed months of every root after the month of `today` (UTC)."""
        return tuple(
            product.contract(year, month)
            for product in self._products.values()
            for year, month in _next_months(product.months, today)
        )


def load_products(path: Path | None = None) -> Products:
    """Read the table that comes with the program, or the one at `path`.

    Raises:
        OSError, ValueError, KeyError: the table is missing or damaged; the program is not whole.
    """
    text = (path or resource_path("instruments", "qst.json")).read_text(encoding="utf-8")
    rows = json.loads(text)["products"]
    return Products({row["root"]: _product(row) for row in rows if row.get("denominator") in _DENOMINATORS})


def _product(row: Mapping[str, str | int]) -> Product:
    return Product(
        root=str(row["root"]),
        description=str(row["description"]),
        exchange=str(row["exchange"]),
        currency=str(row["currency"]),
        tick_size=Decimal(str(row["tick_size"])),
        lot_size=Decimal(str(row["lot_size"])),
        multiplier=Decimal(str(row["multiplier"])),
        price_format=PriceFormat(int(row["places"]), int(row["denominator"]), int(row.get("fraction_digits", 1))),
        months=str(row["months"]),
    )


def _next_months(letters: str, today: date) -> Iterator[tuple[int, int]]:
    found, year, month = 0, today.year, today.month
    while letters and found < _OFFERED_MONTHS:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if MONTH_LETTERS[month - 1] in letters:
            found += 1
            yield year, month
