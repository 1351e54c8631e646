"""The price behind a check, with where it comes from and how old it is: said, never assumed.

A quote is fresh for 15 seconds of our own clock. A stale one is still named, as stale. Without any, nothing is judged
and that is said.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from workstation.domain.market_data import Quote
from workstation.domain.order_terms import Side

STALE_AFTER_S = 15.0
_NS = 1_000_000_000
_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Reference:
    """One side of a quote: the price that an order of this side would meet, its name, and its age in seconds."""

    price: Decimal
    name: str
    age_s: float

    @property
    def stale(self) -> bool:
        """Whether the price is too old to judge by."""
        return self.age_s > STALE_AFTER_S

    @property
    def age_text(self) -> str:
        """The age in words: ``0.4 s old``, ``3 min old``."""
        if self.age_s < 10:
            return f"{max(self.age_s, 0.0):.1f} s old"
        return f"{self.age_s:.0f} s old" if self.age_s < 120 else f"{self.age_s / 60:.0f} min old"


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a price lies from a reference: positive is above it. `ticks` is None when the tick is not known."""

    percent: Decimal
    ticks: Decimal | None


def age_s(quote: Quote, now_ns: int) -> float:
    """Return how long ago we heard `quote`, in seconds."""
    return (now_ns - quote.received_ns) / _NS


def is_stale(quote: Quote, now_ns: int) -> bool:
    """Say whether `quote` is too old to judge by."""
    return age_s(quote, now_ns) > STALE_AFTER_S


def reference_of(quote: Quote | None, side: Side, now_ns: int) -> Reference | None:
    """Return what an order of `side` would meet: the ask of a buy, the bid of a sell, else the other; None for none."""
    if quote is None:
        return None
    ask, bid = (quote.ask_px, "ask"), (quote.bid_px, "bid")
    for price, name in (ask, bid) if side is Side.BUY else (bid, ask):
        if price is not None:
            return Reference(price, name, age_s(quote, now_ns))
    return None


def distance(price: Decimal, reference: Decimal, tick: Decimal | None) -> Distance | None:
    """Return how far `price` lies from `reference`; None where a share makes no sense (zero or below)."""
    if reference <= 0:
        return None
    percent = _WIDE.divide((price - reference) * 100, reference).quantize(Decimal("0.01"), context=_WIDE)
    ticks = None if tick is None else _WIDE.divide(price - reference, tick).to_integral_value(ROUND_HALF_EVEN)
    return Distance(percent, ticks)
