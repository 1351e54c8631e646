"""A window for dialogs to stand on: a dialog destroys itself when it closes, its window goes last."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.support.shell_bench import ShellBench


@pytest.fixture
def parent(bench: ShellBench) -> QWidget:
    window = QWidget()
    window.resize(900, 700)
    bench.show(window)
    return window
