"""Where one profile keeps what outlives a run.

A profile is one folder, so that it can be backed up, moved or thrown away whole, and so that ``--profile DIR`` and the
demo's throw-away profile need no rule of their own.
"""

from dataclasses import dataclass
from pathlib import Path

import platformdirs


class ProfileUnusable(Exception):
    """The profile folder cannot be used; the text says what to do."""


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """The files of the profile in folder `root`; none of them need exist."""

    root: Path

    @classmethod
    def default(cls) -> "ProfilePaths":
        """Return the profile that is used when none is named, in the system's own place for a program's data."""
        return cls(platformdirs.user_data_path("Workstation", appauthor=False))

    @property
    def journal(self) -> Path:
        """The append-only record of all that was sent and seen."""
        return self.root / "journal.sqlite"

    @property
    def settings(self) -> Path:
        """Everything the trader chose, without secrets."""
        return self.root / "settings.json"

    @property
    def workspaces(self) -> Path:
        """Named layouts of the window."""
        return self.root / "workspaces.json"

    @property
    def vault(self) -> Path:
        """The encrypted secrets."""
        return self.root / "vault.bin"

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """Held while a window uses this profile, so that it is opened only once."""
        return self.root / "profile.lock"

    def create(self) -> None:
        """Make the folders, readable by their owner only.

        Raises:
            ProfileUnusable: the folder cannot be made.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.logs.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise ProfileUnusable(
                f"{self.root} cannot be used as a profile ({error.strerror}). Choose another folder with --profile."
            ) from error
