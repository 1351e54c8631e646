"""The checkers that every change must pass, run as tests so that one command proves all."""

import subprocess
import sys

import pytest

from tests.architecture.source_tree import ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
CHECKERS = {
    "import contracts": ["-c", LINT_IMPORTS],
    "types": ["-m", "mypy"],
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", CHECKERS)
def test_checker_is_content(name: str) -> None:
    command = [sys.executable, *CHECKERS[name]]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{name}:\n{ended.stdout}\n{ended.stderr}"
