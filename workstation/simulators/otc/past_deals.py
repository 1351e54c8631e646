"""What an account has behind it when the venue starts: a deposit, and a few deals closed at the prices of their time."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from random import Random

from workstation.simulators.otc.account_books import AccountBooks, Customer
from workstation.simulators.otc.candles import H1, CandleBook
from workstation.simulators.otc.deals import Deal, Operation
from workstation.simulators.otc.quote_board import QuoteBoard
from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS

DEPOSIT_DAYS_AGO = 21
_DEALS = 6
_FIRST_NUMBER = 701_554_300
_TRADED = ("EURUSD", "GBPUSD", "DE40", "GOLD", "USDJPY", "US500")
_NOTES = ("", "[T/P]", "[S/L]")


def past_deals(customer: Customer, board: QuoteBoard, candles: CandleBook, *, seed: int, now_ms: int) -> list[Deal]:
    """Return the account's history, oldest first; what it adds up to is the balance."""
    rng = Random(f"{seed}:{customer.user_id}")
    numbers = count(_FIRST_NUMBER + int(customer.user_id) % 100 * 1_000)
    deposited_ms = now_ms - DEPOSIT_DAYS_AGO * DAY_MS
    valuation = AccountBooks(customer, board)
    deals = [_deposit(next(numbers), customer, deposited_ms)]
    for turn in range(_DEALS):
        opened_ms = deposited_ms + (turn * 3 + 1) * DAY_MS + rng.randrange(20) * HOUR_MS
        deals.append(_deal(rng, numbers, board, candles, valuation, opened_ms))
    return deals


def _deposit(number: int, customer: Customer, at_ms: int) -> Deal:
    zero = Decimal(0)
    return Deal(
        order=number,
        order2=number,
        position=number,
        operation=Operation.BALANCE,
        symbol="",
        volume=zero,
        open_price=zero,
        open_ms=at_ms,
        changed_ms=at_ms,
        close_ms=at_ms,
        comment="Deposit",
        profit=customer.deposit,
    )


def _deal(
    rng: Random, numbers: "count[int]", board: QuoteBoard, candles: CandleBook, valuation: AccountBooks, opened_ms: int
) -> Deal:
    symbol = board.symbols[rng.choice(_TRADED)]
    closed_ms = opened_ms + rng.randint(2, 20) * HOUR_MS
    prices = candles.between(symbol.symbol, H1, opened_ms - HOUR_MS, closed_ms + HOUR_MS)
    position = next(numbers)
    deal = Deal(
        order=position,
        order2=next(numbers),
        position=position,
        operation=rng.choice((Operation.BUY, Operation.SELL)),
        symbol=symbol.symbol,
        volume=rng.choice((Decimal("0.05"), Decimal("0.1"), Decimal("0.2"))),
        open_price=symbol.price(prices[0].open),
        open_ms=opened_ms,
        changed_ms=closed_ms,
        close_price=symbol.price(prices[-1].close),
        close_ms=closed_ms,
        comment=rng.choice(_NOTES),
        margin_rate=valuation.rate(symbol.currency).quantize(Decimal("0.00000001")),
    )
    closed = replace(deal, order=next(numbers), order2=next(numbers))
    return replace(closed, profit=valuation.profit_at(deal, deal.close_price))
