"""A dock's content, built when the dock first comes into sight: a start does not pay for what nobody looks at."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LateContent(QWidget):
    """Stands in a dock's place until it is shown or asked for."""

    built = Signal(QWidget)
    """The content exists now."""

    def __init__(self, build: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._content: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def is_built(self) -> bool:
        """Whether the content exists."""
        return self._content is not None

    def content(self) -> QWidget:
        """Return the content, built if need be."""
        if self._content is None:
            self._content = self._build()
            self._layout.addWidget(self._content)
            self._content.show()
            self.built.emit(self._content)
        return self._content

    def focus_first(self) -> None:
        """Give the focus to where the content wants it."""
        content = self.content()
        focus_first = getattr(content, "focus_first", content.setFocus)
        focus_first()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Build the content the first time."""
        self.content()
        super().showEvent(event)
