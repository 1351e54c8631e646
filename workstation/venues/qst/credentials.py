"""What the two logins of QST need, from a profile and its secrets; never printed.

How the vendor hashes passwords is not published (QST spec 7.1), so the hash is a function that can be replaced; by
default the secret is what the vendor handed out and goes on the wire as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.venues.base import NotAuthorised
from workstation.venues.qst.messages import LoginRequest, OELoginRequest, Provider

PasswordHash = Callable[[str], str]

SECRET_NAMES = ("password", "passwordHash")
_NEEDED = ("username", "firmId", "clientUniqueId", "oe_username")
_NO_ADDRESS = "0.0.0.0"  # the vendor's default for a client that does not tell its address (3.1)


def given_as_is(secret: str) -> str:
    """Return the secret unchanged: it is already what the vendor expects."""
    return secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Both logins. `live_trading` is true for a LIVE profile and nothing else (QST spec 3.6)."""

    login: LoginRequest = field(repr=False)
    order_entry: OELoginRequest = field(repr=False)
    live_trading: bool
    currency: str

    @classmethod
    def from_profile(
        cls, profile: ConnectionProfile, secrets: Mapping[str, str], password_hash: PasswordHash = given_as_is
    ) -> "Credentials":
        """Put the credentials of `profile` together.

        Raises:
            NotAuthorised: a secret or a login field is missing; the text names it.
        """
        missing = [name for name in _NEEDED if not profile.settings.get(name)]
        missing += [name for name in SECRET_NAMES if not secrets.get(name)]
        if missing:
            raise NotAuthorised(
                f"{profile.name}: {', '.join(missing)} not given, so nothing was sent. Open the connection and add it."
            )
        settings = profile.settings
        return cls(
            login=LoginRequest(
                username=settings["username"],
                password=password_hash(secrets["password"]),
                firm_id=settings["firmId"],
                mobile_type=settings.get("mobileType") or "NEWLITE",
                local_ip=_NO_ADDRESS,
                client_version=settings.get("clientVersion") or "1.0.0",
                client_unique_id=settings["clientUniqueId"],
            ),
            order_entry=OELoginRequest(
                username=settings["oe_username"],
                password_hash=password_hash(secrets["passwordHash"]),
                order_entry_provider=settings.get("order_entry_provider") or Provider.QOR.value,
            ),
            live_trading=profile.environment is Environment.LIVE,
            currency=settings.get("currency") or "USD",
        )
