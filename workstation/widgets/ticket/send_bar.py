"""The foot of the ticket: one button that first reviews and then sends, and the progress line that takes its place.

The button cannot be pressed twice by a double click, nor by Enter: only by a single click, by Space when it has the
focus, or through the ticket's own key. Its words say what, how much, which contract and for whom.
"""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.desk.messages import SendStage
from workstation.domain.order_terms import Side
from workstation.widgets.theme import Theme
from workstation.widgets.ticket.sending import STEP_WORDS, STEPS, SentOrder

_PAD = 12


class ActionButton(QPushButton):
    """A button whose words wrap, deaf to double clicks and to Enter."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("ticketAction")
        self.setAutoDefault(False)
        self._words = QLabel(self)
        self._words.setObjectName("ticketActionWords")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_words(self, words: str, side: Side | None, *, enabled: bool) -> None:
        """Say what the button does; `side` fills it in that colour."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setEnabled(enabled)
        name = side.value if side else ""
        ink = "off" if not enabled else "fill" if side else "plain"
        if (self.property("send"), self._words.property("ink")) != (name, ink):
            self.setProperty("send", name)
            self._words.setProperty("ink", ink)  # a style sheet cannot see the state of a parent
            for widget in (self, self._words):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.fit()

    def words(self) -> str:
        """Return what the button says."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the words use the width."""
        super().resizeEvent(event)
        self.fit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Swallow the second press of a double click."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave Enter to the ticket, which never sends on it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """Make the button as high as its words need."""
        pad = self._theme.px(_PAD)
        width = max(1, self.width() - pad)
        height = max(self._words.heightForWidth(width), self._theme.px(20))
        self.setMinimumHeight(height + pad)
        self._words.setGeometry(pad // 2, 0, width, max(self.height(), height + pad))


class SendBar(QWidget):
    """Action button or progress line, with the way back beside it."""

    action_pressed = Signal()
    back_pressed = Signal()
    clear_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = ActionButton(theme, self)
        self.back = _small("Back  Esc", "Go back to editing; nothing is sent")
        self.clear = _small("New order", "Clear the ticket; what was sent stays in the orders")
        self.progress = QLabel(self)
        self.progress.setObjectName("ticketProgress")
        self.progress.setWordWrap(True)
        self.progress.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.progress.setTextFormat(Qt.TextFormat.RichText)
        self.action.clicked.connect(self.action_pressed)
        self.back.clicked.connect(self.back_pressed)
        self.clear.clicked.connect(self.clear_pressed)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(6))
        buttons.addWidget(self.action, 1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.progress)
        column.addLayout(buttons)

    def show_action(self, words: str, side: Side | None, *, enabled: bool, back: bool) -> None:
        """Show the button."""
        self.progress.hide()
        self.action.show()
        self.action.set_words(words, side, enabled=enabled)
        self.back.setText("Back  Esc")
        self.back.setVisible(back)
        self.clear.hide()

    def show_progress(self, title: str, sent: SentOrder | None) -> None:
        """Show how far the order has come, in place of the button."""
        self.action.hide()
        self.progress.setText(f"<b>{escape(title)}</b><br>{_steps(sent)}")
        self.progress.setAccessibleName(f"{title}: {progress_words(sent)}")
        self.progress.show()
        self.back.setText("Keep values  Esc")
        self.back.setVisible(sent is not None)
        self.clear.setVisible(sent is not None)


def progress_words(sent: SentOrder | None) -> str:
    """Return how far an order has come, in one phrase."""
    if sent is None or sent.stage is None:
        return "at the desk" if sent is None else "handed over"
    return STEP_WORDS[sent.stage]


def _steps(sent: SentOrder | None) -> str:
    stage = sent.stage if sent else None
    if stage is SendStage.IN_DOUBT:
        return f"<b>{STEP_WORDS[stage]}</b>"
    reached = STEPS.index(stage) if stage in STEPS else -1
    words = []
    for place, step in enumerate(STEPS):
        name = escape(STEP_WORDS[step])
        words.append(f"✓&nbsp;{name.replace(' ', '&nbsp;')}" if place <= reached else name.replace(" ", "&nbsp;"))
    return " → ".join(words)


def _small(words: str, hint: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setProperty("small", True)
    button.setToolTip(hint)
    button.setAccessibleName(f"{words.partition('  ')[0]}: {hint}")
    return button
