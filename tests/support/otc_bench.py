"""The dealer's market without sockets: quotes moved by hand, deals carried out at once, all that is told kept."""

from dataclasses import dataclass, field
from decimal import Decimal

from workstation.simulators.otc.account_books import CUSTOMERS, AccountBooks
from workstation.simulators.otc.dealer import DealerRules
from workstation.simulators.otc.deals import Deal, DealTold, Deed, Operation, Outcome, RequestStatus, TradeRequest
from workstation.simulators.otc.market import OtcMarket

NOW_MS = 1_795_222_800_000  # Saturday 2026-11-21 01:00 UTC, 02:00 on the venue's wall
MAIN, SMALL = (customer.user_id for customer in CUSTOMERS)
EURUSD = "EURUSD"


def number(text: str) -> Decimal:
    return Decimal(text)


@dataclass
class OtcBench:
    """A market at one instant, an account, and everything that was told."""

    market: OtcMarket
    user_id: str = MAIN
    now_ms: int = NOW_MS
    told: list[tuple[str, DealTold]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    money: int = 0

    def deal_told(self, user_id: str, told: DealTold) -> None:
        self.told.append((user_id, told))

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def money_changed(self, user_id: str) -> None:
        self.money += 1

    @property
    def books(self) -> AccountBooks:
        return self.market.dealer.books[self.user_id]

    def ask(self, symbol: str = EURUSD) -> Decimal:
        return self.market.board.quote(symbol).ask

    def bid(self, symbol: str = EURUSD) -> Decimal:
        return self.market.board.quote(symbol).bid

    def do(self, deed: int = Deed.OPEN, operation: int = Operation.BUY, **fields: object) -> Outcome:
        """Send a request, carry it out, and return how it ended; for a volume of 0.1 EURUSD unless told otherwise."""
        terms: dict[str, object] = {"symbol": EURUSD, "volume": number("0.1"), "price": number("1")}
        request = TradeRequest(deed=deed, operation=operation, **(terms | fields))  # type: ignore[arg-type]
        asked = self.market.dealer.submit(self.user_id, request, self.now_ms)
        self.market.pulse(self.now_ms)
        outcome = self.market.dealer.outcome(self.user_id, asked)
        assert outcome is not None
        return outcome

    def opened(self, operation: int = Operation.BUY, **fields: object) -> Deal:
        """Open a position and return it."""
        outcome = self.do(Deed.OPEN, operation, **fields)
        assert outcome.status is RequestStatus.ACCEPTED, outcome
        return next(deal for deal in self.books.positions.values() if deal.order2 == outcome.number)

    def placed(self, operation: int, price: Decimal, **fields: object) -> Deal:
        """Place a pending order and return it."""
        outcome = self.do(Deed.OPEN, operation, price=price, **fields)
        assert outcome.status is RequestStatus.ACCEPTED, outcome
        return self.books.pendings[outcome.number]

    def move(self, bid: Decimal, symbol: str = EURUSD) -> None:
        self.market.move_to(symbol, bid, self.now_ms)

    def forget(self) -> None:
        self.told.clear()
        self.outcomes.clear()

    @property
    def kinds(self) -> list[tuple[int, bool, bool]]:
        """What was told of deals: type, whether gone, whether closed."""
        return [(int(told.kind), told.gone, told.deal.is_closed) for _, told in self.told]


def otc_bench(**rules: object) -> OtcBench:
    market = OtcMarket(seed=1, now_ms=NOW_MS, rules=DealerRules(execution_ms=0, **rules))  # type: ignore[arg-type]
    bench = OtcBench(market)
    market.dealer.observe(bench)
    return bench
