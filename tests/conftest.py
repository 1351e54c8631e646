"""What holds for every test: off screen unless asked otherwise, no stray log errors, laws tried quickly."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

# The quick profile tries the same examples each time, so that a run says something about the change and not about luck;
# the deep one draws new ones.
settings.register_profile(
    "quick", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


class ErrorsLogged(logging.Handler):
    """Keeps what was logged as an error, so that a test which did not expect it fails."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expected(self, part: str) -> None:
        """Take note that an error containing `part` was meant to be logged."""
        found = [record for record in self.records if part in record.getMessage()]
        assert found, f"no logged error contains {part!r}"
        self.records = [record for record in self.records if record not in found]


@pytest.fixture(autouse=True)
def errors_logged() -> Iterator[ErrorsLogged]:
    handler = ErrorsLogged()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    assert not handler.records, f"logged: {[record.getMessage() for record in handler.records]}"


@pytest.fixture
def run_on_qt(qapp: QApplication) -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Run a coroutine to its end on a qasync loop, as the window does."""
    loop = QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop.run_until_complete
    asyncio.set_event_loop(None)
    loop.close()
