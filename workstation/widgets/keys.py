"""Which key does what: defaults, the trader's own choice, and the actions they start.

Auto-repeat is off for every action, so that a key held down does a thing once. A key that another action has is
refused, and so is a bare character: no single letter may do anything, least of all trade.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workstation.widgets.key_actions import ACTIONS, KeyAction, KeyScope
from workstation.widgets.settings_port import Settings

SECTION = "keys"


class KeyRefused(ValueError):
    """A key cannot be given to an action; the text says why."""


class KeyTable(QObject):
    """The keys of all actions; one per run."""

    changed = Signal(str)
    """Id of the action whose key changed."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._keys = {name: _sequences(action.default_keys) for name, action in ACTIONS.items()}
        self._attached: dict[str, list[QAction]] = {}
        self.ignored: list[str] = []
        self._restore(settings.get(SECTION))

    def keys(self, action_id: str) -> list[QKeySequence]:
        """Return the keys of an action, the one that is shown first."""
        return list(self._keys[action_id])

    def label(self, action_id: str) -> str:
        """Return the key as this system writes it, or nothing where none is set."""
        keys = self._keys[action_id]
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def attach(self, action_id: str, action: QAction) -> QAction:
        """Give `action` the key of `action_id`, now and after every change; return it.

        Actions with a hold have no shortcut of their own: :class:`KeyGuard` times them.
        """
        described = ACTIONS[action_id]
        action.setAutoRepeat(False)
        if described.scope is KeyScope.EVERYWHERE:
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self._attached.setdefault(action_id, []).append(action)
        action.destroyed.connect(lambda: self._detach(action_id, action))
        self._show_on(action_id, action)
        return action

    def make(self, action_id: str, owner: QWidget, slot: Callable[[], object]) -> QAction:
        """Build an action of `owner` that calls `slot`, with its key working in the owner's window."""
        action = QAction(ACTIONS[action_id].title, owner)
        action.triggered.connect(lambda _checked: slot())
        owner.addAction(action)
        return self.attach(action_id, action)

    def attached(self, action_id: str) -> list[QAction]:
        """Return the actions that an id starts."""
        return list(self._attached.get(action_id, ()))

    def owner_of(self, key: QKeySequence) -> KeyAction | None:
        """Return the action that has `key`, if one has."""
        for name, keys in self._keys.items():
            if any(key == held for held in keys):
                return ACTIONS[name]
        return None

    def rebind(self, action_id: str, key: QKeySequence) -> None:
        """Give an action another key, and keep the choice; an empty key takes it away.

        Raises:
            KeyRefused: another action has the key, or it is a bare character.
        """
        self._refuse_bad(action_id, key)
        self._keys[action_id] = [] if key.isEmpty() else [key]
        self._keep(action_id)

    def restore_default(self, action_id: str) -> None:
        """Give an action its first key again.

        Raises:
            KeyRefused: another action has that key now.
        """
        defaults = _sequences(ACTIONS[action_id].default_keys)
        for key in defaults:
            self._refuse_bad(action_id, key)
        self._keys[action_id] = defaults
        self._keep(action_id)

    def _refuse_bad(self, action_id: str, key: QKeySequence) -> None:
        if key.isEmpty():
            return
        written = key.toString(QKeySequence.SequenceFormat.NativeText)
        holder = self.owner_of(key)
        if holder is not None and holder.action_id != action_id:
            raise KeyRefused(f"{written} already does “{holder.title}”. Choose another key, or free it there first.")
        if key.count() > 1:
            raise KeyRefused("One key press only: a sequence of presses is too slow when it matters.")
        if _is_bare(key):
            raise KeyRefused(f"{written} alone would act while you type. Add Ctrl or Alt, or take a function key.")

    def _restore(self, kept: Mapping[str, object]) -> None:
        """Take the choices of last time together, so that two actions may have each other's default."""
        wanted = {name: key for name, written in kept.items() if (key := _readable(name, written)) is not None}
        self.ignored = [name for name in kept if name not in wanted]
        self._keys.update((name, []) for name in wanted)
        for name, key in wanted.items():
            try:
                self._refuse_bad(name, key)
            except KeyRefused:
                self.ignored.append(name)
            else:
                self._keys[name] = [] if key.isEmpty() else [key]
        for name in self.ignored:
            if name in wanted:
                self._keys[name] = [key for key in _sequences(ACTIONS[name].default_keys) if self.owner_of(key) is None]

    def _keep(self, action_id: str) -> None:
        own: dict[str, object] = {}
        for name, keys in self._keys.items():
            if keys != _sequences(ACTIONS[name].default_keys):
                own[name] = keys[0].toString(QKeySequence.SequenceFormat.PortableText) if keys else ""
        for action in self._attached.get(action_id, ()):
            self._show_on(action_id, action)
        self.changed.emit(action_id)
        self._settings.put(SECTION, own)

    def _show_on(self, action_id: str, action: QAction) -> None:
        if not ACTIONS[action_id].hold_ms:
            action.setShortcuts(self._keys[action_id])

    def _detach(self, action_id: str, action: QAction) -> None:
        self._attached[action_id] = [held for held in self._attached[action_id] if held is not action]


def _sequences(keys: tuple[str, ...]) -> list[QKeySequence]:
    return [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in keys]


def _readable(name: str, written: object) -> QKeySequence | None:
    """Return the key that was kept for an action; None where this version has no such action or key."""
    if name not in ACTIONS or not isinstance(written, str):
        return None
    key = QKeySequence(written, QKeySequence.SequenceFormat.PortableText)
    if key.isEmpty():
        return None if written else key
    return None if _first_press(key).key() is Qt.Key.Key_unknown else key


def _first_press(key: QKeySequence) -> QKeyCombination:
    pressed: QKeyCombination = key[0]  # type: ignore[index]  # the stubs lack what the class can do
    return pressed


def _is_bare(key: QKeySequence) -> bool:
    """Say whether `key` is one that types, moves or confirms: no text field or table could be used any more."""
    pressed = _first_press(key)
    if pressed.keyboardModifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return False
    return pressed.key() < Qt.Key.Key_Escape or pressed.key() in _RESERVED


_RESERVED = frozenset(
    {
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
"""They move, confirm or go back in every field; Enter above all must never send."""
