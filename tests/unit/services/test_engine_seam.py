import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from tests.conftest import ErrorsLogged
from workstation.desk.commands import Answer, Command, Done, QueryOrder, SetLock
from workstation.desk.messages import ActivityKind, ActivityLine, EngineFailed, EngineMessage, MarketMoved
from workstation.domain.identity import ClOrdID, ConnectionID, InstrumentKey
from workstation.domain.market_data import NewsItem, Quote
from workstation.services.desk_client import EngineGone
from workstation.services.engine_seam import MOST_PER_TURN, EngineSeam
from workstation.services.subjects import Services
from workstation.venues.base import Severity

RunOnQt = Callable[[Coroutine[Any, Any, Any]], Any]
Publish = Callable[[EngineMessage], None]
X = ConnectionID("x")


def line(seq: int) -> ActivityLine:
    return ActivityLine(seq=seq, time_ns=seq, severity=Severity.INFO, kind=ActivityKind.SYSTEM, text=f"line {seq}")


class FakeEngine:
    """An engine whose behaviour each test writes."""

    def __init__(self, publish: Publish) -> None:
        self.publish = publish
        self.closed = False

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def handle(self, command: Command) -> Answer:
        return Done(text=type(command).__name__)

    def close(self) -> None:
        self.closed = True


def seam_of(make: Callable[[Publish], FakeEngine]) -> tuple[EngineSeam, Services]:
    async def build(publish: Publish) -> FakeEngine:
        return make(publish)

    services = Services()
    return EngineSeam(services, build), services


def test_a_command_is_answered_on_the_screens_loop(run_on_qt: RunOnQt) -> None:
    seam, _ = seam_of(FakeEngine)

    async def scenario() -> None:
        early = asyncio.ensure_future(seam.ask(SetLock(locked=True)))  # asked before the engine is up
        seam.start()
        assert await early == Done(text="SetLock")
        assert await seam.stop() == ""

    run_on_qt(scenario())


def test_what_happened_before_an_answer_is_shown_before_it(run_on_qt: RunOnQt) -> None:
    class Telling(FakeEngine):
        async def handle(self, command: Command) -> Answer:
            for seq in range(3):
                self.publish(line(seq))
            return Done()

    seam, services = seam_of(Telling)
    shown: list[ActivityLine] = []
    services.activity.lines_added.connect(shown.extend)

    async def scenario() -> None:
        seam.start()
        await seam.ask(SetLock(locked=False))
        assert [entry.seq for entry in shown] == [0, 1, 2]
        await seam.stop()

    run_on_qt(scenario())


def test_a_stalled_screen_stalls_no_engine(run_on_qt: RunOnQt) -> None:
    """The screen's thread stands still until the engine has gone on: a deadlock, if it needed us."""
    went_on = threading.Event()

    class Pacing(FakeEngine):
        async def run(self) -> None:
            for seq in range(50):
                self.publish(line(seq))
                await asyncio.sleep(0.001)
            went_on.set()
            await asyncio.Event().wait()

    seam, services = seam_of(Pacing)
    shown: list[ActivityLine] = []
    services.activity.lines_added.connect(shown.extend)

    async def scenario() -> None:
        seam.start()
        assert went_on.wait(timeout=30), "the engine waited for the screen"
        assert shown == []
        await seam.ask(SetLock(locked=True))
        assert [entry.seq for entry in shown] == list(range(50))
        await seam.stop()

    run_on_qt(scenario())


def test_what_waits_of_the_market_is_one_message_with_the_latest_quotes_and_all_news(run_on_qt: RunOnQt) -> None:
    went_on = threading.Event()

    class Quoting(FakeEngine):
        async def run(self) -> None:
            for number in range(30):
                quote = Quote(key=InstrumentKey(X, f"S{number % 3}"), bid_px=Decimal(number))
                item = NewsItem(connection_id=X, news_key=str(number), title="", body="", transact_time_ns=number)
                self.publish(MarketMoved(quotes=(quote,), news=(item,)))
                await asyncio.sleep(0)
            went_on.set()
            await asyncio.Event().wait()

    seam, services = seam_of(Quoting)
    turns: list[list[Quote]] = []
    services.market.quotes_changed.connect(turns.append)

    async def scenario() -> None:
        seam.start()
        assert went_on.wait(timeout=30)
        await seam.ask(SetLock(locked=True))
        assert [[int(quote.bid_px or 0) for quote in turn] for turn in turns] == [[27, 28, 29]]
        assert [item.news_key for item in services.market.news] == [str(number) for number in range(30)]
        await seam.stop()

    run_on_qt(scenario())


