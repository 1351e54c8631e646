"""The dealer's market as one thing: quotes, candles, deals, accounts, news and calendar.

As with `simulators.market` there is no socket, no clock and no task: time is passed in, quotes move only when `step`
is called, and one seed and one list of calls always give the same prices and deals.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from workstation.simulators.otc.account_books import CUSTOMERS, AccountBooks, Customer
from workstation.simulators.otc.candles import CandleBook
from workstation.simulators.otc.dealer import DEFAULT_RULES, Dealer, DealerRules
from workstation.simulators.otc.dealer_watch import DealerWatch
from workstation.simulators.otc.economic_calendar import Release, releases
from workstation.simulators.otc.news_wire import NewsWire
from workstation.simulators.otc.past_deals import past_deals
from workstation.simulators.otc.quote_board import MOVES_PER_STEP, QuoteBoard
from workstation.simulators.otc.symbol_table import listed_symbols

QuotesMoved = Callable[[Sequence[str]], None]


class OtcMarket:
    """Everything behind the built-in XAPI venue."""

    def __init__(
        self,
        *,
        seed: int,
        now_ms: int,
        customers: Iterable[Customer] = CUSTOMERS,
        rules: DealerRules = DEFAULT_RULES,
        extra_symbols: int = 0,
        moves_per_step: int = MOVES_PER_STEP,
    ) -> None:
        """Open with every symbol at its starting price; `extra_symbols` made-up ones are listed after the table."""
        self._seed = seed
        symbols = listed_symbols(extra_symbols)
        self.board = QuoteBoard(symbols, seed=seed, now_ms=now_ms, moves_per_step=moves_per_step)
        self.candles = CandleBook(self.board.symbols, seed=seed, now_ms=now_ms)
        books = [
            AccountBooks(
                customer,
                self.board,
                past_deals(customer, self.board, self.candles, seed=seed, now_ms=now_ms),
            )
            for customer in customers
        ]
        self.dealer = Dealer(self.board, books, rules)
        self.news = NewsWire(seed=seed, now_ms=now_ms)
        self._watch = DealerWatch(self.dealer, now_ms)
        self._on_moved: list[QuotesMoved] = []

    def on_quotes_moved(self, told: QuotesMoved) -> None:
        """Call `told` with the symbols whose quotes have moved, from now on."""
        self._on_moved.append(told)

    def calendar(self, now_ms: int) -> list[Release]:
        """Return the economic calendar as it stands."""
        return releases(self._seed, now_ms)

    def step(self, now_ms: int) -> None:
        """Let some quotes move, and do to the deals what that means."""
        self._moved(self.board.step(now_ms), now_ms)

    def move_to(self, name: str, bid: Decimal, now_ms: int) -> None:
        """Let one quote jump to a bid, as after a gap."""
        self.board.move_to(name, bid, now_ms)
        self._moved([name], now_ms)

    def pulse(self, now_ms: int) -> None:
        """Carry out what is due by time alone: requests, expiry, the end of a day."""
        self._watch.time_passed(now_ms)
        self.dealer.pulse(now_ms)

    def _moved(self, names: Sequence[str], now_ms: int) -> None:
        for name in names:
            quote = self.board.quote(name)
            self.candles.note(name, quote.symbol.points(quote.bid), now_ms)
        # Watchers of quotes hear first: a stop that a price reached is told after that price.
        for told in self._on_moved:
            told(names)
        self._watch.quotes_moved(names, now_ms)
