"""One start to first paint: ``bare`` or ``complete``. The process ends as soon as its window stands painted.

Also run by vn.py's Python for a bare window of its own Qt, so nothing of ours is imported before it is asked for.
"""

import os
import sys


def bare() -> None:
    """Show a QMainWindow and nothing else."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415

    class Painted(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, end)
            return False

    app = QApplication([])
    window, painted = QMainWindow(), Painted()
    window.installEventFilter(painted)
    window.show()
    app.exec()


def complete() -> None:
    """Start the program as its command line does; it ends where it would start its engine, after the first paint."""
    from workstation.__main__ import main  # noqa: PLC0415
    from workstation.services.engine_seam import EngineSeam  # noqa: PLC0415

    EngineSeam.start = lambda _seam: end()  # type: ignore[method-assign]
    main(["--profile", os.environ["BENCHMARK_PROFILE"]])


def end() -> None:
    """End the process at once: closing down is not part of the figure."""
    os._exit(0)


if __name__ == "__main__":
    {"bare": bare, "complete": complete}[sys.argv[1]]()