def test_a_flood_reaches_the_screen_in_turns_and_in_order(run_on_qt: RunOnQt) -> None:
    count = 5 * MOST_PER_TURN + 1

    class Flooding(FakeEngine):
        async def handle(self, command: Command) -> Answer:
            for seq in range(count):
                self.publish(line(seq))
            return Done()

    seam, services = seam_of(Flooding)
    turns: list[list[ActivityLine]] = []
    services.activity.lines_added.connect(turns.append)
    turns_seen_by_input: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns_seen_by_input.append(len(turns)))

    async def scenario() -> None:
        seam.start()
        timer.start(0)
        await seam.ask(SetLock(locked=True))
        timer.stop()
        await seam.stop()

    run_on_qt(scenario())
    assert [entry.seq for turn in turns for entry in turn] == list(range(count))
    assert max(len(turn) for turn in turns) <= MOST_PER_TURN
    assert len(set(turns_seen_by_input) & set(range(1, len(turns)))) >= 2, "no input was served between the turns"


def test_a_fault_in_one_command_reaches_its_asker_only(run_on_qt: RunOnQt, errors_logged: ErrorsLogged) -> None:
    class Faulty(FakeEngine):
        async def handle(self, command: Command) -> Answer:
            if isinstance(command, QueryOrder):
                raise LookupError("our own mistake")
            return Done()

    seam, _ = seam_of(Faulty)

    async def scenario() -> None:
        seam.start()
        with pytest.raises(LookupError, match="our own mistake"):
            await seam.ask(QueryOrder(cl_ord_id=ClOrdID("W1")))
        assert await seam.ask(SetLock(locked=True)) == Done()
        await seam.stop()

    run_on_qt(scenario())
    errors_logged.expected("could not handle QueryOrder")


def test_an_engine_that_dies_is_named_and_every_asker_is_told(run_on_qt: RunOnQt, errors_logged: ErrorsLogged) -> None:
    class Dying(FakeEngine):
        def __init__(self, publish: Publish) -> None:
            super().__init__(publish)
            self.asked = asyncio.Event()

        async def run(self) -> None:
            await self.asked.wait()
            raise RuntimeError("the disk is gone")

        async def handle(self, command: Command) -> Answer:
            self.asked.set()
            await asyncio.Event().wait()
            raise AssertionError

    seam, services = seam_of(Dying)
    failures: list[EngineFailed] = []
    services.connections.engine_failed.connect(failures.append)

    async def scenario() -> None:
        seam.start()
        with pytest.raises(EngineGone):
            await seam.ask(SetLock(locked=True))
        with pytest.raises(EngineGone):
            await seam.ask(SetLock(locked=True))
        await seam.stop()

    run_on_qt(scenario())
    errors_logged.expected("the engine stopped")
    assert [failure.text for failure in failures] == ["the disk is gone"]


def test_stopping_waits_for_a_command_that_is_being_carried_out(run_on_qt: RunOnQt) -> None:
    begun = threading.Event()

    class Slow(FakeEngine):
        async def handle(self, command: Command) -> Answer:
            begun.set()
            await asyncio.sleep(0.05)
            return Done(text="carried out")

    seam, _ = seam_of(Slow)

    async def scenario() -> None:
        seam.start()
        asked = asyncio.ensure_future(seam.ask(SetLock(locked=True)))
        await asyncio.get_running_loop().run_in_executor(None, begun.wait, 30)
        await seam.stop()
        assert await asked == Done(text="carried out")

    run_on_qt(scenario())


def test_an_engine_that_cannot_be_built_says_why(run_on_qt: RunOnQt, errors_logged: ErrorsLogged) -> None:
    async def build(publish: Publish) -> FakeEngine:
        raise OSError("journal.sqlite is locked by another process")

    services = Services()
    seam = EngineSeam(services, build)
    failures: list[EngineFailed] = []
    services.connections.engine_failed.connect(failures.append)

    async def scenario() -> None:
        asked: Awaitable[Answer] = asyncio.ensure_future(seam.ask(SetLock(locked=True)))
        seam.start()
        with pytest.raises(EngineGone):
            await asked
        await seam.stop()

    run_on_qt(scenario())
    errors_logged.expected("the engine stopped")
    assert [failure.text for failure in failures] == ["journal.sqlite is locked by another process"]


@pytest.mark.parametrize("early", [True, False])
def test_an_engine_is_closed_however_soon_it_ends(run_on_qt: RunOnQt, early: bool) -> None:
    built: list[FakeEngine] = []
    may_build = threading.Event()

    async def build(publish: Publish) -> FakeEngine:
        may_build.wait(30)
        built.append(FakeEngine(publish))
        return built[0]

    seam = EngineSeam(Services(), build)

    async def scenario() -> None:
        seam.start()
        if not early:
            may_build.set()
            await seam.ask(SetLock(locked=True))
        asyncio.get_running_loop().call_soon(may_build.set)
        await seam.stop()
        assert [engine.closed for engine in built] == [True]

    run_on_qt(scenario())
