"""The real engine on fakes: a clock, a journal, settings and a venue that the test owns."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any, ClassVar, TypeVar

from tests.support.fake_clock import FakeClock
from tests.support.fake_journal import FakeJournal
from tests.support.fake_venue import FakeConnection, FakeVenue, kind_of, limit_terms, profile
from workstation.desk.commands import Command, PlaceOrder, Refused, Sent
from workstation.desk.engine import Engine
from workstation.desk.floor import Floor
from workstation.desk.messages import ActivityLine, EngineMessage, SendProgress, SendStage
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.domain.orders import Order, OrderTerms
from workstation.storage.connections import save_connections
from workstation.venues.base import ConnectionStatus

_T = TypeVar("_T")
GESTURE = "Ctrl+Enter in the ticket"


class FakeSettings:
    """Settings in memory."""

    def __init__(self) -> None:
        self.sections: dict[str, dict[str, object]] = {}

    def get(self, section: str) -> dict[str, object]:
        return dict(self.sections.get(section, {}))

    def put(self, section: str, value: Mapping[str, object]) -> None:
        self.sections[section] = dict(value)


class FakeCredentials:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[ConnectionID, dict[str, str]] = {}

    async def load(self, connection_id: ConnectionID) -> dict[str, str]:
        return dict(self.kept.get(connection_id, {}))

    async def save(self, connection_id: ConnectionID, secrets: Mapping[str, str], remember: bool) -> None:
        self.kept[connection_id] = dict(secrets)

    async def forget(self, connection_id: ConnectionID) -> None:
        self.kept.pop(connection_id, None)

    async def unlock(self, passphrase: str) -> None:
        self.kept[ConnectionID("qst-demo")] = {"password": passphrase}

    async def create_vault(self, passphrase: str) -> None:
        return None


class DeskBench:
    """Runs one engine at a time; `restart` ends it as a crash would and starts another on the same journal.

    One that is not closed would be found by the garbage collector in some later test, and fail that: `open` holds
    those that are still to be closed.
    """

    open: ClassVar[list["DeskBench"]] = []

    def __init__(self, *, saved: bool = True, log_in: bool = True, venue: FakeVenue | None = None) -> None:
        self.open.append(self)
        self.clock = FakeClock() if venue is None else venue.clock
        self.journal = FakeJournal()
        self.settings = FakeSettings()
        self.credentials = FakeCredentials()
        self.venue = venue or FakeVenue(self.clock)
        self.built: list[FakeConnection] = []
        self.published: list[EngineMessage] = []
        self.runner = asyncio.Runner()
        self._task: asyncio.Task[None] | None = None
        if saved:
            save_connections(self.settings, [profile()])
            self.credentials.kept[profile().connection_id] = {"password": "secret"}
        self.start(log_in=log_in and saved)

    # -- life ----------------------------------------------------------------------------------------------------

    def start(self, *, log_in: bool = True) -> None:
        self.published.clear()
        self.engine = Engine(
            self.journal,
            self.settings,
            self.credentials,
            {"qst": kind_of(self.venue, self.built)},
            self.clock,
            self.published.append,
            tick_s=3600,
            draw_part=lambda: "7f3a",
        )
        count = len(self.built)
        self.run(self._begin())
        if log_in:
            assert len(self.built) == count + 1
            self.connection.log_in()
            self.settle()

    async def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.engine.run())
        for _ in range(6):
            await asyncio.sleep(0)

    def crash(self, lost_rows: int = 0) -> None:
        """End the engine without letting it write another row, as a kill would.

        Of what was only appended the last `lost_rows` are lost; what was committed is not.
        """
        self.journal.failing = True
        self.run(self._end())
        rows = self.journal.rows[: max(self.journal.durable, len(self.journal.rows) - lost_rows)]
        self.journal = FakeJournal(rows)

    def restart(self, *, log_in: bool = True, lost_rows: int = 0) -> None:
        self.crash(lost_rows)
        self.start(log_in=log_in)

    def end_orderly(self) -> None:
        """End the engine as the trader does; everything is written."""
        self.run(self._end())

    def close(self) -> None:
        if self in self.open:
            self.open.remove(self)
            self.run(self._end())
            self.runner.close()

    async def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    # -- asking --------------------------------------------------------------------------------------------------

    @property
    def connection(self) -> FakeConnection:
        return self.built[-1]

    @property
    def floor(self) -> Floor:
        """What the desk shares, for tests of what no message shows."""
        return self.engine._floor

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self.runner.run(work)

    def ask(self, command: Command) -> Any:
        return self.run(self.engine.handle(command))

    def settle(self) -> None:
        """Let the engine's own tasks run."""

        async def turns() -> None:
            for _ in range(6):
                await asyncio.sleep(0)

        self.run(turns())

    def deliver(self, count: int | None = None) -> None:
        self.connection.deliver(count)
        self.settle()

    def wait(self, seconds: float) -> None:
        """Let time pass, and the engine look at its deadlines; what books it asks for are delivered."""
        self.clock.advance(seconds)
        self.run(self.engine.tick())
        self.deliver()

    def place(self, terms: OrderTerms | None = None, *accepted: str) -> ClOrdID:
        answer = self.ask(PlaceOrder(terms=terms or limit_terms(), gesture=GESTURE, accepted=accepted))
        assert isinstance(answer, Sent), answer
        return answer.cl_ord_id

    def refuse(self, terms: OrderTerms, *accepted: str) -> set[str]:
        answer = self.ask(PlaceOrder(terms=terms, gesture=GESTURE, accepted=accepted))
        assert isinstance(answer, Refused), answer
        return {finding.gate for finding in answer.findings}

    # -- what the screen saw -------------------------------------------------------------------------------------

    def order(self, cl_ord_id: ClOrdID) -> Order:
        return [one for one in self.published if isinstance(one, Order) and one.cl_ord_id == cl_ord_id][-1]

    def orders(self) -> dict[ClOrdID, Order]:
        return {one.cl_ord_id: one for one in self.published if isinstance(one, Order)}

    def executions(self) -> list[Execution]:
        return [one for one in self.published if isinstance(one, Execution)]

    def stages(self, cl_ord_id: ClOrdID) -> list[SendStage]:
        return [one.stage for one in self.published if isinstance(one, SendProgress) and one.cl_ord_id == cl_ord_id]

    def lines(self) -> list[str]:
        return [one.text for one in self.published if isinstance(one, ActivityLine)]

    def said(self, *words: str) -> bool:
        return any(all(word in line for word in words) for line in self.lines())

    def last_status(self) -> ConnectionStatus:
        return [one for one in self.published if isinstance(one, ConnectionStatus)][-1]
