"""The market behind all built-in venues: contracts, engine, participants and accounts as one thing.

A front translates its venue's wire words into the calls below and tells its clients what the market then reports.
There is no socket, no clock and no task here: time is passed in, and the market only moves when `step` is called, so
one seed and one list of calls always give the same trades.

Reports go to every observer, in order, from inside the call that caused them. A front that must answer a request
before its consequences calls `vet_…` first (nothing changes), answers, and then acts.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from random import Random
from typing import Protocol

from workstation.domain.order_terms import Side
from workstation.simulators.accounts import ACCOUNTS, AccountLedger, AccountRow, Funds
from workstation.simulators.contracts import Contract, listed_contracts
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, Happening, OrderTicket, Stage
from workstation.simulators.liquidity import PARTICIPANTS, Liquidity
from workstation.simulators.matching_engine import MatchingEngine, TooLate
from workstation.simulators.order_checks import (
    Refused,
    Touch,
    check_band,
    check_margin,
    check_not_filled_at_once,
    check_terms,
)

_FIRST_NUMBER = 115_300
_HISTORY = 10_000
_NS_PER_S = 1_000_000_000
_GONE = {
    Stage.FILLED: "already filled",
    Stage.CANCELED: "already canceled",
    Stage.REPLACED: "already replaced",
    Stage.EXPIRED: "expired",
    Stage.REJECTED: "rejected",
}


class MarketObserver(Protocol):
    """Who wants to know; nothing here may raise."""

    def order_changed(self, event: EngineEvent) -> None:
        """Take note that an account's order changed."""

    def money_changed(self, account_id: str, symbol: str) -> None:
        """Take note that an account's position in `symbol`, or its worth, changed; no symbol means money only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Which of the checks a client may turn on and off are wanted."""

    band: bool = True
    not_filled_at_once: bool = False


DEFAULT_CHECKS = Checks()


@dataclass(slots=True)
class _Desk:
    """One account: its money, its orders of today by number, and what happened to them."""

    ledger: AccountLedger
    orders: dict[int, EngineOrder] = field(default_factory=dict)
    working: dict[int, EngineOrder] = field(default_factory=dict)
    history: deque[EngineEvent] = field(default_factory=lambda: deque(maxlen=_HISTORY))


