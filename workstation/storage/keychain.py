"""The system's keychain, which keeps one thing for us: the random key of the vault.

Only the key, because keychains are small (Windows: 2560 bytes an entry), slow and may prompt for each. Every call here
may block for as long as such a prompt stands open, so all are made away from the loop.
"""

import base64
import binascii
import os
from collections.abc import Callable
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend

from workstation.runtime.supervision import attempt
from workstation.storage.vault_file import KEY_BYTES

_T = TypeVar("_T")

_SERVICE = "Workstation"
_PROBE = "probe"
_TRUSTED_PRIORITY = 1
"""keyring gives less to its stand-ins (none, null) and to add-ons that keep plain files."""


class KeychainFailed(Exception):
    """The keychain is missing, refused, or did not keep what it was given; the text completes "The keychain ..."."""


class Keychain:
    """One backend of keyring; None takes the system's own."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._chosen = backend

    def require_usable(self) -> None:
        """Ask for something harmless.

        Raises:
            KeychainFailed: there is no keychain that can be trusted, or it does not answer.
        """
        self._get(_PROBE)

    def key(self, vault_id: str) -> bytes | None:
        """Return the key of a vault, or None where the keychain has none.

        Raises:
            KeychainFailed: it cannot be asked, or holds something else.
        """
        text = self._get(vault_id)
        if text is None:
            return None
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise KeychainFailed("holds a key that is not ours") from None
        if len(key) != KEY_BYTES:
            raise KeychainFailed("holds a key that is not ours")
        return key

    def make_key(self, vault_id: str) -> bytes:
        """Return a new key for a vault, once the keychain has proved to keep it.

        Raises:
            KeychainFailed: it does not.
        """
        key = os.urandom(KEY_BYTES)
        text = base64.b64encode(key).decode("ascii")
        backend = self._backend()
        _asked(lambda: backend.set_password(_SERVICE, vault_id, text), "refused to keep a key")
        if self.key(vault_id) != key:
            raise KeychainFailed("does not keep what it is given")
        return key

    def _get(self, name: str) -> str | None:
        backend = self._backend()
        return _asked(lambda: backend.get_password(_SERVICE, name), "cannot be used")

    def _backend(self) -> KeyringBackend:
        backend = self._chosen or _asked(keyring.get_keyring, "cannot be used")
        if _asked(lambda: backend.priority, "cannot be used") < _TRUSTED_PRIORITY:
            raise KeychainFailed("is missing on this system")
        return backend


def _asked(question: Callable[[], _T], failure: str) -> _T:
    # Backends let errors of their own libraries through, of any type; their texts are not shown, they may quote.
    ended = attempt(question)
    if ended.error is not None:
        raise KeychainFailed(f"{failure} ({type(ended.error).__name__})")
    return ended.result()
