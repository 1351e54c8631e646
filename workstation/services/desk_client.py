"""How the screen asks: one awaitable call per command.

Widgets know only this protocol; tests give them a client that answers at once.
"""

from typing import Protocol

from workstation.desk.commands import Answer, Command


class EngineGone(RuntimeError):
    """The engine ended before it answered; a command that could send may or may not have been sent."""


class DeskClient(Protocol):
    """Sends commands to the engine from the screen's thread."""

    async def ask(self, command: Command) -> Answer:
        """Return the engine's answer.

        Raises:
            EngineGone: the engine stopped first.
        """
        ...
