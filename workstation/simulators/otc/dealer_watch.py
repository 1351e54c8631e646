"""What the market and the time do to deals: stops, triggers, trailing, stop out, expiry and swaps.

A level that is reached is dealt at the quote of that moment, however far a gap went beyond it. An account whose equity
falls under half of its margin is stopped out: its worst position is closed, then the next, until the level holds.
Swaps are booked when a day ends on the venue's wall, three of them on the symbol's rollover day for the weekend.
"""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from workstation.simulators.otc.account_books import AccountBooks
from workstation.simulators.otc.dealer import Dealer
from workstation.simulators.otc.deals import Deal, Operation
from workstation.simulators.otc.quote_board import Quote
from workstation.simulators.otc.venue_time import wall

STOP_OUT_LEVEL = Decimal(50)
ROLLOVER_DAY = 2
"""Wednesday, counted from Monday 0: the night that pays for the weekend."""

_WEEKDAYS = 5


class DealerWatch:
    """Looks at all deals whenever quotes have moved."""

    def __init__(self, dealer: Dealer, now_ms: int) -> None:
        """Count days from `now_ms` on."""
        self._dealer = dealer
        self._day = wall(now_ms).date()

    def quotes_moved(self, names: Collection[str], now_ms: int) -> None:
        """Do to every customer's deals in these symbols what their new quotes mean."""
        for user_id, books in self._dealer.books.items():
            for deal in [deal for deal in books.pendings.values() if deal.symbol in names]:
                self._look_at_pending(user_id, deal, now_ms)
            held = [deal for deal in books.positions.values() if deal.symbol in names]
            for deal in held:
                self._look_at_position(user_id, deal, now_ms)
            if books.positions:
                self._stop_out(user_id, books, now_ms)
            if held:
                self._dealer.touch_money(user_id)

    def time_passed(self, now_ms: int) -> None:
        """End pending orders that have run out, and book swaps if a day has ended."""
        for user_id, books in self._dealer.books.items():
            for deal in list(books.pendings.values()):
                if deal.expiration_ms is not None and deal.expiration_ms <= now_ms:
                    self._dealer.drop_pending(user_id, deal, now_ms)
        today = wall(now_ms).date()
        if today != self._day:
            ended, self._day = self._day, today
            self._book_swaps(ended.weekday(), now_ms)

    def _look_at_pending(self, user_id: str, deal: Deal, now_ms: int) -> None:
        quote = self._dealer.board.quote(deal.symbol)
        price = quote.ask if deal.operation.buys else quote.bid
        if _is_triggered(deal, quote):
            self._dealer.fill_pending(user_id, deal, price, now_ms)

    def _look_at_position(self, user_id: str, deal: Deal, now_ms: int) -> None:
        price = self._dealer.books_price(deal)
        sign = 1 if deal.operation.buys else -1
        if deal.stop_loss and (price - deal.stop_loss) * sign <= 0:
            self._dealer.close(user_id, deal, now_ms, volume=deal.volume, note="[S/L]")
        elif deal.take_profit and (price - deal.take_profit) * sign >= 0:
            self._dealer.close(user_id, deal, now_ms, volume=deal.volume, note="[T/P]")
        elif deal.offset:
            trailed = price - sign * deal.offset * self._dealer.board.symbols[deal.symbol].pip_size
            if (trailed - deal.stop_loss) * sign > 0:
                self._dealer.amend(user_id, replace(deal, stop_loss=trailed, changed_ms=now_ms))

    def _stop_out(self, user_id: str, books: AccountBooks, now_ms: int) -> None:
        while books.positions:
            funds = books.funds()
            if funds.level >= STOP_OUT_LEVEL or not funds.margin:
                return
            currency = books.customer.currency
            note = f"[S/O {funds.level:f}% {funds.equity:f} / {funds.margin:f} ({currency})]"
            worst = min(books.positions.values(), key=books.profit)
            self._dealer.close(user_id, worst, now_ms, volume=worst.volume, note=note)

    def _book_swaps(self, weekday: int, now_ms: int) -> None:
        if weekday >= _WEEKDAYS:
            return
        nights = 3 if weekday == ROLLOVER_DAY else 1
        for user_id, books in self._dealer.books.items():
            for deal in list(books.positions.values()):
                swap = books.swap_of(deal) * nights
                if swap:
                    self._dealer.amend(user_id, replace(deal, storage=deal.storage + swap, changed_ms=now_ms))


def _is_triggered(deal: Deal, quote: Quote) -> bool:
    if deal.operation is Operation.BUY_LIMIT:
        return quote.ask <= deal.open_price
    if deal.operation is Operation.SELL_LIMIT:
        return quote.bid >= deal.open_price
    if deal.operation is Operation.BUY_STOP:
        return quote.ask >= deal.open_price
    return quote.bid <= deal.open_price