class Market:
    """Everything that the built-in venues share."""

    def __init__(self, *, seed: int, now_ns: int, accounts: Iterable[AccountRow] = ACCOUNTS) -> None:
        """Open the market of the day of `now_ns`, with the first quotes in place."""
        self._day = _day(now_ns)
        self.contracts: dict[str, Contract] = {c.symbol: c for c in listed_contracts(self._day)}
        self._engine = MatchingEngine({symbol: c.base_price for symbol, c in self.contracts.items()})
        self._desks = {row.account_id: _Desk(AccountLedger(row, self.contracts)) for row in accounts}
        self._numbers: Iterator[int] = count(_FIRST_NUMBER)
        self._rng = Random(f"{seed}")
        hidden_numbers = count(-1, -1)
        self._liquidity = {
            symbol: Liquidity(contract, self._engine, Random(f"{seed}:{symbol}"), hidden_numbers)
            for symbol, contract in self.contracts.items()
        }
        self._observers: list[MarketObserver] = []
        for liquidity in self._liquidity.values():
            self._report(liquidity.quote(now_ns))

    # ------------------------------------------------------------------ what can be asked

    def observe(self, observer: MarketObserver) -> None:
        """Tell `observer` from now on."""
        self._observers.append(observer)

    @property
    def account_rows(self) -> tuple[AccountRow, ...]:
        """The accounts, in the order in which they are listed."""
        return tuple(desk.ledger.row for desk in self._desks.values())

    def ledger(self, account_id: str) -> AccountLedger:
        """Return the books of one account; KeyError if there is none."""
        return self._desks[account_id].ledger

    def orders(self, account_id: str) -> tuple[EngineOrder, ...]:
        """Return all orders of today of one account, closed ones too, oldest first."""
        return tuple(self._desks[account_id].orders.values())

    def history(self, account_id: str) -> tuple[EngineEvent, ...]:
        """Return what happened to them, oldest first, bounded."""
        return tuple(self._desks[account_id].history)

    def funds(self, account_id: str) -> Funds:
        """Return the money of one account at the present prices; KeyError if there is no such account."""
        return self._funds(account_id, self._open_orders(account_id))

    def working_orders(self, account_id: str) -> tuple[EngineOrder, ...]:
        """Return the orders of one account that can still trade, oldest first."""
        return tuple(self._open_orders(account_id))

    def owner(self, number: int) -> str | None:
        """Return the account of an order of today, None if there is no such order."""
        return next((account_id for account_id, desk in self._desks.items() if number in desk.orders), None)

    def last_px(self, symbol: str) -> Decimal:
        """Return the price of the latest trade, at first the price the contract started at."""
        return self._engine.last_px(symbol) or self.contracts[symbol].base_price

    def touch(self, symbol: str) -> Touch:
        """Return where a contract trades; KeyError if it is not listed."""
        return Touch(
            last_px=self._engine.last_px(symbol),
            bid_px=self._engine.best_px(symbol, Side.BUY),
            ask_px=self._engine.best_px(symbol, Side.SELL),
        )

    def depth(self, symbol: str, side: Side) -> list[tuple[Decimal, Decimal]]:
        """Return price and quantity of each level of one side, best first."""
        return self._engine.depth(symbol, side)

    # ------------------------------------------------------------------ what a client can do

    def vet_place(self, ticket: OrderTicket, now_ns: int, checks: Checks = DEFAULT_CHECKS) -> None:
        """Check an order without changing anything; money is looked at later, by :meth:`place`.

        Raises:
            Refused: with the venue's words.
        """
        contract = self.contracts.get(ticket.symbol)
        if contract is None:
            raise Refused(f"Unknown contract: {ticket.symbol}")
        check_terms(ticket, contract.instrument, now_ns)
        if checks.band:
            check_band(ticket, self.touch(ticket.symbol))
        if checks.not_filled_at_once:
            check_not_filled_at_once(ticket, self.touch(ticket.symbol))

    def place(self, account_id: str, ticket: OrderTicket, now_ns: int, entered_by: str = "") -> int:
        """Take a vetted order in and return its number; it is reported as received, then entered or rejected."""
        order = EngineOrder(
            number=next(self._numbers),
            owner=account_id,
            ticket=ticket,
            entered_ns=now_ns,
            changed_ns=now_ns,
            entered_by=entered_by,
        )
        self._report([EngineEvent(happening=Happening.RECEIVED, order=order)])
        try:
            self._check_money(account_id, replaced=None, wanted=order)
        except Refused as refusal:
            rejected = replace(order, stage=Stage.REJECTED)
            self._report([EngineEvent(happening=Happening.REJECTED, order=rejected, text=str(refusal))])
        else:
            self._report(self._engine.enter(order))
        return order.number

    def vet_cancel(self, number: int) -> EngineOrder:
        """Return the working order with this number.

        Raises:
            Refused: there is none, with the reason.
        """
        if number >= _FIRST_NUMBER and self._engine.is_open(number):
            return self._engine.open_order(number)
        raise Refused(self._why_gone(number))

    def cancel(self, number: int, now_ns: int, text: str = "") -> None:
        """Take a vetted order out of the book."""
        self._report(self._engine.cancel(number, now_ns, text))

    def vet_replace(
        self, account_id: str, number: int, ticket: OrderTicket, now_ns: int, checks: Checks = DEFAULT_CHECKS
    ) -> None:
        """Check a replacement without changing anything, money included.

        Raises:
            Refused: with the venue's words.
        """
        old = self.vet_cancel(number)
        if old.owner != account_id:
            raise Refused(f"Order {number} belongs to another account")
        self.vet_place(ticket, now_ns, checks)
        try:
            self._engine.vet_replace(number, ticket)
        except TooLate as reason:
            raise Refused(str(reason)) from reason
        self._check_money(account_id, replaced=number, wanted=replace(old, ticket=ticket))

    def replace(self, number: int, ticket: OrderTicket, now_ns: int, *, renumber: bool) -> int:
        """Put vetted terms in place of a working order and return the number that now works."""
        old = self._engine.open_order(number)
        self._report([EngineEvent(happening=Happening.REPLACING, order=replace(old, changed_ns=now_ns))])
        new_number = next(self._numbers) if renumber else None
        events = self._engine.replace(number, ticket, now_ns, new_number=new_number)
        if new_number is None:
            self._report(events)
            return number
        text = f"Replaced by order {new_number}"
        self._report(replace(e, text=text) if e.happening is Happening.REPLACED else e for e in events)
        return new_number

    # ------------------------------------------------------------------ what time does

    def step(self, now_ns: int) -> None:
        """Let one of the contracts live a little, and end what has run out."""
        if _day(now_ns) != self._day:
            self._end_day(now_ns)
        self._report(self._engine.expire(now_ns))
        symbol = self._rng.choice(tuple(self._liquidity))
        self._report(self._liquidity[symbol].act(now_ns))
        self._revalue(symbol)

    def _end_day(self, now_ns: int) -> None:
        self._day = _day(now_ns)
        self._report(self._engine.end_day(now_ns))
        for account_id, desk in self._desks.items():
            desk.orders = {number: order for number, order in desk.orders.items() if order.is_open}
            desk.history.clear()
            desk.ledger.end_day()
            self._tell_money(account_id, "")

    # ------------------------------------------------------------------ inside

    def _report(self, events: Iterable[EngineEvent]) -> None:
        for event in events:
            if event.order.owner != PARTICIPANTS:
                self._record(event)

    def _record(self, event: EngineEvent) -> None:
        order = event.order
        desk = self._desks[order.owner]
        desk.orders[order.number] = order
        if order.stage is Stage.WORKING:
            desk.working[order.number] = order
        else:
            desk.working.pop(order.number, None)
        desk.history.append(event)
        if event.last_qty is not None and event.last_px is not None:
            desk.ledger.book_trade(order.ticket.symbol, order.ticket.side, event.last_qty, event.last_px)
        for observer in self._observers:
            observer.order_changed(event)
        self._tell_money(order.owner, order.ticket.symbol)

    def _revalue(self, symbol: str) -> None:
        for account_id, desk in self._desks.items():
            held = desk.ledger.holdings().get(symbol)
            if held is not None and held.net_qty:
                self._tell_money(account_id, symbol)

    def _tell_money(self, account_id: str, symbol: str) -> None:
        for observer in self._observers:
            observer.money_changed(account_id, symbol)

    def _check_money(self, account_id: str, *, replaced: int | None, wanted: EngineOrder) -> None:
        others = [order for order in self._open_orders(account_id) if order.number != replaced]
        check_margin(self.funds(account_id), self._funds(account_id, [*others, wanted]))

    def _open_orders(self, account_id: str) -> list[EngineOrder]:
        return list(self._desks[account_id].working.values())

    def _funds(self, account_id: str, open_orders: Iterable[EngineOrder]) -> Funds:
        last_prices = {symbol: self.last_px(symbol) for symbol in self.contracts}
        return self._desks[account_id].ledger.funds(open_orders, last_prices)

    def _why_gone(self, number: int) -> str:
        owner = self.owner(number)
        if owner is None:
            return f"Unknown order: {number}"
        return f"Order {number} is {_GONE.get(self._desks[owner].orders[number].stage, 'not working')}"


def _day(now_ns: int) -> date:
    return datetime.fromtimestamp(now_ns // _NS_PER_S, UTC).date()
