"""Where the plot is on screen and what part of the candles it shows: shared by all that is drawn upon it.

Rules of the range: at least a few candles wide, never so far aside that no candle is in sight, and as high as the
visible candles need unless the trader chose the height by hand.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from workstation.widgets.chart.candle_arrays import CandleArrays

FEWEST = 8.0
"""The narrowest view, in candles."""
MOST = 200_000.0
_ALWAYS, _WIDEST = 200.0, 1.1
"""So many candles may always have room, and a little more than there are."""
_HEADROOM = 0.06
_FLAT_SHARE = 1e-4
_RIGHT_SHARE = 0.06
"""Free room right of the youngest candle, so that it does not stick to the edge."""


@dataclass(slots=True)
class PlotPlace:
    """`area` is in pixels of the scene; x counts candles, y is a place of the price scale."""

    area: QRectF = field(default_factory=QRectF)
    left: float = 0.0
    right: float = 100.0
    bottom: float = 0.0
    top: float = 1.0
    is_auto: bool = True
    """The height follows the visible candles."""

    @property
    def width(self) -> float:
        """How many candles have room."""
        return self.right - self.left

    def pixel_x(self, x: float) -> float:
        """Return the pixel of a candle."""
        return self.area.left() + (x - self.left) / self.width * self.area.width()

    def pixel_y(self, y: float) -> float:
        """Return the pixel of a level."""
        return self.area.bottom() - (y - self.bottom) / (self.top - self.bottom) * self.area.height()

    def x_at(self, pixel: float) -> float:
        """Return the candle number at a pixel."""
        return self.left + (pixel - self.area.left()) / max(1.0, self.area.width()) * self.width

    def y_at(self, pixel: float) -> float:
        """Return the level at a pixel."""
        return self.bottom + (self.area.bottom() - pixel) / max(1.0, self.area.height()) * (self.top - self.bottom)

    def pan(self, by: float, candles: CandleArrays) -> None:
        """Move by so many candles; a few of them stay in sight."""
        self.show(self.left + by, self.right + by, candles)

    def zoom(self, factor: float, around: float, candles: CandleArrays) -> None:
        """Show `factor` times as many candles, the one at `around` staying where it is."""
        wanted = min(max(self.width * factor, FEWEST), max(_ALWAYS, min(MOST, len(candles) * _WIDEST)))
        factor = wanted / self.width
        self.show(around - (around - self.left) * factor, around + (self.right - around) * factor, candles)

    def show(self, left: float, right: float, candles: CandleArrays) -> None:
        """Show a stretch of candles, pushed back so that some are in sight, and fit the height."""
        width = max(right - left, FEWEST)
        if len(candles):
            keep = min(FEWEST / 2, len(candles))
            left = min(max(left, candles.first_x + keep - width), candles.last_x + 1 - keep)
        self.left, self.right = left, left + width
        self.fit(candles)

    def show_newest(self, candles: CandleArrays) -> None:
        """Show the youngest candles at the right, with a little room beside them."""
        right = candles.last_x + 1 + self.width * _RIGHT_SHARE
        self.show(right - self.width, right, candles)

    def show_oldest(self, candles: CandleArrays) -> None:
        """Show the oldest candles that are loaded."""
        self.show(candles.first_x - 1, candles.first_x - 1 + self.width, candles)

    def shows_newest(self, candles: CandleArrays) -> bool:
        """Say whether the youngest candle is in sight."""
        return self.left <= candles.last_x <= self.right

    def fit(self, candles: CandleArrays) -> None:
        """Fit the height to the visible candles, unless it was chosen by hand."""
        extent = candles.extent(candles.between(self.left, self.right))
        if not self.is_auto or extent is None:
            return
        low, high = extent
        span = high - low or max(abs(high) * _FLAT_SHARE, _FLAT_SHARE)
        self.bottom, self.top = low - span * _HEADROOM, high + span * _HEADROOM

    def stretch(self, factor: float) -> None:
        """Show `factor` times the height, by hand from now on."""
        self.is_auto = False
        middle, half = (self.top + self.bottom) / 2, (self.top - self.bottom) / 2 * min(max(factor, 0.05), 20.0)
        if half > abs(middle) * 1e-12 and half < 1e15:
            self.bottom, self.top = middle - half, middle + half

    def lift(self, share: float) -> None:
        """Move up by a share of the height, by hand from now on."""
        self.is_auto = False
        by = (self.top - self.bottom) * share
        self.bottom, self.top = self.bottom + by, self.top + by
