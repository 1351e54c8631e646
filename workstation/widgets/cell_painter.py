"""Paints rows of text: each text is shaped once, each row laid out once, and then only drawn.

The time of a paint goes into calls from Python to Qt, so there is one per cell and few per row: texts are kept as
QStaticText, and the places of a row's texts are computed when the row or the columns change. Numbers of a column stand
with their decimal points under one another: a column remembers the widest part that stood behind a point, and every
number ends so far from the right edge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

from workstation.item_models.columns import Align, Dress, RowLook, Tone
from workstation.widgets.table_colours import TableColours

EDGE_PX = 3
_TEXTS_KEPT = 6_000
_ROWS_KEPT = 400
_UPRIGHT = QTransform()
_BLANKS = str.maketrans("\n\r\t\u2028\u2029", "     ")


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column as it stands in the table: `number` is the model's, `left` counts from the first column."""

    number: int
    left: int
    width: int
    align: Align


@dataclass(frozen=True, slots=True)
class _ShapedText:
    static: QStaticText
    width: float
    tail: float


@dataclass(slots=True)
class LaidRow:
    """A row ready to be drawn; `look` tells whether it still is."""

    look: RowLook
    plain: list[tuple[QPointF, QStaticText]] = field(default_factory=list)
    toned: list[tuple[Tone, QPointF, QStaticText]] = field(default_factory=list)
    strikes: list[QLineF] = field(default_factory=list)


