"""Finds words that their widget has no room for, by font metrics, in a whole tree of widgets that is shown."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

_SLACK_PX = 1
"""Rounding of fractional advances."""


def clipped(root: QWidget) -> list[str]:
    """Return a line for each visible label, button, check box, list box and field whose words are cut."""
    return [line for widget in root.findChildren(QWidget) if widget.isVisible() for line in _faults(widget, root)]


def nameless(root: QWidget) -> list[str]:
    """Return the controls that a screen reader could not name."""
    found = []
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView):
        for widget in root.findChildren(kind):
            inner = isinstance(widget.parentWidget(), QComboBox | QAbstractScrollArea | QLineEdit)
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if widget.isVisible() and not inner and not widget.accessibleName() and not text:
                found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def _faults(widget: QWidget, root: QWidget) -> Iterator[str]:
    words = _words(widget)
    if not words:
        return
    needed = _needed_width(widget, words)
    if needed > widget.width() + _SLACK_PX:
        yield f"{_name(widget)} {words!r}: {widget.width()} px wide, needs {needed}"
    line = widget.fontMetrics().height()
    height = widget.heightForWidth(widget.width()) if _wraps(widget) else line
    if height > widget.height() + _SLACK_PX:
        yield f"{_name(widget)} {words!r}: {widget.height()} px high, needs {height}"
    if not _in_scroll_area(widget, root):
        outside = widget.rect().size() - _shown_part(widget, root).size()
        if outside.width() > _SLACK_PX or outside.height() > _SLACK_PX:
            yield f"{_name(widget)} {words!r}: {outside.width()} x {outside.height()} px are cut off by what holds it"


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def _needed_width(widget: QWidget, words: str) -> int:
    plain = words.replace("&&", "\0").replace("&", "").replace("\0", "&")
    pieces = plain.split() if _wraps(widget) else plain.splitlines()
    width = max((widget.fontMetrics().horizontalAdvance(piece) for piece in pieces), default=0)
    if isinstance(widget, QCheckBox | QRadioButton | QComboBox):
        width += widget.fontMetrics().height() // 2  # the box or the arrow beside the words
    return width


def _shown_part(widget: QWidget, root: QWidget) -> QRect:
    """Return the part of `widget` that none of its parents up to `root` cuts off, in its own coordinates."""
    shown = widget.rect()
    parent = widget.parentWidget()
    while parent is not None and not widget.isWindow():
        offset = widget.mapTo(parent, widget.rect().topLeft())
        shown = shown.intersected(parent.rect().translated(-offset))
        if parent is root or parent.isWindow():
            break
        parent = parent.parentWidget()
    return shown


def _in_scroll_area(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()
