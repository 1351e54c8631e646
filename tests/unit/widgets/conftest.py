"""The bench on which the window's shell is tested."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench, dressed_bench


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[ShellBench]:
    with dressed_bench(qapp, qtbot) as made:
        yield made


@pytest.fixture(autouse=True)
def parked_pointer(qapp: QApplication) -> Iterator[None]:
    """Leave the pointer where no window opens: rows stand still under it, in the next test too."""
    yield
    QCursor.setPos(qapp.primaryScreen().geometry().bottomRight())
