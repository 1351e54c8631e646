"""A venue that breaks at every step of the login, in every way: never a hang, never a lost order, and named on screen.

The order was placed before, on a sound link; then the link drops and the next login is spoiled.
"""

import asyncio
from pathlib import Path

import pytest

from tests.support import hostile_venue as deeds
from tests.support.hostile_venue import Deed, HostileVenue, hostile_venue
from tests.support.joined_engine import JoinedEngine, below, joined_engine, saved_profile
from tests.support.moving_clock import MovingClock
from workstation.desk.messages import ActivityLine
from workstation.domain.order_states import OrdStatus
from workstation.simulators.serve import SimulatorOptions, running_simulator
from workstation.venues.base import ConnectionStatus, Lamp

CORN = "ZCZ26"
BROKE = "broke its own protocol"
STEPS = (
    "LoginResponse",
    "OELoginResponse",
    "OESwitchAccountResponse",
    "OrderBookResponse",
    "AccountInfoResponse",
    "GetActivityItemsResponse",
    "ChangeOALSubscriptionLevelResponse",
)
WORDS: dict[Deed, str] = {
    deeds.garbage: BROKE,
    deeds.text: BROKE,
    deeds.truncated: BROKE,
    deeds.wrong_answer: BROKE,
    deeds.closed: "with code 1011",
    deeds.broken: "without a goodbye",
    deeds.silence: "No answer to",
    deeds.half_a_message: "No answer to",
}
"""What each deed is called on screen."""
QUIET = (deeds.silence, deeds.half_a_message)


@pytest.mark.parametrize("deed", WORDS, ids=[deed.__name__ for deed in WORDS])
def test_a_login_spoiled_at_every_step_in_turn(tmp_path: Path, deed: Deed) -> None:
    async def main() -> None:
        clock = MovingClock()
        options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0, close_s=0.1)
        async with (
            running_simulator(options, clock) as simulator,
            hostile_venue(simulator.url) as hand,
            joined_engine(tmp_path, *saved_profile(simulator, hand.url), clock) as desk,
        ):
            await desk.live()
            for turn, step in enumerate(STEPS, 10):
                key = await desk.place(desk.terms(CORN, below(simulator.market, CORN, turn)))
                await desk.is_in(key, OrdStatus.NEW)
                heard = await spoil(desk, hand, step, deed)
                assert WORDS[deed] in heard, step
                assert {order.ord_status for order in desk.orders().values()} == {OrdStatus.NEW}, step
                held = [str(order.number) for order in simulator.market.orders("17014")]
                assert held == [order.order_id for order in desk.orders().values()], step

    asyncio.run(main())


async def spoil(desk: JoinedEngine, hand: HostileVenue, step: str, deed: Deed) -> str:
    """Drop the link, spoil the login that follows, wait for the one after it; return what the screen was told."""
    links, heard = hand.links, len(desk.heard)
    hand.arm(step, deed)
    await hand.drop()
    await hand.spoiled.wait()
    if deed in QUIET:
        desk.clock.advance(10.5)
    await desk.until(lambda: hand.links == links + 2 and desk.lamp is Lamp.LIVE, f"live again after {step}")
    return "\n".join(
        message.last_error if isinstance(message, ConnectionStatus) else message.text
        for message in desk.heard[heard:]
        if isinstance(message, ConnectionStatus | ActivityLine)
    )


@pytest.mark.parametrize("deed", [deeds.huge, deeds.huge_in_pieces], ids=["in one frame", "in pieces"])
def test_a_message_beyond_all_measure_is_refused_before_it_is_whole(tmp_path: Path, deed: Deed) -> None:
    async def main() -> None:
        clock = MovingClock()
        options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0)
        async with (
            running_simulator(options, clock) as simulator,
            hostile_venue(simulator.url) as hand,
            joined_engine(tmp_path, *saved_profile(simulator, hand.url), clock) as desk,
        ):
            hand.arm("OrderBookResponse", deed)
            await desk.until(lambda: hand.links == 2 and desk.lamp is Lamp.LIVE, "the second link is live")
            assert "larger than this program accepts" in desk.errors()

    asyncio.run(main())


@pytest.mark.parametrize(
    ("greeting", "words"),
    [
        (b"", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\n\r\n", "cannot be reached"),
        (b"\xff" * 64, "cannot be reached"),
    ],
    ids=["says nothing", "is a web server", "talks nonsense"],
)
def test_a_server_that_accepts_but_is_no_venue(tmp_path: Path, greeting: bytes, words: str) -> None:
    """It is tried again and again, and the screen says so; the engine answers all the while."""
    accepted = 0

    async def main() -> None:
        clock = MovingClock()
        options = SimulatorOptions(seed=7, step_s=None)

        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal accepted
            accepted += 1
            writers.append(writer)
            writer.write(greeting)

        writers: list[asyncio.StreamWriter] = []
        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with running_simulator(options, clock) as simulator:
            profile, secrets = saved_profile(simulator, url)
        async with server, joined_engine(tmp_path, profile, secrets, clock) as desk:
            await desk.until(lambda: desk.status is not None and desk.status.retry_count >= 2, "a second try")
            assert accepted >= 2
            assert words in desk.errors()
            assert "cannot take orders now" in await desk.refused(desk.terms(CORN, below(simulator.market, CORN, 9)))
        for writer in writers:
            writer.close()

    asyncio.run(main())
