"""No source is read when the program's modules are imported, and a release without the switch does no harm."""

import subprocess
import sys

import pytest

from workstation.quick_imports import read_no_sources

IMPORTS = "import linecache, workstation.widgets.theme; print(sum('workstation' in name for name in linecache.cache))"


def said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_no_source_is_read() -> None:
    assert said(f"from workstation.quick_imports import read_no_sources; assert read_no_sources(); {IMPORTS}") == "0"


def test_it_is_still_needed() -> None:
    assert int(said(f"import PySide6.QtCore; {IMPORTS}")) > 5


def test_bindings_without_the_switch_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "shibokensupport.feature")
    assert not read_no_sources()


def test_the_program_uses_it() -> None:
    code = (
        "import sys, workstation.app as app, workstation.__main__ as command_line;"
        "app.run_desktop = lambda options: 0; command_line.main([]);"
        "print(sys.modules['shibokensupport.feature']._mod_uses_pyside.__module__)"
    )
    assert said(code) == "workstation.quick_imports"
