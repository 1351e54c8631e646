"""What one symbol of the dealer is: how its price is written, what a lot of it is worth and costs.

`precision` counts the places of a price, `pips_precision` those of a pip; a pip is the unit of swaps, trailing offsets
and the least distance of stops. `leverage` is the margin in per cent of the value, as the venue writes it (3.33 is
1:30). `commission_rate` is a share of the value of a deal, taken on each way, at least `commission_min` in the profit
currency; no rate, no commission.
"""

from dataclasses import dataclass
from decimal import Decimal

FOREX, INDEX, COMMODITY, SHARE, CRYPTO = "FX", "IND", "CMD", "STC", "CRT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """One row of the table; prices in `currency_profit` per unit, quantities in lots of `contract_size` units."""

    symbol: str
    description: str
    category: str
    group: str
    precision: int
    pips_precision: int
    base_price: Decimal
    spread_ticks: int
    contract_size: int
    currency: str
    currency_profit: str
    leverage: Decimal
    lot_min: Decimal = Decimal("0.01")
    lot_max: Decimal = Decimal(100)
    lot_step: Decimal = Decimal("0.01")
    step_rule: int = 1
    tick_points: int = 1
    names_tick: bool = True
    swap_long: Decimal = Decimal(0)
    swap_short: Decimal = Decimal(0)
    stops_level: int = 0
    commission_rate: Decimal = Decimal(0)
    commission_min: Decimal = Decimal(0)
    short_selling: bool = True
    long_only: bool = False
    trailing: bool = True
    tradable: bool = True
    margin_mode: int = 102
    profit_mode: int = 6
    quote_id: int = 2
    class_number: int = 9
    volatility: int = 10
    expiration_ms: int | None = None

    @property
    def point(self) -> Decimal:
        """The last place of a price."""
        return Decimal(1).scaleb(-self.precision)

    @property
    def tick_size(self) -> Decimal:
        """The smallest change of a price."""
        return self.tick_points * self.point

    @property
    def pip_size(self) -> Decimal:
        """One pip, in price."""
        return Decimal(1).scaleb(-self.pips_precision)

    @property
    def stops_distance(self) -> Decimal:
        """How far stops and pending orders must stay from the market, in price."""
        return self.stops_level * self.pip_size

    @property
    def is_pair(self) -> bool:
        """Whether it is a currency pair, whose margin counts in the base currency."""
        return self.category == FOREX

    def price(self, points: int) -> Decimal:
        """Return a count of points as a price."""
        return Decimal(points).scaleb(-self.precision)

    def points(self, price: Decimal) -> int:
        """Return a price as a count of points; a finer one is cut off."""
        return int(price.scaleb(self.precision))


@dataclass(frozen=True, slots=True)
class StepRule:
    """From which volume on which step holds: pairs of (from, step), ascending."""

    number: int
    name: str
    steps: tuple[tuple[Decimal, Decimal], ...]

    def step_at(self, volume: Decimal) -> Decimal:
        """Return the step for a volume, that of the smallest range below all of them."""
        fitting = [step for start, step in self.steps if start <= volume]
        return fitting[-1] if fitting else self.steps[0][1]


def _rule(number: int, name: str, *steps: tuple[str, str]) -> StepRule:
    return StepRule(number, name, tuple((Decimal(start), Decimal(step)) for start, step in steps))


STEP_RULES: dict[int, StepRule] = {
    1: _rule(1, "Forex", ("0.01", "0.01"), ("50", "0.1")),
    2: _rule(2, "CFD", ("0.01", "0.01"), ("10", "0.1")),
    3: _rule(3, "Shares", ("1", "1"), ("1000", "10")),
    4: _rule(4, "Crypto", ("0.01", "0.01")),
}
