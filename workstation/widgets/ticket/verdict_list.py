"""The one place that says why an order cannot be sent: hard findings first, then soft ones, at most five lines.

Hard and soft differ by shape and word, not by colour alone. Each soft finding has a tick of its own, never set by
default, and there is none for all of them: whatever is waved through is read first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QWidget

from workstation.desk.commands import Finding, Hardness
from workstation.venues.base import Severity
from workstation.widgets.severity_marks import severity_pixmap
from workstation.widgets.theme import Theme

MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line. `finding` is set where the trader may confirm it."""

    severity: Severity
    text: str
    finding: Finding | None = None
    confirmed: bool = False


def verdicts_of(
    faults: Sequence[str], findings: Sequence[Finding], confirmed: frozenset[Finding] = frozenset()
) -> tuple[Verdict, ...]:
    """Return the lines for the fields' own `faults` and the desk's findings, the worst first.

    Confirmed ones come last, so that with many findings the next unconfirmed one moves into sight.
    """
    hard = [Verdict(Severity.ERROR, text) for text in faults]
    hard += [Verdict(Severity.ERROR, _text(f)) for f in findings if f.hardness is Hardness.HARD]
    soft = [f for f in findings if f.hardness is Hardness.SOFT]
    if len(hard) + len(soft) > MOST_LINES:
        soft.sort(key=lambda finding: finding in confirmed)
    return (*hard, *(Verdict(Severity.WARNING, _text(f), f, f in confirmed) for f in soft))


def _text(finding: Finding) -> str:
    return f"{finding.text} {finding.cure}".strip()


class VerdictList(QWidget):
    """Shows verdicts; reports the ticks."""

    confirmed = Signal(object, bool)
    """Finding, and whether its tick is set."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[Verdict, ...], str, bool] | None = None
        self._boxes: list[QCheckBox] = []
        self._rows = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(3))
        self._grid.setColumnStretch(1, 1)

    def show_verdicts(self, verdicts: tuple[Verdict, ...], note: str, *, may_confirm: bool) -> None:
        """Show at most five of `verdicts` and `note` below them; ticks can be set only when `may_confirm`."""
        wanted = (verdicts, note, may_confirm)
        if wanted == self._shown:
            return
        focused = next((row for row, box in enumerate(self._boxes) if box.hasFocus()), None)
        self._shown = wanted
        self._empty()
        for verdict in verdicts[:MOST_LINES]:
            self._add(verdict, may_confirm)
        more = len(verdicts) - MOST_LINES
        for text in (f"and {more} more" if more > 0 else "", note):
            if text:
                self._add_note(text)
        if focused is not None and focused < len(self._boxes):
            self._boxes[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def repaint_marks(self) -> None:
        """Paint the marks in the theme's present colours."""
        if self._shown is not None:
            (verdicts, note, may_confirm), self._shown = self._shown, None
            self.show_verdicts(verdicts, note, may_confirm=may_confirm)

    def boxes(self) -> list[QCheckBox]:
        """Return the ticks of the soft findings, from top to bottom."""
        return list(self._boxes)

    def texts(self) -> list[str]:
        """Return every line as text."""
        return [label.text() for label in self.findChildren(QLabel) if label.property("verdict")]

    def _empty(self) -> None:
        self._boxes.clear()
        self._rows = 0
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _add(self, verdict: Verdict, may_confirm: bool) -> None:
        row = self._take_row()
        mark, text = QLabel(self), _line(verdict.text, self)
        mark.setPixmap(severity_pixmap(verdict.severity, self._theme, self._theme.px(13), self.devicePixelRatioF()))
        hard = verdict.severity is Severity.ERROR
        text.setAccessibleName(f"{'Stops the order' if hard else 'Warning'}: {verdict.text}")
        self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        if verdict.finding is not None and may_confirm:
            self._grid.addWidget(self._box(verdict, verdict.finding), self._take_row(), 1)

    def _box(self, verdict: Verdict, finding: Finding) -> QCheckBox:
        box = QCheckBox("I have read this: send anyway", self)
        box.setChecked(verdict.confirmed)
        box.setAccessibleName(f"Send anyway: {verdict.text}")
        box.toggled.connect(lambda checked, finding=finding: self.confirmed.emit(finding, checked))
        self._boxes.append(box)
        return box

    def _add_note(self, text: str) -> None:
        label = _line(text, self)
        label.setProperty("tone", "muted")
        self._grid.addWidget(label, self._take_row(), 0, 1, 2)

    def _take_row(self) -> int:
        self._rows += 1
        return self._rows - 1


def _line(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("verdict", True)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextFormat(Qt.TextFormat.PlainText)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)  # a new policy forgets what word wrap had set, and lines would be cut
    label.setSizePolicy(policy)
    return label
