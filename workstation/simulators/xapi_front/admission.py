"""Who may come in: logins with their block after a wrong password, sessions, and connections per address.

An unknown user is EX004, a wrong password BE005. The pair of login and password that failed is then blocked: the same
pair again is EX007 for ten minutes, while another password for the same login is looked at anew.
"""

import secrets
from collections import Counter
from collections.abc import Mapping

from workstation.simulators.otc.refusals import Refused

BLOCKED_S = 600.0


class Admission:
    """The venue's door."""

    def __init__(self, passwords: Mapping[str, str], connections: int) -> None:
        """Let in the users in `passwords`, and so many connections from one address."""
        self._passwords = dict(passwords)
        self._connections = connections
        self._open: Counter[str] = Counter()
        self._blocked_until_s: dict[tuple[str, str], float] = {}
        self._sessions: dict[str, str] = {}
        self.tries = 0
        """How many logins were asked for, granted or not."""

    def enter(self, address: str) -> bool:
        """Count a new connection and say whether it may stay; :meth:`leave` must follow either way."""
        self._open[address] += 1
        return self._open[address] <= self._connections

    def leave(self, address: str) -> None:
        """Count a connection that ended."""
        self._open[address] -= 1

    def log_in(self, user_id: str, password: str, now_s: float) -> str:
        """Return the id of a new session.

        Raises:
            Refused: EX004, BE005 or EX007.
        """
        self.tries += 1
        pair = user_id, password
        if self._blocked_until_s.get(pair, now_s) > now_s:
            raise Refused("EX007")
        wanted = self._passwords.get(user_id)
        if wanted is None or not secrets.compare_digest(wanted.encode(), password.encode()):
            self._blocked_until_s[pair] = now_s + BLOCKED_S
            raise Refused("EX004" if wanted is None else "BE005")
        session_id = secrets.token_hex(16)
        self._sessions[session_id] = user_id
        return session_id

    def end(self, session_id: str) -> None:
        """End a session."""
        self._sessions.pop(session_id, None)

    def user_of(self, session_id: str) -> str:
        """Return whose session it is.

        Raises:
            Refused: BE117, there is no such session (any more).
        """
        user_id = self._sessions.get(session_id)
        if user_id is None:
            raise Refused("BE117")
        return user_id
