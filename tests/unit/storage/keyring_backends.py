"""Keychains as they are found in the field: one that works, and three that do not."""

import threading

from keyring.backend import KeyringBackend
from keyring.errors import InitError


class WorkingKeyring(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class DismissedKeyring(WorkingKeyring):
    """A service whose prompt was dismissed."""

    def get_password(self, service: str, username: str) -> str | None:
        raise InitError("Prompt dismissed")


class AbsentKeyring(WorkingKeyring):
    """What keyring gives where there is none."""

    priority = 0  # type: ignore[assignment]


class ForgetfulKeyring(WorkingKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class HangingKeyring(WorkingKeyring):
    """A prompt that nobody answers."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(60)
        return None
