"""What Qt's shortcuts cannot do: dead keys in text fields, keys that work through a modal dialog, keys that are held.

The guard watches the one widget that has the focus. A filter on the whole application would see every paint and every
timer of the program and slow them all down.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from workstation.widgets.key_actions import KeyAction, KeyScope
from workstation.widgets.keys import KeyTable

_COMES_BACK_MS = 50
"""Some X servers repeat a held key as a release and a press that follows at once, unmarked: no such release counts."""


class KeyGuard(QObject):
    """Follows the focus of the application and rules its keys."""

    hold_began = Signal(str)
    """Id of an action whose key went down; it acts when the key is still down after its time."""
    hold_ended = Signal(str)
    """The key came up, or the focus went, too early."""
    held = Signal(str)
    """The key was held long enough."""

    def __init__(self, keys: KeyTable, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._watched: QWidget | None = None
        self._holding: KeyAction | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._hold_done)
        self._release = QTimer(self, singleShot=True, interval=_COMES_BACK_MS)
        self._release.timeout.connect(self._abandon)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at the keys of the widget in focus."""
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if kind is QEvent.Type.KeyRelease:
            return self._released(event)
        action = self._keys.owner_of(QKeySequence(_combination(event)))
        if action is None:
            return False
        if kind is QEvent.Type.ShortcutOverride:
            return self._override(action, event)
        return self._pressed(action, event)

    def _override(self, action: KeyAction, event: QKeyEvent) -> bool:
        """Keep a trading key in the text field that has the focus, so that its shortcut does not fire."""
        if action.scope is KeyScope.TRADING and is_text_field(QApplication.focusWidget()):
            event.accept()
            return True
        return False

    def _pressed(self, action: KeyAction, event: QKeyEvent) -> bool:
        if action.hold_ms:
            passes = action.scope is KeyScope.EVERYWHERE or not in_dialog()
            if self._release.isActive() and action is self._holding:
                self._release.stop()
            elif passes and not event.isAutoRepeat():
                self._begin(action)
            return True
        if action.scope is KeyScope.EVERYWHERE and QApplication.activeModalWidget() is not None:
            if not event.isAutoRepeat():
                for bound in self._keys.attached(action.action_id):
                    bound.trigger()
            return True
        return False

    def _released(self, event: QKeyEvent) -> bool:
        if self._holding is not None and not event.isAutoRepeat():
            self._release.start()
            return True
        return False

    def _begin(self, action: KeyAction) -> None:
        self._holding = action
        self._timer.start(action.hold_ms)
        self.hold_began.emit(action.action_id)

    def _abandon(self) -> None:
        action, self._holding = self._holding, None
        self._timer.stop()
        self._release.stop()
        if action is not None:
            self.hold_ended.emit(action.action_id)

    def _hold_done(self) -> None:
        if self._release.isActive():  # it came up just before its time: only if it comes back was it held
            self._timer.start(_COMES_BACK_MS)
            return
        action, self._holding = self._holding, None
        if action is not None:
            self.held.emit(action.action_id)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        self._abandon()
        if self._watched is not None and isValid(self._watched):  # a closed dialog takes its focus widget along
            self._watched.removeEventFilter(self)
        self._watched = now
        if now is not None:
            now.installEventFilter(self)


def in_dialog() -> bool:
    """Say whether a dialog has the trader's hands, modal or not."""
    return QApplication.activeModalWidget() is not None or isinstance(QApplication.activeWindow(), QDialog)


def is_text_field(widget: QWidget | None) -> bool:
    """Say whether keys typed into `widget` are text."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def _combination(event: QKeyEvent) -> QKeyCombination:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeyCombination(modifiers, Qt.Key(event.key()))
