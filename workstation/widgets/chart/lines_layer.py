"""Draws the trader's lines with their words: dashed for orders, solid for positions, dotted for what is attached.

Words that would lie on one another are moved apart. Lines above and below what is in sight are counted at the edge, so
that none is forgotten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workstation.item_models.number_text import DOWN, UP, price_text
from workstation.widgets.chart.chart_layer import PAD_PX, ChartLayer
from workstation.widgets.chart.chart_lines import ChartLine, LineKind
from workstation.widgets.theme_colours import Role

_STYLES = {
    LineKind.ORDER: Qt.PenStyle.DashLine,
    LineKind.ASKED: Qt.PenStyle.DashDotDotLine,
    LineKind.POSITION: Qt.PenStyle.SolidLine,
    LineKind.STOP_LOSS: Qt.PenStyle.DotLine,
    LineKind.TAKE_PROFIT: Qt.PenStyle.DotLine,
    LineKind.BID: Qt.PenStyle.SolidLine,
    LineKind.ASK: Qt.PenStyle.SolidLine,
}


@dataclass(frozen=True, slots=True)
class _Placed:
    line: ChartLine
    y: float
    box: QRectF


class LinesLayer(ChartLayer):
    """Draws lines at their exact levels."""

    _own: Sequence[ChartLine] = ()
    _quotes: Sequence[ChartLine] = ()

    def show_own(self, lines: Sequence[ChartLine]) -> None:
        """Draw these orders and positions."""
        self._own = lines
        self.changed()

    def show_quotes(self, lines: Sequence[ChartLine]) -> None:
        """Draw the present prices."""
        self._quotes = lines
        self.changed()

    def lines(self) -> list[ChartLine]:
        """Return all lines, whether in sight or not."""
        return [*self._quotes, *self._own]

    def beyond(self) -> tuple[int, int]:
        """Return how many of the trader's own lines lie above and below what is in sight."""
        levels = [float(line.level) for line in self._own]
        return sum(y > self.place.top for y in levels), sum(y < self.place.bottom for y in levels)

    def paint(self, painter: QPainter) -> None:
        """Draw the lines in sight, present prices first, so that one's own lie on top."""
        if not (self._own or self._quotes):
            return
        tags = self.tag_places()
        self._paint_quotes(painter, tags)
        placed = self._placed()
        for one in placed:
            self._paint_line(painter, one.line, tags)
        for one in placed:
            self.tag(painter, one.box, one.line.label, self._colour(one.line), filled=False)
        self._paint_beyond(painter)

    def tag_places(self) -> dict[Decimal, float]:
        """Return where on the scale the price of each level in sight is written, so that none covers another.

        A level that the trader's line and a present price share has one tag; a crowd of tags is spread downwards, and
        back up from the lower edge.
        """
        levels = sorted({line.level for line in self._seen(self.lines())})
        pixels = [float(round(self.place.pixel_y(float(level)))) for level in levels]
        apart, highest = self.metrics.height() + 3, self.place.area.top()
        for index in reversed(range(len(levels))):
            pixels[index] = max(pixels[index], highest)
            highest = pixels[index] + apart
        lowest = self.whole.bottom()
        for index in range(len(levels)):
            pixels[index] = min(pixels[index], lowest)
            lowest = pixels[index] - apart
        return dict(zip(levels, pixels, strict=True))

    def _seen(self, lines: Sequence[ChartLine]) -> list[ChartLine]:
        """Return those of `lines` that are in sight, from above."""
        seen = [line for line in lines if self.place.bottom <= float(line.level) <= self.place.top]
        return sorted(seen, key=lambda line: line.level, reverse=True)

    def _placed(self) -> list[_Placed]:
        """Give each line in sight a box for its words that no other box covers."""
        seen = self._seen(self._own)
        placed: list[_Placed] = []
        lowest = self.place.area.top()
        for line in seen:
            y = round(self.place.pixel_y(float(line.level)))
            box = self.text_box(QPointF(self.place.area.left() + PAD_PX, 0), line.label)
            box.moveTop(max(y - box.height() / 2, lowest))
            lowest = box.bottom() + 1
            placed.append(_Placed(line, y, box))
        return placed

    def _paint_quotes(self, painter: QPainter, tags: Mapping[Decimal, float]) -> None:
        """Draw bid and ask, each word beside its tag, so that the two never lie on one another."""
        height = self.metrics.height()
        for line in self._seen(self._quotes):
            self._paint_line(painter, line, tags)
            left, right = self.place.area.left(), self.place.area.right() - PAD_PX
            room = QRectF(left, tags[line.level] - height / 2, right - left, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.label)

    def _paint_line(self, painter: QPainter, line: ChartLine, tags: Mapping[Decimal, float]) -> None:
        y, colour = round(self.place.pixel_y(float(line.level))), self._colour(line)
        text = price_text(line.level, self.instrument)
        self.level_tag(painter, tags[line.level], text, colour, filled=not line.is_market)
        painter.setPen(QPen(colour, 1, _STYLES[line.kind]))
        painter.drawLine(QPointF(self.place.area.left(), y), QPointF(self.place.area.right(), y))

    def _paint_beyond(self, painter: QPainter) -> None:
        above, below = self.beyond()
        area = self.place.area
        told = ((above, UP, "above", area.top() + 1), (below, DOWN, "below", area.bottom() - self.metrics.height() - 4))
        for count, mark, where, y in told:
            if count:
                text = f"{mark} {count} of your lines {where}"
                box = self.text_box(QPointF(0, y), text)
                box.moveRight(area.right() - PAD_PX)
                self.tag(painter, box, text, self.theme.colour(Role.BORDER_STRONG), filled=False)

    def _colour(self, line: ChartLine) -> QColor:
        if line.side is None:
            return self.theme.colour(Role.TEXT_MUTED)
        return self.theme.side_colour(line.side)
