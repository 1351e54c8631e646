"""A change of a position on the real journal: what was never answered is told at the next start, once, and settled."""

import asyncio
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from tests.support.apart_venue import apart_venue, held
from tests.support.desk_bench import FakeCredentials, FakeSettings
from tests.support.fake_venue import ACCOUNT, FakeConnection, FakeVenue, Fate, kind_of, profile
from workstation.desk.commands import AmendPosition, ReadOrderHistory, Sent
from workstation.desk.engine import Engine
from workstation.desk.messages import ActivityLine, EngineMessage
from workstation.domain.identity import ClOrdID
from workstation.runtime.clock import SystemClock
from workstation.storage.connections import save_connections
from workstation.storage.journal import Journal

AMEND = AmendPosition(account=ACCOUNT, symbol="EURUSD", position_id="7", gesture="Send", stop_loss=Decimal("1.09000"))


def crashed(path: Path) -> Path:
    """Return the journal that the crash left, in a folder of its own."""
    left = path.parent.parent / "crashed"
    moved = left.rename(path.parent.parent / f"{path.parent.name} again")
    return moved / path.name


async def life(path: Path, venue: FakeVenue, act: Callable[[Engine, FakeConnection], object]) -> list[str]:
    """Run a program once, let it act when it is live, and end it; return what it said.

    Its journal as it stood before the end, which is all that a crash leaves, is kept in the folder `crashed` beside it.
    """
    path.parent.mkdir(exist_ok=True)
    journal, settings, credentials = Journal.open(path, SystemClock()), FakeSettings(), FakeCredentials()
    save_connections(settings, [profile()])
    credentials.kept[profile().connection_id] = {"password": "secret"}
    said: list[EngineMessage] = []
    built: list[FakeConnection] = []
    engine = Engine(
        journal,
        settings,
        credentials,
        {"qst": kind_of(venue, built)},
        SystemClock(),
        said.append,
        tick_s=3600,
        draw_part=lambda: "7f3a",
    )
    running = asyncio.ensure_future(engine.run())
    for _ in range(6):
        await asyncio.sleep(0)
    built[-1].log_in()
    outcome = act(engine, built[-1])
    if asyncio.iscoroutine(outcome):
        await outcome
    shutil.copytree(path.parent, path.parent.parent / "crashed")
    running.cancel()
    await asyncio.wait([running])
    journal.close()
    return [message.text for message in said if isinstance(message, ActivityLine)]


def test_an_unanswered_change_is_told_at_the_next_start_and_settled_by_the_books(tmp_path: Path) -> None:
    venue, path = apart_venue(), tmp_path / "first" / "journal.sqlite"
    venue.positions = {"7": held()}

    async def amend(engine: Engine, connection: FakeConnection) -> None:
        connection.fates = [Fate.ANSWER_LOST]
        answer = await engine.handle(AMEND)
        assert answer == Sent(cl_ord_id=ClOrdID("P7f3a-1001")), answer

    asyncio.run(life(path, venue, amend))
    reached = len(venue.received)
    path = crashed(path)
    look = ReadOrderHistory(cl_ord_id=ClOrdID("P7f3a-1001"))  # brings to disk what is written soon
    second = asyncio.run(life(path, venue, lambda engine, connection: engine.handle(look)))
    assert any("P7f3a-1001" in line and "IN DOUBT" in line for line in second)
    assert any("P7f3a-1001" in line and "no longer in doubt: in force" in line for line in second)
    third = asyncio.run(life(crashed(path), venue, lambda engine, connection: None))
    assert not any("P7f3a-1001" in line for line in third)
    assert len(venue.received) == reached == 1, "nothing is sent again"


def test_keys_of_changes_go_on_where_the_last_program_ended(tmp_path: Path) -> None:
    venue, path = apart_venue(), tmp_path / "first" / "journal.sqlite"
    venue.positions = {"7": held()}
    keys: list[object] = []

    async def amend(engine: Engine, connection: FakeConnection) -> None:
        connection.fates = [Fate.REFUSED]
        answer = await engine.handle(AMEND)
        assert isinstance(answer, Sent), answer
        keys.append(answer.cl_ord_id)
        connection.deliver()

    for _ in range(2):
        asyncio.run(life(path, venue, amend))
        path = crashed(path)
    assert keys == ["P7f3a-1001", "P7f3a-1002"]
