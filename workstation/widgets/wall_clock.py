"""The wall clock, to the millisecond and with its zone: what a trader compares a broker's times with.

It paints its own rectangle ten times a second and nothing else: a label would lay its whole row out anew with each
text. While nobody can see it, it rests.
"""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.runtime.clock import Clock
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

TURN_MS = 100
_NS_PER_S = 1_000_000_000
_NS_PER_MS = 1_000_000


class WallClock(QWidget):
    """Shows ``09:41:06.312 IST (UTC+5:30)``."""

    def __init__(self, clock: Clock, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._theme = theme
        self._text = ""
        self._zone = ""
        self._second = -1
        self._second_text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Time of day")
        self._turn = QTimer(self, interval=TURN_MS, timerType=Qt.TimerType.CoarseTimer)
        self._turn.timeout.connect(self.show_now)
        self.show_now()

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def show_now(self) -> None:
        """Read the clock and paint what it says."""
        now_ns = self._clock.now_ns()
        second = now_ns // _NS_PER_S
        if second != self._second:
            self._take_second(second)
        self._text = f"{self._second_text}.{now_ns % _NS_PER_S // _NS_PER_MS:03} {self._zone}"
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for the widest time, so that nothing beside it moves."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(f"00:00:00.000 {self._zone}") + 2, metrics.height())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Run while it can be seen."""
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it cannot."""
        super().hideEvent(event)
        self._turn.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the time."""
        painter = QPainter(self)
        painter.setPen(self._theme.colour(Role.TEXT_MUTED))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()

    def _take_second(self, second: int) -> None:
        moment = datetime.fromtimestamp(second).astimezone()
        self._second, self._second_text = second, f"{moment:%H:%M:%S}"
        zone = zone_text(moment)
        if zone != self._zone:
            self._zone = zone
            self.setToolTip(f"Your own time, {zone}")
            self.setAccessibleDescription(f"Zone {zone}")
            self.updateGeometry()


def zone_text(moment: datetime) -> str:
    """Return the zone of `moment` with its distance from UTC, for example ``IST (UTC+5:30)``."""
    offset = moment.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    distance = f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
    name = moment.tzname() or ""
    return f"{name} ({distance})" if name.isalpha() and len(name) <= 5 else distance
