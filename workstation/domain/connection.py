"""What a trader configures once per connection, and the wall between LIVE and the simulator.

A SIMULATED profile cannot hold an outside address, and no profile may use an unencrypted outside one:
both are refused when the value is built, so no later code can get it wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit

from workstation.domain.identity import ConnectionID


class Environment(Enum):
    """Whose money it is. Shown as a word and as a frame wherever an order can be sent."""

    LIVE = "LIVE"
    DEMO = "DEMO"
    SIMULATED = "SIMULATED"


class InvalidProfile(ValueError):
    """A connection profile that must not exist; the text says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionProfile:
    """One connection, without its secrets.

    `settings` are the venue's own login fields that are not secret (user name, firm, ...); `secret_names`
    are the fields kept in the keychain or the vault. A setting whose name ends in ``_url`` is a second address of
    the venue and obeys the same wall as `url`.
    """

    connection_id: ConnectionID
    venue: str
    name: str
    environment: Environment
    url: str
    settings: Mapping[str, str] = field(default_factory=dict)
    secret_names: tuple[str, ...] = ()
    connect_at_start: bool = True

    def __post_init__(self) -> None:
        self._require_address(self.url)
        for name, value in self.settings.items():
            if name.endswith("_url") and value:
                self._require_address(value)

    def _require_address(self, url: str) -> None:
        """Hold one address against the environment; a venue's second address is no way around the wall."""
        parts = urlsplit(url)
        if not parts.scheme or not parts.hostname:
            raise InvalidProfile(f"{self.name}: {url!r} is not an address. Write it like wss://host:port/path.")
        loopback = is_loopback(parts.hostname)
        if self.environment is Environment.SIMULATED and not loopback:
            raise InvalidProfile(
                f"{self.name}: a simulated connection must stay on this computer, not {parts.hostname}."
            )
        if self.environment is Environment.LIVE and loopback:
            raise InvalidProfile(f"{self.name}: a LIVE connection cannot point at this computer.")
        if not loopback and parts.scheme not in ("wss", "https", "tls"):
            raise InvalidProfile(
                f"{self.name}: {parts.scheme} is not encrypted. Use wss, https or tls for {parts.hostname}."
            )


def is_loopback(host: str) -> bool:
    """Say whether `host` can only be this computer; a name other than ``localhost`` is taken as outside."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
