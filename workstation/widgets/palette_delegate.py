"""Paints one found entry: its title at the left, its hint muted at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

HINT_ROLE = Qt.ItemDataRole.UserRole


class PaletteDelegate(QStyledItemDelegate):
    """Two texts in one line; the hint gives way to the title."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint title and hint."""
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, self._theme.colour(Role.SELECTION))
        inner = area.adjusted(self._theme.px(8), 0, -self._theme.px(8), 0)
        title, hint = str(index.data()), str(index.data(HINT_ROLE))
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.colour(Role.SELECTION_TEXT if chosen else Role.TEXT))
        used = metrics.horizontalAdvance(title) + self._theme.px(16)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle, metrics.elidedText(title, Qt.TextElideMode.ElideRight, inner.width()))
        painter.setPen(self._theme.colour(Role.SELECTION_TEXT if chosen else Role.TEXT_MUTED))
        shown = metrics.elidedText(hint, Qt.TextElideMode.ElideRight, max(0, inner.width() - used))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return a row's height; the width is the view's."""
        return QSize(0, self._theme.px(26))
