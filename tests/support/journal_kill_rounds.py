"""Kills a process that journals and sends, many times, and checks the journal after each kill.

Run as ``python -m tests.support.journal_kill_rounds JOURNAL ROUNDS SEED``: one light process that forks a sender per
round, reads what the sender puts on the wire (a pipe), kills it, and prints one line of JSON in the end. A sender is
killed from outside at a random moment, or ends itself at a named step, so that every step of a send is hit for certain.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from workstation.domain.identity import ClOrdID
from workstation.runtime.clock import SystemClock
from workstation.storage import journal as journal_module
from workstation.storage.journal import Journal
from workstation.storage.journal_faults import JournalUnusable
from workstation.storage.journal_reads import rows_from
from workstation.storage.journal_schema import open_for_reading
from workstation.storage.journal_verify import verify
from workstation.storage.records import Record, RecordKind

STEPS = ("before the commit", "in the transaction", "at its end", "between commit and send", "after the send")
SENDERS = 3


@dataclass(slots=True)
class Story:
    """What all rounds together showed."""

    kills: int = 0
    sent: list[str] = field(default_factory=list)
    without_intent: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


@dataclass(slots=True)
class Fate:
    """Ends the process at the `turn`-th time that it comes to `step`; an empty step leaves that to the parent."""

    step: str
    turn: int

    def pass_by(self, step: str) -> None:
        if step == self.step:
            self.turn -= 1
            if self.turn <= 0:
                die()


def record(kind: RecordKind, key: str) -> Record:
    body = {"key": key, "padding": "x" * 300}
    return Record(kind=kind, time_ns=time.time_ns(), body=body, cl_ord_id=ClOrdID(key))


async def trade(journal: Journal, wire: int, fate: Fate) -> None:
    number = journal.last_number("W")

    async def send_on_and_on() -> None:
        nonlocal number
        while True:
            number += 1
            key = f"W{number}"
            fate.pass_by("before the commit")
            await journal.commit([record(RecordKind.INTENT, key), record(RecordKind.ORDER, key)])
            fate.pass_by("between commit and send")
            os.write(wire, f"{key}\n".encode())
            fate.pass_by("after the send")
            journal.append(record(RecordKind.ANSWER, key))

    await asyncio.gather(*(send_on_and_on() for _ in range(SENDERS)))


def trace(fate: Fate) -> Callable[[str], None]:
    def statement_begins(statement: str) -> None:
        if statement.startswith("UPDATE head"):
            fate.pass_by("in the transaction")
        elif statement.startswith("COMMIT"):
            fate.pass_by("at its end")

    return statement_begins


def sender(path: Path, wire: int, fate: Fate) -> NoReturn:
    journal = Journal.open(path, SystemClock())
    journal._connection.set_trace_callback(trace(fate))
    asyncio.run(trade(journal, wire, fate))
    os._exit(3)


def read_lines(wire: int, at_least: int) -> bytes:
    read = b""
    while read.count(b"\n") < at_least and (part := os.read(wire, 65_536)):
        read += part
    return read


def one_round(path: Path, rng: random.Random, step: str) -> list[str]:
    """Return what got onto the wire before the sender was killed."""
    wire_out, wire_in = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(wire_out)
        sender(path, wire_in, Fate(step, rng.randint(1, 12)))
    os.close(wire_in)
    try:
        read = read_lines(wire_out, 1_000_000 if step else rng.randint(0, 12))
        if not step:
            until = time.perf_counter() + rng.random() * 0.003
            while time.perf_counter() < until:
                pass
            os.kill(child, signal.SIGKILL)
        read += read_lines(wire_out, 1_000_000)
    finally:
        os.close(wire_out)
        _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError(f"the sender ended by itself: {status}")
    return read.decode().split()


def check(path: Path, sent: list[str], story: Story) -> None:
    try:
        fault = verify(path).fault
    except JournalUnusable:  # killed before the journal was made: then nothing may have been sent
        story.without_intent += sent
        return
    if fault:
        story.faults.append(f"after kill {story.kills}: {fault}")
    reader = open_for_reading(path)
    kinds: dict[str | None, list[str]] = {}
    for row in rows_from(reader, 1):
        kinds.setdefault(row.cl_ord_id, []).append(row.kind)
    reader.close()
    before_the_send = [RecordKind.INTENT.value, RecordKind.ORDER.value]
    story.without_intent += [key for key in sent if kinds.get(key, [])[:2] != before_the_send]


def main(path: Path, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    story = Story()
    journal_module.LOG_SIZE = 1 << 16  # so that checkpoints run all the time, and are killed as well
    for number in range(rounds):
        step = STEPS[number // 2 % len(STEPS)] if number % 2 else ""
        sent = one_round(path, rng, step)
        story.kills += 1
        story.steps[step or "any moment"] = story.steps.get(step or "any moment", 0) + 1
        story.sent += sent
        check(path, sent, story)
    sys.stdout.write(
        json.dumps(
            {
                "kills": story.kills,
                "sent": story.sent,
                "without_intent": story.without_intent,
                "faults": story.faults,
                "steps": story.steps,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
