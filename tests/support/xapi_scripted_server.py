"""A small XAPI venue on real sockets, both kinds, that misbehaves exactly as a test tells it to.

It keeps positions and orders of its own, so that what it says in lists fits what it streamed.
"""

import asyncio
import itertools
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.support.xapi_bench import EURUSD, RULE, closed, opened, pending, record
from workstation.venues.xapi import codec, messages, records, stream_records
from workstation.venues.xapi.framing import Splitter
from workstation.venues.xapi.records import SymbolRecord, TradeRecord
from workstation.venues.xapi.stream_records import StreamingTrade
from workstation.venues.xapi.stream_records import StreamRecord as Streamed

SESSION = "8469308861804289383"
OPENED_MS = 1_795_002_000_000
"""When everything is opened here: after the clock of the connection bench was started."""


@dataclass(eq=False)
class Peer:
    """One client on either kind of socket."""

    send: Callable[[bytes], Awaitable[None]]
    close: Callable[[], Awaitable[None]]
    is_stream: bool


@dataclass(eq=False)
class ScriptedXapi:
    """The venue's state and what to do wrong: a command named in `silent_at`, `close_at` and so on is spoiled."""

    symbols: tuple[SymbolRecord, ...] = (EURUSD,)
    positions: dict[int, StreamingTrade] = field(default_factory=dict)
    pendings: dict[int, StreamingTrade] = field(default_factory=dict)
    history: list[TradeRecord] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    session: str = SESSION
    silent_at: str = ""
    close_at: str = ""
    garbage_at: str = ""
    close_after_trade: bool = False
    reject_with: str | None = None
    tells_status: bool = True
    tells_trades: bool = True
    stride: int = 0
    """Bytes of one write on a socket, or characters of one fragment of a WebSocket message; 0 for all at once."""
    refuses_streams: bool = False
    shut_streams: Callable[[], None] = lambda: None
    asked: list[codec.Request] = field(default_factory=list)
    arrived_s: list[float] = field(default_factory=list)
    streamed: list[codec.Request] = field(default_factory=list)
    mains: list[Peer] = field(default_factory=list)
    streams: list[Peer] = field(default_factory=list)
    main_url: str = ""
    stream_url: str = ""
    statuses: dict[int, int] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(500))

    def commands(self) -> list[str]:
        return [request.command for request in self.asked]

    async def tell(self, *told: Streamed) -> None:
        """Stream records to whoever listens."""
        for peer in self.streams:
            for each in told:
                await peer.send(codec.encode_streamed(each))

    async def drop_main(self) -> None:
        await self.mains[-1].close()

    async def drop_stream(self) -> None:
        await self.streams[-1].close()

    # -- main ------------------------------------------------------------------------------------------------------

    async def main_frame(self, peer: Peer, frame: bytes) -> None:
        request = codec.decode_request(frame)
        self.asked.append(request)
        self.arrived_s.append(time.monotonic())
        if request.command == self.silent_at:
            return
        if request.command == self.close_at:
            self.close_at = ""
            await peer.close()
        elif request.command == self.garbage_at:
            self.garbage_at = ""
            await peer.send(b"}{ this is no JSON")
        elif request.command in self.refuse:
            await peer.send(codec.encode_refusal(self.refuse[request.command], "words", request.custom_tag))
        elif isinstance(request.arguments, messages.TradeTransaction):
            await self._trade(peer, request, request.arguments.trade_trans_info or messages.TradeTransInfo())
        else:
            await peer.send(self._reply(request))

    def _reply(self, request: codec.Request) -> bytes:
        tag, arguments = request.custom_tag, request.arguments
        if isinstance(arguments, messages.Login):
            return codec.encode_login_reply(self.session, tag)
        if isinstance(arguments, messages.Ping | messages.Logout):
            return codec.encode_reply(custom_tag=tag, has_data=False)
        return codec.encode_reply(self.answer(arguments), tag)

    def answer(self, arguments: object) -> object:
        match arguments:
            case messages.GetCurrentUserData():
                return records.UserData(currency="PLN", leverage_multiplier=Decimal(100), trailing_stop=True)
            case messages.GetMarginLevel():
                return records.MarginLevel(
                    balance=Decimal(1000), equity=Decimal(1010), currency="PLN", margin=Decimal(5)
                )
            case messages.GetStepRules():
                return (RULE,)
            case messages.GetAllSymbols():
                return self.symbols
            case messages.GetSymbol():
                return self.symbols[0]
            case messages.GetTrades():
                return tuple(record(each) for each in (*self.positions.values(), *self.pendings.values()))
            case messages.GetTradesHistory():
                return tuple(self.history)
            case messages.TradeTransactionStatus(order=order):
                return records.TransactionStatus(order=order, request_status=self.statuses.get(order or 0, 1))
            case messages.GetTickPrices(symbols=symbols):
                ticks = (
                    records.TickRecord(symbol=s, bid=Decimal("1.1"), ask=Decimal("1.2"), level=0) for s in symbols or ()
                )
                return records.Quotations(quotations=tuple(ticks))
            case messages.GetServerTime():
                return records.ServerTime(time=1_795_000_000_000)
            case messages.GetVersion():
                return records.Version(version="2.5.0")
            case _:
                return ()

    async def _trade(self, peer: Peer, request: codec.Request, info: messages.TradeTransInfo) -> None:
        number = next(self.numbers)
        self.statuses[number] = 3 if self.reject_with is None else 4
        events = self._executed(number, info) if self.reject_with is None else []
        if self.close_after_trade:
            self.close_after_trade = False
            await peer.close()
            return
        await peer.send(codec.encode_reply(records.OrderNumber(order=number), request.custom_tag))
        if self.tells_trades:
            await self.tell(*events)
        if self.tells_status:
            status = stream_records.StreamingTradeStatus(
                order=number,
                request_status=self.statuses[number],
                message=self.reject_with,
                custom_comment=info.custom_comment,
            )
            await self.tell(status)

    def _executed(self, number: int, info: messages.TradeTransInfo) -> list[StreamingTrade]:
        same = {
            "symbol": info.symbol,
            "custom_comment": info.custom_comment,
            "sl": info.sl,
            "tp": info.tp,
            "open_time": OPENED_MS,
        }
        target = info.order or 0
        if info.type == 0 and info.cmd in (0, 1):
            position = number + 10_000
            self.positions[position] = opened(position, number, cmd=info.cmd, volume=info.volume, **same)
            return [self.positions[position]]
        if info.type == 0:
            self.pendings[number] = pending(
                number,
                cmd=info.cmd,
                volume=info.volume,
                open_price=info.price,
                expiration=info.expiration or None,
                **same,
            )
            return [self.pendings[number]]
        if info.type == 3 and target in self.positions:
            held = self.positions[target]
            self.positions[target] = opened(target, held.order2 or 0, cmd=held.cmd, offset=info.offset, **same)
            return [self.positions[target]]
        if info.type == 3:
            self.pendings[target] = pending(target, cmd=info.cmd, volume=info.volume, open_price=info.price, **same)
            return [self.pendings[target]]
        if info.type == 4:
            return [_deleted(self.pendings.pop(target))]
        held = self.positions.pop(target)
        end = closed(target, volume=info.volume, cmd=held.cmd, custom_comment=held.custom_comment)
        self.history.append(record(end))
        return [_deleted(held), end]

    # -- stream ----------------------------------------------------------------------------------------------------

    async def stream_frame(self, peer: Peer, frame: bytes) -> None:
        request = codec.decode_stream_request(frame)
        self.streamed.append(request)
        if request.command == "getKeepAlive":
            await peer.send(codec.encode_streamed(stream_records.StreamingKeepAlive(timestamp=1)))

    async def frame(self, peer: Peer, frame: bytes) -> None:
        await (self.stream_frame if peer.is_stream else self.main_frame)(peer, frame)


