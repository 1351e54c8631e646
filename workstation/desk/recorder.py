"""What the desk writes into the journal, and in which words.

Clicks, verdicts, intents, frames, answers and states go through here, in the order in which they happened, so that
the history of an order can be read back as one sequence. A frame that came in before we knew which order it speaks of
is held until the report it carries has been tied to one; nothing else of that connection overtakes it. What venues
list at every login, their books and histories, is written once: of a list that comes again only what is new.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Protocol

from workstation.desk.commands import Finding
from workstation.desk.listings import Listing, listing_of
from workstation.desk.messages import ActivityLine
from workstation.domain.identity import ClOrdID, ConnectionID, OrderID
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderRequest,
    PositionAmendRequest,
    account_of,
    orders_of,
)
from workstation.domain.orders import Order
from workstation.runtime.clock import Clock
from workstation.storage.amendment_records import amendment_body
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.journal_rows import Row
from workstation.storage.order_records import order_body, terms_body
from workstation.storage.records import Record, RecordKind
from workstation.venues.base import Direction, FrameSeen, Outcome

LONG = 400
"""Messages shorter than this, in characters, are written as they came, with lists or without."""


class OrderJournal(Protocol):
    """The part of :class:`workstation.storage.journal.Journal` that the desk uses."""

    @property
    def fault(self) -> str:
        """Why nothing can be written; empty while the journal is sound."""
        ...

    async def commit(self, records: Sequence[Record]) -> None:
        """Write `records` as one whole, durable on return; raises JournalFailed."""
        ...

    def append(self, record: Record) -> None:
        """Write `record` in order with everything else, durable soon."""
        ...

    def retry(self) -> bool:
        """Try to write again after a fault."""
        ...

    def read_order(self, cl_ord_id: ClOrdID) -> list[Row]:
        """Return all rows of one order; raises JournalFailed."""
        ...

    def last_orders(self) -> list[Row]:
        """Return the last ORDER row of every order; raises JournalFailed."""
        ...

    def open_intents(self) -> list[Row]:
        """Return the INTENT rows without an ANSWER; raises JournalFailed."""
        ...

    def holds(self, connection_id: ConnectionID, items: Sequence[str]) -> frozenset[str]:
        """Return which of these items of a venue's lists were written before; raises JournalFailed."""
        ...

    def last_number(self, prefix: str) -> int:
        """Return the largest number of order keys with `prefix`; raises JournalFailed."""
        ...

    def last_part(self, prefix: str) -> str:
        """Return the profile's own part of the order keys with `prefix`, empty for none; raises JournalFailed."""
        ...


def request_name(request: OrderRequest) -> str:
    """Return the stable name of a request in the journal."""
    if isinstance(request, NewOrderSingle):
        return "NEW"
    if isinstance(request, OrderCancelReplaceRequest):
        return "REPLACE"
    if isinstance(request, PositionAmendRequest):
        return "AMEND_POSITION"
    return "CANCEL" if isinstance(request, OrderCancelRequest) else "MASS_CANCEL"


