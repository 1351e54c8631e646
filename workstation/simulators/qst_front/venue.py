"""What all QST connections of the built-in venue share: who may log in, who is logged in, who is told what.

One order-entry user owns all accounts. Any number of clients may be logged in as that user at the same time, each
with a client id of its own; a second connection of the same id takes the place of the first (close code 4101).
Orders and texts go out at once; positions and money are told at most once a second per account, so that a moving
market does not drown the clients.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from workstation.simulators.engine_orders import EngineEvent, Happening
from workstation.simulators.market import Market
from workstation.simulators.qst_front.wording import (
    account_information,
    event_lines,
    event_record,
    net_position,
    text_notification,
)
from workstation.venues.qst.messages import Notification

MONEY_INTERVAL_S = 1.0
_ERRORS = frozenset({Happening.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a client must send. The venue has no say in the client id, except that there must be one."""

    username: str = "demo"
    password: str = field(default="demo-password-hash", repr=False)
    firm_id: str = "CVS"
    client_unique_id: str = "6f1d2c52-3f0a-4c27-9b4e-0d9a1f6b7a11"
    oe_username: str = "demo.trader"
    oe_password_hash: str = field(default="demo-order-entry-hash", repr=False)
    provider: str = "QOR"


class Listener(Protocol):
    """One connection, as the venue sees it."""

    def notify(self, notifications: Iterable[Notification]) -> None:
        """Pass these on, if order entry is logged in."""

    def take_over(self) -> None:
        """Give way to another connection of the same client."""


@dataclass(slots=True)
class _Money:
    """What changed in one account since its money was last told, and when that was."""

    symbols: set[str] = field(default_factory=set)
    is_due: bool = False
    told_s: float = -math.inf


class QstVenue:
    """The venue behind the sockets; observes the market."""

    def __init__(self, market: Market, credentials: Credentials, now_ns: Callable[[], int]) -> None:
        """Stand in front of `market`; `now_ns` is the time of the venue."""
        self.market = market
        self.credentials = credentials
        self.now_ns = now_ns
        self.account_ids = tuple(row.account_id for row in market.account_rows)
        self._clients: dict[str, Listener] = {}
        self._money = {account_id: _Money() for account_id in self.account_ids}
        market.observe(self)

    @property
    def client_ids(self) -> tuple[str, ...]:
        """The clients that are logged in."""
        return tuple(self._clients)

    def admit(self, client_id: str, listener: Listener) -> None:
        """Let a client in; whoever was connected under its id gives way."""
        earlier = self._clients.pop(client_id, None)
        self._clients[client_id] = listener
        if earlier is not None:
            earlier.take_over()

    def leave(self, client_id: str, listener: Listener) -> None:
        """Forget a connection that ended, unless another has taken its place."""
        if self._clients.get(client_id) is listener:
            del self._clients[client_id]

    def order_changed(self, event: EngineEvent) -> None:
        """Tell everyone about an order: the text first, so that the reason is there when the state arrives."""
        order = event.order
        contract = self.market.contracts[order.ticket.symbol]
        text = text_notification(
            self.credentials.oe_username,
            order.owner,
            event_lines(event, contract),
            is_error=event.happening in _ERRORS,
        )
        self._tell([text, event_record(event, contract, self.market.touch(order.ticket.symbol).last_px)])

    def money_changed(self, account_id: str, symbol: str) -> None:
        """Remember that an account's position or money is to be told."""
        money = self._money[account_id]
        money.is_due = True
        if symbol:
            money.symbols.add(symbol)

    def tell_all_money(self) -> None:
        """Tell the money of every account with the next tick, because someone new listens."""
        for money in self._money.values():
            money.is_due = True

    def tick(self, now_s: float) -> None:
        """Tell what changed in accounts that were not told about within the last second."""
        for account_id, money in self._money.items():
            if money.is_due and now_s - money.told_s >= MONEY_INTERVAL_S:
                self._tell(self._money_records(account_id, sorted(money.symbols)))
                self._money[account_id] = _Money(told_s=now_s)

    def _money_records(self, account_id: str, symbols: Iterable[str]) -> list[Notification]:
        ledger = self.market.ledger(account_id)
        traded = ledger.holdings()
        records: list[Notification] = []
        for symbol in symbols:
            if symbol in traded:
                last_px = self.market.last_px(symbol)
                records.append(net_position(account_id, symbol, traded[symbol], last_px))
        return [*records, account_information(account_id, self.market.funds(account_id))]

    def _tell(self, notifications: Iterable[Notification]) -> None:
        told = tuple(notifications)
        for listener in tuple(self._clients.values()):
            listener.notify(told)
