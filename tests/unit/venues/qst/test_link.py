"""One link: who sends what when, and what a sender hears when the link goes."""

import asyncio
from itertools import pairwise

import pytest
from websockets.asyncio.client import connect

from tests.support.qst_bench import ORDER, Bench, cancel, place
from tests.support.qst_scripted_server import Script, scripted_server
from workstation.runtime.clock import SystemClock
from workstation.venues.base import OrderReport, VenueEvent, VenueUnreachable
from workstation.venues.qst.codec import encode_client, encode_server
from workstation.venues.qst.conversation import Phase
from workstation.venues.qst.link import FRAMES_PER_TURN, QstLink, Timing
from workstation.venues.qst.link_status import LinkFacts, RoundTrips
from workstation.venues.qst.outbound import Sendable
from workstation.venues.qst.requests import to_qst

PATIENCE_S = 30.0


class Owner:
    """Hears everything, and can wait for the link to be ready."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.events: list[VenueEvent] = []
        self.ready = asyncio.Event()
        self.changed = asyncio.Event()

    def on_event(self, event: VenueEvent) -> None:
        self.events.append(event)

    async def told(self) -> None:
        self.changed.clear()
        await self.changed.wait()

    def on_change(self) -> None:
        self.changed.set()
        if self.bench.talk.phase is Phase.READY:
            self.ready.set()


class MovedClock(SystemClock):
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.s = 1_000.0

    def monotonic_s(self) -> float:
        return self.s


def sendable(request_id: int) -> Sendable:
    request = place(f"W{request_id}")
    message = to_qst(request)
    return Sendable(request_id=request_id, request=request, message=message, frame=encode_client(message, request_id))


def test_a_queued_order_whose_link_dies_was_never_sent() -> None:
    script = Script(silent_at="PlaceOrderRequest")

    async def play() -> None:
        async with scripted_server(script) as url, asyncio.timeout(PATIENCE_S):
            bench = Bench()
            owner = Owner(bench)
            link = QstLink(
                socket=await connect(url),
                conversation=bench.talk,
                clock=SystemClock(),
                timing=Timing(),
                trips=RoundTrips(),
                facts=LinkFacts(),
                owner=owner,
            )
            async with asyncio.TaskGroup() as tasks:
                serving = tasks.create_task(link.serve())
                await owner.ready.wait()
                await link.send(sendable(901))
                waiting = tasks.create_task(_refused(link, 902))
                gives_up = asyncio.ensure_future(link.send(sendable(903)))
                await asyncio.sleep(0)
                gives_up.cancel()
                await asyncio.gather(gives_up, return_exceptions=True)
                assert bench.talk.queued == 1
                await script.sockets[0].close(1011)
                why = await serving
                await link.hang_up(str(why))
                assert "Nothing was sent" in await waiting
            with pytest.raises(VenueUnreachable, match="closing"):
                await link.send(sendable(904))
        names = [type(each).__name__ for each in script.asked]
        assert names.count("PlaceOrderRequest") == 1

    asyncio.run(play())


async def _refused(link: QstLink, request_id: int) -> str:
    with pytest.raises(VenueUnreachable) as caught:
        await link.send(sendable(request_id))
    return str(caught.value)


def test_a_cancel_passes_a_queue() -> None:
    script = Script(silent_at="PlaceOrderRequest")

    async def play() -> None:
        async with scripted_server(script) as url, asyncio.timeout(PATIENCE_S):
            bench = Bench()
            owner = Owner(bench)
            link = QstLink(
                socket=await connect(url),
                conversation=bench.talk,
                clock=SystemClock(),
                timing=Timing(),
                trips=RoundTrips(),
                facts=LinkFacts(),
                owner=owner,
            )
            serving = asyncio.create_task(link.serve())
            await owner.ready.wait()
            await link.send(sendable(901))
            waiting = asyncio.ensure_future(link.send(sendable(902)))
            await asyncio.sleep(0)
            request = cancel()
            message = to_qst(request)
            await link.send(
                Sendable(request_id=903, request=request, message=message, frame=encode_client(message, 903))
            )
            assert not waiting.done()
            serving.cancel()
            await asyncio.gather(serving, waiting, return_exceptions=True)
            await link.hang_up("over")
            assert "CancelOrderRequest" in [type(each).__name__ for each in script.asked]

    asyncio.run(play())


def test_a_link_without_any_traffic_is_suspect_and_then_dropped() -> None:
    clock = MovedClock()
    facts = LinkFacts()

    async def play() -> None:
        async with scripted_server(Script()) as url, asyncio.timeout(PATIENCE_S):
            bench = Bench()
            owner = Owner(bench)
            script_socket = await connect(url)
            timing = Timing(tick_s=0.001, ping_s=1_000.0)
            link = QstLink(
                socket=script_socket,
                conversation=bench.talk,
                clock=clock,
                timing=timing,
                trips=RoundTrips(),
                facts=facts,
                owner=owner,
            )
            serving = asyncio.create_task(link.serve())
            await owner.ready.wait()
            clock.s += 9.5
            while facts.silent_s < 9:
                await owner.told()
            clock.s += 11
            assert "silent for 2" in str(await serving)
            await link.hang_up("over")

    asyncio.run(play())


def test_a_flood_leaves_turns_to_the_rest_of_the_engine() -> None:
    """Frames that wait already are read without giving a turn away; a click must not wait for all of them."""
    script = Script()
    flood = 40 * FRAMES_PER_TURN

    async def play() -> None:
        async with scripted_server(script) as url, asyncio.timeout(PATIENCE_S):
            bench = Bench()
            owner = Owner(bench)
            socket = await connect(url)
            link = QstLink(
                socket=socket,
                conversation=bench.talk,
                clock=SystemClock(),
                timing=Timing(),
                trips=RoundTrips(),
                facts=LinkFacts(),
                owner=owner,
            )
            serving = asyncio.get_running_loop().create_task(link.serve())
            await owner.ready.wait()
            owner.events.clear()
            socket.data_received(b"".join(_framed(encode_server(ORDER)) for _ in range(flood)))
            heard = []
            while not heard or heard[-1] < flood:
                await asyncio.sleep(0)
                heard.append(sum(isinstance(event, OrderReport) for event in owner.events))
            assert max(after - before for before, after in pairwise(heard)) <= FRAMES_PER_TURN
            serving.cancel()
            await asyncio.wait([serving])
            await link.hang_up("over")

    asyncio.run(play())


def _framed(body: bytes) -> bytes:
    return (b"\x82" + bytes([len(body)]) if len(body) < 126 else b"\x82\x7e" + len(body).to_bytes(2, "big")) + body
