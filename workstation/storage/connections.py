"""The configured connections, in the settings section ``connections``; their secrets are kept elsewhere.

An entry that cannot be read is skipped and named, so that one bad entry never hides the other brokers; it stays in the
file untouched until it is replaced or removed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workstation.domain.connection import ConnectionProfile, Environment, InvalidProfile
from workstation.domain.identity import ConnectionID

_SECTION = "connections"
_LIST = "profiles"


class SettingsSections(Protocol):
    """The part of :class:`workstation.storage.settings.SettingsStore` that is used here."""

    def get(self, section: str) -> dict[str, object]:
        """Return a copy of a section; an unknown one is empty."""
        ...

    def put(self, section: str, value: Mapping[str, object]) -> None:
        """Replace a section; raises SettingsUnwritable."""
        ...


@dataclass(frozen=True, slots=True)
class LoadedConnections:
    """The profiles that could be read, in their order, and a sentence for each entry that could not."""

    profiles: tuple[ConnectionProfile, ...]
    faults: tuple[str, ...] = ()


def load_connections(settings: SettingsSections) -> LoadedConnections:
    """Return the configured connections."""
    profiles: dict[ConnectionID, ConnectionProfile] = {}
    faults = []
    for number, entry in enumerate(_entries(settings), 1):
        try:
            profile = profile_of(entry)
            if profile.connection_id in profiles:
                raise InvalidProfile(f"{profile.name}: there are two connections {profile.connection_id!r}.")
        except InvalidProfile as error:
            faults.append(f"Connection {number} in the settings was skipped. {error} Edit it or remove it.")
        else:
            profiles[profile.connection_id] = profile
    return LoadedConnections(tuple(profiles.values()), tuple(faults))


def save_connections(settings: SettingsSections, profiles: Sequence[ConnectionProfile]) -> None:
    """Make `profiles` the configured connections; entries that cannot be read are kept behind them.

    Raises:
        SettingsUnwritable: they hold for this run only.
        InvalidProfile: a secret stands among the settings of a profile, where it would be written in plain text.
    """
    named = {profile.connection_id for profile in profiles}
    unread = [entry for entry in _entries(settings) if not _readable(entry) and _id_of(entry) not in named]
    settings.put(_SECTION, {_LIST: [*map(profile_body, profiles), *unread]})


def profile_body(profile: ConnectionProfile) -> dict[str, object]:
    """Return `profile` as JSON values.

    Raises:
        InvalidProfile: a secret stands among its settings.
    """
    leaked = sorted(set(profile.settings) & set(profile.secret_names))
    if leaked:
        raise InvalidProfile(f"{profile.name}: {', '.join(leaked)} is a secret and cannot be kept in the settings.")
    return {
        "connection_id": profile.connection_id,
        "venue": profile.venue,
        "name": profile.name,
        "environment": profile.environment.value,
        "url": profile.url,
        "settings": dict(profile.settings),
        "secret_names": list(profile.secret_names),
        "connect_at_start": profile.connect_at_start,
    }


def profile_of(entry: object) -> ConnectionProfile:
    """Read one entry.

    Raises:
        InvalidProfile: it is no connection, or one that must not exist; the text says why.
    """
    if not isinstance(entry, Mapping):
        raise InvalidProfile("It is no connection.")
    settings, secret_names = entry.get("settings", {}), entry.get("secret_names", [])
    if not isinstance(settings, Mapping) or not all(isinstance(value, str) for value in settings.values()):
        raise InvalidProfile(f"{_name_of(entry)}: its settings are not texts.")
    if not isinstance(secret_names, list) or not all(isinstance(name, str) for name in secret_names):
        raise InvalidProfile(f"{_name_of(entry)}: its secret names are not texts.")
    connect_at_start = entry.get("connect_at_start", True)
    if not isinstance(connect_at_start, bool):
        raise InvalidProfile(f"{_name_of(entry)}: connect_at_start is neither true nor false.")
    try:
        return ConnectionProfile(
            connection_id=ConnectionID(_text(entry, "connection_id")),
            venue=_text(entry, "venue"),
            name=_text(entry, "name"),
            environment=Environment(_text(entry, "environment")),
            url=_text(entry, "url"),
            settings=dict(settings),
            secret_names=tuple(secret_names),
            connect_at_start=connect_at_start,
        )
    except InvalidProfile:
        raise
    except ValueError as error:  # an unknown environment, an address that cannot be split
        raise InvalidProfile(f"{_name_of(entry)}: {error}.") from error


def _entries(settings: SettingsSections) -> list[object]:
    entries = settings.get(_SECTION).get(_LIST, [])
    return entries if isinstance(entries, list) else []


def _readable(entry: object) -> bool:
    try:
        profile_of(entry)
    except InvalidProfile:
        return False
    return True


def _id_of(entry: object) -> object:
    return entry.get("connection_id") if isinstance(entry, Mapping) else None


def _name_of(entry: Mapping[str, object]) -> object:
    return entry.get("name") or entry.get("connection_id") or "It"


def _text(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidProfile(f"{_name_of(entry)}: {name} is missing.")
    return value