class CellPainter:
    """Lays out and draws rows for one table, in one font and one set of colours."""

    def __init__(self, font: QFont, colours: TableColours) -> None:
        self.colours = colours
        self._fonts = (QFont(font), QFont(font))
        self._fonts[1].setWeight(QFont.Weight.DemiBold)
        self._metrics = tuple(QFontMetricsF(face) for face in self._fonts)
        text_height = ceil(self._metrics[0].height())
        self.row_height = text_height + 2 * max(2, round(text_height * 0.2))
        self._top = (self.row_height - text_height) // 2
        self.margin = max(4, round(self._metrics[0].averageCharWidth() * 0.9))
        self._columns: Sequence[PlacedColumn] = ()
        self._tails: dict[int, float] = {}
        self._texts: dict[tuple[str, bool], _ShapedText] = {}
        self._short: dict[tuple[str, bool, int], str] = {}
        self._rows: dict[int, LaidRow] = {}

    @property
    def character_width(self) -> float:
        """Pixels of an average character, the unit of column widths."""
        return max(1.0, self._metrics[0].averageCharWidth())

    def place(self, columns: Sequence[PlacedColumn]) -> None:
        """Take the columns as they stand now, left to right."""
        if columns != self._columns:
            self._columns = columns
            self._rows.clear()

    def lay_out(self, look: RowLook) -> LaidRow:
        """Return the row ready to be drawn, from the cache while neither it nor the columns changed."""
        row = self._rows.get(id(look))
        if row is not None and row.look is look:
            return row
        if len(self._rows) > _ROWS_KEPT:
            self._rows.clear()
        row = self._lay_out(look)
        self._rows[id(look)] = row
        return row

    def settle_points(self, looks: Sequence[RowLook]) -> None:
        """Make room for the decimals of `looks`, so that the first row's points stand where the last row's do."""
        for look in looks:
            self.lay_out(look)

    def draw(self, painter: QPainter, row: LaidRow, *, selected: bool) -> None:
        """Draw the texts of a row; the painter stands at the row's left top corner."""
        dress = row.look.dress
        draw = painter.drawStaticText
        colours = self.colours
        if dress.strong:
            painter.setFont(self._fonts[1])
        if selected:
            painter.setPen(colours.selection_text)
        elif dress.dim:
            painter.setPen(colours.dim)
        else:
            painter.setPen(colours.text)
        for point, text in row.plain:
            draw(point, text)
        if row.strikes:
            painter.drawLines(row.strikes)
        for tone, point, text in row.toned:
            if not selected:
                painter.setPen(colours.tones[tone])
            draw(point, text)
        if dress.strong:
            painter.setFont(self._fonts[0])

    def draw_bars(self, painter: QPainter, dress: Dress) -> None:
        """Draw the shares of a row under its texts; from four fifths on in the colour of a warning."""
        for number, share in dress.bars.items():
            cell = self.cell(number).adjusted(2, 3, -2, -3)
            painter.fillRect(cell, self.colours.line)
            cell.setWidth(round(cell.width() * min(max(share, 0.0), 1.0)))
            painter.fillRect(cell, self.colours.bar if share < 0.8 else self.colours.bar_full)

    def draw_edges(self, painter: QPainter, looks: Sequence[tuple[int, RowLook]], top_px: int, width: int) -> None:
        """Draw the line under each row, and the side's edge on the left, wherever the columns are scrolled."""
        height, line, fill = self.row_height, self.colours.line, painter.fillRect
        for row, _ in looks:
            fill(0, (row + 1) * height - top_px - 1, width, 1, line)
        for tone, first, last in _runs(looks):
            fill(0, first * height - top_px, EDGE_PX, (last - first + 1) * height, self.colours.tones[tone])

    def cell(self, number: int) -> QRect:
        """Return where a column's cell lies within its row; empty if the column is not shown."""
        for column in self._columns:
            if column.number == number:
                return QRect(column.left, 0, column.width, self.row_height)
        return QRect()

    def _lay_out(self, look: RowLook) -> LaidRow:
        row = LaidRow(look)
        tones, strong, texts, struck = look.dress.tones, look.dress.strong, look.texts, look.dress.struck
        for column in self._columns:
            text = texts[column.number]
            if not text:
                continue
            shaped = self._texts.get((text, strong)) or self._shape(text, strong)
            room = column.width - 2 * self.margin
            if shaped.width > room:
                shaped = self._shortened(text, strong, room)
            point = QPointF(column.left + self._offset(column, shaped, room), self._top)
            if column.number in struck:
                middle = self.row_height / 2
                row.strikes.append(QLineF(point.x(), middle, point.x() + shaped.width, middle))
            tone = tones.get(column.number)
            if tone is None:
                row.plain.append((point, shaped.static))
            else:
                row.toned.append((tone, point, shaped.static))
        return row

    def _offset(self, column: PlacedColumn, shaped: _ShapedText, room: float) -> float:
        if column.align is Align.TEXT:
            return self.margin
        if column.align is Align.MARK:
            return max(0.0, (column.width - shaped.width) / 2)
        spare = self.margin + room - shaped.width
        if shaped.tail < 0:
            return spare
        widest = self._tails.get(column.number, 0.0)
        if shaped.tail > widest:
            self._tails[column.number] = widest = shaped.tail
            self._rows.clear()
        return max(float(self.margin), spare - (widest - shaped.tail))

    def _shape(self, text: str, strong: bool) -> _ShapedText:
        if len(self._texts) > _TEXTS_KEPT:
            self._texts.clear()
        metrics = self._metrics[strong]
        static = QStaticText(text if text.isprintable() else text.translate(_BLANKS))
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        static.prepare(_UPRIGHT, self._fonts[strong])
        tail = _behind_point(text)
        shaped = _ShapedText(
            static, static.size().width(), -1.0 if tail is None else metrics.horizontalAdvance(tail) if tail else 0.0
        )
        self._texts[text, strong] = shaped
        return shaped

    def _shortened(self, text: str, strong: bool, room: int) -> _ShapedText:
        shorter = self._short.get((text, strong, room))
        if shorter is None:
            if len(self._short) > _ROWS_KEPT:
                self._short.clear()
            shorter = self._metrics[strong].elidedText(text.translate(_BLANKS), Qt.TextElideMode.ElideRight, room)
            self._short[text, strong, room] = shorter
        return self._texts.get((shorter, strong)) or self._shape(shorter, strong)


def _runs(looks: Sequence[tuple[int, RowLook]]) -> Iterator[tuple[Tone, int, int]]:
    """Return each edge's colour with the first and the last of the rows, one below the other, that have it."""
    tone: Tone | None = None
    first = last = -2
    for row, look in looks:
        if look.dress.edge is tone and row == last + 1:
            last = row
            continue
        if tone is not None:
            yield tone, first, last
        tone, first, last = look.dress.edge, row, row
    if tone is not None:
        yield tone, first, last


def _behind_point(text: str) -> str | None:
    """Return what stands behind the units of a number; None where there are no figures."""
    for point in (".", "^"):
        place = text.find(point)
        if place >= 0:
            return text[place:]
    for place in range(len(text), 0, -1):
        if text[place - 1].isdigit():
            return text[place:]
    return None
