"""The encrypted file that holds secrets, as bytes and back; no file is touched here.

One JSON object: what is needed to find the key, readable but protected against change (it is the associated data), and
the secrets under AES-256-GCM with a new random nonce each time. The key is either 32 random bytes kept in the system's
keychain, or made by scrypt from a passphrase (RFC 7914; cost 2^17, r 8, p 1: OWASP's recommendation).
"""

import base64
import binascii
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FORMAT: Final = "workstation vault"
VERSION: Final = 1
KEY_BYTES: Final = 32
SCRYPT_COST: Final = 1 << 17

_NONCE_BYTES = 12
_SALT_BYTES = 16
_HIGHEST_COST = 1 << 20
"""A changed file must not be able to ask for all memory."""

Secrets = dict[str, dict[str, str]]
"""Connection, then name, then secret."""


class VaultDamaged(ValueError):
    """The file is not a vault that this program wrote."""


class WrongKey(ValueError):
    """The key does not open the vault: it is the wrong one, or the file was changed."""


class LockKind(Enum):
    """Where the key comes from."""

    KEYCHAIN = "KEYCHAIN"
    PASSPHRASE = "PASSPHRASE"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultHeader:
    """How to find the key. `vault_id` names it in the keychain; `salt` (hex) and `cost` make it from a passphrase."""

    vault_id: str
    lock: LockKind
    salt: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedVault:
    """A vault as read from its file."""

    header: VaultHeader
    nonce: bytes
    ciphertext: bytes

    def open(self, key: bytes) -> Secrets:
        """Return the secrets.

        Raises:
            WrongKey: `key` does not open it.
            VaultDamaged: it opens, but holds no secrets.
        """
        try:
            text = AESGCM(key).decrypt(self.nonce, self.ciphertext, _associated(self.header))
        except InvalidTag as error:
            raise WrongKey("the key does not open the vault") from error
        try:
            return _secrets_of(json.loads(text))
        except (ValueError, RecursionError):
            # Without the cause: its text would quote what was decrypted.
            raise VaultDamaged("the vault holds no secrets") from None


def new_header(lock: LockKind, cost: int = SCRYPT_COST) -> VaultHeader:
    """Return the header of a new vault."""
    vault_id = os.urandom(16).hex()
    if lock is LockKind.KEYCHAIN:
        return VaultHeader(vault_id=vault_id, lock=lock)
    return VaultHeader(vault_id=vault_id, lock=lock, salt=os.urandom(_SALT_BYTES).hex(), cost=cost)


def key_of_passphrase(passphrase: str, header: VaultHeader) -> bytes:
    """Return the key that `passphrase` makes; takes time and memory on purpose (at the full cost 128 MiB)."""
    kdf = Scrypt(salt=bytes.fromhex(header.salt), length=KEY_BYTES, n=header.cost, r=8, p=1)
    return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def seal(header: VaultHeader, key: bytes, secrets: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return the bytes of a vault file that holds `secrets`."""
    nonce = os.urandom(_NONCE_BYTES)
    text = json.dumps({connection: dict(named) for connection, named in secrets.items()}).encode("ascii")
    ciphertext = AESGCM(key).encrypt(nonce, text, _associated(header))
    document = _header_body(header) | {"nonce": nonce.hex(), "ciphertext": base64.b64encode(ciphertext).decode("ascii")}
    return json.dumps(document, indent=1).encode("ascii") + b"\n"


def read_vault(data: bytes) -> SealedVault:
    """Read a vault file; nothing is decrypted.

    Raises:
        VaultDamaged: it is none, or of a version that this program does not know.
    """
    try:
        document = json.loads(data)
        if document["format"] != FORMAT or document["version"] != VERSION:
            raise VaultDamaged("not a vault of this version")
        header = VaultHeader(
            vault_id=str(document["vault_id"]),
            lock=LockKind(document["lock"]),
            salt=bytes.fromhex(document["salt"]).hex(),
            cost=_cost(document["cost"]),
        )
        nonce = bytes.fromhex(document["nonce"])
        ciphertext = base64.b64decode(document["ciphertext"], validate=True)
    except (ValueError, TypeError, LookupError, RecursionError, binascii.Error) as error:
        raise VaultDamaged("the vault file is damaged") from error
    if len(nonce) != _NONCE_BYTES or (header.lock is LockKind.PASSPHRASE and (not header.salt or not header.cost)):
        raise VaultDamaged("the vault file is damaged")
    return SealedVault(header=header, nonce=nonce, ciphertext=ciphertext)


def _cost(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _HIGHEST_COST or value & (value - 1) or value == 1:
        raise VaultDamaged("impossible cost")
    return value


def _header_body(header: VaultHeader) -> dict[str, object]:
    return {"format": FORMAT, "version": VERSION, **asdict(header), "lock": header.lock.value}


def _associated(header: VaultHeader) -> bytes:
    return json.dumps(_header_body(header), sort_keys=True, separators=(",", ":")).encode("ascii")


def _secrets_of(document: object) -> Secrets:
    if not isinstance(document, dict):
        raise VaultDamaged("no secrets")
    found: Secrets = {}
    for connection, named in document.items():
        if not isinstance(named, dict) or not all(isinstance(value, str) for value in named.values()):
            raise VaultDamaged("no secrets")
        found[connection] = named
    return found
