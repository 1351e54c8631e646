"""What a link tells the desk: every message seen, every state read, every sentence for the trader.

Events are kept in the order in which things happened. What cannot be read is said, and never silently left out: a
book with an unreadable order is not passed on as complete, because a missing order would count as not placed.
"""

from collections import Counter
from collections.abc import Iterator

from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import OrderRequest
from workstation.runtime.quick_records import quick
from workstation.venues.base import (
    AccountsListed,
    ActivityListed,
    BalanceReported,
    BookLoaded,
    Direction,
    FrameSeen,
    OrderReport,
    Outcome,
    PositionReported,
    ProtocolViolation,
    RequestAnswered,
    Severity,
    TextNotified,
    VenueEvent,
)
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import Codec
from workstation.venues.qst.correlation import Pending
from workstation.venues.qst.lanes import NotSent
from workstation.venues.qst.mapping import QstMapping, Unreadable

Event = VenueEvent | NotSent


_frame_seen = quick(FrameSeen)


class Reporter:
    """Collects the events of one link until they are taken."""

    def __init__(self, mapping: QstMapping, codec: Codec) -> None:
        self._mapping = mapping
        self._codec = codec
        self._connection_id = mapping.accounts.key("").connection_id
        self._ignored: Counter[str] = Counter()
        self._events: list[Event] = []

    def take(self) -> list[Event]:
        """Return what happened since the last call, in order."""
        events, self._events = self._events, []
        return events

    def seen(self, message: object, direction: Direction, cl_ord_ids: tuple[ClOrdID, ...] = ()) -> None:
        """Record a message of the wire, readable and without secrets."""
        number = getattr(message, "order_number", "")
        self._events.append(
            _frame_seen(
                connection_id=self._connection_id,
                direction=direction,
                message_type=type(message).__name__,
                body=self._codec.readable(message),
                cl_ord_ids=cl_ord_ids,
                order_id=OrderID(number) if number else None,
            )
        )

    def say(self, severity: Severity, text: str, cl_ord_ids: tuple[ClOrdID, ...] = ()) -> None:
        """Tell the trader something of our own."""
        self._events.append(
            TextNotified(connection_id=self._connection_id, severity=severity, text=text, cl_ord_ids=cl_ord_ids)
        )

    def ignore(self, what: str) -> None:
        """Note a message that changes nothing; each kind is said once."""
        self._ignored[what] += 1
        if self._ignored[what] == 1:
            self.say(Severity.WARNING, f"QST sent {what}; ignored.")

    def ended(self, pending: Pending, outcome: Outcome, text: str, order_id: OrderID | None = None) -> None:
        """Tell how an order request ended; exactly once for each that was sent."""
        if pending.order_request is not None:
            self._events.append(
                RequestAnswered(request=pending.order_request, outcome=outcome, text=text, order_id=order_id)
            )

    def not_sent(self, request_id: int, request: OrderRequest, text: str) -> None:
        """Tell that an order request never left."""
        self._events.append(NotSent(request_id=request_id, request=request, text=text))

    def accounts(self, listed: tuple[qst.OEAccount, ...]) -> int:
        """Tell which accounts the login offers, and return how many."""
        accounts = self._mapping.accounts.list(listed)
        self._events.append(AccountsListed(accounts=accounts))
        return len(accounts)

    def unknown_fields(self, frame: bytes) -> None:
        """Say which fields of a frame the definition file does not know: the one sign that it is wrong (7.3)."""
        for field in self._codec.unknown_fields(frame):
            self.ignore(f"a field that the message definition does not have ({field})")

    def order(self, order: qst.Order, current: str = "") -> None:
        """Report an order's state."""
        self._events.extend(self._orders(order, current))

    def position(self, position: qst.NetPosition, at_ns: int, current: str = "") -> None:
        """Report a net position."""
        self._events.extend(self._positions(position, at_ns, current))

    def money(self, money: qst.AccountInformation, at_ns: int, current: str = "") -> None:
        """Report the money of an account."""
        self._events.append(BalanceReported(balance=self._mapping.balance(money, at_ns, current)))

    def history(self, items: tuple[qst.ActivityLogItem, ...], account_id: str) -> None:
        """Report the history of an account."""
        key = self._mapping.accounts.key(account_id)
        self._events.append(ActivityListed(account=key, items=self._mapping.activity(items, account_id)))

    def words(self, text: qst.OETextNotification, at_ns: int, cl_ord_ids: tuple[ClOrdID, ...]) -> None:
        """Pass the venue's words on, with the orders they most likely speak of."""
        self._events.append(self._mapping.text(text, at_ns, cl_ord_ids))

    def book(self, book: qst.OrderBookResponse, account_id: str, asked_ns: int) -> bool:
        """Report the book of an account; return False when something in it could not be read.

        Raises:
            ProtocolViolation: it is the book of another account, so the switch did not take.
        """
        accounts = self._mapping.accounts
        for number in sorted({order.account_number for order in book.orders if order.account_number}):
            accounts.learn(number, account_id)
            if accounts.id_of(number) != account_id:
                raise ProtocolViolation(f"The order book of account {account_id} holds orders of account {number}.")
        reports = [report for order in book.orders for report in self._orders(order, account_id)]
        positions = [each for one in book.net_positions for each in self._positions(one, asked_ns, account_id)]
        if len(reports) != len(book.orders) or len(positions) != len(book.net_positions):
            self._events += [*reports, *positions]
            return False
        self._events.append(
            BookLoaded(
                account=accounts.key(account_id),
                reports=tuple(reports),
                positions=tuple(each.position for each in positions),
                asked_ns=asked_ns,
            )
        )
        return True

    def _orders(self, order: qst.Order, current: str) -> Iterator[OrderReport]:
        try:
            yield self._mapping.order(order, current)
        except Unreadable as error:
            self.say(Severity.ERROR, f"QST reported something unreadable: {error}. Look it up at the venue.")

    def _positions(self, position: qst.NetPosition, at_ns: int, current: str) -> Iterator[PositionReported]:
        try:
            yield PositionReported(position=self._mapping.position(position, at_ns, current))
        except Unreadable as error:
            self.say(Severity.ERROR, f"QST reported something unreadable: {error}. Look it up at the venue.")
