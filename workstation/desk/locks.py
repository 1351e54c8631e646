"""Lock, kill and the journal's fault: what holds for everything that could be sent.

A lock stops new orders and changes; a kill does too, and cancels what works. Neither stops a cancel. Both last until
they are released in this run; the kill's release must be typed.
"""

from collections.abc import Callable
from dataclasses import replace

from workstation.desk.activity import ActivityLog
from workstation.desk.messages import ActivityKind, DeskState, EngineMessage
from workstation.runtime.clock import Clock
from workstation.venues.base import Severity

RELEASE_WORD = "RELEASE"


class Locks:
    """Holds and publishes :class:`DeskState`."""

    def __init__(self, publish: Callable[[EngineMessage], None], activity: ActivityLog, clock: Clock) -> None:
        self._publish = publish
        self._activity = activity
        self._clock = clock
        self._state = DeskState()

    @property
    def state(self) -> DeskState:
        """What holds now."""
        return self._state

    def announce(self) -> None:
        """Publish what holds now."""
        self._publish(self._state)

    def lock(self, *, locked: bool) -> None:
        """Lock or unlock trading."""
        if locked is self._state.locked:
            return
        self._change(replace(self._state, locked=locked))
        text = "Trading is locked. Cancels still pass." if locked else "Trading is unlocked."
        self._activity.say(text, Severity.WARNING, ActivityKind.RULES)

    def kill(self) -> None:
        """Block every send until the kill is released."""
        if not self._state.killed_since_ns:
            self._change(replace(self._state, killed_since_ns=self._clock.now_ns()))
            self._activity.say(
                "KILL: nothing but cancels is sent until it is released.", Severity.ERROR, ActivityKind.RULES
            )

    def release(self, typed: str) -> bool:
        """End the kill if the word was typed; say whether it was."""
        if typed != RELEASE_WORD:
            return False
        if self._state.killed_since_ns:
            self._change(replace(self._state, killed_since_ns=0))
            self._activity.say("The kill was released.", Severity.WARNING, ActivityKind.RULES)
        return True

    def journal_fault(self, fault: str) -> None:
        """Take what the journal says of itself."""
        if fault == self._state.journal_fault:
            return
        self._change(replace(self._state, journal_fault=fault))
        if fault:
            self._activity.say(fault, Severity.ERROR, ActivityKind.SYSTEM)
        else:
            self._activity.say("The journal can be written again.", Severity.SUCCESS, ActivityKind.SYSTEM)

    def _change(self, state: DeskState) -> None:
        self._state = state
        self._publish(state)
