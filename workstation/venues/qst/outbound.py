"""The way out of one link: request ids, what is in flight, what waits, and the frames to send now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from workstation.domain.order_requests import (
    OrderCancelReplaceRequest,
    OrderMassCancelRequest,
    OrderRequest,
    account_of,
)
from workstation.venues.base import Direction
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import Codec
from workstation.venues.qst.correlation import Correlation, Pending
from workstation.venues.qst.lanes import ACCOUNT_BOUND, READS, SERIAL, Lanes, SwitchTo, Unit, Wire
from workstation.venues.qst.reporter import Reporter


class Moment(NamedTuple):
    """Now, on both clocks: monotonic seconds and epoch nanoseconds."""

    s: float
    ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendable:
    """An order request in its wire form."""

    request_id: int
    request: OrderRequest
    message: qst.Request
    frame: bytes

    @property
    def account_needed(self) -> str:
        """The account that must be current when the server reads it; empty when any may be."""
        if isinstance(self.request, OrderCancelReplaceRequest | OrderMassCancelRequest):
            return account_of(self.request).account_id
        if isinstance(self.message, qst.PlaceOrderRequest) and not self.message.override_account:
            return account_of(self.request).account_id
        return ""


class Outbound:
    """Sends what may go, in the order of :mod:`lanes`. `current` is the account that acts now, empty for unknown."""

    def __init__(self, codec: Codec, next_id: Callable[[], int], report: Reporter, *, live_trading: bool) -> None:
        self.current = ""
        self.home = ""
        self.sent = Correlation()
        self.lanes = Lanes()
        self._codec = codec
        self._next_id = next_id
        self._report = report
        self._live_trading = live_trading
        self._outbox: list[tuple[int, bytes]] = []

    @property
    def switching(self) -> bool:
        """Whether the current account is changing right now."""
        return any(isinstance(pending.message, qst.OESwitchAccountRequest) for pending in self.sent.open)

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight and nothing waits."""
        return not self.sent.open and not len(self.lanes)

    def take(self) -> list[tuple[int, bytes]]:
        """Return the frames to send now, in order, each with its request id."""
        out, self._outbox = self._outbox, []
        return out

    def submit(self, order: Sendable, at: Moment) -> None:
        """Send an order request when its turn comes; a cancel by number goes at once."""
        unit = Unit(
            request_id=order.request_id,
            message=order.message,
            account=order.account_needed,
            order_request=order.request,
            frame=order.frame,
        )
        if isinstance(order.message, qst.CancelOrderRequest | qst.CancelOrdersRequest):
            self._put(unit, at)
        else:
            self.lanes.add(unit)

    def ask(self, message: qst.Request, at: Moment, account: str = "") -> None:
        """Send a request of our own at once."""
        self._put(Unit(message=message, account=account), at)

    def read(self, account_id: str, currency: str) -> None:
        """Queue the reading of an account's book, money and history, unless it waits already."""
        if not self.lanes.reads(account_id):
            money = qst.AccountInfoRequest(currency_code=currency)
            for message in (qst.OrderBookRequest(), money, qst.GetActivityItemsRequest()):
                self.lanes.add(Unit(message=message, account=account_id))

    def pump(self, at: Moment) -> None:
        """Send all that may go now."""
        if self.lanes.is_empty and self.current == self.home:  # so it is after nearly every message that comes in
            return
        while (step := self.lanes.next(self._wire())) is not None:
            if isinstance(step, SwitchTo):
                switch = qst.OESwitchAccountRequest(account_id=step.account, is_live_trading=self._live_trading)
                self.ask(switch, at, step.account)
            else:
                self._put(step, at)

    def drop(self, units: list[Unit], text: str) -> None:
        """Tell of order requests that never left."""
        for unit in units:
            if unit.order_request is not None:
                self._report.not_sent(unit.request_id, unit.order_request, text)

    def _wire(self) -> Wire:
        messages = [pending.message for pending in self.sent.open]
        return Wire(
            current=self.current,
            home=self.home,
            serial=any(isinstance(message, SERIAL) for message in messages),
            bound=any(isinstance(message, ACCOUNT_BOUND) for message in messages),
            reading=any(isinstance(message, READS) for message in messages),
        )

    def _put(self, unit: Unit, at: Moment) -> None:
        request_id = unit.request_id or self._next_id()
        frame = unit.frame or self._codec.encode_client(unit.message, request_id)
        self.sent.add(Pending(request_id, unit.message, unit.account, unit.order_request, at.s, at.ns))
        if unit.order_request is None:
            self._report.seen(unit.message, Direction.OUT)
        self._outbox.append((request_id, frame))
