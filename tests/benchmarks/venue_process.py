"""A venue in a process of its own: QST over a real WebSocket, kind to every request, and a flood when told to.

It prints one line, its address. A line ``flood <rate> <seconds>`` on standard input sends that many order updates per
second, every fifth message a position; ``ended`` is printed when all are sent. The time at which number n was sent
stands in place n of a shared file; n is the order's price in quarter cents.
"""

import asyncio
import mmap
import struct
import sys
import time
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.support.qst_bench import ACCOUNTS, ORDER, welcome
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import decode_client, encode_server

STEP_S = 0.0005
MOST = 2_000_000
TICK = Decimal("0.25")
POSITION_EVERY = 5


def order_number(number: int) -> str:
    """Return the venue's number of the order that comes at place `number` of its book."""
    return f"{500_000 + number}"


def price_of(sequence: int) -> Decimal:
    """Return the price that says which update this is."""
    return TICK * sequence


class Flood:
    """Frames made beforehand, so that the sender's own work is small. One order is spoken of every `orders` updates."""

    def __init__(self, orders: int) -> None:
        self.orders = orders
        self._mark = price_of(123_457)
        self._patterns = [self._pattern(number) for number in range(orders)]
        position = qst.NetPosition(account_number=ACCOUNTS[0], contract="ZCZ26", side="LONG", quantity=Decimal(3))
        self._position = framed(encode_server(position, 0))

    def _pattern(self, number: int) -> tuple[bytes, bytes]:
        order = replace(ORDER, order_number=order_number(number), account_number=ACCOUNTS[0], price=self._mark)
        order = replace(order, quantity=Decimal(number % 90 + 2), order_date=ORDER.order_date)
        before, found, after = framed(encode_server(order, 0)).partition(struct.pack("<d", float(self._mark)))
        assert found, "a price is eight bytes on this wire"
        return before, after

    def frames(self, first: int, last: int) -> bytes:
        """Return the frames of updates `first` to `last` - 1, with a position after every fourth."""
        parts: list[bytes] = []
        for sequence in range(first, last):
            before, after = self._patterns[sequence % self.orders]
            parts += (before, struct.pack("<d", sequence * 0.25), after)
            if sequence % POSITION_EVERY == 0:
                parts.append(self._position)
        return b"".join(parts)

    def book(self) -> qst.OrderBookResponse:
        """Return the book in which all orders stand."""
        listed = (
            replace(ORDER, order_number=order_number(n), account_number=ACCOUNTS[0], price=TICK)
            for n in range(self.orders)
        )
        return qst.OrderBookResponse(orders=tuple(listed))


def framed(body: bytes) -> bytes:
    """Return `body` as one WebSocket frame of a server."""
    size = len(body)
    return (b"\x82" + bytes([size]) if size < 126 else b"\x82\x7e" + size.to_bytes(2, "big")) + body


class Venue:
    """Serves one client at a time."""

    def __init__(self, orders: int, stamps: Path) -> None:
        self._flood = Flood(orders)
        self._book_told = False
        self._numbers = 900_000
        self._socket: ServerConnection | None = None
        with stamps.open("r+b") as file:
            self._stamps = memoryview(mmap.mmap(file.fileno(), 8 * MOST)).cast("d")
        self.sent = 1

    async def talk(self, socket: ServerConnection) -> None:
        """Answer one client."""
        self._socket = socket
        self._book_told = False
        with suppress(ConnectionClosed):
            async for frame in socket:
                assert isinstance(frame, bytes)
                envelope = decode_client(frame)
                request = envelope.message
                assert not isinstance(request, qst.UnknownMessage)
                await socket.send(encode_server(self._answer(request), envelope.request_id))
                if isinstance(request, qst.PlaceOrderRequest):
                    await socket.send(encode_server(self._working(request), 0))
                if isinstance(request, qst.LogoutRequest):
                    await socket.close(1000)

    def _answer(self, request: qst.Request) -> qst.ServerMessage:
        if isinstance(request, qst.OrderBookRequest) and not self._book_told:
            self._book_told = True  # of the first account; the others have none
            return self._flood.book()
        return welcome(request)

    def _working(self, request: qst.PlaceOrderRequest) -> qst.Order:
        self._numbers += 1
        return replace(
            ORDER,
            order_number=str(self._numbers),
            account_number=request.override_account or ACCOUNTS[0],
            order_date=time.time_ns() // 1_000_000,
            price=request.price,
            quantity=request.quantity,
            contract=request.contract,
        )

    async def flood(self, rate: float, seconds: float) -> None:
        """Send `rate` updates per second, as many as are due every half millisecond."""
        assert self._socket is not None
        write, first = self._socket.transport.write, self.sent
        began = time.perf_counter()
        end = first + int(rate * seconds)
        while self.sent < end:
            due = min(end, first + int((time.perf_counter() - began) * rate))
            if due > self.sent:
                frames = self._flood.frames(self.sent, due)
                now = time.perf_counter()
                for sequence in range(self.sent, due):
                    self._stamps[sequence] = now
                write(frames)
                self.sent = due
            await asyncio.sleep(STEP_S)


async def main(orders: int, stamps: Path) -> None:
    """Serve until standard input closes."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    venue = Venue(orders, stamps)
    async with serve(venue.talk, "127.0.0.1", 0, compression=None, ping_interval=None, max_size=None) as server:
        say(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")
        while line := (await reader.readline()).split():
            await venue.flood(float(line[1]), float(line[2]))
            say(f"ended {venue.sent}")


def say(text: str) -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
