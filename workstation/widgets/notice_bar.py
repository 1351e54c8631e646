"""A line or a few at the edge of a dock: what happened, to what, what it means, and what can be done about it.

It stays until the trader or the cause takes it away, never takes the focus, and says how bad it is by a shape and a
word before any colour.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.severity_marks import SEVERITY_ROLE, severity_icon
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

MARK_PIXELS = 14
NARROW_CHARACTERS = 100


class NoticeBar(QFrame):
    """One message with its buttons; hidden while there is none."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, closable: bool = True, edge: Role | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edge = edge
        self._severity = Severity.INFO
        self.setObjectName("noticeBar")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._mark = QLabel(self)
        self._buttons = FlowRow(self)
        self._made: list[QPushButton] = []
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName("Dismiss this message")
        self._close.setToolTip("Dismiss")
        self._close.clicked.connect(self.hide)
        self._close.setVisible(closable)
        self._lay_out()
        theme.changed.connect(self._dress)
        self.hide()

    def say(
        self, severity: Severity, text: str, buttons: Sequence[tuple[str, Callable[[], object]] | QAction] = ()
    ) -> None:
        """Show `text`; each button is a word with what it does, or an action of the dock."""
        self._severity = severity
        self.set_text(text)
        self._dress()
        self._show_buttons(buttons)
        self.show()

    def set_text(self, text: str) -> None:
        """Change the words of the message that is shown; its buttons stay."""
        self._text.setText(text)
        self.setAccessibleName(f"{word(self._severity)}: {text}")

    def text(self) -> str:
        """Return what is said, or nothing."""
        return "" if self.isHidden() else self._text.text()

    def button(self, name: str) -> QPushButton:
        """Return the button that says `name`.

        Raises:
            LookupError: there is none.
        """
        for button in self._made:
            if button.text() == name:
                return button
        raise LookupError(name)

    def _show_buttons(self, buttons: Sequence[tuple[str, Callable[[], object]] | QAction]) -> None:
        for old in self._made:
            old.deleteLater()
            old.setParent(None)
        self._made = []
        for entry in buttons:
            name, does = (entry.text(), entry.trigger) if isinstance(entry, QAction) else entry
            button = QPushButton(name, self._buttons)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, does=does: does())
            self._buttons.add(button)
            button.show()
            self._made.append(button)
        self._buttons.setVisible(bool(self._made))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the buttons under the words where both side by side would leave the words too little room."""
        narrow = event.size().width() < self.fontMetrics().averageCharWidth() * NARROW_CHARACTERS
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if narrow else right)
        super().resizeEvent(event)

    def _dress(self) -> None:
        """Take colours and sizes from the theme."""
        pixels = self._theme.px(MARK_PIXELS)
        self._mark.setPixmap(severity_icon(self._severity, self._theme, pixels).pixmap(pixels))
        edge = self._theme.colours.name(self._edge or SEVERITY_ROLE[self._severity])
        ground = self._theme.colours.name(Role.RAISED)
        self._theme.wear(
            self,
            f"#noticeBar {{ background: {ground}; border: none; border-left: {self._theme.px(3)}px solid {edge}; }}",
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(6)
        self._body.addWidget(self._text, 1)
        self._body.addWidget(self._buttons)
        row.addLayout(self._body, 1)
        row.addWidget(self._close, alignment=Qt.AlignmentFlag.AlignTop)
