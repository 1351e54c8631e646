"""Goal 11, chart: pan and zoom over 50,000 candles, next to pyqtgraph's own ways to draw candles of the same size.

The peers are the candlestick item of pyqtgraph's examples (one picture of everything) and the same candles as two
BarGraphItems. All sides fit their height to the candles in sight, as a trader's chart does; ours also draws scales
in exact decimals, own orders and a crosshair.
"""

import statistics
from collections.abc import Callable, Iterator
from decimal import Decimal

import numpy as np
import pyqtgraph as pg  # type: ignore[import-untyped]  # the library ships no types
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QWidget

from tests.benchmarks.interleave import Figure, at_most, below, seconds
from tests.benchmarks.target import application
from tests.support.chart_bench import EURO, make_candles
from tests.support.dock_screen import START_NS
from workstation.domain.market_data import CandlePeriod, Candles
from workstation.domain.order_terms import Side
from workstation.item_models.candle_series import MINUTE_NS, CandleSeries
from workstation.widgets.chart.chart_lines import ChartLine, LineKind
from workstation.widgets.chart.chart_view import ChartView
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.theme import Theme

CANDLES = 50_000
WIDTH, HEIGHT = 1_000, 600
ROUNDS = 120
FRAME_MS = 1_000 / 60
NEAR, FAR = 140, 45_000
"""Candles in sight: as one looks at them, and nearly all."""
Move = Callable[[float, float], None]


class ExampleCandles(pg.GraphicsObject):  # type: ignore[misc]
    """The candlestick item of pyqtgraph's examples."""

    def __init__(self, columns: np.ndarray) -> None:
        super().__init__()
        self.picture = QPicture()
        painter = QPainter(self.picture)
        painter.setPen(pg.mkPen("w"))
        for x, opened, high, low, closed in columns:
            painter.drawLine(QPointF(x, low), QPointF(x, high))
            painter.setBrush(pg.mkBrush("r" if opened > closed else "g"))
            painter.drawRect(QRectF(x - 1 / 3, opened, 2 / 3, closed - opened))
        painter.end()

    def paint(self, painter: QPainter, *_others: object) -> None:
        """Draw everything."""
        painter.drawPicture(0, 0, self.picture)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the picture's rectangle."""
        return QRectF(self.picture.boundingRect())


def our_view(series: CandleSeries) -> tuple[QWidget, Move]:
    """Return the chart with a handful of own lines, and what moves it."""
    view = ChartView(Theme(MemorySettings()))
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.show_series(series, EURO)
    last = series.candles[-1].close_px
    levels = [last + Decimal(n) * EURO.tick_size * 20 for n in range(-2, 3)]
    view.lines_layer.show_own([ChartLine(one, "BUY 1 limit · Main", LineKind.ORDER, Side.BUY) for one in levels])

    def move(left: float, right: float) -> None:
        view.place.show(left, right, view.candles)
        view._moved()

    return view, move


def peer_view(items: list[object], columns: np.ndarray) -> tuple[QWidget, Move]:
    """Return a PlotWidget with these items, and what moves it."""
    plot = pg.PlotWidget()
    plot.resize(WIDTH, HEIGHT)
    for item in items:
        plot.addItem(item, ignoreBounds=True)
    plot.disableAutoRange()
    plot.show()

    def move(left: float, right: float) -> None:
        shown = columns[max(0, int(left)) : int(right) + 1]
        plot.setRange(xRange=(left, right), yRange=(shown[:, 3].min(), shown[:, 2].max()), padding=0)

    return plot, move


def bars(columns: np.ndarray) -> list[object]:
    """Return the candles as a bar for the wick and one for the body, as is usual."""
    x, opened, high, low, closed = columns.T
    return [
        pg.BarGraphItem(x=x, y0=low, height=high - low, width=0.05, pen="w", brush="w"),
        pg.BarGraphItem(x=x, y0=opened, height=closed - opened, width=0.66, pen="w", brush="w"),
    ]


def run() -> Iterator[Figure]:
    """Pan by a little each frame near and far, and zoom between the two."""
    application()
    pg.setConfigOption("exitCleanup", False)
    start_ns = START_NS - CANDLES * 2 * MINUTE_NS
    candles = make_candles(CandlePeriod.M1, start_ns, START_NS)[-CANDLES:]
    series = CandleSeries(CandlePeriod.M1)
    series.take_history(Candles(key=None, period=CandlePeriod.M1, candles=tuple(candles)), as_of_ns=START_NS)  # type: ignore[arg-type]
    columns = np.array([(n, c.open_px, c.high_px, c.low_px, c.close_px) for n, c in enumerate(candles)], np.float64)
    sides = {
        "ours": our_view(series),
        "example": peer_view([ExampleCandles(columns)], columns),
        "bars": peer_view(bars(columns), columns),
    }
    for _ in range(5):
        application().processEvents()  # what is not shown yet would not be painted
    for name, width in (("near, 140 candles in sight", NEAR), ("far, 45,000 in sight", FAR)):
        yield from compared(f"pan {name}", sides, [(30_000 - width / 2 + n, 30_000 + width / 2 + n) for n in RANGE])
    ends = [(50_000 - NEAR * 1.05**n, 50_000.0) for n in RANGE]
    yield from compared("zoom out and in", sides, [(max(0.0, left), right) for left, right in ends])


RANGE = range(-ROUNDS // 2, ROUNDS // 2)


def compared(name: str, sides: dict[str, tuple[QWidget, Move]], ranges: list[tuple[float, float]]) -> Iterator[Figure]:
    """Measure all sides in turns, a frame each; give the medians, and what our slowest frames cost."""
    measured: dict[str, list[float]] = {side: [] for side in sides}
    for left, right in ranges:
        for side, (view, move) in sides.items():

            def frame(view: QWidget = view, move: Move = move, left: float = left, right: float = right) -> None:
                move(left, right)
                (view.viewport() if hasattr(view, "viewport") else view).repaint()

            measured[side].append(seconds(frame) * 1e3)
    medians = {side: statistics.median(values[1:]) for side, values in measured.items()}
    worst = {side: sorted(values[1:])[-2] for side, values in measured.items()}
    note = f"p99: ours {worst['ours']:.1f}, example {worst['example']:.1f}, bars {worst['bars']:.1f} ms"
    yield at_most(f"{name}: frame / example", medians["ours"], medians["example"], 0.10, note=note)
    yield at_most(f"{name}: frame / BarGraphItems", medians["ours"], medians["bars"], 0.25)
    yield at_most(f"{name}: p99 / p99 of BarGraphItems", worst["ours"], worst["bars"], 0.40)
    yield below(f"{name}: our frame", medians["ours"], FRAME_MS)
