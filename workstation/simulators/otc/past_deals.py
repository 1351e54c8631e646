"""What an account has behind it when the venue starts: a deposit, and a few deals closed at the prices of then."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from random import Random

from workstation.simulators.otc.account_books import AccountBooks, Customer
from workstation.simulators.otc.candles import H1, CandleBook
from workstation.simulators.otc.deals import Deal, Operation
from workstation.simulators.otc.quote_board import QuoteBoard
from workstation.simulators.otc.symbols import Symbol
from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS

DEPOSIT_DAYS_AGO = 21
_DEALS = 6
_FIRST_NUMBER = 701_554_300
_TRADED = ("EURUSD", "GBPUSD", "DE40", "GOLD", "USDJPY", "US500")


def past_deals(customer: Customer, board: QuoteBoard, candles: CandleBook, *, seed: int, now_ms: int) -> list[Deal]:
    """Return the account's history, oldest first; what it adds up to is the balance."""
    rng = Random(f"{seed}:{customer.user_id}")
    numbers: Iterator[int] = count(_FIRST_NUMBER + int(customer.user_id) % 100 * 1_000)
    deposited_ms = now_ms - DEPOSIT_DAYS_AGO * DAY_MS
    deals = [_deposit(next(numbers), customer, deposited_ms)]
    for turn in range(_DEALS):
        opened_ms = deposited_ms + (turn * 3 + 1) * DAY_MS + rng.randrange(20) * HOUR_MS
        name = rng.choice(_TRADED)
        closed_ms = opened_ms + rng.randint(2, 20) * HOUR_MS
        hours = candles.between(name, H1, opened_ms - HOUR_MS, closed_ms + HOUR_MS)
        opened = replace(_opened(rng, board.symbols[name], hours[0].open, opened_ms), order=next(numbers))
        closed = _closed(opened, AccountBooks(customer, board), board.symbols[name].price(hours[-1].close), closed_ms)
        reached = "[T/P]" if closed.profit > 0 else "[S/L]"
        note = rng.choice(("", reached, reached))
        deals.append(replace(closed, comment=note, order=next(numbers), order2=next(numbers)))
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


def _opened(rng: Random, symbol: Symbol, points: int, at_ms: int) -> Deal:
    return Deal(
        order=0,
        order2=0,
        position=0,
        operation=rng.choice((Operation.BUY, Operation.SELL)),
        symbol=symbol.symbol,
        volume=rng.choice((Decimal("0.05"), Decimal("0.1"), Decimal("0.2"))),
        open_price=symbol.price(points),
        open_ms=at_ms,
        changed_ms=at_ms,
    )


def _closed(deal: Deal, valuation: AccountBooks, price: Decimal, at_ms: int) -> Deal:
    """Return the deal closed, valued at the rates of today: those of then are not kept."""
    return replace(
        deal,
        position=deal.order,
        close_price=price,
        close_ms=at_ms,
        changed_ms=at_ms,
        profit=valuation.profit_at(deal, price),
    )
