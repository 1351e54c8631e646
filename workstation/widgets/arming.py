"""Whether one key may send: off at every start, on for five minutes by a held key, off again by almost anything.

It ends with its time, when nobody touches the window for a while, when sending is locked or killed, when the ticket
turns to another account, and at the trader's wish. It is kept nowhere, so no start of the program is ever armed.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workstation.desk.messages import DeskState
from workstation.domain.identity import AccountKey
from workstation.runtime.clock import Clock
from workstation.services.subjects import Services

ARMED_S = 300
IDLE_S = 120
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Arming(QObject):
    """The arm switch of one window, for one account at a time."""

    changed = Signal()
    """Armed, disarmed, or a second has passed."""
    disarmed = Signal(str)
    """Why it ended."""

    def __init__(self, services: Services, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._clock = clock
        self._window = window
        self._watched: QObject | None = None
        self._until_s = self._touched_s = 0.0
        self.account: AccountKey | None = None
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.look)
        services.connections.desk_state_changed.connect(self._desk_state_changed)
        services.accounts.accounts_removed.connect(self._accounts_removed)

    @property
    def is_armed(self) -> bool:
        """Whether a key may send now; asked at the moment of the key, so that no late timer lets one through."""
        self.look(quiet=True)
        return self.account is not None

    def remaining_s(self) -> int:
        """Return how many seconds are left."""
        return max(0, round(self._until_s - self._clock.monotonic_s())) if self.account is not None else 0

    def why_not(self) -> str:
        """Return what keeps it from being armed; empty when nothing does."""
        state = self._services.connections.desk_state
        if state.killed_since_ns:
            return "Not armed: the kill is active. Release it first."
        if state.locked:
            return "Not armed: sending is locked. F12 unlocks it."
        return f"Not armed: {state.journal_fault}" if state.journal_fault else ""

    def arm(self, account: AccountKey) -> None:
        """Let keys send for `account`, five minutes from now, if nothing is against it."""
        if self.why_not():
            return
        self.account = account
        self._until_s = self._clock.monotonic_s() + ARMED_S
        self._touched_s = self._clock.monotonic_s()
        self._watch()
        self._second.start()
        self.changed.emit()

    def disarm(self, why: str) -> None:
        """End it; `why` is told once."""
        if self.account is None:
            return
        self.account = None
        self._second.stop()
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        self.changed.emit()
        self.disarmed.emit(why)

    def account_chosen(self, account: AccountKey | None) -> None:
        """Take the ticket's account: another one than the armed one ends it."""
        if self.account is not None and account != self.account:
            self.disarm("the ticket turned to another account")

    def look(self, *, quiet: bool = False) -> None:
        """End it when its time is up or nobody is there."""
        now_s = self._clock.monotonic_s()
        if self.account is None:
            return
        if now_s >= self._until_s:
            self.disarm(f"its {ARMED_S // 60} minutes are over")
        elif now_s - self._touched_s >= IDLE_S:
            self.disarm(f"nothing was pressed for {IDLE_S // 60} minutes")
        elif not quiet:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take note that somebody is there."""
        if event.type() in _INPUT:
            self._touched_s = self._clock.monotonic_s()
        return False

    def _watch(self) -> None:
        """Look at what the window system sends to the window: a filter on the application would slow every paint."""
        handle = self._window.windowHandle()
        if handle is not None and self._watched is None:
            handle.installEventFilter(self)
            self._watched = handle

    def _desk_state_changed(self, state: DeskState) -> None:
        if state.killed_since_ns:
            self.disarm("KILL is active")
        elif state.locked:
            self.disarm("sending is locked")
        elif state.journal_fault:
            self.disarm("the journal cannot be written")

    def _accounts_removed(self, keys: list[AccountKey]) -> None:
        if self.account in keys:
            self.disarm("its account is gone")


def left_text(seconds: int) -> str:
    """Return a time that is left, like ``4:05``."""
    return f"{seconds // 60}:{seconds % 60:02}"
