"""A row of words, each with a count, of which one is chosen: what a table shows, and how much else it could show."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role


class FilterChips(FlowRow):
    """One chip per (key, word); exactly one is chosen. Tab enters the row once, the arrow keys move in it."""

    chosen = Signal(str)
    """The key of the chip that the trader, or the program, chose."""

    def __init__(
        self, chips: Sequence[tuple[str, str]], name: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, spacing=3)
        self._theme = theme
        self.setAccessibleName(name)
        self._words = dict(chips)
        self._counts: dict[str, int] = {}
        self._urgent: set[str] = set()
        self._fleeting: set[str] = set()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        for key, word in chips:
            self._add_chip(key, word)
        self._buttons[chips[0][0]].setChecked(True)
        self._group.buttonToggled.connect(self._announce)
        theme.changed.connect(self._dress)
        self._dress()

    def choice(self) -> str:
        """Return the key of the chosen chip."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose `key`; an unknown one (from an older settings file) is ignored."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        """Return the chip of `key`."""
        return self._buttons[key]

    def mark_urgent(self, key: str) -> None:
        """Let the chip of `key` stand out while its count is not zero."""
        self._urgent.add(key)

    def mark_fleeting(self, key: str) -> None:
        """Show the chip of `key` only while its count is not zero or it is chosen."""
        self._fleeting.add(key)
        self._show_fleeting()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each chip stands for; only what changed is touched."""
        for key, count in counts.items():
            if key in self._buttons and self._counts.get(key) != count:
                self._counts[key] = count
                self._show_count(key, count)
        self._show_fleeting()

    def _show_fleeting(self) -> None:
        for key in self._fleeting:
            button = self._buttons[key]
            wanted = button.isChecked() or bool(self._counts.get(key))
            if button.isHidden() is wanted:
                button.setVisible(wanted)

    def _add_chip(self, key: str, word: str) -> None:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setText(word)
        button.setToolTip(f"Show {word}")
        button.setAccessibleName(word)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button)
        self._buttons[key] = button
        self.add(button)

    def _show_count(self, key: str, count: int) -> None:
        button = self._buttons[key]
        button.setText(f"{self._words[key]} {count:,}")
        button.setAccessibleName(f"{self._words[key]}, {count:,} rows")
        urgent = key in self._urgent and count > 0
        if button.property("urgent") != urgent:
            button.setProperty("urgent", urgent)
            button.style().unpolish(button)
            button.style().polish(button)

    def _dress(self) -> None:
        """Take colours and sizes from the theme."""
        colours, px = self._theme.colours, self._theme.px
        self._theme.wear(
            self,
            f"QToolButton {{ border: 1px solid {colours.name(Role.BORDER)}; border-radius: {px(9)}px;"
            f" padding: {px(1)}px {px(7)}px; background: transparent; color: {colours.name(Role.TEXT_MUTED)}; }}"
            f"QToolButton:hover {{ background: {colours.name(Role.HOVER)}; }}"
            f"QToolButton:focus {{ border-color: {colours.name(Role.ACCENT)}; }}"
            f"QToolButton:checked {{ background: {colours.name(Role.SELECTION)};"
            f" color: {colours.name(Role.SELECTION_TEXT)}; border-color: {colours.name(Role.BORDER_STRONG)}; }}"
            f'QToolButton[urgent="true"] {{ background: {colours.name(Role.IN_DOUBT)};'
            f" color: {colours.name(Role.ON_FILL)}; border-color: {colours.name(Role.IN_DOUBT)}; }}",
        )

    def _announce(self, button: QToolButton, checked: bool) -> None:
        self._show_fleeting()
        if checked:
            self.chosen.emit(next(key for key, chip in self._buttons.items() if chip is button))
