"""vn.py's side of the start-up benchmark: its MainWindow, to its first paint; runs in vn.py's own environment.

With the word ``stay`` it stays open until it is ended from outside.
"""

import os
import sys
import tempfile

os.environ["HOME"] = tempfile.mkdtemp()  # vn.py keeps settings and window layouts there

from PySide6.QtCore import QEvent, QObject, QTimer
from vnpy.event import EventEngine
from vnpy.trader.engine import MainEngine
from vnpy.trader.ui import MainWindow, create_qapp


class Painted(QObject):
    """Ends the process after the first paint."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and "stay" not in sys.argv:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False


app = create_qapp()
events = EventEngine()
window, painted = MainWindow(MainEngine(events), events), Painted()
window.installEventFilter(painted)
window.show()
app.exec()
