"""Cancels, the part of the choke point that nothing local ever stops.

No gate, lock or kill is asked. If the journal cannot take the intent, the cancel is sent all the same and that is
said. If there is no link, or the order has no number yet, the cancel is owed: it goes as soon as that changes, unless
the order has ended by then. A cancel that could not leave is never forgotten silently.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable

from workstation.desk.commands import CancelBySymbol, CancelOrders, CancelsSent, Kill
from workstation.desk.floor import Floor
from workstation.desk.link_state import TRADING_CHANNELS, may_cancel, may_send
from workstation.desk.locks import Locks
from workstation.desk.messages import ActivityKind
from workstation.desk.open_requests import Owed
from workstation.desk.wording import STATUS_WORDS, lamp_text
from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_requests import OrderCancelRequest, OrderMassCancelRequest
from workstation.domain.order_states import OrderEvent
from workstation.domain.orders import Order
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.records import Record
from workstation.venues.base import NotExpressible, Outgoing, Severity, VenueConnection, VenueUnreachable

CancelRequest = OrderCancelRequest | OrderMassCancelRequest
Failures = list[tuple[ClOrdID, str]]


class CancelDesk:
    """Cancels orders."""

    def __init__(self, floor: Floor, locks: Locks) -> None:
        self._floor = floor
        self._locks = locks
        self._wanted = asyncio.Event()
        floor.requests.wake = self._wanted.set

    async def cancel(self, command: CancelOrders) -> CancelsSent:
        """Cancel these orders, in one message per account where the venue has one, else one each."""
        for cl_ord_id in command.cl_ord_ids:
            self._floor.recorder.click("CANCEL", command.gesture, cl_ord_id=cl_ord_id)
        failed: Failures = []
        orders = [order for cl_ord_id in dict.fromkeys(command.cl_ord_ids) if (order := self._open(cl_ord_id, failed))]
        return await self._cancel_all(orders, failed)

    async def cancel_by_symbol(self, command: CancelBySymbol) -> CancelsSent:
        """Cancel everything working of one account in one contract."""
        account, symbol = command.account, command.symbol
        place = account.connection_id
        self._floor.recorder.click("CANCEL_BY_SYMBOL", command.gesture, connection_id=place, symbol=symbol)
        orders = [order for order in self._floor.book.open_of(account) if order.terms.symbol == symbol]
        capabilities = self._floor.venues.capabilities(place)
        if capabilities is None or not capabilities.cancels_by_symbol:
            return await self._cancel_all(orders, [])
        failed: Failures = []
        numbered = self._numbered(orders, failed)
        keys = tuple(order.cl_ord_id for order in numbered)
        request = OrderMassCancelRequest(account=account, symbol=symbol, cl_ord_ids=keys)
        if not keys:
            return CancelsSent(sent=(), failed=tuple(failed))
        sent = await self._send(request, numbered, failed)
        return CancelsSent(sent=sent, failed=tuple(failed))

    async def kill(self, command: Kill) -> CancelsSent:
        """Block every send and cancel everything working, at all venues at once."""
        self._floor.recorder.click("KILL", command.gesture)
        self._locks.kill()
        self._floor.withdraw_all("The desk was killed.")
        orders = self._floor.book.open_orders()
        result = await self._cancel_all(orders, [])
        self._floor.activity.say(
            f"KILL: {len(result.sent)} of {len(orders)} working orders have their cancel on the wire, "
            f"{len(result.failed)} wait or failed.",
            Severity.WARNING,
            ActivityKind.RULES,
        )
        return result

    def lock(self, *, locked: bool) -> None:
        """Lock or unlock trading; what still waits for its turn at a venue is taken back, cancels excepted."""
        self._locks.lock(locked=locked)
        if locked:
            self._floor.withdraw_all("The desk was locked.")

    async def run(self) -> None:
        """Send what is owed whenever something changes; runs until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self.send_owed()

    def wake(self) -> None:
        """Look again at what is owed, because something changed at a connection."""
        self._wanted.set()

    async def send_owed(self) -> None:
        """Send the owed cancels that can go now."""
        ready = []
        for cl_ord_id, why in list(self._floor.requests.cancels_owed.items()):
            order = self._floor.book.get(cl_ord_id)
            if order is None or order.is_closed:
                del self._floor.requests.cancels_owed[cl_ord_id]
                continue
            status = self._floor.venues.status(order.terms.account.connection_id)
            free = may_cancel(status) if why is Owed.NOW else may_send(status)
            if order.order_id is not None and free:
                del self._floor.requests.cancels_owed[cl_ord_id]
                ready.append(order)
        if ready:
            await self._cancel_all(ready, [])

    # -- which orders --------------------------------------------------------------------------------------------

    def _open(self, cl_ord_id: ClOrdID, failed: Failures) -> Order | None:
        order = self._floor.book.get(cl_ord_id)
        if order is None:
            failed.append((cl_ord_id, f"There is no order {cl_ord_id} here."))
        elif order.is_closed:
            failed.append((cl_ord_id, _ended_already(order)))
        else:
            return order
        return None

    def _numbered(self, orders: Iterable[Order], failed: Failures) -> list[Order]:
        """Return the orders that can be named to the venue; the cancels of the others are owed."""
        numbered = []
        for order in orders:
            if order.order_id is not None:
                numbered.append(order)
                continue
            text = "The venue has not named it yet; the cancel goes as soon as it does."
            self._owe(order, Owed.NO_NUMBER, text, failed)
        return numbered

    def _owe(self, order: Order, why: Owed, text: str, failed: Failures) -> None:
        floor, place = self._floor, order.terms.account.connection_id
        floor.requests.owe(order.cl_ord_id, why)
        failed.append((order.cl_ord_id, text))
        floor.recorder.fact(order.cl_ord_id, place, text, cancel_owed=True)
        floor.activity.order(order, f"Cancel of {floor.naming(order)} waits: {text}", Severity.WARNING)

    async def _cancel_all(self, orders: Iterable[Order], failed: Failures) -> CancelsSent:
        by_account: defaultdict[AccountKey, list[Order]] = defaultdict(list)
        for order in self._numbered(orders, failed):
            by_account[order.terms.account].append(order)
        sends = [
            self._send(_request(account, part), part, failed)
            for account, group in by_account.items()
            for part in self._parts(account, group)
        ]
        sent = await asyncio.gather(*sends)
        return CancelsSent(sent=tuple(key for keys in sent for key in keys), failed=tuple(failed))

    def _parts(self, account: AccountKey, orders: list[Order]) -> list[list[Order]]:
        """Divide orders of one account into messages: one for all, or one each where the venue has no such message."""
        offered = self._floor.venues.capabilities(account.connection_id)
        return [orders] if offered is None or offered.cancels_many else [[order] for order in orders]

    # -- disk if it can, wire in any case ------------------------------------------------------------------------

    async def _send(self, request: CancelRequest, orders: list[Order], failed: Failures) -> tuple[ClOrdID, ...]:
        floor, place = self._floor, request.account.connection_id
        connection, status = floor.venues.connection(place), floor.venues.status(place)
        if connection is None or not may_cancel(status):
            why = lamp_text(status, TRADING_CHANNELS)
            self._owe_all(orders, f"{floor.venues.name(place)}: {why}. It goes when the books are in sync.", failed)
            return ()
        try:
            outgoing = connection.encode(request)
        except NotExpressible as error:
            failed.extend((order.cl_ord_id, str(error)) for order in orders)
            return ()
        now_ns = floor.clock.now_ns()
        moved = [order.moved(OrderEvent.SEND_CANCEL, at_ns=now_ns) for order in orders]
        records = [*floor.recorder.intents(request), *map(floor.recorder.order_record, moved)]
        await self._commit([*records, *floor.recorder.frame_records(outgoing.frame_seen)], orders)
        begun = self._begin(orders, moved, failed)
        if not begun:
            floor.recorder.answer(request, "NOT_SENT", "Nothing was left to cancel.")
            return ()
        return await self._to_the_wire(connection, outgoing, begun, failed)

    async def _commit(self, records: list[Record], orders: list[Order]) -> None:
        try:
            await self._floor.recorder.journal.commit(records)
        except JournalFailed as error:
            self._locks.journal_fault(self._floor.recorder.journal.fault)
            keys = ", ".join(order.cl_ord_id for order in orders)
            self._floor.activity.say(
                f"The cancel of {keys} is sent although the journal cannot be written. {error}",
                Severity.WARNING,
                ActivityKind.ORDERS,
            )

    def _begin(self, orders: list[Order], moved: list[Order], failed: Failures) -> list[tuple[Order, Order]]:
        """Hold the new states; an order that changed while the disk was written is moved from its latest state."""
        begun = []
        for before, after in zip(orders, moved, strict=True):
            current = self._floor.book.get(before.cl_ord_id) or before
            if current.is_closed:
                self._floor.put(current)  # the journal has it as being cancelled
                failed.append((current.cl_ord_id, _ended_already(current)))
                continue
            if current == before:
                self._floor.take(after)
                begun.append((before, after))
            else:
                latest = current.moved(OrderEvent.SEND_CANCEL, at_ns=self._floor.clock.now_ns())
                self._floor.put(latest)
                begun.append((current, latest))
            self._floor.requests.cancels_under_way.add(before.cl_ord_id)
        return begun

    async def _to_the_wire(
        self, connection: VenueConnection, outgoing: Outgoing, begun: list[tuple[Order, Order]], failed: Failures
    ) -> tuple[ClOrdID, ...]:
        floor = self._floor
        known = False
        try:
            await connection.send(outgoing)
            known = True
        except VenueUnreachable as error:
            known = True
            self._did_not_leave(outgoing, begun, str(error), failed)
            return ()
        finally:
            if not known:  # the program is ending: the books will tell
                floor.requests.cancels_under_way.difference_update(order.cl_ord_id for order, _ in begun)
        for _, order in begun:
            floor.activity.order(order, f"Cancel of {floor.naming(order)} is on the wire.")
        return tuple(order.cl_ord_id for _, order in begun)

    def _did_not_leave(self, outgoing: Outgoing, begun: list[tuple[Order, Order]], why: str, failed: Failures) -> None:
        """Let the orders stand as before: not one byte left, and the cancel is owed."""
        self._floor.recorder.answer(outgoing.request, "NOT_SENT", why)
        for before, after in begun:
            self._floor.requests.cancels_under_way.discard(before.cl_ord_id)
            current = self._floor.book.get(before.cl_ord_id)
            if current == after:
                self._floor.put(before)
            if current is not None and not current.is_closed:
                self._owe(before, Owed.NO_LINK, f"{why} It goes when the books are in sync.", failed)

    def _owe_all(self, orders: Iterable[Order], text: str, failed: Failures) -> None:
        for order in orders:
            self._owe(order, Owed.NO_LINK, text, failed)


def _ended_already(order: Order) -> str:
    return f"Order {order.cl_ord_id} is {STATUS_WORDS[order.ord_status]} already."


def _request(account: AccountKey, orders: list[Order]) -> OrderCancelRequest:
    numbers = tuple(order.order_id for order in orders if order.order_id is not None)
    return OrderCancelRequest(cl_ord_ids=tuple(order.cl_ord_id for order in orders), order_ids=numbers, account=account)
