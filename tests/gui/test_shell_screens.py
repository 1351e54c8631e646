"""A layout of two screens opens on one: no window stays where nobody can see it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from tests.support.dock_screen import make_screen
from tests.support.shell_bench import STUB_DOCKS
from workstation.widgets.layout_port import Layout
from workstation.widgets.main_window import MainWindow

app = QApplication([])
screen, _ = make_screen()
screen.theme.install(app)
kept = Path(sys.argv[1])
if kept.exists():
    stored = json.loads(kept.read_text())
    screen.layouts.save("workspace-1", Layout(state=bytes.fromhex(stored[0]), geometry=bytes.fromhex(stored[1])))
window = MainWindow(screen, STUB_DOCKS)
window.open_first()
app.processEvents()
if not kept.exists():
    second = QGuiApplication.screens()[1].availableGeometry()
    window.move(second.left() + 100, second.top() + 100)
    window.workspace.float_dock("log")
    floating = window.workspace.content("log").window()
    floating.move(second.left() + 400, second.top() + 300)
    app.processEvents()
    window.book.save()
    layout = screen.layouts.load("workspace-1")
    kept.write_text(json.dumps([layout.state.hex(), layout.geometry.hex()]))
for _ in range(5):
    app.processEvents()
def shown(widget):
    corner = widget.frameGeometry().topLeft()
    return [corner.x(), corner.y(), any(s.availableGeometry().contains(corner) for s in QGuiApplication.screens())]
log = window.workspace.content("log").window()
print(json.dumps({"window": shown(window), "log": shown(log), "floats": log is not window}))
"""


def screens(folder: Path, count: int) -> str:
    """Write a configuration of `count` screens side by side, and return the platform that reads it."""
    described = [
        {"name": f"screen {number}", "x": number * 1920, "y": 0, "width": 1920, "height": 1080, "dpr": 1}
        for number in range(count)
    ]
    path = folder / f"screens-{count}.json"
    path.write_text(json.dumps({"screens": described}))
    return f"offscreen:configfile={path}"


def run(folder: Path, count: int) -> dict[str, list[object]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": screens(folder, count), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "layout.json")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="screens are configured by the offscreen platform of Linux")
def test_a_lost_screen_takes_no_window_along(tmp_path: Path) -> None:
    two = run(tmp_path, 2)
    assert two["floats"]
    assert int(str(two["window"][0])) >= 1920
    assert int(str(two["log"][0])) >= 1920
    again = run(tmp_path, 2)
    assert int(str(again["window"][0])) >= 1920  # with both screens it opens where it was
    one = run(tmp_path, 1)
    assert one["floats"]
    assert one["window"][2]
    assert one["log"][2]
