"""Connections: listed, started, stopped, saved, tried, and each kept apart from the others' faults.

A connection that fails by our own mistake is shown as failed while the others go on. One that the venue turned away
(wrong password, place taken by another) waits for the trader: a refused password is never tried again by itself.
Secrets are asked of the credential store when a connection starts, and live in the connection only; those of built-in
venues and of connections that shall not be remembered are kept in memory for this run.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from workstation.desk.commands import Done, Finding, Hardness, Refused
from workstation.desk.floor import Floor
from workstation.desk.messages import ConnectionListed, ConnectionRemoved, EngineFailed
from workstation.desk.wording import LAMP_WORDS
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, InvalidProfile
from workstation.domain.identity import ConnectionID
from workstation.runtime.supervision import supervise
from workstation.storage.connections import SettingsSections, load_connections, save_connections
from workstation.storage.settings import SettingsUnwritable
from workstation.venues.base import (
    Channel,
    ConnectionStatus,
    Lamp,
    Severity,
    VenueConnection,
    VenueError,
    VenueEvent,
    VenueKind,
)


class Credentials(Protocol):
    """The part of :class:`workstation.storage.credentials.CredentialStore` that the desk uses."""

    async def load(self, connection_id: ConnectionID) -> dict[str, str]:
        """Return the secrets of a connection."""
        ...

    async def save(self, connection_id: ConnectionID, secrets: Mapping[str, str], remember: bool) -> None:
        """Keep the secrets, beyond this run if `remember`."""
        ...

    async def forget(self, connection_id: ConnectionID) -> None:
        """Drop the secrets."""
        ...

    async def unlock(self, passphrase: str) -> None:
        """Open the vault; raises VaultRefused."""
        ...

    async def create_vault(self, passphrase: str) -> None:
        """Make a vault; raises VaultRefused."""
        ...


@dataclass(slots=True)
class _Held:
    """One connection. `secrets` is set only for those of this run; `lacks_secrets` when it had none to start with."""

    profile: ConnectionProfile
    kind: VenueKind
    status: ConnectionStatus
    secrets: Mapping[str, str] | None = None
    lacks_secrets: bool = False
    connection: VenueConnection | None = None
    task: asyncio.Task[None] | None = None


class ConnectionDesk:
    """Owns all connections; implements :class:`workstation.desk.floor.Venues`.

    `take` gets every event of every connection, in order.
    """

    def __init__(
        self,
        floor: Floor,
        settings: SettingsSections,
        credentials: Credentials,
        kinds: Mapping[str, VenueKind],
        take: Callable[[ConnectionID, VenueEvent], None],
    ) -> None:
        self._floor = floor
        self._settings = settings
        self._credentials = credentials
        self._kinds = kinds
        self._take = take
        self._held: dict[ConnectionID, _Held] = {}
        self._tasks: asyncio.TaskGroup | None = None

    # -- what the rest of the desk sees --------------------------------------------------------------------------

    def connection(self, connection_id: ConnectionID) -> VenueConnection | None:
        """Return the running connection."""
        held = self._held.get(connection_id)
        return None if held is None else held.connection

    def status(self, connection_id: ConnectionID) -> ConnectionStatus | None:
        """Return its lamps."""
        held = self._held.get(connection_id)
        return None if held is None else held.status

    def capabilities(self, connection_id: ConnectionID) -> Capabilities | None:
        """Return what its venue can do."""
        held = self._held.get(connection_id)
        return None if held is None else held.kind.capabilities

    def profile(self, connection_id: ConnectionID) -> ConnectionProfile | None:
        """Return its profile."""
        held = self._held.get(connection_id)
        return None if held is None else held.profile

    def name(self, connection_id: ConnectionID) -> str:
        """Return what the trader calls it."""
        held = self._held.get(connection_id)
        return connection_id if held is None else held.profile.name

    def running(self) -> tuple[VenueConnection, ...]:
        """Return all running connections."""
        return tuple(held.connection for held in self._held.values() if held.connection is not None)

    def kind(self, venue: str) -> VenueKind | None:
        """Return the venue, if this program speaks its language."""
        return self._kinds.get(venue)

    def take_status(self, status: ConnectionStatus) -> ConnectionStatus | None:
        """Hold and publish new lamps; returns the former ones, None for a connection that is gone."""
        held = self._held.get(status.connection_id)
        if held is None:
            return None
        before, held.status = held.status, status
        self._floor.publish(status)
        if before.lamps != status.lamps or before.last_error != status.last_error:
            self._tell(before, status, held.profile.name)
        return before

    def _tell(self, before: ConnectionStatus, status: ConnectionStatus, name: str) -> None:
        lamps = {channel.value: lamp.value for channel, lamp in status.lamps}
        self._floor.recorder.connection(
            status.connection_id, status.detail, lamps=lamps, last_error=status.last_error, endpoint=status.endpoint
        )
        if before.worst is status.worst and before.last_error == status.last_error:
            return
        if before.worst is status.worst and not status.last_error:
            return
        severity = {Lamp.LIVE: Severity.SUCCESS, Lamp.NEEDS_YOU: Severity.ERROR}.get(status.worst, Severity.INFO)
        error = f" {status.last_error}" if status.last_error and status.worst is not Lamp.LIVE else ""
        if error and severity is Severity.INFO:
            severity = Severity.WARNING
        self._floor.activity.connection(status.connection_id, f"{name} is {LAMP_WORDS[status.worst]}.{error}", severity)

    # -- life ----------------------------------------------------------------------------------------------------

    def list_saved(self) -> None:
        """Read the settings and list every connection; none is started."""
        loaded = load_connections(self._settings)
        for fault in loaded.faults:
            self._floor.activity.say(fault, Severity.ERROR)
        for profile in loaded.profiles:
            self._list(profile, None)

    def add_for_this_run(self, profile: ConnectionProfile, secrets: Mapping[str, str]) -> None:
        """List a connection that is never written to the settings."""
        self._list(profile, dict(secrets))

    def _list(self, profile: ConnectionProfile, secrets: Mapping[str, str] | None) -> bool:
        kind = self._kinds.get(profile.venue)
        if kind is None:
            self._floor.activity.say(
                f"{profile.name}: this program cannot speak to a venue called {profile.venue}.", Severity.ERROR
            )
            return False
        held = self._held.get(profile.connection_id)
        if held is None:
            held = _Held(profile=profile, kind=kind, status=_off(profile), secrets=secrets)
            self._held[profile.connection_id] = held
        held.profile, held.kind = profile, kind
        held.secrets = secrets if secrets is not None else held.secrets
        self._floor.publish(ConnectionListed(profile=profile, capabilities=kind.capabilities))
        self._floor.publish(held.status)
        return True

    async def start(self, tasks: asyncio.TaskGroup) -> None:
        """Start every connection that shall be up from the start; `tasks` owns them."""
        self._tasks = tasks
        for connection_id, held in list(self._held.items()):
            if held.profile.connect_at_start:
                self.begin(connection_id)

    def begin(self, connection_id: ConnectionID) -> None:
        """Start a connection in the background, unless it runs or nothing runs yet."""
        held = self._held[connection_id]
        if self._tasks is not None and (held.task is None or held.task.done()):
            held.task = self._tasks.create_task(self._run(held), name=f"connection {connection_id}")

    def connect(self, connection_id: ConnectionID) -> Done | Refused:
        """Start a connection that is off or waits for the trader."""
        held = self._held.get(connection_id)
        if held is None:
            return refused(f"There is no connection {connection_id}.")
        if held.task is not None and not held.task.done():
            return Done(text=f"{held.profile.name} is {LAMP_WORDS[held.status.worst]} already.")
        self.begin(connection_id)
        return Done(text=f"{held.profile.name} is connecting.")

    def connect_those_without_secrets(self) -> None:
        """Start what could not start for want of secrets, because they can be read now."""
        for connection_id, held in self._held.items():
            if held.lacks_secrets:
                self.begin(connection_id)

    async def disconnect(self, connection_id: ConnectionID) -> Done:
        """Log out and stay off."""
        held = self._held.get(connection_id)
        if held is not None and held.task is not None:
            task, held.task = held.task, None
            task.cancel()
            await asyncio.wait([task])
        return Done()

    async def _run(self, held: _Held) -> None:
        profile = held.profile
        try:
            if not await supervise(profile.name, lambda: self._serve(held), self._failed):
                self._ended(held, Lamp.OFF, "It stopped by a fault in this program. Connect it again.")
        except asyncio.CancelledError:
            self._ended(held, Lamp.OFF, "")
            raise

    async def _serve(self, held: _Held) -> None:
        profile = held.profile
        try:
            secrets = held.secrets if held.secrets is not None else await self._credentials.load(profile.connection_id)
            held.lacks_secrets = not secrets and bool(profile.secret_names)
            connection = held.kind.factory(profile, secrets, lambda event: self._take(profile.connection_id, event))
            held.connection = connection
            self._floor.market.attach(connection)
            await connection.run()
        except VenueError as error:
            self._ended(held, Lamp.NEEDS_YOU, str(error))
        else:
            self._ended(held, Lamp.OFF, "")

    def _ended(self, held: _Held, lamp: Lamp, why: str) -> None:
        """Say that the connection is gone; its last word about itself stands if it asked for the trader."""
        held.connection = None
        status = held.status
        if lamp is Lamp.NEEDS_YOU and status.worst is Lamp.NEEDS_YOU and status.last_error:
            self._take(held.profile.connection_id, replace(status))
            return
        lamps = tuple((channel, lamp) for channel, _ in status.lamps)
        off = replace(_off(held.profile), lamps=lamps, last_error=why)
        self._take(held.profile.connection_id, off)

    def _failed(self, part: str, text: str) -> None:
        self._floor.publish(EngineFailed(part=part, text=text))
        self._floor.activity.say(text, Severity.ERROR)

    # -- changes of the trader -----------------------------------------------------------------------------------

    async def save(self, profile: ConnectionProfile, secrets: Mapping[str, str], remember: bool) -> Done | Refused:
        """Add a connection or change it; it connects anew if it was up or is new."""
        if profile.venue not in self._kinds:
            return refused(f"This program cannot speak to a venue called {profile.venue}.")
        held = self._held.get(profile.connection_id)
        was_up = held is None or (held.task is not None and not held.task.done())
        stays = held is not None and held.secrets is not None and remember is False and not secrets
        await self.disconnect(profile.connection_id)
        if secrets:
            await self._credentials.save(profile.connection_id, dict(secrets), remember)
        if held is not None and not stays:
            held.secrets = None
        self._list(profile, None)
        problem = self._write()
        self._floor.recorder.connection(profile.connection_id, "saved", url=profile.url, name=profile.name)
        if was_up and profile.connect_at_start:
            self.begin(profile.connection_id)
        return problem or Done(text=f"{profile.name} is saved.")

    async def remove(self, connection_id: ConnectionID) -> Done | Refused:
        """Forget a connection and its secrets, unless it has orders that may trade."""
        held = self._held.get(connection_id)
        if held is None:
            return Done(text="It was gone already.")
        working = self._floor.book.open_at(connection_id)
        if working:
            return refused(
                f"{held.profile.name} has {len(working)} orders that may still trade. Cancel them first; until "
                "they end they must stay in sight."
            )
        await self.disconnect(connection_id)
        del self._held[connection_id]
        await self._credentials.forget(connection_id)
        problem = self._write()
        self._floor.money.forget(connection_id)
        self._floor.publish(ConnectionRemoved(connection_id=connection_id))
        self._floor.activity.say(f"Connection {held.profile.name} was removed with its secrets.")
        return problem or Done(text=f"{held.profile.name} is removed.")

    def _write(self) -> Done | Refused | None:
        """Write the list of connections; those of this run are left out."""
        try:
            save_connections(self._settings, [one.profile for one in self._held.values() if one.secrets is None])
        except InvalidProfile as error:
            return refused(str(error))
        except SettingsUnwritable as error:
            self._floor.activity.say(str(error), Severity.ERROR)
            return Done(text=f"It holds for this run only. {error}")
        return None


def refused(text: str, cure: str = "") -> Refused:
    """Return an answer that says no."""
    return Refused(findings=(Finding(gate="connection", hardness=Hardness.HARD, text=text, cure=cure),))


def _off(profile: ConnectionProfile) -> ConnectionStatus:
    return ConnectionStatus(
        connection_id=profile.connection_id,
        venue=profile.venue,
        lamps=((Channel.LOGIN, Lamp.OFF), (Channel.TRADING, Lamp.OFF), (Channel.ORDER_STREAM, Lamp.OFF)),
        endpoint=profile.url,
    )