def _deleted(trade: StreamingTrade) -> StreamingTrade:
    names = StreamingTrade.__struct_fields__
    return StreamingTrade(**{**{name: getattr(trade, name) for name in names}, "state": "Deleted"})


@asynccontextmanager
async def on_sockets(venue: ScriptedXapi, tls: ssl.SSLContext | None = None) -> AsyncIterator[ScriptedXapi]:
    """Serve `venue` on two TCP ports."""

    talks: set[asyncio.Task[None]] = set()

    def handler(is_stream: bool) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            async def send(frame: bytes) -> None:
                whole = frame + codec.END
                for begin in range(0, len(whole), venue.stride or len(whole)):
                    writer.write(whole[begin : begin + (venue.stride or len(whole))])
                    with suppress(OSError):
                        await writer.drain()
                    await asyncio.sleep(0)

            async def close() -> None:
                writer.close()

            talk_task = asyncio.current_task()
            assert talk_task is not None
            talks.add(talk_task)
            await _serve(venue, Peer(send, close, is_stream), lambda: reader.read(65536), close)

        return talk

    main = await asyncio.start_server(handler(False), "127.0.0.1", 0, ssl=tls)
    stream = await asyncio.start_server(handler(True), "127.0.0.1", 0, ssl=tls)
    venue.shut_streams = stream.close
    scheme = "tls" if tls else "tcp"
    venue.main_url = f"{scheme}://127.0.0.1:{main.sockets[0].getsockname()[1]}"
    venue.stream_url = f"{scheme}://127.0.0.1:{stream.sockets[0].getsockname()[1]}"
    try:
        yield venue
    finally:
        for server in (main, stream):
            server.close()
        for peer in (*venue.mains, *venue.streams):
            await peer.close()
        if talks:
            await asyncio.wait(talks)


async def _serve(
    venue: ScriptedXapi, peer: Peer, read: Callable[[], Awaitable[bytes]], close: Callable[[], Awaitable[None]]
) -> None:
    if peer.is_stream and venue.refuses_streams:
        await close()
        return
    peers = venue.streams if peer.is_stream else venue.mains
    peers.append(peer)
    splitter = Splitter()
    with suppress(OSError):
        while chunk := await read():
            for frame in splitter.feed(chunk):
                await venue.frame(peer, frame)
    if peer in venue.streams:
        venue.streams.remove(peer)
    await close()


@asynccontextmanager
async def on_websocket(venue: ScriptedXapi) -> AsyncIterator[ScriptedXapi]:
    """Serve `venue` on the two paths of one WebSocket port."""

    async def talk(socket: ServerConnection) -> None:
        is_stream = socket.request is not None and socket.request.path.endswith("Stream")

        async def send(frame: bytes) -> None:
            whole, stride = frame.decode() + "\n\n", venue.stride
            with suppress(ConnectionClosed):
                if stride:
                    await socket.send([whole[begin : begin + stride] for begin in range(0, len(whole), stride)])
                else:
                    await socket.send(whole)

        async def read() -> bytes:
            try:
                return await socket.recv(decode=False)
            except ConnectionClosed:
                return b""

        await _serve(venue, Peer(send, socket.close, is_stream), read, socket.close)

    async with serve(talk, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        venue.main_url, venue.stream_url = (f"ws://127.0.0.1:{port}/{path}" for path in ("demo", "demoStream"))
        yield venue
