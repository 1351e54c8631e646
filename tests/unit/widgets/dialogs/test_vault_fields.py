import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation.desk.commands import Done, Finding, Hardness, Refused, UnlockVault
from workstation.desk.messages import SecretsPlace, SecretsState
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.vault_fields import MIN_LENGTH, VaultFields

LEFT = Qt.MouseButton.LeftButton
WRONG = Refused(findings=(Finding(gate="vault", hardness=Hardness.HARD, text="That is not the passphrase."),))
LONG = "correct horse battery"


def made(bench: ShellBench, place: SecretsPlace) -> VaultFields:
    bench.screen.services.dispatch([SecretsState(place=place, text="There is no keychain.")])
    fields = VaultFields(bench.screen)
    bench.show(fields)
    return fields


def test_a_new_vault_wants_the_passphrase_twice(bench: ShellBench, qtbot: QtBot) -> None:
    fields = made(bench, SecretsPlace.SESSION_ONLY)
    assert fields.button.text() == "Make a vault"
    fields.passphrase.setText("x" * (MIN_LENGTH - 1))
    assert fields.fault == f"At least {MIN_LENGTH} characters."
    fields.passphrase.setText(LONG)
    assert not fields.button.isEnabled()
    fields.again.setText(LONG + "!")
    assert fields.fault == "The two differ."
    assert not fields.button.isEnabled()
    fields.again.setText(LONG)
    assert fields.fault == ""
    qtbot.mouseClick(fields.button, LEFT)
    assert bench.desk.asked == [UnlockVault(passphrase=LONG, create=True)]


def test_an_existing_vault_wants_it_once(bench: ShellBench, qtbot: QtBot) -> None:
    fields = made(bench, SecretsPlace.VAULT_LOCKED)
    assert not fields.again.isVisible()
    assert not fields.button.isEnabled()
    fields.passphrase.setText("old")
    qtbot.mouseClick(fields.button, LEFT)
    assert bench.desk.asked == [UnlockVault(passphrase="old", create=False)]
    assert not fields.button.isEnabled()


def test_the_passphrase_leaves_the_field_with_the_answer(bench: ShellBench, qtbot: QtBot) -> None:
    fields = made(bench, SecretsPlace.VAULT_LOCKED)
    fields.passphrase.setText("old")
    qtbot.mouseClick(fields.button, LEFT)
    bench.desk.answer(Done())
    assert fields.passphrase.text() == fields.fault == ""


def test_a_wrong_passphrase_is_said(bench: ShellBench, qtbot: QtBot) -> None:
    fields = made(bench, SecretsPlace.VAULT_LOCKED)
    fields.passphrase.setText("wrong")
    qtbot.mouseClick(fields.button, LEFT)
    bench.desk.answer(WRONG)
    assert fields.fault == "That is not the passphrase."
    assert fields.passphrase.text() == ""


def test_an_engine_that_ended_is_told(bench: ShellBench, qtbot: QtBot) -> None:
    fields = made(bench, SecretsPlace.VAULT_LOCKED)
    fields.passphrase.setText("old")
    qtbot.mouseClick(fields.button, LEFT)
    bench.desk.fail(EngineGone("The engine stopped."))
    assert fields.fault == "The engine stopped."


@pytest.mark.parametrize("answer", [Done(), WRONG])
def test_an_answer_after_the_fields_are_gone_is_no_fault(
    bench: ShellBench, parent: QWidget, qtbot: QtBot, answer: Done | Refused
) -> None:
    bench.screen.services.dispatch([SecretsState(place=SecretsPlace.VAULT_LOCKED)])
    fields = VaultFields(bench.screen, parent)
    fields.passphrase.setText("old")
    fields.button.click()
    with qtbot.waitSignal(fields.destroyed):
        fields.deleteLater()
    bench.desk.answer(answer)


def test_what_is_typed_is_never_readable(bench: ShellBench) -> None:
    fields = made(bench, SecretsPlace.SESSION_ONLY)
    assert {line.echoMode() for line in (fields.passphrase, fields.again)} == {QLineEdit.EchoMode.Password}
    assert LONG not in repr(UnlockVault(passphrase=LONG))


def test_the_fields_follow_where_secrets_are_kept(bench: ShellBench) -> None:
    fields = made(bench, SecretsPlace.SESSION_ONLY)
    bench.screen.services.dispatch([SecretsState(place=SecretsPlace.VAULT_LOCKED)])
    assert fields.button.text() == "Open the vault"
