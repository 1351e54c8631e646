import asyncio
import json
from collections.abc import Awaitable, Callable
from decimal import Decimal

from tests.support.xapi_bench import opened
from tests.support.xapi_connection_bench import FakeClock
from tests.support.xapi_transport import FedTransport
from workstation.venues.base import MalformedFrame, VenueUnreachable
from workstation.venues.queries import Watch
from workstation.venues.xapi import codec
from workstation.venues.xapi.codec import HotTick
from workstation.venues.xapi.gravest import gravest
from workstation.venues.xapi.ledger import Streamed
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.stream import StreamConversation
from workstation.venues.xapi.stream_link import PER_TURN, StreamLink
from workstation.venues.xapi.stream_records import StreamingKeepAlive, StreamingTick, StreamingTrade

TICK = codec.encode_streamed(StreamingTick(symbol="A", bid=Decimal(1), level=0, timestamp=1))


class Owner:
    def __init__(self) -> None:
        self.records: list[Streamed] = []
        self.pauses: list[int] = []
        self.subscribed = 0
        self.told = asyncio.Event()

    def on_streamed(self, record: Streamed, frame: bytes, now: Moment) -> None:
        self.records.append(record)

    def on_pause(self) -> None:
        self.pauses.append(len(self.records))
        self.told.set()

    def on_subscribed(self) -> None:
        self.subscribed += 1
        self.told.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():
                self.told.clear()
                await self.told.wait()


def played(play: Callable[[StreamLink, FedTransport, Owner], Awaitable[None]]) -> BaseException:
    async def whole() -> BaseException:
        transport, owner, clock = FedTransport(), Owner(), FakeClock()
        link = StreamLink(transport, StreamConversation("846", 0.001), clock, owner, 0.005)
        serving = asyncio.get_running_loop().create_task(link.serve(Watch(quotes=frozenset("A"))))
        try:
            await owner.until(lambda: owner.subscribed == 1)
            await play(link, transport, owner)
            transport.end()
            await serving
        except BaseExceptionGroup as group:
            await link.close()
            assert transport.closed
            return gravest(group)
        raise AssertionError("a stream ends by an error only")

    return asyncio.run(whole())


def test_ticks_and_trades_are_told_in_order_and_a_keep_alive_is_life() -> None:
    async def play(link: StreamLink, transport: FedTransport, owner: Owner) -> None:
        before_s = link.conversation.last_life_s
        transport.feed(
            TICK, codec.encode_streamed(StreamingKeepAlive(timestamp=1)), codec.encode_streamed(opened(7, 8))
        )
        await owner.until(lambda: len(owner.records) == 2)
        assert isinstance(owner.records[0], HotTick)
        assert isinstance(owner.records[1], StreamingTrade)
        assert link.conversation.last_life_s > before_s

    assert isinstance(played(play), VenueUnreachable)


def test_a_flood_gives_others_their_turn() -> None:
    async def play(_: StreamLink, transport: FedTransport, owner: Owner) -> None:
        transport.feed(*[TICK] * (3 * PER_TURN))
        await owner.until(lambda: len(owner.records) == 3 * PER_TURN)
        assert owner.pauses == [PER_TURN, 2 * PER_TURN, 3 * PER_TURN]

    played(play)


def test_wishes_change_while_it_runs() -> None:
    async def play(link: StreamLink, transport: FedTransport, owner: Owner) -> None:
        link.watch(Watch(quotes=frozenset("B")))
        await transport.until_sent(lambda frame: json.loads(frame).get("symbol") == "B")
        commands = [json.loads(frame)["command"] for frame in transport.sent]
        assert commands[0] == "getKeepAlive"
        assert owner.subscribed == 1

    played(play)


def test_what_is_no_message_ends_the_stream() -> None:
    async def play(_: StreamLink, transport: FedTransport, owner: Owner) -> None:
        transport.feed(b'{"hello":1}')

    assert isinstance(played(play), MalformedFrame)
