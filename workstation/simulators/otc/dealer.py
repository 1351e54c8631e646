"""The dealer: takes requests, carries them out a moment later, and tells what became of them.

Not the matching engine of the exchange-like venues: here there is no book in which customers meet. Each deal is made
with the house at its quote, all at once or not at all, and each opens a position of its own that is closed by itself;
two opposite positions in one symbol stand side by side. What the market does to the deals is in `dealer_watch`.

There is no clock and no task: :meth:`Dealer.pulse` carries out what is due. Observers are told in order, from inside.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from typing import Protocol

from workstation.simulators.otc.account_books import AccountBooks, cents
from workstation.simulators.otc.dealing_checks import check_market, check_money, check_request
from workstation.simulators.otc.deals import (
    ZERO,
    Deal,
    DealTold,
    Deed,
    Operation,
    Outcome,
    RequestStatus,
    TradeRequest,
)
from workstation.simulators.otc.quote_board import QuoteBoard
from workstation.simulators.otc.refusals import Refused
from workstation.simulators.otc.trading_hours import hours_of

EXECUTION_MS = 80
"""How long a request is looked at before it is carried out."""

_FIRST_NUMBER = 746_425_902
_FIRST_CLOSED_NUMBER = 5_012_300_017
_REMEMBERED = 10_000


class DealerObserver(Protocol):
    """Who wants to know; nothing here may raise."""

    def deal_told(self, user_id: str, told: DealTold) -> None:
        """Take note that a deal of this customer changed."""

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        """Take note of how a request ended."""

    def money_changed(self, user_id: str) -> None:
        """Take note that the customer's money is worth looking at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealerRules:
    """How the dealer works.

    `keeps_hours` makes it refuse deals outside the trading hours; as a rule it deals at any hour, so that a demo works
    at night too. `rest_keeps_number`: after a partial close the rest goes on under the same position number (the
    protocol does not say; with False it gets a new one).
    """

    execution_ms: int = EXECUTION_MS
    keeps_hours: bool = False
    rest_keeps_number: bool = True


DEFAULT_RULES = DealerRules()


