import asyncio
import gc
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from PySide6.QtWidgets import QApplication

from workstation.app import (
    BUILT_IN,
    Desktop,
    ScreenshotFailed,
    application,
    collecting_on_screen,
    last_run_told,
    log_qt_message,
    logged,
    plan_engine,
    profile_folder,
    qt_loop,
    signals_to,
)
from workstation.runtime.desktop_options import DesktopOptions
from workstation.runtime.log_files import CRASH_NAME
from workstation.runtime.paths import ProfilePaths, ProfileUnusable
from workstation.runtime.redaction import Redactor
from workstation.storage.settings import SettingsStore
from workstation.widgets.dialogs.first_start import FirstStart


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[ProfilePaths]:
    with profile_folder(DesktopOptions(profile=tmp_path / "profile")) as paths:
        yield paths


def run(app: QApplication, paths: ProfilePaths, options: DesktopOptions, *complaints: str) -> Desktop:
    """Run the program to its end, which comes as soon as the engine has answered the loop once."""
    assert application() is app
    with qt_loop(app) as loop:
        closing = asyncio.Event()
        desktop = Desktop(app, closing, options, plan_engine(paths, options, Redactor()), complaints=complaints)
        loop.call_later(0.2, closing.set)
        loop.run_until_complete(desktop.run())
    return desktop


def test_a_demo_leaves_nothing_behind() -> None:
    with profile_folder(DesktopOptions(demo=True)) as paths:
        (paths.root / "journal.sqlite").write_bytes(b"x")
        assert paths.root.is_dir()
    assert not paths.root.exists()


def test_a_named_profile_stays(tmp_path: Path) -> None:
    with profile_folder(DesktopOptions(profile=tmp_path / "mine")) as paths:
        assert paths.root == (tmp_path / "mine").resolve()
    assert paths.root.is_dir()


def test_a_file_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileUnusable, match="file"), profile_folder(DesktopOptions(profile=tmp_path / "file")):
        pytest.fail("it cannot be used")


def test_the_demo_and_only_who_asked_for_them_get_the_built_in_venues(paths: ProfilePaths) -> None:
    assert plan_engine(paths, DesktopOptions(demo=True), Redactor()).built_in_at_start
    assert not plan_engine(paths, DesktopOptions(), Redactor()).built_in_at_start
    SettingsStore.open(paths.settings).put(BUILT_IN, {"at_start": True})
    assert plan_engine(paths, DesktopOptions(), Redactor()).built_in_at_start


def test_the_first_start_offers_the_demo_and_later_ones_do_not(qapp: QApplication, paths: ProfilePaths) -> None:
    desktop = run(qapp, paths, DesktopOptions())
    assert desktop.window is not None
    assert desktop.window.findChild(FirstStart) is not None
    desktop.window.deleteLater()
    SettingsStore.open(paths.settings).put(BUILT_IN, {"at_start": False})
    desktop = run(qapp, paths, DesktopOptions())
    assert desktop.window is not None
    assert desktop.window.findChild(FirstStart) is None
    desktop.window.deleteLater()


def test_a_damaged_settings_file_is_said_on_screen(qapp: QApplication, paths: ProfilePaths) -> None:
    paths.settings.write_text("{ not json")
    desktop = run(qapp, paths, DesktopOptions(quit_after_s=0.0))
    assert desktop.window is not None
    assert any("settings" in alert.text for alert in desktop.window.alerts.pending)
    assert list(paths.root.glob("settings.damaged-*.json"))
    desktop.window.deleteLater()


def test_an_unexpected_end_of_the_last_run_is_said_on_screen(qapp: QApplication, paths: ProfilePaths) -> None:
    paths.logs.mkdir(exist_ok=True)
    (paths.logs / CRASH_NAME).write_text("")
    with logged(paths, Redactor()) as logs:
        (told,) = last_run_told(logs)
    with logged(paths, Redactor()) as logs:
        assert last_run_told(logs) == (), "it is told once"
    desktop = run(qapp, paths, DesktopOptions(quit_after_s=0.0), told)
    assert desktop.window is not None
    (alert,) = desktop.window.alerts.pending
    assert "Every order is in the journal" in alert.text
    assert "IN DOUBT" in alert.text
    assert str(paths.logs) in alert.text
    desktop.window.deleteLater()


def test_a_screenshot_is_saved_before_the_end(qapp: QApplication, paths: ProfilePaths, tmp_path: Path) -> None:
    run(qapp, paths, DesktopOptions(quit_after_s=0.1, screenshot=tmp_path / "shot.png"))
    assert (tmp_path / "shot.png").stat().st_size > 1_000
    with pytest.raises(ScreenshotFailed, match="nowhere"):
        run(qapp, paths, DesktopOptions(quit_after_s=0.1, screenshot=tmp_path / "nowhere" / "shot.png"))


def test_a_signal_closes(qapp: QApplication) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with qt_loop(qapp) as loop:

        async def scenario() -> None:
            closing = asyncio.Event()
            with signals_to(closing, loop):
                os.kill(os.getpid(), signal.SIGTERM)
                await closing.wait()

        loop.run_until_complete(scenario())
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_qt_says_goes_to_the_log(caplog: pytest.LogCaptureFixture, paths: ProfilePaths) -> None:
    context = QMessageLogContext()
    with caplog.at_level(logging.DEBUG), logged(paths, Redactor()):
        log_qt_message(QtMsgType.QtWarningMsg, context, "QPainter: not active")
        log_qt_message(QtMsgType.QtWarningMsg, context, "This plugin does not support propagateSizeHints()")
    levels = [record.levelno for record in caplog.records if record.name == "workstation.app"]
    assert levels == [logging.WARNING, logging.DEBUG]
    assert "QPainter" in (paths.logs / "workstation.log").read_text()


def test_logs_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    with pytest.raises(ProfileUnusable, match="logs"), logged(ProfilePaths(tmp_path), Redactor()):
        pytest.fail("there is nowhere to log")


def test_garbage_is_collected_by_this_thread_alone_while_the_program_runs(qapp: QApplication) -> None:
    with collecting_on_screen():
        assert not gc.isenabled()
    assert gc.isenabled()
