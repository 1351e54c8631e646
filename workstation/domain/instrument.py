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

    Where the venue says so: quantities lie between `min_qty` and `max_qty`, in steps that may grow with the
    quantity (`qty_steps`: from which quantity on, which step; it goes before `lot_size`). `stops_distance` is the
    smallest distance in price of a stop loss or take profit from the market, `pip_size` one pip in price. `category`
    and `group` are the venue's own shelves. `base_currency` is what is bought, `currency` what it is priced in.
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
    category: str = ""
    group: str = ""
    base_currency: str = ""
    min_qty: Decimal | None = None
    max_qty: Decimal | None = None
    qty_steps: tuple[tuple[Decimal, Decimal], ...] = ()
    stops_distance: Decimal | None = None
    pip_size: Decimal | None = None
    allows_trailing: bool = False
    allows_short: bool = True

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
        return qty.is_finite() and qty > 0 and self.within_limits(qty) and is_multiple(qty, self.qty_step(qty))

    def within_limits(self, qty: Decimal) -> bool:
        """Say whether the venue takes an order of this size at all."""
        return (self.min_qty is None or qty >= self.min_qty) and (self.max_qty is None or qty <= self.max_qty)

    def qty_step(self, qty: Decimal) -> Decimal:
        """Return the step of quantities as large as `qty`."""
        return next((step for start, step in reversed(self.qty_steps) if start <= qty), self.lot_size)

    def neighbours(self, price: Decimal) -> tuple[Decimal, Decimal]:
        """Return the legal prices below and above (both `price` itself when it is legal)."""
        return (
            round_to_tick(price, self.tick_size, TickRounding.DOWN),
            round_to_tick(price, self.tick_size, TickRounding.UP),
        )

    def notional(self, price: Decimal, qty: Decimal) -> Decimal:
        """Return the value in `currency` of `qty` lots at `price`."""
        return price * qty * self.multiplier
