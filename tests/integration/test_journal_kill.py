"""On disk before on the wire, whatever kills the process: proved by killing it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.journal_kill_rounds import SENDERS, STEPS
from tests.unit.storage.journal_rig import opened
from workstation.storage.journal_verify import verify
from workstation.storage.records import RecordKind

ROUNDS = 120
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 and no fork on Windows")


@pytest.mark.timeout(300)
def test_no_kill_puts_a_byte_on_the_wire_without_its_intent_or_breaks_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    words = [sys.executable, "-m", "tests.support.journal_kill_rounds", str(path), str(ROUNDS), "20261121"]
    ended = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stderr == ""
    story = json.loads(ended.stdout)

    assert story["kills"] == ROUNDS
    assert story["faults"] == []
    assert story["without_intent"] == []
    assert set(story["steps"]) == {*STEPS, "any moment"}
    sent = story["sent"]
    assert len(sent) > ROUNDS
    assert len(set(sent)) == len(sent), "a number was given out twice"

    with opened(path) as journal:
        assert not journal.ended_cleanly
        assert {row.cl_ord_id for row in journal.last_orders()} >= set(sent)
        assert journal.last_number("W") >= max(int(key[1:]) for key in sent)
        rows = journal.read_from(1)
        intents = [row.cl_ord_id for row in rows if row.kind is RecordKind.INTENT]
        assert len(set(intents)) == len(intents)
        # Intent and state are one commit: none is there without the other.
        assert [row.cl_ord_id for row in rows if row.kind is RecordKind.ORDER] == intents
        # At most what was between disk and wire when its process died is more than what left.
        assert len(intents) - len(sent) <= SENDERS * ROUNDS
        unanswered = {row.cl_ord_id for row in journal.open_intents()}
        answered = {row.cl_ord_id for row in rows if row.kind is RecordKind.ANSWER}
        assert unanswered.isdisjoint(answered)
        assert set(sent) <= unanswered | answered
    assert verify(path).fault == ""