class Dealer:
    """All customers' deals. `books` may be read by anyone and is changed only here and by the watch."""

    def __init__(self, board: QuoteBoard, books: Iterable[AccountBooks], rules: DealerRules = DEFAULT_RULES) -> None:
        """Deal at the quotes of `board`."""
        self.board = board
        self.books = {book.customer.user_id: book for book in books}
        self._rules = rules
        self._numbers = count(_FIRST_NUMBER)
        self._closed_numbers = count(_FIRST_CLOSED_NUMBER, 3)
        self._due: deque[tuple[int, str, int]] = deque()
        self._outcomes: dict[str, dict[int, Outcome]] = {user_id: {} for user_id in self.books}
        self._observers: list[DealerObserver] = []

    def observe(self, observer: DealerObserver) -> None:
        """Tell `observer` from now on."""
        self._observers.append(observer)

    def submit(self, user_id: str, request: TradeRequest, now_ms: int) -> int:
        """Take a request in and return its number; it is carried out by a later :meth:`pulse`.

        Raises:
            Refused: it can be seen to be wrong without looking at the market.
        """
        check_request(request, self.board.symbols, self.books[user_id], now_ms)
        number = next(self._numbers)
        self._remember(user_id, Outcome(number, request, RequestStatus.PENDING, request.price))
        self._due.append((now_ms + self._rules.execution_ms, user_id, number))
        return number

    def outcome(self, user_id: str, number: int) -> Outcome | None:
        """Return how far one of a customer's requests has come; None if there is no such request."""
        return self._outcomes[user_id].get(number)

    def pulse(self, now_ms: int) -> None:
        """Carry out the requests whose time has come."""
        while self._due and self._due[0][0] <= now_ms:
            _, user_id, number = self._due.popleft()
            self._carry_out(user_id, self._outcomes[user_id][number], now_ms)

    # ------------------------------------------------------------------ for the watch

    def tell(self, user_id: str, told: DealTold) -> None:
        """Tell everyone of a deal, a running one at its present worth."""
        told = DealTold(told.kind, self.books[user_id].valued(told.deal), told.gone)
        for observer in self._observers:
            observer.deal_told(user_id, told)
            observer.money_changed(user_id)

    def touch_money(self, user_id: str) -> None:
        """Tell everyone that quotes changed what a customer's positions are worth."""
        for observer in self._observers:
            observer.money_changed(user_id)

    def fill_pending(self, user_id: str, pending: Deal, price: Decimal, now_ms: int) -> None:
        """Open the position a pending order waited for; without the money for it the order is just gone."""
        books = self.books[user_id]
        self.drop_pending(user_id, pending, now_ms)
        try:
            check_money(books, self.board.symbols[pending.symbol], pending.volume)
        except Refused:
            return
        operation = Operation.BUY if pending.operation.buys else Operation.SELL
        self._open(user_id, replace(pending, operation=operation, expiration_ms=None), price, now_ms)

    def drop_pending(self, user_id: str, pending: Deal, now_ms: int) -> None:
        """Take a pending order away: canceled, expired or about to be filled, which all look the same."""
        del self.books[user_id].pendings[pending.order]
        self.tell(user_id, DealTold(Deed.PENDING, replace(pending, changed_ms=now_ms), gone=True))

    def close(
        self, user_id: str, deal: Deal, now_ms: int, *, volume: Decimal, note: str = "", number: int | None = None
    ) -> Decimal:
        """Close a position, or `volume` of it, at the present quote and return the price."""
        books = self.books[user_id]
        price = books.close_price(deal)
        part, rest = _divided(deal, volume)
        fee = books.commission_of(self.board.symbols[deal.symbol], volume)
        closed = replace(
            part,
            order=next(self._closed_numbers),
            order2=next(self._numbers) if number is None else number,
            close_price=price,
            close_ms=now_ms,
            changed_ms=now_ms,
            profit=books.profit_at(part, price),
            commission=part.commission - fee,
            comment=deal.comment + note,
        )
        if rest is None or not self._rules.rest_keeps_number:
            self.tell(user_id, DealTold(Deed.OPEN, deal, gone=True))
            del books.positions[deal.order]
        books.book(closed)
        if rest is not None:
            self._keep_rest(user_id, replace(rest, changed_ms=now_ms))
        self.tell(user_id, DealTold(Deed.CLOSE, closed))
        return price

    def amend(self, user_id: str, deal: Deal) -> None:
        """Put a changed position in the place of the old one."""
        self.books[user_id].positions[deal.order] = deal
        self.tell(user_id, DealTold(Deed.OPEN, deal))

    # ------------------------------------------------------------------ carrying out

    def _carry_out(self, user_id: str, asked: Outcome, now_ms: int) -> None:
        request = asked.request
        try:
            symbol = self.board.symbols[request.symbol]
            if self._rules.keeps_hours and not hours_of(symbol).is_open(now_ms):
                raise Refused("BE006")
            price = self._do(user_id, asked.number, request, now_ms)
        except Refused as refusal:
            settled = replace(asked, status=RequestStatus.REJECTED, message=str(refusal))
        else:
            settled = replace(asked, status=RequestStatus.ACCEPTED, price=price)
        self._remember(user_id, settled)
        for observer in self._observers:
            observer.request_settled(user_id, settled)

    def _do(self, user_id: str, number: int, request: TradeRequest, now_ms: int) -> Decimal:
        books = self.books[user_id]
        if request.deed == Deed.OPEN:
            return self._do_open(user_id, number, request, now_ms)
        target = books.find(request.order)
        if target is None:  # it went while the request was waiting
            raise Refused("BE097" if books.was_closed(request.order) else "BE098")
        if request.deed == Deed.MODIFY:
            return self._do_modify(user_id, target, request, now_ms)
        if request.deed == Deed.DELETE:
            self.drop_pending(user_id, target, now_ms)
            return target.open_price
        if request.volume > target.volume:
            raise Refused("BE003")
        return self.close(user_id, target, now_ms, volume=request.volume, number=number)

    def _do_open(self, user_id: str, number: int, request: TradeRequest, now_ms: int) -> Decimal:
        books, quote = self.books[user_id], self.board.quote(request.symbol)
        operation = Operation(request.operation)
        check_market(
            operation,
            quote,
            price=request.price,
            stop_loss=request.stop_loss,
            take_profit=request.take_profit,
        )
        deal = _asked_deal(number, request, now_ms)
        if operation.is_pending:
            books.pendings[number] = deal
            self.tell(user_id, DealTold(Deed.PENDING, deal))
            return request.price
        check_money(books, quote.symbol, request.volume)
        # Live servers were seen to tell the request as a "pending" market order first; it is no position.
        self.tell(user_id, DealTold(Deed.PENDING, deal))
        price = quote.ask if operation.buys else quote.bid
        self._open(user_id, replace(deal, expiration_ms=None), price, now_ms)
        return price

    def _do_modify(self, user_id: str, target: Deal, request: TradeRequest, now_ms: int) -> Decimal:
        price = request.price if target.operation.is_pending else target.open_price
        check_market(
            target.operation,
            self.board.quote(request.symbol),
            price=price,
            stop_loss=request.stop_loss,
            take_profit=request.take_profit,
        )
        changed = replace(
            target,
            open_price=price,
            stop_loss=request.stop_loss,
            take_profit=request.take_profit,
            offset=request.offset,
            expiration_ms=(request.expiration_ms or None) if target.operation.is_pending else None,
            custom_comment=request.custom_comment,
            changed_ms=now_ms,
        )
        if target.operation.is_pending:
            self.books[user_id].pendings[target.order] = changed
            self.tell(user_id, DealTold(Deed.PENDING, changed))
        else:
            self.amend(user_id, self._with_trailing_stop(changed))
        return price

    def _open(self, user_id: str, asked: Deal, price: Decimal, now_ms: int) -> None:
        books, symbol = self.books[user_id], self.board.symbols[asked.symbol]
        number = next(self._numbers)
        deal = replace(
            asked,
            order=number,
            order2=asked.order,
            position=number,
            open_price=price,
            open_ms=now_ms,
            changed_ms=now_ms,
            margin_rate=books.rate(symbol.currency).quantize(Decimal("0.00000001")),
            commission=-books.commission_of(symbol, asked.volume),
        )
        self.amend(user_id, self._with_trailing_stop(deal))

    def _with_trailing_stop(self, deal: Deal) -> Deal:
        """Give a trailing position that has no stop one at its offset from the market."""
        if not deal.offset or deal.stop_loss:
            return deal
        distance = deal.offset * self.board.symbols[deal.symbol].pip_size
        price = self.books_price(deal)
        return replace(deal, stop_loss=price - distance if deal.operation.buys else price + distance)

    def books_price(self, deal: Deal) -> Decimal:
        """Return the price at which a position of anyone would be closed now."""
        quote = self.board.quote(deal.symbol)
        return quote.bid if deal.operation.buys else quote.ask

    def _keep_rest(self, user_id: str, rest: Deal) -> None:
        if not self._rules.rest_keeps_number:
            number = next(self._numbers)
            rest = replace(rest, order=number, position=number)
        self.amend(user_id, rest)

    def _remember(self, user_id: str, outcome: Outcome) -> None:
        known = self._outcomes[user_id]
        known[outcome.number] = outcome
        if len(known) > _REMEMBERED:
            del known[next(iter(known))]


def _asked_deal(number: int, request: TradeRequest, now_ms: int) -> Deal:
    return Deal(
        order=number,
        order2=number,
        position=number,
        operation=Operation(request.operation),
        symbol=request.symbol,
        volume=request.volume,
        open_price=request.price,
        open_ms=now_ms,
        changed_ms=now_ms,
        stop_loss=request.stop_loss,
        take_profit=request.take_profit,
        offset=request.offset,
        expiration_ms=request.expiration_ms or None,
        custom_comment=request.custom_comment,
    )


def _divided(deal: Deal, volume: Decimal) -> tuple[Deal, Deal | None]:
    """Return the part of a position that is closed and what remains; swaps and commission are shared out by volume."""
    if volume == deal.volume:
        return deal, None
    storage = cents(deal.storage * volume / deal.volume)
    commission = cents(deal.commission * volume / deal.volume)
    rest = replace(
        deal,
        volume=deal.volume - volume,
        storage=deal.storage - storage,
        commission=deal.commission - commission,
    )
    return replace(deal, volume=volume, storage=storage, commission=commission, profit=ZERO), rest
