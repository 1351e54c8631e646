import asyncio
from collections.abc import Mapping

import pytest

from tests.support.fake_clock import FakeClock
from tests.support.fake_venue import CAPABILITIES, FakeConnection, FakeVenue, kind_of, profile
from workstation.desk.commands import Tried
from workstation.desk.trial_login import try_login
from workstation.domain.connection import ConnectionProfile
from workstation.venues.base import EventSink, Lamp, NotAuthorised, VenueKind

LONG_S = 60.0


def tried(*steps: str, error: BaseException | None = None, longest_s: float = LONG_S) -> tuple[Tried, FakeConnection]:
    """Try a login while the venue does `steps`: lamps by name, "log_in", or "end"."""
    built: list[FakeConnection] = []

    async def play() -> None:
        connection = built[0]
        await connection.running.wait()
        connection.ending = error
        for step in steps:
            if step == "log_in":
                connection.log_in()
            elif step == "end":
                connection.end.set()
            else:
                connection.status(Lamp[step], error=f"It is {step}.")

    async def both() -> Tried:
        async with asyncio.TaskGroup() as tasks:
            trial = tasks.create_task(try_login(kind_of(FakeVenue(FakeClock()), built), profile(), {}, longest_s))
            await asyncio.sleep(0)  # it is built in the trial's first turn
            await play()
        return trial.result()

    return asyncio.run(both()), built[0]


def test_a_login_that_goes_live_works_and_lists_its_accounts() -> None:
    answer, _ = tried("CONNECTING", "log_in")
    assert answer == Tried(succeeded=True, text="The login works: 1 account.", accounts=("Main (17014)",))


@pytest.mark.parametrize("lamp", ["NEEDS_YOU", "BLOCKED", "RECONNECTING"])
def test_the_first_failure_decides_in_the_connections_words(lamp: str) -> None:
    answer, _ = tried("CONNECTING", lamp)
    assert (answer.succeeded, answer.text) == (False, f"It is {lamp}.")


def test_a_refused_password_is_told_in_the_venues_words() -> None:
    answer, _ = tried("end", error=NotAuthorised("The password was refused."))
    assert answer == Tried(succeeded=False, text="The password was refused.")


def test_a_connection_that_ends_by_itself_did_not_work() -> None:
    answer, _ = tried("end")
    assert answer == Tried(succeeded=False, text="The connection ended by itself.")


def test_silence_ends_in_time() -> None:
    answer, connection = tried(longest_s=0.01)
    assert answer == Tried(succeeded=False, text="No answer within 0 s. Check the address and the network.")
    assert connection.running.is_set()


def test_a_missing_secret_is_told_before_anything_connects() -> None:
    def factory(built_from: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> FakeConnection:
        raise NotAuthorised("The password is missing.")

    answer = asyncio.run(try_login(VenueKind(factory=factory, capabilities=CAPABILITIES), profile(), {}))
    assert answer == Tried(succeeded=False, text="The password is missing.")
