"""What can be traded, with the steps in which it is traded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workstation.domain.money import TickRounding, is_multiple, round_to_tick
from workstation.domain.price_format import PriceFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One contract of one venue.

    Prices are in `currency` per unit of the underlying; one lot of price movement 1 is worth `multiplier`.
    `tick_size` and `lot_size` are the smallest steps of price and quantity.
    `maturity` is the first day of the contract month (FIX 200).
    """

    symbol: str
    description: str
    exchange: str
    currency: str
    tick_size: Decimal
    lot_size: Decimal
    multiplier: Decimal
    price_format: PriceFormat
    maturity: date | None = None

    def __post_init__(self) -> None:
        for name in ("tick_size", "lot_size", "multiplier"):
            value = getattr(self, name)
            if not value.is_finite() or value <= 0:
                raise ValueError(f"{self.symbol}: {name} {value} is not positive")

    def legal_price(self, price: Decimal) -> bool:
        """Say whether `price` is a whole number of ticks (zero and below are legal: spreads trade there)."""
        return price.is_finite() and is_multiple(price, self.tick_size)

    def legal_qty(self, qty: Decimal) -> bool:
        """Say whether `qty` is positive and a whole number of lots."""
        return qty.is_finite() and qty > 0 and is_multiple(qty, self.lot_size)

    def neighbours(self, price: Decimal) -> tuple[Decimal, Decimal]:
        """Return the legal prices below and above (both `price` itself when it is legal)."""
        return (
            round_to_tick(price, self.tick_size, TickRounding.DOWN),
            round_to_tick(price, self.tick_size, TickRounding.UP),
        )

    def notional(self, price: Decimal, qty: Decimal) -> Decimal:
        """Return the value in `currency` of `qty` lots at `price`."""
        return price * qty * self.multiplier
