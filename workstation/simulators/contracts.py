"""What the built-in venues list: eight futures products, two months of each.

The table is written down here on its own, not shared with the client's instrument data, so that a mistake at one end
shows at the other. A symbol is the product's root, the month's letter and the year in two digits; roots are the
venue's own and never derived from an exchange's (``EGC`` is COMEX gold). Margins are per lot, in `currency`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workstation.domain.instrument import Instrument
from workstation.domain.price_format import PriceFormat

MONTH_LETTERS = "FGHJKMNQUVXZ"
MONTHS_LISTED = 2

_EIGHTHS = PriceFormat(places=2, denominator=8)
_ONE_PLACE = PriceFormat(places=1)
_TWO_PLACES = PriceFormat(places=2)
_FOUR_PLACES = PriceFormat(places=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One row of the product table; `months` are the letters of the months that are listed."""

    root: str
    description: str
    exchange: str
    tick_size: str
    multiplier: str
    price_format: PriceFormat
    months: str
    base_price: str
    initial_margin: str
    maintenance_margin: str
    currency: str = "USD"


def _row(
    root: str,
    description: str,
    exchange: str,
    *,
    steps: tuple[str, str, PriceFormat],
    months: str,
    base_price: str,
    margins: tuple[str, str],
) -> Product:
    return Product(
        root=root,
        description=description,
        exchange=exchange,
        tick_size=steps[0],
        multiplier=steps[1],
        price_format=steps[2],
        months=months,
        base_price=base_price,
        initial_margin=margins[0],
        maintenance_margin=margins[1],
    )


PRODUCTS = (
    _row(
        "ZC",
        "Corn",
        "CBOT",
        steps=("0.25", "50", _EIGHTHS),
        months="HKNUZ",
        base_price="441.25",
        margins=("1100", "1000"),
    ),
    _row(
        "ZW",
        "Wheat",
        "CBOT",
        steps=("0.25", "50", _EIGHTHS),
        months="HKNUZ",
        base_price="545.50",
        margins=("1760", "1600"),
    ),
    _row(
        "ZM",
        "Soybean Meal",
        "CBOT",
        steps=("0.1", "100", _ONE_PLACE),
        months="FHKNQUVZ",
        base_price="312.4",
        margins=("1540", "1400"),
    ),
    _row(
        "6B",
        "British Pound",
        "CME",
        steps=("0.0001", "62500", _FOUR_PLACES),
        months="HMUZ",
        base_price="1.3125",
        margins=("2090", "1900"),
    ),
    _row(
        "ES",
        "E-mini S&P 500",
        "CME",
        steps=("0.25", "50", _TWO_PLACES),
        months="HMUZ",
        base_price="6712.50",
        margins=("16500", "15000"),
    ),
    _row(
        "EGC",
        "Gold",
        "COMEX",
        steps=("0.1", "100", _ONE_PLACE),
        months="GJMQVZ",
        base_price="4085.3",
        margins=("19800", "18000"),
    ),
    _row(
        "BRN",
        "Brent Crude Oil",
        "ICE",
        steps=("0.01", "1000", _TWO_PLACES),
        months=MONTH_LETTERS,
        base_price="62.45",
        margins=("5170", "4700"),
    ),
    _row(
        "CL",
        "Light Crude Oil",
        "NYMEX",
        steps=("0.01", "1000", _TWO_PLACES),
        months=MONTH_LETTERS,
        base_price="58.12",
        margins=("5060", "4600"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One listed contract: its instrument, where its price starts, and its margins per lot."""

    instrument: Instrument
    base_price: Decimal
    initial_margin: Decimal
    maintenance_margin: Decimal

    @property
    def symbol(self) -> str:
        """The venue's symbol, for example ``ZCZ26``."""
        return self.instrument.symbol


def listed_contracts(today: date) -> tuple[Contract, ...]:
    """Return the contracts on offer: of each product the first two listed months after the month of `today`."""
    return tuple(
        _contract(product, month)
        for product in PRODUCTS
        for month in _next_months(product.months, today, count=MONTHS_LISTED)
    )


def _next_months(letters: str, today: date, count: int) -> list[date]:
    """Return the first days of the next `count` months whose letter is in `letters`, after this month."""
    months: list[date] = []
    year, month = today.year, today.month
    while len(months) < count:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if MONTH_LETTERS[month - 1] in letters:
            months.append(date(year, month, 1))
    return months


def _contract(product: Product, maturity: date) -> Contract:
    letter = MONTH_LETTERS[maturity.month - 1]
    return Contract(
        instrument=Instrument(
            symbol=f"{product.root}{letter}{maturity.year % 100:02d}",
            description=f"{product.description} {maturity:%b %Y}",
            exchange=product.exchange,
            currency=product.currency,
            tick_size=Decimal(product.tick_size),
            lot_size=Decimal(1),
            multiplier=Decimal(product.multiplier),
            price_format=product.price_format,
            maturity=maturity,
        ),
        base_price=Decimal(product.base_price),
        initial_margin=Decimal(product.initial_margin),
        maintenance_margin=Decimal(product.maintenance_margin),
    )
