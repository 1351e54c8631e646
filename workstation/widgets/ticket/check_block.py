"""The check block: what would be sent, for whom, and what is known of it, before and during the review.

Its frame and its badge say whose money it is: LIVE solid, DEMO double, SIM dashed, always with the word.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workstation.domain.connection import Environment
from workstation.domain.order_terms import Side
from workstation.item_models.words import word
from workstation.widgets.environment import EnvironmentBadge, paint_environment_frame
from workstation.widgets.theme import Theme
from workstation.widgets.ticket.check_view import CheckLine


class CheckBlock(QFrame):
    """Lines of names and facts under a title."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkBlock")
        self.setAccessibleName("Check")
        self._theme = theme
        self._shown: tuple[CheckLine, ...] = ()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._title = QLabel("CHECK", self)
        self._title.setObjectName("checkTitle")
        self._badge = EnvironmentBadge(theme, None, self)
        self._title.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._badge)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(1))
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(5), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._grid)

    def show_environment(self, environment: Environment | None) -> None:
        """Set frame and badge; None while no account is chosen."""
        if environment is not self._badge.environment:
            self._badge.show_environment(environment)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the environment's frame."""
        super().paintEvent(event)
        if self._badge.environment is not None:
            painter = QPainter(self)
            paint_environment_frame(painter, self.rect(), self._badge.environment, self._theme)
            painter.end()

    def show_title(self, title: str, side: Side | None) -> None:
        """Set the headline; `side` colours its edge while the order is under review."""
        self._title.setText(title)
        name = side.value if side else ""
        if self._title.property("side") != name:
            self._title.setProperty("side", name)
            self._title.style().unpolish(self._title)
            self._title.style().polish(self._title)

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show `lines`, touching only what changed."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while len(self._rows) < len(lines):
            self._add_row()
        for row, (name, text) in enumerate(self._rows):
            line = lines[row] if row < len(lines) else None
            name.setVisible(line is not None)
            text.setVisible(line is not None)
            if line is not None:
                _fill(name, text, line)

    def lines(self) -> dict[str, str]:
        """Return what is shown, by name."""
        return {line.name: line.text for line in self._shown}

    def title(self) -> str:
        """Return the headline."""
        return self._title.text()

    def environment_word(self) -> str:
        """Return the word on the badge."""
        return word(self._badge.environment) if self._badge.environment else ""

    def _add_row(self) -> None:
        name, text = QLabel(self), QLabel(self)
        name.setProperty("lineName", True)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        text.setSizePolicy(policy)
        self._grid.addWidget(name, len(self._rows), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, len(self._rows), 1)
        self._rows.append((name, text))


def _fill(name: QLabel, text: QLabel, line: CheckLine) -> None:
    name.setText(line.name)
    text.setText(line.text)
    text.setToolTip(line.hint)
    text.setAccessibleName(f"{line.name}: {line.text}")
    if text.property("tone") != line.tone.value:
        text.setProperty("tone", line.tone.value)
        text.style().unpolish(text)
        text.style().polish(text)
