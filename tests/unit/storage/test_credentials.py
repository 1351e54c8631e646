import asyncio
import io
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.unit.storage.keyring_backends import (
    AbsentKeyring,
    DismissedKeyring,
    ForgetfulKeyring,
    HangingKeyring,
    WorkingKeyring,
)
from workstation.domain.identity import ConnectionID
from workstation.runtime.paths import ProfilePaths
from workstation.runtime.redaction import Redactor
from workstation.storage.credentials import CredentialState, CredentialStore, VaultRefused

QST = ConnectionID("qst-live")
SECRETS = {"password": "hunter2-hunter2", "passwordHash": "5ecre7-5ecre7"}
PHRASE = "correct horse"


def store(
    folder: Path, backend: WorkingKeyring, redactor: Redactor | None = None, limit_s: float = 30.0
) -> CredentialStore:
    return CredentialStore.open(ProfilePaths(folder), backend, redactor=redactor, limit_s=limit_s, scrypt_cost=1 << 4)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def nothing_in_plain(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(secret.encode() in data for secret in SECRETS.values()), file


def test_secrets_outlive_a_run_in_the_keychain(tmp_path: Path) -> None:
    async def work() -> None:
        backend = WorkingKeyring()
        first = store(tmp_path, backend)
        await first.save(QST, SECRETS, remember=True)
        assert first.state is CredentialState.KEYCHAIN
        assert first.is_remembered(QST)
        assert await store(tmp_path, backend).load(QST) == SECRETS
        assert not any(secret in text for secret in SECRETS.values() for text in backend.kept.values())
        nothing_in_plain(tmp_path)

    run(work())


def test_saving_the_same_again_is_still_remembered(tmp_path: Path) -> None:
    async def work() -> None:
        first = store(tmp_path, WorkingKeyring())
        for _ in range(2):
            await first.save(QST, SECRETS, remember=True)
            assert first.is_remembered(QST)

    run(work())


def test_session_only_leaves_nothing_on_disk_and_takes_out_what_was_there(tmp_path: Path) -> None:
    async def work() -> None:
        backend = WorkingKeyring()
        first = store(tmp_path, backend)
        await first.save(QST, SECRETS, remember=True)
        await first.save(QST, SECRETS, remember=False)
        assert await first.load(QST) == SECRETS
        assert not first.is_remembered(QST)
        assert await store(tmp_path, backend).load(QST) == {}

    run(work())


@pytest.mark.parametrize("backend", [DismissedKeyring(), AbsentKeyring()])
def test_without_a_keychain_a_vault_is_offered_and_kept(tmp_path: Path, backend: WorkingKeyring) -> None:
    async def work() -> None:
        first = store(tmp_path, backend)
        await first.save(QST, SECRETS, remember=True)
        assert first.state is CredentialState.SESSION_ONLY
        assert "passphrase" in first.sentence
        assert not ProfilePaths(tmp_path).vault.exists()
        await first.create_vault(PHRASE)
        assert first.is_remembered(QST)
        nothing_in_plain(tmp_path)
        second = store(tmp_path, backend)
        assert await second.load(QST) == {}
        assert second.state is CredentialState.VAULT_LOCKED
        with pytest.raises(VaultRefused, match="passphrase is wrong"):
            await second.unlock("wrong horse")
        await second.unlock(PHRASE)
        assert await second.load(QST) == SECRETS

    run(work())


def test_a_keychain_that_never_answers_holds_nothing_up(tmp_path: Path) -> None:
    async def work() -> None:
        backend = HangingKeyring()
        first = store(tmp_path, backend, limit_s=0.05)
        await first.save(QST, SECRETS, remember=True)
        assert first.state is CredentialState.SESSION_ONLY
        assert "did not answer" in first.sentence
        assert await first.load(QST) == SECRETS
        backend.released.set()

    run(work())


def test_a_keychain_that_forgets_is_said(tmp_path: Path) -> None:
    async def work() -> None:
        first = store(tmp_path, ForgetfulKeyring())
        await first.save(QST, SECRETS, remember=True)
        assert "until the program is closed" in first.fault
        assert await first.load(QST) == SECRETS
        nothing_in_plain(tmp_path)

    run(work())


def test_a_damaged_file_is_never_overwritten_by_itself(tmp_path: Path) -> None:
    async def work() -> None:
        paths = ProfilePaths(tmp_path)
        paths.vault.write_bytes(b"damaged")
        first = store(tmp_path, WorkingKeyring())
        await first.save(QST, SECRETS, remember=True)
        assert paths.vault.read_bytes() == b"damaged"
        assert "left as they are" in first.sentence
        await first.create_vault(PHRASE)

    run(work())
    assert [file.read_bytes() for file in tmp_path.glob("vault.kept-*.bin")] == [b"damaged"]


def test_a_lost_key_is_said_and_the_file_stays(tmp_path: Path) -> None:
    async def work() -> None:
        await store(tmp_path, WorkingKeyring()).save(QST, SECRETS, remember=True)
        before = ProfilePaths(tmp_path).vault.read_bytes()
        second = store(tmp_path, WorkingKeyring())
        assert await second.load(QST) == {}
        assert "no longer holds the key" in second.sentence
        assert ProfilePaths(tmp_path).vault.read_bytes() == before

    run(work())


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    async def work() -> None:
        backend = WorkingKeyring()
        first = store(tmp_path, backend)
        await first.save(QST, SECRETS, remember=True)
        await first.forget(QST)
        assert await first.load(QST) == {}
        assert await store(tmp_path, backend).load(QST) == {}

    run(work())


def test_a_short_passphrase_and_a_second_vault_are_refused(tmp_path: Path) -> None:
    async def work() -> None:
        absent = store(tmp_path, AbsentKeyring())
        with pytest.raises(VaultRefused, match="at least 8"):
            await absent.create_vault("short")
        with pytest.raises(VaultRefused, match="no locked vault"):
            await absent.unlock(PHRASE)
        await absent.create_vault(PHRASE)
        with pytest.raises(VaultRefused, match="a place for secrets already"):
            await absent.create_vault(PHRASE)

    run(work())


def test_every_secret_that_passes_is_masked_from_then_on(tmp_path: Path) -> None:
    async def work() -> None:
        backend, redactor = WorkingKeyring(), Redactor()
        await store(tmp_path, backend, redactor).save(QST, SECRETS, remember=True)
        later = Redactor()
        await store(tmp_path, backend, later).load(QST)
        for each in (redactor, later):
            assert "hunter2" not in each.clean("the password was hunter2-hunter2")

    run(work())


def test_a_store_never_shows_its_secrets(tmp_path: Path) -> None:
    async def work() -> None:
        subject = store(tmp_path, WorkingKeyring())
        await subject.save(QST, SECRETS, remember=True)
        out = io.StringIO()
        print(subject, repr(subject), subject.sentence, file=out)
        assert not any(secret in out.getvalue() for secret in SECRETS.values())

    run(work())
