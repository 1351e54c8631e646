import asyncio
from pathlib import Path

import pytest

from workstation.desk.commands import Done, Refused, SetLock, StartBuiltInVenues
from workstation.desk.messages import AccountChanged, EngineFailed, EngineMessage
from workstation.domain.connection import Environment, InvalidProfile
from workstation.engine_plan import EnginePlan
from workstation.engine_room import announced_profiles, build_engine_room, simulate_command
from workstation.runtime.child_process import ChildFailed
from workstation.runtime.paths import ProfilePaths
from workstation.runtime.redaction import Redactor
from workstation.storage.journal_faults import JournalUnusable
from workstation.storage.settings import SettingsStore

ANNOUNCED = {
    "url": "ws://127.0.0.1:4100",
    "login": {"username": "u", "password": "p", "firmId": "CVS", "clientUniqueId": "id"},
    "order_entry": {"username": "o", "passwordHash": "h", "orderEntryProvider": "QOR"},
    "accounts": ["1"],
    "instruments": [],
}


def plan_in(folder: Path, *, built_in: bool, words: tuple[str, ...] = ()) -> EnginePlan:
    paths = ProfilePaths(folder)
    paths.create()
    settings = SettingsStore.open(paths.settings)
    return EnginePlan(
        paths=paths, settings=settings, redactor=Redactor(), built_in_at_start=built_in, child_words=words
    )


def test_an_announcement_makes_a_simulated_profile_without_secrets() -> None:
    [(profile, secrets)] = announced_profiles({"qst": ANNOUNCED, "stranger": {}})
    assert profile.environment is Environment.SIMULATED
    assert secrets == {"password": "p", "passwordHash": "h"}
    assert not set(secrets.values()) & set(profile.settings.values())
    assert profile.settings["oe_username"] == "o"


def test_the_xapi_venue_is_reached_by_its_two_sockets() -> None:
    announced = {
        "host": "127.0.0.1",
        "main_port": 5124,
        "stream_port": 5125,
        "tls": False,
        "user_id": "7",
        "password": "p",
    }
    [(profile, secrets)] = announced_profiles({"xapi": announced})
    assert profile.environment is Environment.SIMULATED
    assert profile.url == "tcp://127.0.0.1:5124"
    assert dict(profile.settings) == {"user_id": "7", "stream_url": "tcp://127.0.0.1:5125"}
    assert secrets == {"password": "p"}
    [(encrypted, _)] = announced_profiles({"xapi": announced | {"tls": True}})
    assert encrypted.url.startswith("tls://")


def test_an_announcement_from_elsewhere_is_refused() -> None:
    with pytest.raises(InvalidProfile):
        announced_profiles({"qst": ANNOUNCED | {"url": "wss://broker.example/qst"}})


def test_an_announcement_that_lacks_something_is_named() -> None:
    with pytest.raises(ChildFailed, match=r"login\.password"):
        announced_profiles({"qst": ANNOUNCED | {"login": {"username": "u"}}})


def test_the_child_is_told_to_end_with_its_parent() -> None:
    assert "--until-stdin-closes" in simulate_command(("--seed", "1"))


def test_the_built_in_venues_open_when_asked_and_end_with_the_room(tmp_path: Path) -> None:
    async def scenario() -> None:
        heard: list[EngineMessage] = []
        listed = asyncio.Event()

        def publish(message: EngineMessage) -> None:
            heard.append(message)
            if isinstance(message, AccountChanged):
                listed.set()

        room = await build_engine_room(plan_in(tmp_path, built_in=False, words=("--seed", "5")), publish)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(room.run())
            assert isinstance(await room.handle(SetLock(locked=True)), Done)
            assert not listed.is_set()
            assert isinstance(await room.handle(StartBuiltInVenues()), Done)
            await listed.wait()
            running.cancel()
        room.close()
        assert not [message for message in heard if isinstance(message, EngineFailed)]

    asyncio.run(scenario())


def test_built_in_venues_that_cannot_serve_are_quoted(tmp_path: Path) -> None:
    async def scenario() -> None:
        heard: list[EngineMessage] = []
        plan = plan_in(tmp_path, built_in=True, words=("--host", "192.0.2.1"))
        room = await build_engine_room(plan, heard.append)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(room.run())
            answer = await room.handle(StartBuiltInVenues())
            assert isinstance(answer, Refused)
            assert "192.0.2.1" in answer.findings[0].text
            running.cancel()
        room.close()
        assert [message.part for message in heard if isinstance(message, EngineFailed)] == ["built-in venues"]

    asyncio.run(scenario())


def test_a_journal_in_use_is_said_and_nothing_runs(tmp_path: Path) -> None:
    async def scenario() -> None:
        plan = plan_in(tmp_path, built_in=False)
        room = await build_engine_room(plan, lambda _: None)
        with pytest.raises(JournalUnusable):
            await build_engine_room(plan, lambda _: None)
        room.close()
        again = await build_engine_room(plan, lambda _: None)
        again.close()

    asyncio.run(scenario())
