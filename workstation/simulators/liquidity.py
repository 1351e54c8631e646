"""The synthetic participants: quotes at several levels around the price, and small trades on their own.

Their orders are ordinary orders in the same book as everyone's. So an order of the trader that is larger than what
is quoted fills in parts, one that rests is hit when the price comes to it, and quotes come back only when the
participants act again.
"""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.contracts import Contract
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, OrderTicket
from workstation.simulators.matching_engine import MatchingEngine, opposite
from workstation.simulators.price_process import PriceProcess

PARTICIPANTS = "participants"
"""Owner of their orders; no account is called so."""

LEVELS = 5
_SMALLEST, _LARGEST = 4, 13
_MOVES_IN_TEN = 6


class Liquidity:
    """The participants in one contract."""

    def __init__(self, contract: Contract, engine: MatchingEngine, rng: Random, numbers: Iterator[int]) -> None:
        """Take the order numbers of the participants from `numbers`, so that clients' numbers have no gaps."""
        self._symbol = contract.symbol
        self._engine = engine
        self._rng = rng
        self._numbers = numbers
        self._process = PriceProcess(contract.base_price, contract.instrument.tick_size, rng)
        self._quotes: dict[tuple[Side, Decimal], int] = {}

    def act(self, now_ns: int) -> list[EngineEvent]:
        """Do one thing: move the price by a tick, or trade a little; then quote again."""
        events = self._move(now_ns) if self._rng.randrange(10) < _MOVES_IN_TEN else self._trade_a_little(now_ns)
        return events + self.quote(now_ns)

    def quote(self, now_ns: int) -> list[EngineEvent]:
        """Withdraw the quotes that are off the present price and bring every level back to a size."""
        wanted = self._wanted()
        events: list[EngineEvent] = []
        for place, number in list(self._quotes.items()):
            if place not in wanted or not self._engine.is_open(number):
                events += self._withdraw(place, now_ns)
        for side, price in wanted:
            if (side, price) not in self._quotes:
                size = Decimal(self._rng.randrange(_SMALLEST, _LARGEST) * self._distance(side, price))
                number, entered = self._enter(side, size, price, TimeInForce.GOOD_TILL_CANCEL, now_ns)
                self._quotes[side, price] = number
                events += entered
        return events

    def _wanted(self) -> list[tuple[Side, Decimal]]:
        """Return side and price of each quote, the nearest first."""
        return [
            place
            for level in range(LEVELS)
            for place in (
                (Side.BUY, self._process.price_at(-level)),
                (Side.SELL, self._process.price_at(1 + level)),
            )
        ]

    def _distance(self, side: Side, price: Decimal) -> int:
        """Return 1 for the best level, 2 for the next: sizes grow with it."""
        return 1 + next(
            level
            for level in range(LEVELS)
            if self._process.price_at(-level if side is Side.BUY else 1 + level) == price
        )

    def _move(self, now_ns: int) -> list[EngineEvent]:
        """Let the price go one tick: someone takes the quotes in its way, the trader's orders there too."""
        ask, bid = self._process.price_at(1), self._process.price_at(0)
        side, price = (Side.BUY, ask) if self._process.step() > 0 else (Side.SELL, bid)
        in_the_way = self._quotes.get((opposite(side), price), 0)  # no order has the number 0
        quoted = self._engine.open_order(in_the_way).leaves_qty if self._engine.is_open(in_the_way) else Decimal(0)
        size = quoted + self._rng.randrange(1, _LARGEST)
        return self._enter(side, size, price, TimeInForce.IMMEDIATE_OR_CANCEL, now_ns)[1]

    def _trade_a_little(self, now_ns: int) -> list[EngineEvent]:
        side = self._rng.choice((Side.BUY, Side.SELL))
        price = self._process.price_at(1 if side is Side.BUY else 0)
        size = Decimal(self._rng.randrange(1, _SMALLEST))
        return self._enter(side, size, price, TimeInForce.IMMEDIATE_OR_CANCEL, now_ns)[1]

    def _enter(
        self, side: Side, size: Decimal, price: Decimal, time_in_force: TimeInForce, now_ns: int
    ) -> tuple[int, list[EngineEvent]]:
        number = next(self._numbers)
        ticket = OrderTicket(
            symbol=self._symbol,
            side=side,
            ord_type=OrdType.LIMIT,
            time_in_force=time_in_force,
            order_qty=size,
            price=price,
        )
        order = EngineOrder(number=number, owner=PARTICIPANTS, ticket=ticket, entered_ns=now_ns, changed_ns=now_ns)
        return number, self._engine.enter(order)

    def _withdraw(self, place: tuple[Side, Decimal], now_ns: int) -> list[EngineEvent]:
        number = self._quotes.pop(place)
        return self._engine.cancel(number, now_ns) if self._engine.is_open(number) else []
