from dataclasses import replace

import pytest

from tests.conftest import ErrorsLogged
from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import CAPABILITIES, CONNECTION, limit_terms, profile
from workstation.desk.commands import (
    Connect,
    Disconnect,
    Done,
    Refused,
    RemoveConnection,
    SaveConnection,
    TryConnection,
)
from workstation.desk.messages import ConnectionListed, ConnectionRemoved, EngineFailed
from workstation.domain.connection import Environment
from workstation.domain.identity import ConnectionID
from workstation.storage.connections import load_connections
from workstation.storage.records import RecordKind
from workstation.storage.settings import SettingsUnwritable
from workstation.venues.base import Lamp, NotAuthorised, SessionTaken


def end(bench: DeskBench, error: BaseException | None = None) -> None:
    bench.connection.ending = error
    bench.connection.end.set()
    bench.settle()


def saved_names(bench: DeskBench) -> list[str]:
    return [one.name for one in load_connections(bench.settings).profiles]


@pytest.fixture
def empty() -> DeskBench:
    return DeskBench(saved=False)


def test_saved_connections_are_listed_off_and_started(bench: DeskBench) -> None:
    assert ConnectionListed(profile=profile(), capabilities=CAPABILITIES) in bench.published
    assert len(bench.built) == 1
    assert bench.last_status().worst is Lamp.LIVE
    assert bench.said("QST demo is live.")


@pytest.mark.parametrize("error", [NotAuthorised("The password was refused."), SessionTaken("Another place took it.")])
def test_a_refused_password_or_a_taken_place_waits_for_the_trader(bench: DeskBench, error: Exception) -> None:
    end(bench, error)
    assert (bench.last_status().worst, bench.last_status().last_error) == (Lamp.NEEDS_YOU, str(error))
    bench.wait(600)
    assert len(bench.built) == 1, "never tried again by itself"
    assert bench.ask(Connect(connection_id=CONNECTION)) == Done(text="QST demo is connecting.")
    bench.settle()
    assert len(bench.built) == 2


def test_what_the_connection_said_of_its_end_stands(bench: DeskBench) -> None:
    bench.connection.status(Lamp.NEEDS_YOU, error="The password was refused. Enter it again.")
    end(bench, NotAuthorised("refused"))
    assert bench.last_status().last_error == "The password was refused. Enter it again."


def test_a_fault_of_ours_is_shown_and_the_others_go_on(bench: DeskBench, errors_logged: ErrorsLogged) -> None:
    end(bench, RuntimeError("a bug"))
    errors_logged.expected("QST demo stopped by its own fault")
    assert [one.part for one in bench.published if isinstance(one, EngineFailed)] == ["QST demo"]
    assert bench.last_status().worst is Lamp.OFF
    assert bench.ask(Connect(connection_id=CONNECTION)) == Done(text="QST demo is connecting.")


def test_a_connection_that_runs_is_not_started_twice(bench: DeskBench) -> None:
    assert bench.ask(Connect(connection_id=CONNECTION)) == Done(text="QST demo is live already.")
    bench.settle()
    assert len(bench.built) == 1
    assert isinstance(bench.ask(Connect(connection_id=ConnectionID("x"))), Refused)


def test_a_disconnected_one_stays_off_until_it_is_connected(bench: DeskBench) -> None:
    assert bench.ask(Disconnect(connection_id=CONNECTION)) == Done()
    assert bench.last_status().worst is Lamp.OFF
    assert bench.floor.venues.connection(CONNECTION) is None
    bench.ask(Connect(connection_id=CONNECTION))
    bench.settle()
    assert len(bench.built) == 2


def test_changes_of_lamps_are_journaled_with_their_words(bench: DeskBench) -> None:
    bench.connection.status(Lamp.RECONNECTING, error="The line is dead.")
    row = [one for one in bench.journal.rows if one.kind is RecordKind.CONNECTION][-1]
    assert row.body["lamps"] == dict.fromkeys(("LOGIN", "TRADING", "ORDER_STREAM"), "RECONNECTING")
    assert row.body["last_error"] == "The line is dead."
    assert bench.said("QST demo is reconnecting. The line is dead.")
    count = len(bench.lines())
    bench.connection.status(Lamp.RECONNECTING, error="The line is dead.")
    assert len(bench.lines()) == count, "the same again is not said again"


