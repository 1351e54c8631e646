"""An XAPI venue in a process of its own: plain sockets, kind to every request, and a flood of ticks when told to.

It prints one line, its two ports. On standard input, ``flood <rate> <seconds>`` sends that many ticks per second, going
round all symbols, and ``ended <last>`` is printed when all are sent; ``count`` prints how many symbols were asked for.
The time at which tick n was sent stands in place n of a shared file; n is the tick's time in milliseconds.
"""

import asyncio
import mmap
import sys
import time
from decimal import Decimal
from pathlib import Path

from tests.benchmarks.venue_process import MOST, STEP_S, say
from workstation.venues.xapi import messages as xapi
from workstation.venues.xapi import records
from workstation.venues.xapi import stream_messages as stream
from workstation.venues.xapi.codec import (
    END,
    decode_request,
    decode_stream_request,
    encode_login_reply,
    encode_reply,
    encode_streamed,
)
from workstation.venues.xapi.framing import Splitter
from workstation.venues.xapi.stream_records import StreamingKeepAlive, StreamingTick

EPOCH_MS = 1_790_000_000_000
"""Tick n says that it is n milliseconds later than this."""
KEEP_ALIVE_S = 3.0
ONE = Decimal(1)


def symbol_name(number: int) -> str:
    """Return the symbol that comes at place `number` of the list."""
    return f"S{number:04d}"


def symbol_record(number: int) -> records.SymbolRecord:
    """Return one of many symbols, all alike."""
    return records.SymbolRecord(
        ask=Decimal("1.1002"),
        bid=Decimal("1.1000"),
        category_name="FX",
        contract_size=Decimal(100_000),
        currency="EUR",
        currency_pair=True,
        currency_profit="USD",
        description=f"The pair that comes at place {number}",
        group_name="Major",
        high=Decimal("1.2"),
        low=Decimal("1.0"),
        leverage=Decimal("3.33"),
        long_only=False,
        lot_max=Decimal(100),
        lot_min=Decimal("0.01"),
        lot_step=Decimal("0.01"),
        margin_mode=101,
        percentage=Decimal(100),
        pips_precision=4,
        precision=5,
        profit_mode=5,
        quote_id=1,
        short_selling=True,
        spread_raw=Decimal("0.0002"),
        spread_table=Decimal(2),
        step_rule_id=1,
        stops_level=Decimal(0),
        symbol=symbol_name(number),
        tick_size=Decimal("0.00001"),
        time=EPOCH_MS,
        time_string="Thu May 23 12:23:44 EDT 2013",
        trailing_enabled=True,
        type=21,
    )


class Ticks:
    """Frames made beforehand but for price and time, so that the sender's own work is small."""

    def __init__(self, symbols: int) -> None:
        self.symbols = symbols
        marks = {"bid": Decimal("7.77771"), "ask": Decimal("7.77772"), "timestamp": 1_234_567_890_123}
        self._patterns = []
        for number in range(symbols):
            tick = StreamingTick(
                symbol=symbol_name(number),
                ask_volume=Decimal(100_000),
                bid_volume=Decimal(100_000),
                high=Decimal("1.2"),
                low=Decimal("1.0"),
                level=0,
                quote_id=1,
                spread_raw=Decimal("0.0001"),
                spread_table=Decimal(1),
                **marks,  # type: ignore[arg-type]
            )
            frame = (encode_streamed(tick) + END).decode().replace("%", "%%")
            for name, mark in marks.items():
                frame = frame.replace(str(mark), f"%({name})s")
            self._patterns.append(frame)

    def frames(self, first: int, last: int) -> bytes:
        """Return ticks `first` to `last` - 1."""
        parts = []
        for number in range(first, last):
            price = 110_000 + number // self.symbols % 1_000
            parts.append(
                self._patterns[number % self.symbols]
                % {
                    "bid": f"{price // 100_000}.{price % 100_000:05d}",
                    "ask": f"{price // 100_000}.{price % 100_000 + 10:05d}",
                    "timestamp": EPOCH_MS + number,
                }
            )
        return "".join(parts).encode()


