"""The chart itself: candles, scales, lines and crosshair in one view, moved by mouse and keys.

Dragging and Left/Right move it, the wheel and +/− show more or fewer candles, Home and End go to the oldest loaded and
to the youngest. Shift+Left/Right walk the crosshair from candle to candle. Up and Down, or dragging the scale at the
right, choose the height by hand until it is set back to automatic.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Candle, CandlePeriod
from workstation.item_models.candle_series import CandleSeries, SeriesChange
from workstation.item_models.local_time import LocalTime
from workstation.widgets.chart.candle_arrays import CandleArrays
from workstation.widgets.chart.candle_layer import CandleLayer
from workstation.widgets.chart.chart_layer import ChartLayer
from workstation.widgets.chart.crosshair_layer import CrosshairLayer
from workstation.widgets.chart.lines_layer import LinesLayer
from workstation.widgets.chart.plot_place import PlotPlace
from workstation.widgets.chart.scale_layer import ScaleLayer
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

_PIXELS_PER_CANDLE = 7
_PAN_SHARE = 0.1
_ZOOM_STEP = 1.2
_WHEEL_NOTCH = 120.0
_STRETCH_STEP = 1.15
_OLDER_SHARE = 0.5
"""Older candles are asked for when less than half a view of them is left."""


class ChartView(QWidget):
    """One plot of one series.

    Everything but the crosshair is painted into a picture that is kept until something moves, so that a crosshair
    passing over it costs almost nothing.
    """

    older_wanted = Signal()
    """The trader comes near the oldest candle that is loaded."""
    height_mode_changed = Signal(bool)
    """Whether the height follows the visible candles."""

    def __init__(self, theme: Theme, local_time: LocalTime | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._local = local_time or LocalTime()
        self._series = CandleSeries(CandlePeriod.M1)
        self._dragged_from: QPointF | None = None
        self._drags_scale = False
        self._right_room = 0.0
        self.candles = CandleArrays(self._local)
        self.place = PlotPlace()
        self._kept: QPixmap | None = None
        self.scale_layer = ScaleLayer(self.place, theme, self._paint_anew)
        self.candle_layer = CandleLayer(self.place, theme, self._paint_anew)
        self.lines_layer = LinesLayer(self.place, theme, self._paint_anew)
        self.crosshair = CrosshairLayer(self.place, theme, self.update)
        self.scale_layer.candles = self.candle_layer.candles = self.candles
        self.crosshair.candle_at, self.crosshair.local_time = self._candle_at, self._local
        self._kept_layers: tuple[ChartLayer, ...] = (self.scale_layer, self.candle_layer, self.lines_layer)
        self._layers: tuple[ChartLayer, ...] = (*self._kept_layers, self.crosshair)
        self.setAccessibleName("Chart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 80)
        theme.changed.connect(self._dress)
        self._lay_out()

    def show_series(self, series: CandleSeries, instrument: Instrument | None) -> None:
        """Show other candles, the youngest in sight and the height automatic."""
        self._series = series
        self.candles.load(series.candles)
        self.crosshair.point(None)
        self.crosshair.with_time = series.period < CandlePeriod.D1
        self.set_instrument(instrument)
        self.place.right = self.place.left + self._usual_width()
        self.set_auto_height(True)
        self.show_newest()

    def set_instrument(self, instrument: Instrument | None) -> None:
        """Write prices in the notation of `instrument`."""
        for layer in self._layers:
            layer.instrument = instrument
        self._lay_out()

    def follow(self, change: SeriesChange) -> None:
        """Take over a change of the series; who looks at the youngest candle goes on doing so."""
        was_empty = not len(self.candles)
        followed = self.place.shows_newest(self.candles)
        before = self.candles.last_x
        self.candles.follow(change, self._series.candles)
        grown = self.candles.last_x - before
        if was_empty:
            self.show_newest()
        elif followed and grown > 0:
            self.place.pan(grown, self.candles)
        else:
            self.place.fit(self.candles)
        self._moved()

    def show_newest(self) -> None:
        """Go to the youngest candle."""
        self.place.show_newest(self.candles)
        self._moved()

    def show_oldest(self) -> None:
        """Go to the oldest candle that is loaded."""
        self.place.show_oldest(self.candles)
        self._moved()

    def pan(self, candles: float) -> None:
        """Move by so many candles, to younger ones for a positive number."""
        self.place.pan(candles, self.candles)
        self._moved()

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Show `factor` times as many candles; around the youngest in sight unless said otherwise."""
        youngest = min(self.place.right, self.candles.last_x)
        self.place.zoom(factor, youngest if around is None else around, self.candles)
        self._moved()

    def set_auto_height(self, auto: bool) -> None:
        """Let the height follow the visible candles, or leave it as it is."""
        if auto != self.place.is_auto:
            self.place.is_auto = auto
            self.height_mode_changed.emit(auto)
        self.place.fit(self.candles)
        self._moved()

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the plot, or of the scale at its right."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()
            self._drags_scale = event.position().x() > self.place.area.right()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the plot while it is held; let the crosshair follow the pointer."""
        at, since = event.position(), self._dragged_from
        if since is not None:
            self._dragged_from = at
            if self._drags_scale:
                self._stretch(1 + (at.y() - since.y()) / max(1.0, self.place.area.height()))
            else:
                self._drag(at - since)
        self._point_at(at)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._dragged_from = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Set the height back to automatic, on the scale at the right."""
        if event.position().x() > self.place.area.right():
            self.set_auto_height(True)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Show more or fewer candles around the pointer; sideways it moves the plot."""
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()):
            self.pan(-delta.x() / _WHEEL_NOTCH * self.place.width * _PAN_SHARE)
        else:
            self.zoom(_ZOOM_STEP ** (-delta.y() / _WHEEL_NOTCH), self.place.x_at(event.position().x()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Put the crosshair away with the pointer."""
        self.crosshair.point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move, zoom and point by keys."""
        if not self._act_on(event):
            event.ignore()
            return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep candles as wide as they are; the right edge stays."""
        super().resizeEvent(event)
        before = self.place.area.width()
        self._lay_out()
        if before > 1:
            width = self.place.width * self.place.area.width() / before
            self.place.show(self.place.right - width, self.place.right, self.candles)
        else:
            self.place.right = self.place.left + self._usual_width()
            self.place.show_newest(self.candles)
        self._moved()

    def _act_on(self, event: QKeyEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        step = self.place.width * _PAN_SHARE
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right if shift:
                self._walk(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Left:
                self.pan(-step)
            case Qt.Key.Key_Right:
                self.pan(step)
            case Qt.Key.Key_Up:
                self._stretch(1 / _STRETCH_STEP)
            case Qt.Key.Key_Down:
                self._stretch(_STRETCH_STEP)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1 / _ZOOM_STEP)
            case Qt.Key.Key_Minus:
                self.zoom(_ZOOM_STEP)
            case Qt.Key.Key_Home:
                self.show_oldest()
            case Qt.Key.Key_End:
                self.show_newest()
            case _:
                return False
        return True

    def _walk(self, by: int) -> None:
        """Put the crosshair on the next candle, the close being its price, and keep it in sight."""
        at = self.crosshair.x
        x = int(min(self.place.right, self.candles.last_x)) if at is None else at + by
        x = max(self.candles.first_x, min(x, self.candles.last_x))
        candle = self._candle_at(x)
        if candle is None:
            return
        if not self.place.left <= x <= self.place.right:
            self.pan(x - (self.place.left if x < self.place.left else self.place.right))
        self.crosshair.point(x, float(candle.close_px))
        self.setAccessibleDescription(f"{self.crosshair.time_text()}: {self.crosshair.readout()}")

    def _point_at(self, at: QPointF) -> None:
        inside = self.place.area.contains(at)
        self.crosshair.point(
            round(self.place.x_at(at.x())) if inside else None, self.place.y_at(at.y()) if inside else None
        )

    def _drag(self, by: QPointF) -> None:
        if not self.place.is_auto:
            self.place.lift(by.y() / max(1.0, self.place.area.height()))
        self.pan(-by.x() / max(1.0, self.place.area.width()) * self.place.width)

    def _stretch(self, factor: float) -> None:
        was_auto = self.place.is_auto
        self.place.stretch(factor)
        if was_auto:
            self.height_mode_changed.emit(False)
        self._moved()

    def _candle_at(self, x: int) -> Candle | None:
        index = x - self.candles.first_x
        return self._series.candles[index] if 0 <= index < len(self._series.candles) else None

    # Looks.

    def _moved(self) -> None:
        """Paint another part of the candles, and ask for older ones where they end."""
        place = self.place
        if abs(self.scale_layer.right_room() - self._right_room) > self.scale_layer.metrics.averageCharWidth() / 2:
            self._divide()
        self._paint_anew()
        near = place.left - self.candles.first_x < place.width * _OLDER_SHARE
        if len(self.candles) and near and not self._series.complete:
            self.older_wanted.emit()

    def _usual_width(self) -> float:
        return max(20.0, self.place.area.width() / self._theme.px(_PIXELS_PER_CANDLE))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the picture, made anew if something moved, and the crosshair upon it."""
        if self._kept is None:
            self._kept = self._picture()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept)
        painter.setFont(self.crosshair.font)
        self.crosshair.paint(painter)
        painter.end()

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.colour(Role.PANEL))
        painter = QPainter(picture)
        for layer in self._kept_layers:
            painter.setFont(layer.font)
            layer.paint(painter)
        painter.end()
        return picture

    def _paint_anew(self) -> None:
        self._kept = None
        self.update()

    def _dress(self) -> None:
        for layer in self._layers:
            layer.dress()
        self._lay_out()

    def _lay_out(self) -> None:
        """Fit everything into the view."""
        if len(self.candles):
            self.scale_layer.zone = self._local.zone_text(int(self.candles.starts_s[-1]))
        for layer in self._layers:
            layer.whole = QRectF(self.rect())
        self._divide()
        self._moved()

    def _divide(self) -> None:
        """Give the scales the room that their words need now, and the plot the rest."""
        whole = self.rect()
        self._right_room = self.scale_layer.right_room()
        width, height = whole.width() - self._right_room, whole.height() - self.scale_layer.bottom_room()
        self.place.area = QRectF(0, 0, max(1.0, width), max(1.0, height))