def test_a_new_connection_is_saved_listed_and_started_and_its_secret_kept_apart(empty: DeskBench) -> None:
    answer = empty.ask(SaveConnection(profile=profile(), secrets={"password": "hunter2"}))
    empty.settle()
    assert answer == Done(text="QST demo is saved.")
    assert saved_names(empty) == ["QST demo"]
    assert len(empty.built) == 1
    assert "hunter2" not in repr(empty.settings.sections) + repr(empty.journal.rows) + repr(empty.published)
    assert empty.credentials.kept[CONNECTION] == {"password": "hunter2"}
    empty.close()


def test_a_changed_connection_starts_anew_with_what_was_changed(bench: DeskBench) -> None:
    bench.ask(SaveConnection(profile=replace(profile(), name="Corn desk")))
    bench.settle()
    assert len(bench.built) == 2
    assert bench.connection.profile.name == "Corn desk"
    assert bench.credentials.kept[CONNECTION] == {"password": "secret"}, "no new secret keeps the old one"


def test_a_connection_that_was_off_stays_off_when_it_is_changed(bench: DeskBench) -> None:
    bench.ask(Disconnect(connection_id=CONNECTION))
    bench.ask(SaveConnection(profile=replace(profile(), name="Corn desk")))
    bench.settle()
    assert len(bench.built) == 1


def test_a_venue_that_this_program_does_not_speak_is_refused(bench: DeskBench) -> None:
    foreign = replace(profile(), venue="acme")
    for command in (SaveConnection(profile=foreign), TryConnection(profile=foreign)):
        assert "a venue called acme" in bench.ask(command).findings[0].text
    assert saved_names(bench) == ["QST demo"]


def test_settings_that_cannot_be_written_hold_for_this_run(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(section: str, value: object) -> None:
        raise SettingsUnwritable("The disk is full.")

    monkeypatch.setattr(bench.settings, "put", put)
    answer = bench.ask(SaveConnection(profile=replace(profile(), name="Corn desk")))
    assert answer == Done(text="It holds for this run only. The disk is full.")


def test_a_connection_with_working_orders_must_stay_in_sight(bench: DeskBench) -> None:
    bench.place()
    bench.deliver()
    assert "1 orders that may still trade" in bench.ask(RemoveConnection(connection_id=CONNECTION)).findings[0].text
    assert saved_names(bench) == ["QST demo"]


def test_a_removed_connection_is_gone_with_its_secrets(bench: DeskBench) -> None:
    assert bench.ask(RemoveConnection(connection_id=CONNECTION)) == Done(text="QST demo is removed.")
    assert ConnectionRemoved(connection_id=CONNECTION) in bench.published
    assert saved_names(bench) == []
    assert bench.credentials.kept == {}
    assert bench.floor.venues.status(CONNECTION) is None
    assert bench.ask(RemoveConnection(connection_id=CONNECTION)) == Done(text="It was gone already.")
    assert bench.refuse(limit_terms()) >= {"connection", "account"}


def test_a_connection_of_this_run_is_never_written(empty: DeskBench) -> None:
    simulated = profile(Environment.SIMULATED)
    empty.engine.add_session_connection(simulated, {"password": "x"})
    empty.settle()
    assert len(empty.built) == 1
    other = replace(profile(), connection_id=ConnectionID("other"), name="Other")
    empty.ask(SaveConnection(profile=other))
    assert saved_names(empty) == ["Other"]
    empty.close()


def test_what_lacked_its_secrets_starts_when_the_vault_opens(bench: DeskBench) -> None:
    bench.credentials.kept.clear()
    end(bench, NotAuthorised("The password is missing."))
    bench.ask(Connect(connection_id=CONNECTION))
    bench.settle()
    end(bench, NotAuthorised("The password is missing."))
    count = len(bench.built)
    bench.engine._connections.connect_those_without_secrets()
    bench.settle()
    assert len(bench.built) == count + 1


def test_a_bad_entry_in_the_settings_is_named_and_hides_no_other(bench: DeskBench) -> None:
    section = bench.settings.get("connections")
    bench.settings.put("connections", {"profiles": [{"odd": True}, *section["profiles"]]})  # type: ignore[misc]
    bench.restart(log_in=False)
    assert bench.said("Connection 1 in the settings was skipped")
    assert len(bench.built) == 2
