"""One customer's books: money, positions held apart, pending orders, and all that is closed.

Everything is exact; amounts are rounded to cents, half to even, where they are booked or shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from workstation.simulators.otc.deals import ZERO, Deal, Operation
from workstation.simulators.otc.exchange_rates import ExchangeRates
from workstation.simulators.otc.quote_board import QuoteBoard
from workstation.simulators.otc.symbols import Symbol

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One account as it starts; the deposit is in `currency`."""

    user_id: str
    name: str
    currency: str
    deposit: Decimal
    credit: Decimal = ZERO
    group: str = "demo-standard"


CUSTOMERS = (
    Customer(user_id="10017254", name="Main", currency="EUR", deposit=Decimal(100_000)),
    Customer(user_id="10017255", name="Small", currency="USD", deposit=Decimal(5_000), credit=Decimal(250)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """The money of one account at one moment, in its currency."""

    balance: Decimal
    credit: Decimal
    equity: Decimal
    margin: Decimal

    @property
    def free(self) -> Decimal:
        """What is left for new margin."""
        return self.equity - self.margin

    @property
    def level(self) -> Decimal:
        """Equity in per cent of the margin; 0 while there is none."""
        return (self.equity * 100 / self.margin).quantize(CENT) if self.margin else ZERO


def cents(amount: Decimal) -> Decimal:
    """Round an amount to what can be booked."""
    return amount.quantize(CENT)


class AccountBooks:
    """What one customer holds and owes, valued at the board's quotes."""

    def __init__(self, customer: Customer, board: QuoteBoard, past: Iterable[Deal] = ()) -> None:
        """Start with the deals of the `past`, bookings included; their results are the balance."""
        self.customer = customer
        self._board = board
        self._rates = ExchangeRates(board)
        self.positions: dict[int, Deal] = {}
        self.pendings: dict[int, Deal] = {}
        self.closed: list[Deal] = list(past)
        self.balance = sum((deal.result for deal in self.closed), ZERO)

    def rate(self, currency: str) -> Decimal:
        """Return how much account currency one unit of `currency` is."""
        return self._rates.rate(currency, self.customer.currency)

    def close_price(self, deal: Deal) -> Decimal:
        """Return the price at which a position could be closed now."""
        quote = self._board.quote(deal.symbol)
        return quote.bid if deal.operation.buys else quote.ask

    def profit(self, deal: Deal) -> Decimal:
        """Return the running profit of a position, without swaps and commission."""
        return self.profit_at(deal, self.close_price(deal))

    def profit_at(self, deal: Deal, close_price: Decimal) -> Decimal:
        """Return the profit of a position if it is closed at this price."""
        symbol = self._board.symbols[deal.symbol]
        return self.estimate(symbol, deal.operation, deal.volume, deal.open_price, close_price)

    def estimate(
        self, symbol: Symbol, operation: Operation, volume: Decimal, open_price: Decimal, close_price: Decimal
    ) -> Decimal:
        """Return the profit of a deal that may never have been."""
        moved = close_price - open_price if operation.buys else open_price - close_price
        return cents(moved * volume * symbol.contract_size * self.rate(symbol.currency_profit))

    def margin_of(self, symbol: Symbol, volume: Decimal) -> Decimal:
        """Return the margin a volume needs at the present price."""
        units = volume * symbol.contract_size
        if symbol.is_pair:
            worth = units * self.rate(symbol.currency)
        else:
            worth = units * self._board.quote(symbol.symbol).ask * self.rate(symbol.currency_profit)
        return cents(worth * symbol.leverage / 100)

    def commission_of(self, symbol: Symbol, volume: Decimal) -> Decimal:
        """Return what one way of a deal costs at the present price, as a positive amount."""
        if not symbol.commission_rate:
            return ZERO
        turnover = volume * symbol.contract_size * self._board.quote(symbol.symbol).ask
        fee = max(turnover * symbol.commission_rate, symbol.commission_min)
        return cents(fee * self.rate(symbol.currency_profit))

    def swap_of(self, deal: Deal) -> Decimal:
        """Return what one night adds to a position, negative if it costs."""
        symbol = self._board.symbols[deal.symbol]
        pips = symbol.swap_long if deal.operation.buys else symbol.swap_short
        worth = pips * symbol.pip_size * symbol.contract_size * deal.volume
        return cents(worth * self.rate(symbol.currency_profit))

    def funds(self) -> Funds:
        """Return the money at the present quotes."""
        running = margin = ZERO
        for deal in self.positions.values():
            running += self.profit(deal) + deal.storage + deal.commission
            margin += self.margin_of(self._board.symbols[deal.symbol], deal.volume)
        credit = self.customer.credit
        return Funds(balance=self.balance, credit=credit, equity=self.balance + credit + running, margin=margin)

    def find(self, order: int) -> Deal | None:
        """Return the position or pending order with this number."""
        return self.positions.get(order) or self.pendings.get(order)

    def was_closed(self, order: int) -> bool:
        """Say whether a position with this number is closed."""
        return any(deal.position == order for deal in self.closed)

    def book(self, deal: Deal) -> None:
        """Take a closed deal into the balance and the history."""
        self.closed.append(deal)
        self.balance += deal.result

    def history(self, start_ms: int, end_ms: int) -> list[Deal]:
        """Return what was closed in that time, both ends included, oldest first."""
        return [deal for deal in self.closed if deal.close_ms is not None and start_ms <= deal.close_ms <= end_ms]

    def valued(self, deal: Deal) -> Deal:
        """Return a position with the present close price and profit in it; anything else as it is."""
        if deal.is_closed or deal.operation.is_pending:
            return deal
        return replace(deal, close_price=self.close_price(deal), profit=self.profit(deal))
