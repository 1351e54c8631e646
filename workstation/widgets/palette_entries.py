"""What Ctrl+K finds: the window's actions, the symbols of all connections, the accounts. None of them sends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from workstation.domain.identity import AccountKey, ConnectionID
from workstation.item_models.words import word
from workstation.widgets.command_palette import PaletteEntry
from workstation.widgets.key_actions import ACTIONS, BUY_AT_ASK, BUY_AT_BID, CANCEL_SELECTED, FIND, FLATTEN, REVIEW
from workstation.widgets.screen import Screen

if TYPE_CHECKING:
    from workstation.widgets.main_window import MainWindow

_LEFT_OUT = {REVIEW, FIND, CANCEL_SELECTED, FLATTEN, BUY_AT_BID, BUY_AT_ASK}
"""They act on what has the focus, which is the palette itself while it is open, or send at once."""


def palette_entries(window: "MainWindow") -> list[PaletteEntry]:
    """Return everything that can be found now."""
    screen = window.screen_
    return [
        *_actions(screen),
        *_accounts(screen, window.choose_account),
        *_symbols(screen, window.choose_symbol),
    ]


def _actions(screen: Screen) -> list[PaletteEntry]:
    found = []
    for action_id, described in ACTIONS.items():
        bound = screen.keys.attached(action_id)
        if bound and action_id not in _LEFT_OUT and not described.hold_ms:
            found.append(PaletteEntry(title=described.title, hint=screen.keys.label(action_id), run=_trigger(bound[0])))
    return found


def _trigger(action: QAction) -> Callable[[], object]:
    return action.trigger


def _accounts(screen: Screen, choose: Callable[[AccountKey], None]) -> list[PaletteEntry]:
    return [
        PaletteEntry(
            title=account.alias or account.name,
            hint=f"account, {word(account.environment)}",
            run=lambda key=account.key: choose(key),  # type: ignore[misc]  # a default binds the key
        )
        for account in screen.services.accounts.accounts.values()
    ]


def _symbols(screen: Screen, choose: Callable[[ConnectionID, str], None]) -> list[PaletteEntry]:
    connections = screen.services.connections
    return [
        PaletteEntry(
            title=instrument.symbol,
            hint=f"{instrument.description}, {connections.profiles[connection_id].name}",
            run=lambda where=connection_id, symbol=instrument.symbol: choose(where, symbol),  # type: ignore[misc]
        )
        for connection_id, known in connections.instruments.items()
        if connection_id in connections.profiles
        for instrument in known.values()
    ]
