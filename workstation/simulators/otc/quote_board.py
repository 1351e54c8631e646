"""The dealer's quotes: a seeded walk per symbol, with spread, five levels of depth and the day's extremes.

As with `simulators.price_process` each price is a whole number of ticks drawn with a pull back to where it started, so
that a demo left alone for a week still shows sensible prices, and one seed gives one path on every machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from workstation.simulators.otc.symbols import Symbol
from workstation.simulators.otc.venue_time import DAY_MS, day_start_ms

LEVELS = 5
MOVES_PER_STEP = 6
"""How many symbols move in one step of the market, half of them drawn from the most traded ones."""

_POPULAR = 12
_REACH_STEPS = 150
_STEP_SHARE = 400_000


@dataclass(frozen=True, slots=True)
class Level:
    """One level of depth; volumes in lots."""

    number: int
    bid: Decimal
    ask: Decimal
    bid_volume: int
    ask_volume: int


@dataclass(frozen=True, slots=True)
class Quote:
    """The base level of one symbol, with the extremes of its bid today."""

    symbol: Symbol
    bid: Decimal
    ask: Decimal
    high: Decimal
    low: Decimal
    opened: Decimal
    timestamp_ms: int

    @property
    def mid(self) -> Decimal:
        """Halfway between bid and ask."""
        return (self.bid + self.ask) / 2

    @property
    def percentage(self) -> Decimal:
        """By how much the bid has changed since the day began, in per cent."""
        share = ((self.bid - self.opened) * 100 / self.opened).quantize(Decimal("0.01"))
        return share + 0  # no zero below zero

    @property
    def spread(self) -> Decimal:
        """The difference of ask and bid, in price."""
        return self.ask - self.bid


class QuoteBoard:
    """All quotes; moves only when told to."""

    def __init__(
        self, symbols: Iterable[Symbol], *, seed: int, now_ms: int, moves_per_step: int = MOVES_PER_STEP
    ) -> None:
        """Quote every symbol at its starting price."""
        self._walks = {symbol.symbol: _Walk(symbol, Random(f"{seed}:{symbol.symbol}"), now_ms) for symbol in symbols}
        self._names = tuple(self._walks)
        self._rng = Random(f"{seed}:board")
        self._moves = moves_per_step
        self.symbols: Mapping[str, Symbol] = {name: walk.symbol for name, walk in self._walks.items()}

    def quote(self, name: str) -> Quote:
        """Return the present quote; KeyError if there is no such symbol."""
        return self._walks[name].quote

    def depth(self, name: str) -> tuple[Level, ...]:
        """Return the levels of a symbol, best first; each is a tick or more behind the one before."""
        return self._walks[name].depth()

    def step(self, now_ms: int) -> list[str]:
        """Move some symbols and return which."""
        popular = self._names[:_POPULAR]
        drawn = [self._rng.choice(popular if turn % 2 else self._names) for turn in range(self._moves)]
        moved = list(dict.fromkeys(drawn))
        for name in moved:
            self._walks[name].step(now_ms)
        return moved

    def move_to(self, name: str, bid: Decimal, now_ms: int) -> None:
        """Jump to a bid, as after a gap."""
        walk = self._walks[name]
        walk.place(walk.symbol.points(bid) // walk.symbol.tick_points, now_ms)


class _Walk:
    """The quote of one symbol; `_level` is its bid in whole ticks."""

    def __init__(self, symbol: Symbol, rng: Random, now_ms: int) -> None:
        self.symbol = symbol
        self._rng = rng
        self._base = symbol.points(symbol.base_price) // symbol.tick_points
        self._reach = max(1, self._base * symbol.volatility // _STEP_SHARE)
        self._day_ends_ms = 0
        self._opened = self._high = self._low = self._base
        self.place(self._base, now_ms)

    def step(self, now_ms: int) -> None:
        """Move by up to the symbol's reach, rather back than on."""
        away = (self._level - self._base) // self._reach
        direction = 1 if self._rng.randrange(2 * _REACH_STEPS) >= _REACH_STEPS + away else -1
        self.place(max(1, self._level + direction * self._rng.randint(1, self._reach)), now_ms)

    def place(self, level: int, now_ms: int) -> None:
        """Set the bid and everything that follows from it."""
        symbol = self.symbol
        if now_ms >= self._day_ends_ms:
            # A day and a half later is always within the next day, also when days have 23 or 25 hours.
            self._day_ends_ms = day_start_ms(day_start_ms(now_ms) + DAY_MS + DAY_MS // 2)
            self._opened = self._high = self._low = level
        self._level = level
        self._high = max(self._high, level)
        self._low = min(self._low, level)
        spread = symbol.spread_ticks + self._rng.randint(0, max(1, symbol.spread_ticks // 8))
        self.quote = Quote(
            symbol=symbol,
            bid=self._price(level),
            ask=self._price(level + spread),
            high=self._price(self._high),
            low=self._price(self._low),
            opened=self._price(self._opened),
            timestamp_ms=now_ms,
        )
        self._depth_seed = self._rng.getrandbits(32)
        self._depth: tuple[Level, ...] | None = None

    def depth(self) -> tuple[Level, ...]:
        """Return the levels behind the present quote, drawn when first asked for."""
        if self._depth is None:
            self._depth = self._draw_depth(Random(self._depth_seed))
        return self._depth

    def _draw_depth(self, rng: Random) -> tuple[Level, ...]:
        bid, ask, levels = self.quote.bid, self.quote.ask, []
        gap = max(1, self.symbol.spread_ticks // 4)
        for number in range(LEVELS):
            levels.append(Level(number, bid, ask, rng.randint(1, 40) * (number + 1), rng.randint(1, 40) * (number + 1)))
            bid = max(bid - rng.randint(1, gap) * self.symbol.tick_size, self.symbol.tick_size)
            ask += rng.randint(1, gap) * self.symbol.tick_size
        return tuple(levels)

    def _price(self, level: int) -> Decimal:
        return self.symbol.price(level * self.symbol.tick_points)
