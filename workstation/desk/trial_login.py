"""Trying a connection's values once: a connection of its own, with its own ear, that touches nothing of the desk."""

import asyncio
from collections.abc import Mapping

from workstation.desk.commands import Tried
from workstation.desk.link_state import may_send
from workstation.domain.connection import ConnectionProfile
from workstation.venues.base import (
    AccountsListed,
    ConnectionStatus,
    Lamp,
    VenueConnection,
    VenueError,
    VenueEvent,
    VenueKind,
)

LONGEST_S = 15.0


class _Ear:
    """Hears the trial connection; `decided` is set when the trial can end."""

    def __init__(self) -> None:
        self.accounts: dict[str, None] = {}
        self.live = False
        self.last_error = ""
        self.decided = asyncio.Event()

    def hear(self, event: VenueEvent) -> None:
        """Take one event of the trial connection."""
        if isinstance(event, AccountsListed):
            self.accounts.update((f"{one.name} ({one.key.account_id})", None) for one in event.accounts)
        elif isinstance(event, ConnectionStatus):
            self.last_error = event.last_error or self.last_error
            self.live = self.live or may_send(event)
            if may_send(event) or event.worst in (Lamp.NEEDS_YOU, Lamp.BLOCKED, Lamp.RECONNECTING):
                self.decided.set()


async def try_login(
    kind: VenueKind, profile: ConnectionProfile, secrets: Mapping[str, str], longest_s: float = LONGEST_S
) -> Tried:
    """Log in once with these values and out again, within `longest_s` seconds; changes nothing."""
    ear = _Ear()
    try:
        connection = kind.factory(profile, secrets, ear.hear)
    except VenueError as error:
        return Tried(succeeded=False, text=str(error))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(_ended(connection), name=f"trial of {profile.name}")
        deciding = tasks.create_task(ear.decided.wait(), name=f"trial of {profile.name}: decision")
        await asyncio.wait([running, deciding], timeout=longest_s, return_when=asyncio.FIRST_COMPLETED)
        refusal = running.result() if running.done() else ""
        running.cancel()
        deciding.cancel()
    accounts = tuple(ear.accounts)
    if ear.live:
        found = f"{len(accounts)} account{'' if len(accounts) == 1 else 's'}"
        return Tried(succeeded=True, text=f"The login works: {found}.", accounts=accounts)
    text = refusal or ear.last_error or f"No answer within {longest_s:.0f} s. Check the address and the network."
    return Tried(succeeded=False, text=text, accounts=accounts)


async def _ended(connection: VenueConnection) -> str:
    """Run the connection and return how it ended, in words."""
    try:
        await connection.run()
    except VenueError as error:
        return str(error)
    return "The connection ended by itself."
