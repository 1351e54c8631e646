"""LIVE, DEMO and SIM by word and by frame, wherever an order can be sent.

A live window has a solid frame, a demo a double one, a simulation a dashed one: the difference is there in black and
white too, and the word is always beside it.
"""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.item_models.words import word
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import ENVIRONMENT_ROLE, Role

ENVIRONMENT_SENTENCE = {
    Environment.LIVE: "LIVE: orders here trade real money.",
    Environment.DEMO: "DEMO: the broker's practice venue; no real money.",
    Environment.SIMULATED: "SIM: the built-in venue on this computer; no real money.",
}
_FRAME_WIDTH = {Environment.LIVE: 3, Environment.DEMO: 3, Environment.SIMULATED: 2}


def most_serious(profiles: Iterable[ConnectionProfile]) -> Environment | None:
    """Return the environment that the whole window has to warn of; None without any connection."""
    present = {profile.environment for profile in profiles}
    return next((environment for environment in Environment if environment in present), None)


def paint_environment_frame(painter: QPainter, area: QRect, environment: Environment, theme: Theme) -> None:
    """Paint the frame of `environment` just inside `area`."""
    colour = theme.colour(ENVIRONMENT_ROLE[environment])
    width = theme.px(_FRAME_WIDTH[environment])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if environment is Environment.DEMO:
        painter.setPen(QPen(colour, 1))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        inset = max(2, width - 1)
        painter.drawRect(area.adjusted(inset, inset, -inset - 1, -inset - 1))
        return
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    if environment is Environment.SIMULATED:
        pen.setDashPattern([5.0, 3.0])
    painter.setPen(pen)
    half = width // 2
    painter.drawRect(area.adjusted(half, half, -width + half, -width + half))


class EnvironmentBadge(QWidget):
    """The environment's word in its own frame; blank while there is none."""

    def __init__(self, theme: Theme, environment: Environment | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._environment: Environment | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.show_environment(environment)

    @property
    def environment(self) -> Environment | None:
        """What is shown."""
        return self._environment

    def show_environment(self, environment: Environment | None) -> None:
        """Show another environment."""
        self._environment = environment
        sentence = ENVIRONMENT_SENTENCE[environment] if environment else "No connection yet."
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the word and its frame."""
        text = word(self._environment) if self._environment else "OFF"
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(text) + self._theme.px(16), metrics.height() + self._theme.px(6))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never cut the word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint frame and word; LIVE is filled."""
        if self._environment is None:
            return
        painter = QPainter(self)
        live = self._environment is Environment.LIVE
        colour = self._theme.colour(ENVIRONMENT_ROLE[self._environment])
        if live:
            painter.fillRect(self.rect(), colour)
        paint_environment_frame(painter, self.rect(), self._environment, self._theme)
        painter.setPen(self._theme.colour(Role.ON_FILL) if live else colour)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, word(self._environment))
        painter.end()


class EnvironmentFrame(QWidget):
    """Holds one widget and draws the environment's frame around it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.environment: Environment | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        theme.changed.connect(self._arrange)
        self._arrange()

    def hold(self, widget: QWidget) -> None:
        """Put `widget` inside, below what is there."""
        self._layout.addWidget(widget)

    def show_environment(self, environment: Environment | None) -> None:
        """Draw another frame, or none."""
        self.environment = environment
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame."""
        if self.environment is None:
            return
        painter = QPainter(self)
        paint_environment_frame(painter, self.rect(), self.environment, self._theme)
        painter.end()

    def _arrange(self) -> None:
        margin = self._theme.px(4)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self.update()
