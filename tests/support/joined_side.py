"""What runs below the seam in tests of the joined program: the real engine and, on its loop, the venue it trades at.

The screen's thread meets it only through the seam. `watch` hears every message on the engine's own thread.
"""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.support.desk_bench import FakeCredentials, FakeSettings
from tests.support.hostile_venue import HostileVenue, hostile_venue
from tests.support.joined_engine import quick_qst, saved_profile
from tests.support.moving_clock import MovingClock
from workstation.desk.commands import Answer, Command
from workstation.desk.engine import Engine
from workstation.desk.messages import EngineMessage
from workstation.services.engine_seam import EngineSide
from workstation.simulators.market import Market
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.storage.journal import Journal

Publish = Callable[[EngineMessage], None]


class JoinedSide:
    """Implements :class:`workstation.services.engine_seam.EngineSide`; `hand` stands between engine and venue."""

    hand: HostileVenue
    simulator: Simulator

    def __init__(self, folder: Path, watch: Publish = lambda _: None) -> None:
        self.clock = MovingClock()
        self.heard: list[EngineMessage] = []
        self._folder, self._watch = folder, watch
        self._wanted: asyncio.Queue[Coroutine[Any, Any, None]] = asyncio.Queue()

    async def build(self, publish: Publish) -> EngineSide:
        """Build the engine on its own thread; the seam calls it."""
        self._loop = asyncio.get_running_loop()

        def tell(message: EngineMessage) -> None:
            self.heard.append(message)
            self._watch(message)
            publish(message)

        self._journal = Journal.open(self._folder / "journal.sqlite", self.clock)
        kinds = {"qst": quick_qst(self.clock)}
        self._engine = Engine(self._journal, FakeSettings(), FakeCredentials(), kinds, self.clock, tell, tick_s=0.02)
        return self

    async def run(self) -> None:
        options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0, close_s=0.1)
        async with running_simulator(options, self.clock) as simulator, hostile_venue(simulator.url) as hand:
            self.simulator, self.hand = simulator, hand
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._engine.run())
                tasks.create_task(self._do_what_is_wanted())
                self._engine.add_session_connection(*saved_profile(simulator, hand.url))

    async def _do_what_is_wanted(self) -> None:
        while True:
            await (await self._wanted.get())

    async def handle(self, command: Command) -> Answer:
        return await self._engine.handle(command)

    def close(self) -> None:
        self._journal.close()

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Have `work` done on the engine's thread; called on any."""
        self._loop.call_soon_threadsafe(self._wanted.put_nowait, work)

    @property
    def market(self) -> Market:
        """The venue's market; to be read only while nothing trades."""
        return self.simulator.market
