"""What a login needs, from a profile and its secret; never printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workstation.domain.connection import ConnectionProfile
from workstation.venues.base import NotAuthorised
from workstation.venues.xapi.messages import Login

APP_NAME = "Workstation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One login."""

    user_id: str
    login: Login = field(repr=False)
    stream_url: str

    @classmethod
    def from_profile(cls, profile: ConnectionProfile, secrets: Mapping[str, str]) -> "Credentials":
        """Put the credentials of `profile` together.

        Raises:
            NotAuthorised: the password or a login field is missing; the text names it.
        """
        given = {**profile.settings, "password": secrets.get("password", "")}
        missing = [name for name in ("user_id", "stream_url", "password") if not given.get(name)]
        if missing:
            raise NotAuthorised(
                f"{profile.name}: {', '.join(missing)} not given, so nothing was sent. Open the connection and add it."
            )
        login = Login(user_id=given["user_id"], password=given["password"], app_name=APP_NAME)
        return cls(user_id=given["user_id"], login=login, stream_url=given["stream_url"])
