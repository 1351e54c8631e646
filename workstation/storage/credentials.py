"""The secrets of the connections: in the system's keychain where there is one, else in a vault under a passphrase.

Either way they stand in one encrypted file (:mod:`workstation.storage.vault_file`); the keychain keeps only its key.
Where there is neither, secrets last as long as the program runs. Plain text is never written, and a file that cannot
be opened is never overwritten: it may still be opened tomorrow.

A keychain may prompt and block for ever, and scrypt is slow on purpose, so every such call is made on a worker thread
with a time limit. Nothing here raises at the desk: a connection whose secret is not known is told so by its venue, and
:attr:`CredentialStore.sentence` says why and what to do.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Final, Self, TypeVar

from keyring.backend import KeyringBackend

from workstation.domain.identity import ConnectionID
from workstation.runtime.blocking_calls import BlockingCalls, NoAnswer
from workstation.runtime.paths import ProfilePaths
from workstation.runtime.redaction import Redactor
from workstation.storage.atomic_file import keep_aside, write_atomically
from workstation.storage.keychain import Keychain, KeychainFailed
from workstation.storage.vault_file import (
    SCRYPT_COST,
    LockKind,
    SealedVault,
    Secrets,
    VaultDamaged,
    VaultHeader,
    WrongKey,
    key_of_passphrase,
    new_header,
    read_vault,
    seal,
)

ANSWER_LIMIT_S: Final = 30.0
"""How long a keychain may take: long enough to type a password into its prompt."""

SHORTEST_PASSPHRASE: Final = 8

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class CredentialState(Enum):
    """Where secrets are kept."""

    UNKNOWN = "UNKNOWN"
    """Nobody has asked yet."""
    KEYCHAIN = "KEYCHAIN"
    VAULT_LOCKED = "VAULT_LOCKED"
    VAULT_OPEN = "VAULT_OPEN"
    SESSION_ONLY = "SESSION_ONLY"


class VaultRefused(Exception):
    """The vault was not opened or made; nothing was changed. The text says why and what to do."""


_SENTENCES = {
    CredentialState.UNKNOWN: "The keychain has not been asked yet.",
    CredentialState.KEYCHAIN: "Secrets are kept encrypted; the system's keychain holds the key.",
    CredentialState.VAULT_LOCKED: "The vault of secrets is locked. Enter its passphrase to use the saved secrets.",
    CredentialState.VAULT_OPEN: "Secrets are kept in the encrypted vault, under your passphrase.",
    CredentialState.SESSION_ONLY: "Secrets are kept until the program is closed.",
}
_OFFER = "To keep them longer, choose a passphrase for a vault."


class CredentialStore:
    """Secrets by connection. Lives on one loop; nothing blocks it."""

    def __init__(self, path: Path, keychain: Keychain, redactor: Redactor, limit_s: float, scrypt_cost: int) -> None:
        self._path = path
        self._keychain = keychain
        self._redactor = redactor
        self._limit_s = limit_s
        self._scrypt_cost = scrypt_cost
        self._calls = BlockingCalls("keychain")
        self._guard = asyncio.Lock()
        self._state = CredentialState.UNKNOWN
        self._why = ""
        self._fault = ""
        self._session: Secrets = {}
        self._saved: Secrets = {}
        self._vault: tuple[VaultHeader, bytes] | None = None
        self._sealed: SealedVault | None = None

    @classmethod
    def open(
        cls,
        paths: ProfilePaths,
        keyring_backend: KeyringBackend | None = None,
        *,
        redactor: Redactor | None = None,
        limit_s: float = ANSWER_LIMIT_S,
        scrypt_cost: int = SCRYPT_COST,
    ) -> Self:
        """Return the store of a profile at once; the keychain is first asked by :meth:`prepare` or when needed.

        `keyring_backend` None takes the system's own. Every secret that passes is taught to `redactor`.
        """
        return cls(paths.vault, Keychain(keyring_backend), redactor or Redactor(), limit_s, scrypt_cost)

    def __repr__(self) -> str:
        return f"CredentialStore({self._state.value})"

    @property
    def state(self) -> CredentialState:
        """Where secrets are kept now."""
        return self._state

    @property
    def sentence(self) -> str:
        """The same for the trader, with the reason and what to do."""
        return " ".join(part for part in (self._why, _SENTENCES[self._state], self._fault) if part)

    @property
    def fault(self) -> str:
        """Why the last change is not on the disk, for the trader; empty when it is, or was not meant to be."""
        return self._fault

    def is_remembered(self, connection_id: ConnectionID) -> bool:
        """Say whether the secrets of a connection outlive this run."""
        return connection_id in self._saved and connection_id not in self._session

    async def prepare(self) -> CredentialState:
        """Ask the keychain and read the vault, if that was not done yet; return where secrets are kept."""
        async with self._guard:
            return await self._prepare()

    async def load(self, connection_id: ConnectionID) -> dict[str, str]:
        """Return the secrets of a connection; empty where none are known or the vault is locked."""
        async with self._guard:
            await self._prepare()
            return dict(self._session.get(connection_id) or self._saved.get(connection_id, {}))

    async def save(self, connection_id: ConnectionID, secrets: Mapping[str, str], remember: bool) -> None:
        """Keep `secrets` for this run, and beyond it if `remember` and there is a place; see :attr:`fault`.

        Not remembering also takes out what an earlier save left.
        """
        async with self._guard:
            await self._prepare()
            self._redactor.learn(secrets.values())
            self._session[connection_id] = dict(secrets)
            saved = {key: value for key, value in self._saved.items() if key != connection_id}
            if remember:
                saved[connection_id] = dict(secrets)
            kept = saved == self._saved or await self._keep(saved)
            if kept and remember:
                del self._session[connection_id]

    async def forget(self, connection_id: ConnectionID) -> None:
        """Drop the secrets of a connection, on the disk too where it can be opened; see :attr:`fault`."""
        async with self._guard:
            await self._prepare()
            self._session.pop(connection_id, None)
            saved = {key: value for key, value in self._saved.items() if key != connection_id}
            if saved != self._saved:
                await self._keep(saved)
            elif self._state is CredentialState.VAULT_LOCKED:
                self._fault = "Secrets saved earlier stay in the locked vault."

    async def unlock(self, passphrase: str) -> None:
        """Open the vault with its passphrase.

        Raises:
            VaultRefused: the passphrase is wrong, or there is no locked vault.
        """
        async with self._guard:
            await self._prepare()
            if self._state is not CredentialState.VAULT_LOCKED or self._sealed is None:
                raise VaultRefused("There is no locked vault.")
            sealed = self._sealed
            try:
                key, secrets = await self._call(lambda: _opened(sealed, passphrase))
            except (WrongKey, VaultDamaged, NoAnswer, MemoryError):
                raise VaultRefused(
                    "The vault did not open: the passphrase is wrong, or the file was changed. Nothing was changed now."
                ) from None
            self._use(secrets, (sealed.header, key), CredentialState.VAULT_OPEN)

    async def create_vault(self, passphrase: str) -> None:
        """Make a vault under `passphrase` with all secrets of this run; a file that cannot be opened is kept aside.

        Raises:
            VaultRefused: the passphrase is too short, a vault is locked or in use, or the file cannot be written.
        """
        async with self._guard:
            await self._prepare()
            if len(passphrase) < SHORTEST_PASSPHRASE:
                raise VaultRefused(f"Choose a passphrase of at least {SHORTEST_PASSPHRASE} characters.")
            if self._state is not CredentialState.SESSION_ONLY:
                raise VaultRefused(f"No vault was made: there is a place for secrets already. {self.sentence}")
            header, secrets = new_header(LockKind.PASSPHRASE, self._scrypt_cost), dict(self._session)
            try:
                key = await self._call(lambda: _write_new(self._path, header, passphrase, secrets))
            except (OSError, MemoryError) as error:
                raise VaultRefused(f"The vault could not be made at {self._path}: {_reason(error)}.") from error
            self._session.clear()
            self._use(secrets, (header, key), CredentialState.VAULT_OPEN)

    async def _prepare(self) -> CredentialState:
        if self._state is not CredentialState.UNKNOWN:
            return self._state
        try:
            await self._look()
        except (NoAnswer, KeychainFailed) as error:
            what = "did not answer" if isinstance(error, NoAnswer) else str(error)
            self._fall_back(f"The keychain {what}.")
        except (VaultDamaged, WrongKey):
            self._fall_back(f"The saved secrets in {self._path} cannot be opened: the file or its key was changed.")
        except OSError as error:
            self._fall_back(f"The saved secrets in {self._path} cannot be read: {_reason(error)}.")
        return self._state

    async def _look(self) -> None:
        sealed = await self._call(lambda: _read(self._path))
        self._sealed = sealed
        if sealed is None:
            await self._call(self._keychain.require_usable)
            self._state = CredentialState.KEYCHAIN
        elif sealed.header.lock is LockKind.PASSPHRASE:
            self._state = CredentialState.VAULT_LOCKED
        else:
            key = await self._call(lambda: self._keychain.key(sealed.header.vault_id))
            if key is None:
                raise KeychainFailed("no longer holds the key of the saved secrets")
            self._use(sealed.open(key), (sealed.header, key), CredentialState.KEYCHAIN)

    def _fall_back(self, why: str) -> None:
        kept = "Saved secrets are left as they are. " if self._path.exists() else ""
        self._why = f"{why} {kept}{_OFFER}"
        self._state = CredentialState.SESSION_ONLY
        _log.warning("%s", self._why)

    def _use(self, secrets: Secrets, vault: tuple[VaultHeader, bytes], state: CredentialState) -> None:
        for named in secrets.values():
            self._redactor.learn(named.values())
        self._saved, self._vault, self._state = secrets, vault, state
        self._why = self._fault = ""

    async def _keep(self, saved: Secrets) -> bool:
        """Write `saved` and say whether it is on the disk."""
        if self._state not in (CredentialState.KEYCHAIN, CredentialState.VAULT_OPEN):
            locked = self._state is CredentialState.VAULT_LOCKED
            self._fault = "The last change holds until the program is closed." if locked else ""
            return False
        try:
            self._vault = await self._call(lambda: self._written(saved))
        except (NoAnswer, KeychainFailed) as error:
            what = "did not answer" if isinstance(error, NoAnswer) else str(error)
            self._fault = f"The keychain {what}; the change holds until the program is closed."
            return False
        except OSError as error:
            self._fault = (
                f"Secrets could not be written to {self._path}: {_reason(error)}; the change holds until the program "
                "is closed."
            )
            return False
        self._saved, self._fault = saved, ""
        return True

    def _written(self, saved: Secrets) -> tuple[VaultHeader, bytes]:
        # Runs on the worker thread.
        vault = self._vault
        if vault is None:
            header = new_header(LockKind.KEYCHAIN)
            vault = header, self._keychain.make_key(header.vault_id)
        header, key = vault
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path, seal(header, key, saved))
        return vault

    async def _call(self, function: Callable[[], _T]) -> _T:
        return await self._calls.call(function, self._limit_s)


def _read(path: Path) -> SealedVault | None:
    try:
        return read_vault(path.read_bytes())
    except FileNotFoundError:
        return None


def _opened(sealed: SealedVault, passphrase: str) -> tuple[bytes, Secrets]:
    key = key_of_passphrase(passphrase, sealed.header)
    return key, sealed.open(key)


def _write_new(path: Path, header: VaultHeader, passphrase: str, secrets: Secrets) -> bytes:
    key = key_of_passphrase(passphrase, header)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        keep_aside(path, "kept")
    write_atomically(path, seal(header, key, secrets))
    return key


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
