"""One client's WebSocket: frames in to its session, the session's outbox out, faults applied on both ways.

The reader, the writer and the closer are tasks of one group; whichever sees the end of the connection raises, and
the group takes the others down. Only this module and :mod:`server` touch sockets.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from workstation.simulators.faults import Deed, Fault, FaultPlan
from workstation.simulators.qst_front.session import DEFAULT_BACKLOG, Closing, Session
from workstation.simulators.qst_front.venue import QstVenue
from workstation.venues.base import MalformedFrame
from workstation.venues.qst.codec import decode_client, encode_server
from workstation.venues.qst.messages import Request, ServerMessage, UnknownMessage

LOGIN_DELAY_S = 0.02
CLOSE_S = 3.0

UNREADABLE = Closing(1007, "not a message of this protocol")

Deliver = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How every connection is treated.

    `backlog` is how many messages may wait for a client, `login_delay_s` how long a login is looked at, `close_s`
    how long a client may take to confirm a close before the connection is cut.
    """

    faults: FaultPlan = field(default_factory=FaultPlan)
    backlog: int = DEFAULT_BACKLOG
    login_delay_s: float = LOGIN_DELAY_S
    close_s: float = CLOSE_S


class LinkEnded(Exception):
    """The connection is over; stops the tasks of its group."""


class Link:
    """Ties one WebSocket to one session."""

    def __init__(self, socket: ServerConnection, venue: QstVenue, manners: Manners) -> None:
        """Serve `socket` as a client of `venue`."""
        self._socket = socket
        self._manners = manners
        self._output = asyncio.Event()
        self._closing = asyncio.Event()
        self._written = asyncio.Event()
        self._session = Session(venue, self._note_output, manners.backlog)
        self._held_in: list[Deliver] = []
        self._held_out: list[Deliver] = []
        self._mute = False
        self._deaf = False
        self._tasks = asyncio.TaskGroup()

    async def serve(self) -> None:
        """Serve until the connection ends."""
        try:
            # In a task of its own: Python 3.11.2 (Debian 12) leaves a group's own cancellation counted on the task
            # that ran it, and the closing of the socket that follows would take it for one from outside.
            await asyncio.get_running_loop().create_task(self._talk(), name="QST front: link")
        except* (LinkEnded, ConnectionClosed):
            pass
        finally:
            self._session.gone()

    async def _talk(self) -> None:
        async with self._tasks:
            self._tasks.create_task(self._read(), name="QST front: read")
            self._tasks.create_task(self._write(), name="QST front: write")
            self._tasks.create_task(self._close(), name="QST front: close")

    def _note_output(self) -> None:
        self._output.set()
        if self._session.closing is not None:
            self._closing.set()

    # ------------------------------------------------------------------ in

    async def _read(self) -> None:
        async for frame in self._socket:
            try:
                envelope = decode_client(frame.encode() if isinstance(frame, str) else frame)
            except MalformedFrame:
                self._session.close(UNREADABLE)
                break
            if isinstance(envelope.message, UnknownMessage):
                self._session.receive_unknown(envelope.request_id, envelope.message.name)
            else:
                await self._receive(envelope.request_id, envelope.message)
            if self._deaf:
                break
        if self._session.closing is not None or self._deaf:
            await self._socket.wait_closed()
        raise LinkEnded

    async def _receive(self, request_id: int, request: Request) -> None:
        fault = self._manners.faults.inbound(type(request).__name__)
        if fault is not None and fault.deed is Deed.REJECT:
            self._session.refuse(request_id, request, fault.text)
        else:
            await self._pass_on(fault, partial(self._handle, request_id, request), self._held_in)

    async def _handle(self, request_id: int, request: Request) -> None:
        self._session.receive(request_id, request)
        if self._session.awaits_answer:
            self._tasks.create_task(self._answer_login(), name="QST front: login")

    async def _answer_login(self) -> None:
        await asyncio.sleep(self._manners.login_delay_s)
        self._session.answer_login()

    # ------------------------------------------------------------------ out

    async def _write(self) -> None:
        while True:
            await self._output.wait()
            self._output.clear()
            while self._session.outbox:
                await self._send(*self._session.outbox.popleft())
            if self._session.closing is not None:
                self._written.set()

    async def _send(self, request_id: int, message: ServerMessage) -> None:
        fault = self._manners.faults.outbound(type(message).__name__)
        await self._pass_on(fault, partial(self._put, encode_server(message, request_id)), self._held_out)

    async def _put(self, frame: bytes) -> None:
        if not self._mute:
            await self._socket.send(frame)

    async def _close(self) -> None:
        """Wait until the session wants the end, and end the connection within a bounded time."""
        await self._closing.wait()
        closing = self._session.closing
        assert closing is not None
        if closing.after_outbox:
            await self._written.wait()
        # A client that reads nothing would hold up the close frame for ever.
        cutting = asyncio.get_running_loop().call_later(self._manners.close_s, self._socket.transport.abort)
        try:
            await self._socket.close(closing.code, closing.reason)
        finally:
            cutting.cancel()
        raise LinkEnded

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
            self._tasks.create_task(_later(fault.seconds, deliver), name="QST front: delay")
        elif fault.deed is not Deed.DROP:
            self._break(fault)
        waiting = held.copy()
        held.clear()
        for earlier in waiting:
            await earlier()

    def _break(self, fault: Fault) -> None:
        """Do to the connection what the fault says."""
        if fault.deed is Deed.CLOSE:
            self._session.close(Closing(fault.code, "closed by a fault that was set on purpose"))
            return
        self._mute = True
        transport = self._socket.transport
        if fault.deed is Deed.SILENCE:
            self._deaf = True
            transport.pause_reading()
        elif transport.can_write_eof():
            transport.write_eof()


async def _later(delay_s: float, deliver: Deliver) -> None:
    await asyncio.sleep(delay_s)
    await deliver()
