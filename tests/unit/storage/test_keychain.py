import base64

import pytest

from tests.unit.storage.keyring_backends import AbsentKeyring, DismissedKeyring, ForgetfulKeyring, WorkingKeyring
from workstation.storage.keychain import Keychain, KeychainFailed


def test_a_key_is_made_kept_and_found() -> None:
    keychain = Keychain(WorkingKeyring())
    keychain.require_usable()
    assert keychain.key("v") is None
    key = keychain.make_key("v")
    assert len(key) == 32
    assert keychain.key("v") == key
    assert keychain.make_key("w") != key


@pytest.mark.parametrize(
    ("backend", "words"),
    [(DismissedKeyring(), r"cannot be used \(InitError\)"), (AbsentKeyring(), "missing on this system")],
)
def test_a_keychain_that_cannot_be_trusted_is_refused(backend: WorkingKeyring, words: str) -> None:
    with pytest.raises(KeychainFailed, match=words):
        Keychain(backend).require_usable()


def test_a_keychain_that_keeps_nothing_is_noticed() -> None:
    with pytest.raises(KeychainFailed, match="does not keep"):
        Keychain(ForgetfulKeyring()).make_key("v")


@pytest.mark.parametrize("text", ["not base64!", base64.b64encode(b"short").decode()])
def test_a_key_that_is_not_ours_is_refused(text: str) -> None:
    backend = WorkingKeyring()
    backend.kept["Workstation", "v"] = text
    with pytest.raises(KeychainFailed, match="not ours"):
        Keychain(backend).key("v")
