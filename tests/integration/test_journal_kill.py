"""kill -9 at any moment of a send: every byte that left has its intent on disk, and the chain is whole.

A child commits an intent and writes its number into a pipe, over and over, as fast as it can. It is killed at moments
that hypothesis does not choose but the scheduler does, and the next child goes on with the same journal.
"""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workstation.runtime.clock import SystemClock
from workstation.storage.journal import Journal
from workstation.storage.journal_verify import verify
from workstation.storage.records import RecordKind

ROOT = Path(__file__).resolve().parents[2]
KILLS = 120
CHILD = """
import asyncio, os, sys
from pathlib import Path
from workstation.domain.identity import ClOrdID
from workstation.runtime.clock import SystemClock
from workstation.storage.journal import Journal
from workstation.storage.records import Record, RecordKind

async def main(path, wire):
    journal = Journal.open(path, SystemClock())
    number = journal.last_number("W")
    while True:
        number += 1
        key = ClOrdID(f"W{number}")
        kinds = (RecordKind.INTENT, RecordKind.ORDER, RecordKind.FRAME_OUT)
        await journal.commit([Record(kind=kind, time_ns=number, cl_ord_id=key) for kind in kinds])
        os.write(wire, b"%d\\n" % number)
        journal.append(Record(kind=RecordKind.FRAME_IN, time_ns=number, cl_ord_id=key))

for line in sys.stdin:  # one journal per fork, so that the imports are paid once
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        asyncio.run(main(Path(sys.argv[1]), writer))
    os.close(writer)
    sent = os.read(reader, 1)
    os.kill(child, 0)
    wait = float(line)
    import select
    select.select([], [], [], wait)
    os.kill(child, 9)
    os.waitpid(child, 0)
    while read := os.read(reader, 65536):
        sent += read
    os.close(reader)
    sys.stdout.write(sent.decode().replace("\\n", " ") + "\\n")
    sys.stdout.flush()
"""


def killed_runs(journal: Path) -> list[list[int]]:
    """Return, for every killed child, the numbers that left through its pipe."""
    choose = random.Random(11)
    waits = "".join(f"{choose.uniform(0, 0.02):.4f}\n" for _ in range(KILLS))
    ended = subprocess.run(
        [sys.executable, "-c", CHILD, str(journal)],
        input=waits,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return [[int(number) for number in line.split()] for line in ended.stdout.splitlines()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 and fork are POSIX")
@pytest.mark.timeout(120)
def test_what_left_is_on_disk_after_every_kill(tmp_path: Path) -> None:
    assert signal.SIGKILL == 9
    path = tmp_path / "journal.sqlite"
    runs = killed_runs(path)
    assert len(runs) == KILLS
    sent = [number for run in runs for number in run]
    assert len(sent) == len(set(sent)), "a number was given out twice"
    found = verify(path)
    assert found.fault == ""
    journal = Journal.open(path, SystemClock())
    rows = list(journal.read_from(1))
    journal.close()
    intents = [row.cl_ord_id for row in rows if row.kind is RecordKind.INTENT]
    assert len(intents) == len(set(intents))
    assert {f"W{number}" for number in sent} <= set(intents)
    # Intent, state and frame are one commit: none is there without the others.
    for kind in (RecordKind.ORDER, RecordKind.FRAME_OUT):
        assert [row.cl_ord_id for row in rows if row.kind is kind] == intents
    # At most the one order that was between disk and wire when its child died is more than what left.
    assert len(intents) - len(sent) <= KILLS
    starts = [row for row in rows if row.kind is RecordKind.OPENED]
    assert len(starts) == KILLS + 1
