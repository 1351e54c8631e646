"""One client's connection: bytes in to its session, the session's outbox out, rules and faults applied on both ways.

The reader, the writer and the closer are tasks of one group; whichever sees the end of the connection raises, and the
group takes the others down.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from workstation.simulators.faults import Deed, Fault
from workstation.simulators.xapi_front.main_session import MainSession
from workstation.simulators.xapi_front.manners import Pace
from workstation.simulators.xapi_front.outbox import Ending, request_name
from workstation.simulators.xapi_front.request_reader import RequestReader, RuleBroken
from workstation.simulators.xapi_front.stream_session import StreamSession
from workstation.simulators.xapi_front.venue import XapiVenue
from workstation.simulators.xapi_front.wires import Wire, WireEnded

NORMAL_CLOSE = 1000

Deliver = Callable[[], Awaitable[None]]


class Link:
    """Ties one connection to one session."""

    def __init__(self, wire: Wire, venue: XapiVenue, *, streams: bool) -> None:
        """Serve `wire` as a client of `venue`, on its stream side or its main side."""
        self._wire = wire
        self._venue = venue
        self._manners = venue.manners
        self._output = asyncio.Event()
        self._ending = asyncio.Event()
        self._written = asyncio.Event()
        self._session = (StreamSession if streams else MainSession)(venue, self._note_output)
        self._first_data_s = self._manners.stream_first_data_s if streams else self._manners.first_data_s
        self._reader = RequestReader(self._manners.largest_request)
        self._pace = Pace(self._manners.pace_s)
        self._held_in: list[Deliver] = []
        self._held_out: list[Deliver] = []
        self._mute = False
        self._deaf = False
        self._close_code: int | None = None
        self._tasks = asyncio.TaskGroup()

    async def serve(self) -> None:
        """Serve until the connection ends."""
        if not self._venue.admission.enter(self._wire.address):
            self._session.refuse_connection()
        try:
            # In a task of its own: Python 3.11.2 (Debian 12) leaves a group's own cancellation counted on the task
            # that ran it, and the closing of the socket that follows would take it for one from outside.
            await asyncio.get_running_loop().create_task(self._talk(), name="XAPI front: link")
        except* WireEnded:
            pass
        finally:
            self._session.gone()
            self._venue.admission.leave(self._wire.address)
            self._wire.abort()

    async def _talk(self) -> None:
        async with self._tasks:
            self._tasks.create_task(self._read(), name="XAPI front: read")
            self._tasks.create_task(self._write(), name="XAPI front: write")
            self._tasks.create_task(self._close(), name="XAPI front: close")

    def _note_output(self) -> None:
        self._output.set()
        if self._session.outbox.ending is not None:
            self._ending.set()

    # ------------------------------------------------------------------ in

    async def _read(self) -> None:
        try:
            chunk = await self._first()
            while not self._deaf:
                for request in self._reader.feed(chunk):
                    if not self._deaf:
                        await self._receive(request)
                if self._wire.whole_values and self._reader.is_inside:
                    raise RuleBroken("a message that ends inside a value")
                chunk = await self._wire.receive()
        except (RuleBroken, TimeoutError):
            self._session.outbox.end(Ending.DROP)

    async def _first(self) -> bytes:
        async with asyncio.timeout(self._first_data_s):
            return await self._wire.receive()

    async def _receive(self, request: Mapping[str, Any]) -> None:
        keeps = self._pace.keeps(self._venue.now_s())
        self._venue.too_quick += self._pace.was_quick
        if not keeps:
            raise RuleBroken("too quick six times in a row")
        command = request.get("command")
        fault = self._manners.faults.inbound(request_name(command)) if isinstance(command, str) else None
        if fault is not None and fault.deed is Deed.REJECT:
            self._session.refuse(request, fault.text)
        else:
            await self._pass_on(fault, partial(self._handle, request), self._held_in)

    async def _handle(self, request: Mapping[str, Any]) -> None:
        self._session.receive(request)

    # ------------------------------------------------------------------ out

    async def _write(self) -> None:
        outbox = self._session.outbox
        while True:
            await self._output.wait()
            self._output.clear()
            while outbox.waiting:
                await self._send(*outbox.waiting.popleft())
            if outbox.ending is not None:
                self._written.set()

    async def _send(self, name: str, text: bytes) -> None:
        fault = self._manners.faults.outbound(name)
        await self._pass_on(fault, partial(self._put, text), self._held_out)

    async def _put(self, text: bytes) -> None:
        if not self._mute:
            await self._wire.send(text)

    async def _close(self) -> None:
        """Wait until the session wants the end, and end the connection within a bounded time."""
        await self._ending.wait()
        if self._session.outbox.ending is Ending.DROP and self._close_code is None:
            self._wire.abort()
            raise WireEnded
        # A client that reads nothing would hold up the end for ever.
        cutting = asyncio.get_running_loop().call_later(self._manners.close_s, self._wire.abort)
        try:
            if self._session.outbox.ending is Ending.AFTER_OUTBOX:
                await self._written.wait()
            await self._wire.close(self._close_code or NORMAL_CLOSE)
        finally:
            cutting.cancel()
        raise WireEnded

    # ------------------------------------------------------------------ faults

    async def _pass_on(self, fault: Fault | None, deliver: Deliver, held: list[Deliver]) -> None:
        """Deliver one message as its fault wants it, then those that waited for it to pass."""
        if fault is None:
            await deliver()
        elif fault.deed is Deed.DUPLICATE:
            await deliver()
            await deliver()
        elif fault.deed is Deed.REORDER:
            held.append(deliver)
            return
        elif fault.deed is Deed.DELAY:
            self._tasks.create_task(_later(fault.seconds, deliver), name="XAPI front: delay")
        elif fault.deed is not Deed.DROP:
            self._break(fault)
        waiting = held.copy()
        held.clear()
        for earlier in waiting:
            await earlier()

    def _break(self, fault: Fault) -> None:
        """Do to the connection what the fault says."""
        if fault.deed is Deed.CLOSE:
            self._close_code = fault.code
            self._session.outbox.end(Ending.DROP)
            return
        self._mute = True
        if fault.deed is Deed.SILENCE:
            self._deaf = True
            self._wire.deafen()
        else:
            self._wire.shut()


async def _later(delay_s: float, deliver: Deliver) -> None:
    await asyncio.sleep(delay_s)
    await deliver()
