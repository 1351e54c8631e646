import logging
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import note
from workstation.storage.journal_checkpoint import Checkpointer
from workstation.storage.journal_rows import encoded
from workstation.storage.journal_schema import open_for_writing
from workstation.storage.journal_writer import JournalWriter


def test_the_log_is_moved_into_the_file(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "j")
    JournalWriter(connection).write([encoded(note("x" * 50_000))])
    before = (tmp_path / "j").stat().st_size
    checkpointer = Checkpointer(tmp_path / "j")
    checkpointer._checkpoint()
    assert (tmp_path / "j").stat().st_size > before
    checkpointer.nudge()
    checkpointer.close()
    assert not checkpointer._thread.is_alive()
    connection.close()


def test_a_checkpoint_that_fails_is_a_warning_and_no_more(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    checkpointer = Checkpointer(tmp_path / "no" / "folder" / "j")
    with caplog.at_level(logging.WARNING):
        checkpointer._checkpoint()
    checkpointer.close()
    assert "could not be moved" in caplog.text
