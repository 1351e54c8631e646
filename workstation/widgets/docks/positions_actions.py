"""What can be done to a position: close it, close all of its instrument, turn it over, change its stops.

Each opens a dialog that names account, environment, verb and quantity; nothing is sent without its button. Where the
venue nets positions, closing goes through the ticket as ever, and there is nothing else to offer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from workstation.domain.account import Position
from workstation.item_models.number_text import net_qty_text
from workstation.services.subjects import Services
from workstation.widgets.order_words import OrderWords
from workstation.widgets.position_terms import close_all, reverse_apart
from workstation.widgets.screen import Screen

if TYPE_CHECKING:
    from workstation.widgets.dialogs.dialog import Dialog

ALL_WORDS = (
    "Each position is closed by an order of its own, at market. They are sent together; one that is refused stops no "
    "other. Stops and pending orders are not touched."
)
REVERSE_WORDS = (
    "Two orders, one after the other: the close, then as much on the other side. The second is sent only after the "
    "first has filled. The new position has no stop loss and no take profit."
)


def held_apart(position: Position | None, services: Services) -> bool:
    """Say whether `position` is open at a venue that holds positions apart."""
    if position is None or not position.net_qty or not position.position_id:
        return False
    capabilities = services.connections.capabilities.get(position.key.connection_id)
    return capabilities is not None and capabilities.holds_positions_apart


class PositionActions(QObject):
    """The actions of the positions dock, and the dialogs they open. `current` returns the current row's position."""

    def __init__(self, screen: Screen, current: Callable[[], Position | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._screen, self._current, self._window = screen, current, parent
        self.close = self._action("Close…", "Close this position or part of it", self._open_close)
        self.stops = self._action(
            "Stops…", "Change stop loss, take profit and trailing distance of this position", self._open_stops
        )
        self.reverse = self._action("Reverse…", "Close it and open as much on the other side", self._open_reverse)
        self.close_all = self._action("Close all of it…", "Close every position of this instrument", self._open_all)
        self.refresh()

    def actions(self) -> tuple[QAction, ...]:
        """Return all actions, the safest first."""
        return (self.stops, self.close, self.reverse, self.close_all)

    def refresh(self) -> None:
        """Enable what fits the current position."""
        position = self._current()
        apart = held_apart(position, self._screen.services)
        offered = None
        if position is not None:
            offered = self._screen.services.connections.capabilities.get(position.key.connection_id)
        for action in self.actions():
            action.setEnabled(apart)
        self.stops.setEnabled(apart and offered is not None and offered.amends_positions)
        symbol = position.symbol if apart and position is not None else ""
        self.close_all.setText(f"Close all {symbol}…" if symbol else "Close all of it…")

    def _open_close(self, position: Position) -> "Dialog":
        from workstation.widgets.dialogs.close_position import ClosePositionDialog  # noqa: PLC0415 - when it is opened

        return ClosePositionDialog(position, self._screen, self._window)

    def _open_stops(self, position: Position) -> "Dialog":
        from workstation.widgets.dialogs.edit_stops import EditStopsDialog  # noqa: PLC0415 - when it is opened

        return EditStopsDialog(position, self._screen, self._window)

    def _open_reverse(self, position: Position) -> "Dialog":
        from workstation.widgets.dialogs.order_sequence import OrderSequenceDialog  # noqa: PLC0415 - when it is opened

        return OrderSequenceDialog(
            f"Reverse position {position.position_id}",
            f"{position.symbol} {net_qty_text(position.net_qty)} → {net_qty_text(-position.net_qty)}. {REVERSE_WORDS}",
            reverse_apart(position, self._screen.services),
            self._screen,
            in_turn=True,
            parent=self._window,
        )

    def _open_all(self, position: Position) -> "Dialog":
        held = self._screen.services.accounts.positions.values()
        name = OrderWords(self._screen.services).alias(position.key)
        from workstation.widgets.dialogs.order_sequence import OrderSequenceDialog  # noqa: PLC0415 - when it is opened

        return OrderSequenceDialog(
            f"Close all {position.symbol} of {name}",
            ALL_WORDS,
            close_all(held, position.key, position.symbol),
            self._screen,
            in_turn=False,
            parent=self._window,
        )

    def _action(self, text: str, tip: str, build: Callable[[Position], "Dialog"]) -> QAction:
        action = QAction(text, self)
        action.setToolTip(tip)
        action.triggered.connect(lambda _checked=False: self._open(build))
        return action

    def _open(self, build: Callable[[Position], "Dialog"]) -> None:
        position = self._current()
        if position is not None and held_apart(position, self._screen.services):
            build(position).open()
