"""What runs below the seam: the engine with the venues it can speak to, and the built-in venues as a child process.

Built on the engine's own thread, after the window is painted, because the network libraries take a while to load. The
built-in venues are one more program: they serve on loopback sockets, announce themselves in one line, and end with us.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Mapping

from workstation.desk.commands import Answer, Command, Done, Finding, Hardness, Refused, StartBuiltInVenues
from workstation.desk.engine import Engine
from workstation.desk.messages import EngineFailed, EngineMessage
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.engine_plan import EnginePlan
from workstation.runtime.child_process import AnnouncedChild, ChildFailed, announced_child
from workstation.runtime.clock import SystemClock
from workstation.storage.credentials import CredentialStore
from workstation.storage.journal import Journal
from workstation.venues.qst.connection import VENUE as QST
from workstation.venues.xapi.connection import VENUE as XAPI

SWITCH_INTERVAL_S = 0.0002
"""How long the screen may hold the interpreter before the engine gets it; Python's own default is 25 times as much.

The engine gives the interpreter away at each call of the system, so a message pays this several times over.
"""
_logger = logging.getLogger(__name__)


class EngineRoom:
    """The engine and the built-in venues; implements :class:`workstation.services.engine_seam.EngineSide`."""

    def __init__(
        self, plan: EnginePlan, engine: Engine, journal: Journal, publish: Callable[[EngineMessage], None]
    ) -> None:
        self._plan = plan
        self._engine = engine
        self._journal = journal
        self._publish = publish
        self._wanted = asyncio.Event()
        if plan.built_in_at_start:
            self._wanted.set()
        self._opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Trade until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._engine.run(), name="engine: connections")
            tasks.create_task(self._serve_built_in(), name="engine: built-in venues")

    def close(self) -> None:
        """Seal the journal and let the next program have it."""
        self._journal.close()

    async def handle(self, command: Command) -> Answer:
        """Do what the screen asks."""
        if not isinstance(command, StartBuiltInVenues):
            return await self._engine.handle(command)
        self._wanted.set()
        fault = await asyncio.shield(self._opened)
        if fault:
            return Refused(findings=(Finding(gate="built-in", hardness=Hardness.HARD, text=fault),))
        return Done(text="The built-in venues are open. Nothing you do there costs money.")

    async def _serve_built_in(self) -> None:
        await self._wanted.wait()
        try:
            async with announced_child(simulate_command(self._plan.child_words)) as child:
                self._open(child)
                last_words = await child.ended()
        except ChildFailed as error:
            last_words = str(error)
        text = f"The built-in venues have stopped: {last_words}. Simulated orders ended with them. Start it again."
        _logger.warning("%s", text)
        if not self._opened.done():
            self._opened.set_result(text)
        self._publish(EngineFailed(part="built-in venues", text=text))

    def _open(self, child: AnnouncedChild) -> None:
        self._plan.announced(child.announcement)
        for profile, secrets in announced_profiles(child.announcement):
            self._engine.add_session_connection(profile, secrets)
        if not self._opened.done():
            self._opened.set_result("")


def simulate_command(words: tuple[str, ...]) -> list[str]:
    """Return the command line that serves the built-in venues; the frozen program is its own interpreter."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "workstation"]
    return [*program, "simulate", "--until-stdin-closes", *words]


Announcement = Mapping[str, object]
Login = tuple[str, dict[str, str], dict[str, str]]
"""Address, settings and secrets."""


def _qst_login(venue: Announcement) -> Login:
    secrets = {
        "password": _text(venue, "login", "password"),
        "passwordHash": _text(venue, "order_entry", "passwordHash"),
    }
    settings = {
        "username": _text(venue, "login", "username"),
        "firmId": _text(venue, "login", "firmId"),
        "clientUniqueId": _text(venue, "login", "clientUniqueId"),
        "oe_username": _text(venue, "order_entry", "username"),
        "order_entry_provider": _text(venue, "order_entry", "orderEntryProvider"),
    }
    return _text(venue, "url"), settings, secrets


def _xapi_login(venue: Announcement) -> Login:
    scheme, host = ("tls" if venue.get("tls") is True else "tcp"), _text(venue, "host")
    main, stream = (f"{scheme}://{host}:{venue.get(port)}" for port in ("main_port", "stream_port"))
    settings = {"user_id": _text(venue, "user_id"), "stream_url": stream}
    return main, settings, {"password": _text(venue, "password")}


_BUILT_IN: Mapping[str, tuple[str, Callable[[Announcement], Login]]] = {
    "qst": ("QST simulator", _qst_login),
    "xapi": ("XAPI simulator", _xapi_login),
}
"""By venue: what its simulator is called, and where its login stands in the announcement."""


def announced_profiles(announcement: Announcement) -> list[tuple[ConnectionProfile, dict[str, str]]]:
    """Return a SIMULATED profile with its secrets for every venue that the child announced.

    Raises:
        ChildFailed: the announcement lacks something.
    """
    found: list[tuple[ConnectionProfile, dict[str, str]]] = []
    for venue, (name, login) in _BUILT_IN.items():
        announced = announcement.get(venue)
        if isinstance(announced, dict):
            url, settings, secrets = login(announced)
            profile = ConnectionProfile(
                connection_id=ConnectionID(f"{venue}-simulator"),
                venue=venue,
                name=name,
                environment=Environment.SIMULATED,
                url=url,
                settings=settings,
                secret_names=tuple(secrets),
            )
            found.append((profile, secrets))
    return found


def _text(venue: Announcement, *place: str) -> str:
    value: object = venue
    for name in place:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, str):
        raise ChildFailed(f"the built-in venue did not announce {'.'.join(place)}")
    return value


async def build_engine_room(plan: EnginePlan, publish: Callable[[EngineMessage], None]) -> EngineRoom:
    """Open the journal and the credentials, and build the engine on the running loop.

    Raises:
        JournalUnusable: the text says what to do; nothing can be sent without a journal.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    clock = SystemClock()
    journal = Journal.open(plan.paths.journal, clock)
    credentials = CredentialStore.open(plan.paths, redactor=plan.redactor)
    engine = Engine(journal, plan.settings, credentials, {"qst": QST, "xapi": XAPI}, clock, publish)
    return EngineRoom(plan, engine, journal, publish)
