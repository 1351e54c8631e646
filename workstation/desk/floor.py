"""What all parts of the desk share, and the one way in which an order changes.

Every change of an order is journaled, then held, then published, in that order and in one turn of the loop, so that the
journal, the book and the screen never disagree about the sequence.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from workstation.desk.activity import ActivityLog
from workstation.desk.last_words import LastWords
from workstation.desk.market_data import MarketDesk
from workstation.desk.messages import EngineMessage
from workstation.desk.money_book import MoneyBook
from workstation.desk.open_requests import OpenRequests
from workstation.desk.order_book import OrderBook
from workstation.desk.order_waits import OrderWaits
from workstation.desk.progress import Progress
from workstation.desk.recorder import Recorder
from workstation.desk.trades import execution_of
from workstation.desk.watch import Watch
from workstation.desk.wording import order_text
from workstation.domain.capabilities import Capabilities
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID
from workstation.domain.instrument import Instrument
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.runtime.clock import Clock
from workstation.venues.base import ConnectionStatus, VenueConnection


class Venues(Protocol):
    """The connections, as the rest of the desk sees them."""

    def connection(self, connection_id: ConnectionID) -> VenueConnection | None:
        """Return the running connection."""
        ...

    def status(self, connection_id: ConnectionID) -> ConnectionStatus | None:
        """Return its lamps."""
        ...

    def capabilities(self, connection_id: ConnectionID) -> Capabilities | None:
        """Return what its venue can do."""
        ...

    def name(self, connection_id: ConnectionID) -> str:
        """Return what the trader calls it."""
        ...

    def running(self) -> tuple[VenueConnection, ...]:
        """Return all running connections."""
        ...


class Floor:
    """The desk's shared state. `venues` is set once, by the engine, before anything runs."""

    venues: Venues

    def __init__(
        self, recorder: Recorder, money: MoneyBook, publish: Callable[[EngineMessage], None], clock: Clock
    ) -> None:
        self.recorder = recorder
        self.money = money
        self.market = MarketDesk(publish)
        self.publish = publish
        self.clock = clock
        self.book = OrderBook()
        self.requests = OpenRequests()
        self.activity = ActivityLog(recorder, publish, clock)
        self.progress = Progress(publish, clock)
        self.watch = Watch(clock)
        self.waits = OrderWaits(clock)
        self.last_words = LastWords()
        self.first_seen_ns: dict[ClOrdID, int] = {}
        self._unconfirmed: set[ClOrdID] = set()

    def put(self, order: Order) -> None:
        """Journal, hold and publish `order`."""
        self.recorder.order(order)
        self.take(order)

    def take(self, order: Order) -> None:
        """Hold and publish an order whose state is in the journal already, and the trade that made it so."""
        before = self.book.get(order.cl_ord_id)
        self.book.put(order)
        self._unconfirmed.discard(order.cl_ord_id)
        self.publish(order)
        self.watch.note(order)
        nameless = order.by_hand is not None and order.order_id is None
        if order.ord_status is OrdStatus.NOT_PLACED or nameless:
            self.requests.give_up(order.cl_ord_id, order.updated_ns)
        elif order.is_closed:
            self.requests.closed(order.cl_ord_id)
        self.waits.order_changed(order)
        if order.by_hand is not None:
            return  # what the trader says of trades is shown, but it is no trade that the venue reported
        execution = execution_of(before, order, self.instrument(order.terms.account, order.terms.symbol))
        if execution is not None:
            self.money.traded(execution, order.terms.position_id)
            self.publish(execution)

    def show_unconfirmed(self, order: Order, text: str) -> None:
        """Show an order as last known, with `text`, until its venue says something about it; nothing is journaled."""
        self._unconfirmed.add(order.cl_ord_id)
        self.publish(replace(order, text=text))

    def confirm(self, order: Order) -> None:
        """Show an order as it is held, if it was shown as unconfirmed."""
        if order.cl_ord_id in self._unconfirmed:
            self._unconfirmed.discard(order.cl_ord_id)
            self.publish(order)

    def instrument(self, account: AccountKey, symbol: str) -> Instrument | None:
        """Return what the account's connection knows of `symbol`."""
        connection = self.venues.connection(account.connection_id)
        return None if connection is None else connection.instrument(symbol)

    def withdraw_all(self, why: str) -> None:
        """Take back everything that waits for its turn at any connection; cancels stay."""
        for connection in self.venues.running():
            connection.withdraw(why)

    def naming(self, order: Order) -> str:
        """Name an order in a sentence."""
        terms = order.terms
        return order_text(order, self.money.name(terms.account), self.instrument(terms.account, terms.symbol))

    def venue_name(self, account: AccountKey) -> str:
        """Return what the trader calls the connection of an account."""
        return self.venues.name(account.connection_id)
