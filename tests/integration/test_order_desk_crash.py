"""kill -9 at every step of a send: the next start knows every order truly, and nothing was sent twice.

One journal and one venue live through all of it. Each program recovers what its predecessors left, must agree with the
venue's book after it is in sync, then places, replaces or cancels an order and is killed at a step of that.
"""

import asyncio
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.line_venue import LineVenue
from workstation.runtime.clock import SystemClock
from workstation.storage.journal import Journal
from workstation.storage.records import RecordKind

STEPS = (
    "before the disk",
    "after the disk",
    "between disk and wire",
    "after the wire",
    "before the answer is heard",
    "after the answer was heard",
    "after the report was heard",
)
DEEDS = ("place", "replace", "place", "cancel", "place")
NEVER_ARRIVED = STEPS[:3]
ROUNDS = 3
CLOSED = ("CANCELED", "NOT_PLACED", "REJECTED")

States = dict[str, dict[str, Any]]


@dataclass(slots=True)
class _Told:
    """What one program said before it died."""

    recovered: States = field(default_factory=dict)
    held: States = field(default_factory=dict)
    ended: int = 0


class _Programs:
    """The process that forks programs to be killed."""

    def __init__(self, process: asyncio.subprocess.Process, journal: Path, port: int) -> None:
        self._process = process
        self._journal = journal
        self._port = port

    async def live_and_die(self, step: str, **deed: str) -> _Told:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = _Told()
        life = {"journal": str(self._journal), "port": self._port, "step": step, "later_s": self._later_s(step)}
        line = json.dumps({**life, **deed})
        self._process.stdin.write(line.encode() + b"\n")
        while True:
            words = json.loads(await self._process.stdout.readline())
            told.recovered = words.get("recovered", told.recovered)
            told.held = words.get("held", told.held)
            if "ended" in words:
                told.ended = words["ended"]
                return told

    @staticmethod
    def _later_s(step: str) -> int:
        """Let who only looks come when the venue has had its time, so that its book proves what it does not hold."""
        return 6 if step == "no" else 0


def deeds() -> Iterator[tuple[str, str]]:
    """Yield every deed with every step, some rounds over."""
    return itertools.chain.from_iterable(itertools.repeat(tuple(itertools.product(DEEDS, STEPS)), ROUNDS))


def open_key(held: States) -> str:
    """Return the newest order that works under a number."""
    return [key for key, state in held.items() if state["status"] not in CLOSED and state["number"]][-1]


def require_truth(held: States, venue: LineVenue) -> None:
    """What the program holds in sync is exactly what the venue has, and everything the venue has is held once."""
    by_number = {state["number"]: state for state in held.values() if state["number"] is not None}
    for state in held.values():
        assert state["ours"], f"an order of ours was taken for a stranger's: {state}"
        assert state["status"] != "IN_DOUBT", f"the book did not settle {state}"
        if state["number"] is None:
            assert state["status"] == "NOT_PLACED"
            continue
        truth = venue.orders[state["number"]]
        working = truth["event"] == "REPORT_NEW"
        assert state["status"] == ("NEW" if working else "CANCELED")
        assert Decimal(state["price"]) == Decimal(truth["price"])
    assert {number for number, order in venue.orders.items() if order["event"] == "REPORT_NEW"} <= set(by_number)


def require_honest_recovery(told: _Told, step: str, deed: str, key: str) -> None:
    """Before it is connected, a program says of its predecessor's last order only what can be known."""
    if step == "before the disk":
        if deed == "place":
            assert key not in told.recovered, "what was never on disk never was"
        return
    status = told.recovered[key]["status"]
    if step in ("after the report was heard", "after the answer was heard"):
        assert status in ("IN_DOUBT", "NEW", "PENDING_CANCEL", "CANCELED")
    else:
        assert status == "IN_DOUBT", f"{deed}, killed {step}: it is {status}"


async def kill_many_times(journal: Path) -> tuple[LineVenue, int]:
    venue = LineVenue()
    server = await asyncio.start_server(venue.serve, "127.0.0.1", 0)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.crash_child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    programs = _Programs(process, journal, server.sockets[0].getsockname()[1])
    kills = 0
    try:
        told = await programs.live_and_die("after the report was heard", do="place", price="500")
        for number, (deed, step) in enumerate(deeds()):
            told = await programs.live_and_die("no")
            require_truth(told.held, venue)
            key = open_key(told.held) if deed != "place" else ""
            before, arrived = set(told.held), len(venue.arrived)
            price = str(Decimal(501) + Decimal(number) / 4)
            dead = await programs.live_and_die(step, do=deed, price=price, key=key)
            assert dead.ended == -9
            kills += 1
            assert len(venue.arrived) - arrived == (0 if step in NEVER_ARRIVED else 1)
            told = await programs.live_and_die("no")
            key = key or next(iter(set(told.held) - before), f"W7f3a-{1001 + len(before)}")
            require_honest_recovery(told, step, deed, key)
            require_truth(told.held, venue)
    finally:
        process.stdin.close() if process.stdin is not None else None
        await process.wait()
        server.close()
        await server.wait_closed()
    return venue, kills


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.timeout(240)
def test_after_a_kill_at_any_step_every_order_is_known_truly_and_none_was_sent_twice(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    venue, kills = asyncio.run(kill_many_times(path))
    assert kills >= 100
    assert max(Counter(venue.arrived).values()) == 1, "each deed arrived at most once"
    journal = Journal.open(path, SystemClock())
    try:
        intents = [row for row in journal.read_from(1) if row.kind is RecordKind.INTENT]
        assert len(intents) >= len(venue.arrived), "no deed arrived without its intent on disk"
        assert not journal.open_intents(), "every intent has its end"
    finally:
        journal.close()
