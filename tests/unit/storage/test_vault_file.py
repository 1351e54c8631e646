import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.storage.vault_file import (
    KEY_BYTES,
    LockKind,
    VaultDamaged,
    WrongKey,
    key_of_passphrase,
    new_header,
    read_vault,
    seal,
)

KEY = bytes(range(KEY_BYTES))
secrets = st.dictionaries(st.text(), st.dictionaries(st.text(), st.text(), max_size=3), max_size=3)


@given(secrets)
def test_secrets_come_back_and_are_nowhere_in_the_file(kept: dict[str, dict[str, str]]) -> None:
    data = seal(new_header(LockKind.KEYCHAIN), KEY, kept | {"c": {"password": "hunter2-hunter2"}})
    assert b"hunter2" not in data
    assert read_vault(data).open(KEY) == kept | {"c": {"password": "hunter2-hunter2"}}


def test_two_seals_of_the_same_are_not_alike() -> None:
    header = new_header(LockKind.KEYCHAIN)
    assert read_vault(seal(header, KEY, {})).nonce != read_vault(seal(header, KEY, {})).nonce


def test_a_passphrase_makes_the_same_key_however_it_is_typed() -> None:
    header = new_header(LockKind.PASSPHRASE, 1 << 4)
    assert key_of_passphrase("pass\u00e9", header) == key_of_passphrase("passe\u0301", header)
    assert key_of_passphrase("passé", header) != key_of_passphrase("passe", header)
    assert key_of_passphrase("x", header) != key_of_passphrase("x", new_header(LockKind.PASSPHRASE, 1 << 4))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(WrongKey):
        read_vault(seal(new_header(LockKind.KEYCHAIN), KEY, {})).open(bytes(KEY_BYTES))


@pytest.mark.parametrize("name", ["vault_id", "salt", "cost", "lock"])
def test_a_changed_header_is_noticed(name: str) -> None:
    header = new_header(LockKind.PASSPHRASE, 1 << 4)
    document = json.loads(seal(header, KEY, {}))
    document[name] = {"vault_id": "00", "salt": "00", "cost": 32, "lock": "KEYCHAIN"}[name]
    with pytest.raises(WrongKey):
        read_vault(json.dumps(document).encode()).open(KEY)


@settings(max_examples=200)
@given(st.data())
def test_a_flipped_byte_never_gives_other_secrets(data: st.DataObject) -> None:
    sealed = bytearray(seal(new_header(LockKind.KEYCHAIN), KEY, {"c": {"password": "x"}}))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    try:
        opened = read_vault(bytes(sealed)).open(KEY)
    except (VaultDamaged, WrongKey):
        return
    assert opened == {"c": {"password": "x"}}  # white space or the case of a hex digit


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_vault(data: bytes) -> None:
    with pytest.raises(VaultDamaged):
        read_vault(data)


@pytest.mark.parametrize("cost", [-1, 1, 3, 1 << 21, "16", True, 1.0])
def test_a_file_cannot_ask_for_all_memory(cost: object) -> None:
    document = json.loads(seal(new_header(LockKind.PASSPHRASE, 1 << 4), KEY, {})) | {"cost": cost}
    with pytest.raises(VaultDamaged):
        read_vault(json.dumps(document).encode())