class Recorder:
    """Builds and appends the desk's records."""

    def __init__(self, journal: OrderJournal, clock: Clock) -> None:
        self.journal = journal
        self._clock = clock
        self._held: dict[ConnectionID, FrameSeen] = {}

    def click(self, action: str, gesture: str, **facts: object) -> None:
        """Record a gesture that could send something; `cl_ord_id` and `connection_id` among `facts` are its keys."""
        self._append(RecordKind.CLICK, {"action": action, "gesture": gesture}, facts)

    def verdict(self, action: str, findings: Sequence[Finding], *, passed: bool, **facts: object) -> None:
        """Record what the gates said."""
        said = [{"gate": f.gate, "hardness": f.hardness.value, "text": f.text} for f in findings]
        self._append(RecordKind.VERDICT, {"action": action, "passed": passed, "findings": said}, facts)

    def order(self, order: Order) -> None:
        """Record an order's complete state."""
        self.journal.append(self.order_record(order))

    def order_record(self, order: Order) -> Record:
        """Return the record of an order's complete state."""
        return self._record(RecordKind.ORDER, order_body(order), order.cl_ord_id, order.terms.account.connection_id)

    def intents(self, request: OrderRequest, **facts: object) -> list[Record]:
        """Return one INTENT per order that `request` is about."""
        body: dict[str, object] = {"request": request_name(request), **facts}
        if isinstance(request, NewOrderSingle | OrderCancelReplaceRequest):
            body["terms"] = terms_body(request.terms)
        if isinstance(request, OrderCancelReplaceRequest):
            body["order_id"] = request.order_id
        if isinstance(request, PositionAmendRequest):
            body["amendment"] = amendment_body(request)
        connection_id = account_of(request).connection_id
        return [self._record(RecordKind.INTENT, body, owner, connection_id) for owner in orders_of(request)]

    def answer(self, request: OrderRequest, outcome: str, text: str, order_id: OrderID | None = None) -> None:
        """Record how a request ended, once per order; `outcome` is an :class:`Outcome` or NOT_SENT."""
        body = {"request": request_name(request), "outcome": outcome, "text": text, "order_id": order_id}
        for owner in orders_of(request):
            self.journal.append(self._record(RecordKind.ANSWER, body, owner, account_of(request).connection_id))

    def answered(self, request: OrderRequest, outcome: Outcome, text: str, order_id: OrderID | None) -> None:
        """Record the venue's answer, or that there was none."""
        self.answer(request, outcome.value, text, order_id)

    def unanswered(self, cl_ord_id: ClOrdID, connection_id: ConnectionID, request: str, text: str) -> None:
        """Record that a request will never be answered."""
        body = {"request": request, "outcome": Outcome.UNKNOWN.value, "text": text, "order_id": None}
        self.journal.append(self._record(RecordKind.ANSWER, body, cl_ord_id, connection_id))

    def fact(self, cl_ord_id: ClOrdID, connection_id: ConnectionID, text: str, **facts: object) -> None:
        """Record something about one order that its state does not hold."""
        self.journal.append(self._record(RecordKind.NOTE, {"text": text, **facts}, cl_ord_id, connection_id))

    def line(self, line: ActivityLine, item: str = "") -> None:
        """Record a sentence of the activity log; `item` is the key of a venue's history item that it tells."""
        body: dict[str, object] = {"text": line.text, "severity": line.severity.value, "kind": line.kind.value}
        if item:
            body["items"] = [item]
        self.journal.append(self._record(RecordKind.NOTE, body, line.cl_ord_id, line.connection_id))

    def connection(self, connection_id: ConnectionID, text: str, **facts: object) -> None:
        """Record a change of a connection."""
        self.journal.append(self._record(RecordKind.CONNECTION, {"text": text, **facts}, None, connection_id))

    def frame_records(self, frame: FrameSeen) -> list[Record]:
        """Return the records of a frame, one per order it is about."""
        return self._frame_records(frame, None)

    def _frame_records(self, frame: FrameSeen, owner: ClOrdID | None) -> list[Record]:
        kind = RecordKind.FRAME_OUT if frame.direction is Direction.OUT else RecordKind.FRAME_IN
        body = {"type": frame.message_type, "message": frame.body, "order_id": frame.order_id}
        return [self._record(kind, body, each, frame.connection_id) for each in frame.cl_ord_ids or (owner,)]

    def frame(self, frame: FrameSeen, owner: ClOrdID | None) -> None:
        """Record a frame; one that names an order nobody knows yet waits for :meth:`release`."""
        self.release(frame.connection_id, None)
        if owner is None and not frame.cl_ord_ids and frame.order_id is not None:
            self._held[frame.connection_id] = frame
            return
        self._append_frame(frame, owner)

    def release(self, connection_id: ConnectionID, owner: ClOrdID | None) -> None:
        """Record the frame that waits at this connection, as one about the order `owner`."""
        frame = self._held.pop(connection_id, None)
        if frame is not None:
            self._append_frame(frame, owner)

    def held(self, connection_id: ConnectionID | None, items: Sequence[str]) -> frozenset[str]:
        """Return which of these items of a venue's lists the journal holds; while it cannot be read, none."""
        if connection_id is None or not items:
            return frozenset()
        try:
            return self.journal.holds(connection_id, items)
        except JournalFailed:
            return frozenset()

    def _append_frame(self, frame: FrameSeen, owner: ClOrdID | None) -> None:
        if len(frame.body) >= LONG and owner is None and not frame.cl_ord_ids and frame.direction is Direction.IN:
            listing = listing_of(frame.body, frame.message_type)
            if listing is not None:
                self._append_listing(frame, listing)
                return
        for record in self._frame_records(frame, owner):
            self.journal.append(record)

    def _append_listing(self, frame: FrameSeen, listing: Listing) -> None:
        """Record a message with lists: their members that the journal holds are left out, and counted."""
        held = self.held(frame.connection_id, listing.keys)
        [record] = self._frame_records(frame, None)
        body = {**record.body, "items": [key for key in dict.fromkeys(listing.keys) if key not in held]}
        if held:
            body["message"] = listing.without(held)
            body["held"] = sum(key in held for key in listing.keys)
            body["whole"] = sha256(frame.body.encode(errors="surrogatepass")).hexdigest()
        self.journal.append(self._record(record.kind, body, None, frame.connection_id))

    def _append(self, kind: RecordKind, body: dict[str, object], facts: dict[str, object]) -> None:
        cl_ord_id, connection_id = facts.pop("cl_ord_id", None), facts.pop("connection_id", None)
        owner = None if cl_ord_id is None else ClOrdID(str(cl_ord_id))
        place = None if connection_id is None else ConnectionID(str(connection_id))
        self.journal.append(self._record(kind, {**body, **facts}, owner, place))

    def _record(
        self,
        kind: RecordKind,
        body: Mapping[str, object],
        cl_ord_id: ClOrdID | None,
        connection_id: ConnectionID | None,
    ) -> Record:
        return Record(
            kind=kind, time_ns=self._clock.now_ns(), body=body, cl_ord_id=cl_ord_id, connection_id=connection_id
        )