class Venue:
    """Serves one client at a time."""

    def __init__(self, listed: int, quoted: int, stamps: Path) -> None:
        symbols = [symbol_record(number) for number in range(listed)]
        self._answers: dict[type[xapi.Arguments], object] = {
            xapi.GetAllSymbols: symbols,
            xapi.GetStepRules: [],
            xapi.GetTrades: [],
            xapi.GetTradesHistory: [],
            xapi.GetCurrentUserData: records.UserData(currency="EUR", leverage_multiplier=Decimal(1), group="demo"),
            xapi.GetMarginLevel: records.MarginLevel(balance=ONE, currency="EUR", equity=ONE, margin=ONE),
            xapi.GetVersion: records.Version(version="2.5.0"),
            xapi.GetNews: [],
            xapi.GetCalendar: [],
            xapi.GetTradingHours: [],
            xapi.GetTickPrices: records.Quotations(quotations=()),
        }
        self._ticks = Ticks(quoted)
        self._subscribed: set[str] = set()
        self._writer: asyncio.StreamWriter | None = None
        with stamps.open("r+b") as file:
            self._stamps = memoryview(mmap.mmap(file.fileno(), 8 * MOST)).cast("d")
        self.sent = 1

    @property
    def count(self) -> int:
        """How many symbols were asked for."""
        return len(self._subscribed)

    async def main(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests."""
        splitter = Splitter()
        while chunk := await reader.read(65_536):
            for frame in splitter.feed(chunk):
                writer.write(self._answer(frame) + END)
        writer.close()

    def _answer(self, frame: bytes) -> bytes:
        request = decode_request(frame)
        kind = type(request.arguments)
        if kind is xapi.Login:
            return encode_login_reply("session", request.custom_tag)
        if kind is xapi.GetServerTime:
            now = records.ServerTime(time=time.time_ns() // 1_000_000, time_string="now")
            return encode_reply(now, request.custom_tag)
        answer = self._answers.get(kind) if request.arguments is not None else None
        return encode_reply(answer, request.custom_tag, has_data=answer is not None)

    async def stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take subscriptions, and keep the stream alive."""
        self._writer = writer
        splitter = Splitter()
        alive = asyncio.get_running_loop().create_task(self._keep_alive(writer))
        while chunk := await reader.read(65_536):
            for frame in splitter.feed(chunk):
                asked = decode_stream_request(frame).arguments
                if isinstance(asked, stream.StreamGetTickPrices):
                    self._subscribed.add(str(asked.symbol))
        alive.cancel()
        writer.close()

    async def _keep_alive(self, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(encode_streamed(StreamingKeepAlive(timestamp=time.time_ns() // 1_000_000)) + END)
            await asyncio.sleep(KEEP_ALIVE_S)

    async def flood(self, rate: float, seconds: float) -> None:
        """Send `rate` ticks per second, as many as are due every half millisecond."""
        assert self._writer is not None
        first, began = self.sent, time.perf_counter()
        end = first + int(rate * seconds)
        while self.sent < end:
            due = min(end, first + int((time.perf_counter() - began) * rate))
            if due > self.sent:
                frames = self._ticks.frames(self.sent, due)
                now = time.perf_counter()
                for number in range(self.sent, due):
                    self._stamps[number] = now
                self._writer.write(frames)
                self.sent = due
            await asyncio.sleep(STEP_S)


async def main(listed: int, quoted: int, stamps: Path) -> None:
    """Serve until standard input closes."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    venue = Venue(listed, quoted, stamps)
    servers = [await asyncio.start_server(talk, "127.0.0.1", 0) for talk in (venue.main, venue.stream)]
    say(" ".join(str(server.sockets[0].getsockname()[1]) for server in servers))
    while line := (await reader.readline()).split():
        if line[0] == b"count":
            say(str(venue.count))
        else:
            await venue.flood(float(line[1]), float(line[2]))
            say(f"ended {venue.sent}")
    for server in servers:
        server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
