"""A tiny venue on a loopback socket that speaks one JSON object per line, and a connection to it.

It never hears our key of an order, holds all of the day's orders in its book, and outlives the programs that are
killed on it. Every order is told apart by its price, so a test can count what truly arrived. The client calls `step`
at each point of a send, with the point's name: a test may end the process there.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.support.fake_venue import ACCOUNT, CAPABILITIES, CONNECTION, CORN, limit_terms
from workstation.domain.account import Account
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderRequest,
    orders_of,
)
from workstation.domain.order_states import OrderEvent
from workstation.runtime.clock import Clock
from workstation.venues.base import (
    AccountsListed,
    BookLoaded,
    Channel,
    ConnectionStatus,
    Direction,
    EventSink,
    FrameSeen,
    Lamp,
    OrderReport,
    Outcome,
    Outgoing,
    QueryRefused,
    RequestAnswered,
    VenueUnreachable,
)
from workstation.venues.queries import QueryResult, VenueQuery, Watch

Message = dict[str, Any]


@dataclass(slots=True)
class LineVenue:
    """The venue's side. `arrived` counts every request by what it asks for."""

    orders: dict[str, Message] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    next_number: int = 115001

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it goes, however it goes."""
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                if not line.endswith(b"\n"):
                    break  # half a message of a killed client is no message
                for answer in self._answers(json.loads(line)):
                    writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()

    def _answers(self, asked: Message) -> list[Message]:
        if asked["ask"] == "book":
            return [{"book": list(self.orders.values()), "asked_ns": asked["asked_ns"]}]
        self.arrived.append(f"{asked['ask']} {asked.get('price', '')} {asked.get('number', '')}")
        received: list[Message] = [{"received": asked["request_id"]}]
        if asked["ask"] == "new":
            return [*received, {"report": self._enter(asked["price"])}]
        old = self.orders[asked["number"]]
        if old["event"] != "REPORT_NEW":
            return received
        old["event"] = "REPORT_CANCELED"
        reports = [{"report": dict(old)}]
        if asked["ask"] == "replace":
            reports.append({"report": self._enter(asked["price"])})
        return [*received, *reports]

    def _enter(self, price: str) -> Message:
        number = str(self.next_number)
        self.next_number += 1
        order = {"number": number, "price": price, "event": "REPORT_NEW", "entered_ns": time.time_ns()}
        self.orders[number] = order
        return dict(order)


def report_of(order: Message) -> OrderReport:
    """Return the venue's line about an order as the desk hears it."""
    return OrderReport(
        order_id=OrderID(order["number"]),
        terms=limit_terms(qty="1", price=order["price"]),
        event=OrderEvent(order["event"]),
        venue_status=order["event"],
        cum_qty=Decimal(0),
        avg_px=None,
        transact_time_ns=order["entered_ns"],
        entered_by_us=True,
    )


class LineConnection:
    """One login at a :class:`LineVenue`."""

    def __init__(self, profile: ConnectionProfile, sink: EventSink, step: Callable[[str], None], clock: Clock) -> None:
        self._profile = profile
        self._clock = clock
        self._sink = sink
        self._step = step
        self._writer: asyncio.StreamWriter | None = None
        self._sent: dict[int, OrderRequest] = {}
        self._request_id = 0

    @property
    def profile(self) -> ConnectionProfile:
        return self._profile

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def run(self) -> None:
        port = int(self._profile.url.rpartition(":")[2])
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._show(Lamp.SYNCING)
        account = Account(key=ACCOUNT, venue="qst", environment=Environment.DEMO, name="Main", alias="")
        self._sink(AccountsListed(accounts=(account,)))
        await self.reload()
        while line := await reader.readline():
            self._hear(json.loads(line))

    def _hear(self, message: Message) -> None:
        if "book" in message:
            reports = tuple(map(report_of, message["book"]))
            asked_ns = message["asked_ns"]
            self._sink(BookLoaded(account=ACCOUNT, reports=reports, positions=(), asked_ns=asked_ns))
            self._show(Lamp.LIVE)
        elif "received" in message:
            self._step("before the answer is heard")
            request = self._sent.pop(message["received"])
            self._sink(RequestAnswered(request=request, outcome=Outcome.RECEIVED))
            self._step("after the answer was heard")
        else:
            self._sink(report_of(message["report"]))
            self._step("after the report was heard")

    def encode(self, request: OrderRequest) -> Outgoing:
        self._request_id += 1
        asked = {"request_id": self._request_id, **_asked(request)}
        frame = json.dumps(asked)
        seen = FrameSeen(
            connection_id=CONNECTION,
            direction=Direction.OUT,
            message_type=asked["ask"],
            body=frame,
            cl_ord_ids=orders_of(request),
        )
        return Outgoing(request=request, frame=frame.encode(), frame_seen=seen, request_id=self._request_id)

    async def send(self, outgoing: Outgoing) -> None:
        self._step("between disk and wire")
        if self._writer is None:
            raise VenueUnreachable("The link is down.")
        self._sent[outgoing.request_id] = outgoing.request
        self._writer.write(outgoing.frame + b"\n")
        await self._writer.drain()
        self._step("after the wire")

    async def reload(self, account: AccountKey | None = None) -> None:
        if self._writer is None:
            raise VenueUnreachable("The link is down.")
        self._writer.write(json.dumps({"ask": "book", "asked_ns": self._clock.now_ns()}).encode() + b"\n")

    def withdraw(self, why: str) -> None:
        """Nothing ever waits here."""

    def watch(self, wanted: Watch) -> None:
        """There is no market data here."""

    async def query(self, query: VenueQuery) -> QueryResult:
        raise QueryRefused("There are no feeds here.")

    def instrument(self, symbol: str) -> Instrument | None:
        return CORN if symbol == CORN.symbol else None

    def _show(self, lamp: Lamp) -> None:
        lamps = tuple((channel, lamp) for channel in (Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM))
        self._sink(ConnectionStatus(connection_id=CONNECTION, venue="qst", lamps=lamps))


def _asked(request: OrderRequest) -> Mapping[str, str]:
    if isinstance(request, NewOrderSingle):
        return {"ask": "new", "price": str(request.terms.price)}
    if isinstance(request, OrderCancelReplaceRequest):
        return {"ask": "replace", "price": str(request.terms.price), "number": request.order_id}
    assert isinstance(request, OrderCancelRequest)
    return {"ask": "cancel", "number": request.order_ids[0]}
