import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import note, opened, run, tampered
from workstation.storage.journal_command import run_journal


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    async def work() -> None:
        with opened(tmp_path / "journal.sqlite") as journal:
            await journal.commit([note("one")])

    run(work())
    return tmp_path


def test_a_sound_journal_is_counted(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_journal(["verify", "--profile", str(profile)]) == 0
    assert capsys.readouterr().out == "3 rows, chain intact\n"


def test_a_broken_journal_is_named_and_exit_1(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tampered(profile / "journal.sqlite", "UPDATE journal SET body = '{}' WHERE seq = 2")
    assert run_journal(["verify", "--profile", str(profile)]) == 1
    assert "row 2 was changed" in capsys.readouterr().out


def test_an_export_goes_out_or_to_a_new_file(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_journal(["export", "--profile", str(profile), "--from", "2"]) == 0
    assert [json.loads(line)["seq"] for line in capsys.readouterr().out.splitlines()] == [2, 3]
    out = profile / "rows.csv"
    assert run_journal(["export", "--profile", str(profile), "--format", "csv", "--output", str(out)]) == 0
    assert len(out.read_text().splitlines()) == 4
    assert run_journal(["export", "--profile", str(profile), "--output", str(out)]) == 2
    assert str(out) in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["repair"], ["verify", "--deep"], ["export", "--format", "xml"]])
def test_bad_words_end_with_2_and_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_journal(words)
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_journal_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_journal(["verify", "--profile", str(tmp_path)]) == 2
    assert "no journal" in capsys.readouterr().err


def test_the_command_runs_without_qt(profile: Path) -> None:
    code = (
        "import sys\nfrom workstation.__main__ import main\ncode = main(sys.argv[1:])\n"
        "sys.exit(9 if any(name.startswith('PySide6') for name in sys.modules) else code)"
    )
    words = [sys.executable, "-c", code, "journal", "verify", "--profile", str(profile)]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_a_reader_that_leaves_early_is_no_error(profile: Path) -> None:
    with opened(profile / "journal.sqlite") as journal:
        for _ in range(40):
            journal.append(note("x" * 10_000))
    code = (
        "import sys\nfrom workstation.storage.journal_command import run_journal\nsys.exit(run_journal(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, "export", "--profile", str(profile)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait() == 0
