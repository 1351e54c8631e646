"""A connection is tried and saved through the desk; every answer is said in words."""

from PySide6.QtCore import Qt

from tests.support.shell_bench import ShellBench
from workstation.desk.commands import Done, Finding, Hardness, Refused, SaveConnection, Tried, TryConnection
from workstation.desk.messages import SecretsPlace, SecretsState
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.connection_fields import ConnectionFields
from workstation.widgets.dialogs.connection_form import ConnectionForm

LEFT = Qt.MouseButton.LeftButton
TYPED = {
    "username": "ann",
    "password": "s3cret",
    "clientUniqueId": "desk-1",
    "oe_username": "ANN1",
    "passwordHash": "abc=",
    "order_entry_provider": "OAL",
}
STORED = ConnectionProfile(
    connection_id=ConnectionID("firm"),
    venue="qst",
    name="Firm",
    environment=Environment.DEMO,
    url="wss://gateway.example/order",
    settings={"username": "ann", "clientUniqueId": "desk-1", "oe_username": "ANN1", "order_entry_provider": "OAL"},
    secret_names=("password", "passwordHash"),
)


def fill(fields: ConnectionFields) -> None:
    fields.name.setText("QST Demo!")
    fields.url.setText("wss://gateway.example/order")
    fields.environments[Environment.DEMO].setChecked(True)
    for name, value in TYPED.items():
        fields.login[name].setText(value)


def form_of(bench: ShellBench, place: SecretsPlace = SecretsPlace.KEYCHAIN) -> ConnectionForm:
    bench.screen.services.dispatch([SecretsState(place=place, text="")])
    form = ConnectionForm(bench.screen)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.show(form)
    return form


def test_nothing_can_be_saved_before_it_is_complete(bench: ShellBench) -> None:
    form = form_of(bench)
    assert form.message.text() == "Give the connection a name."
    assert not form.save.isEnabled()
    assert not form.test.isEnabled()
    fill(form.fields)
    assert form.message.text() == ""
    assert form.save.isEnabled()
    form.fields.url.setText("ws://gateway.example/order")
    assert "not encrypted" in form.message.text()
    assert not form.save.isEnabled()


def test_a_trial_says_how_it_ended_with_the_accounts(bench: ShellBench) -> None:
    form = form_of(bench)
    fill(form.fields)
    bench.qtbot.mouseClick(form.test, LEFT)
    command = bench.desk.of(TryConnection)[0]
    assert command.secrets == {"password": "s3cret", "passwordHash": "abc="}
    assert not form.save.isEnabled()
    bench.desk.answer(Tried(succeeded=True, text="The login works.", accounts=("17014", "17015")))
    assert form.message.text() == "The login works. Accounts: 17014, 17015."
    assert form.message.property("role") == "good"
    bench.qtbot.mouseClick(form.test, LEFT)
    bench.desk.answer(Tried(succeeded=False, text="The password was refused."))
    assert (form.message.text(), form.message.property("role")) == ("The password was refused.", "fault")
    assert form.save.isEnabled()


def test_saving_passes_everything_on_and_empties_the_secrets(bench: ShellBench) -> None:
    form = form_of(bench)
    fill(form.fields)
    bench.qtbot.mouseClick(form.save, LEFT)
    command = bench.desk.of(SaveConnection)[0]
    assert command.profile.name == "QST Demo!"
    assert command.remember
    assert "s3cret" not in repr(command)
    bench.desk.answer(Done())
    assert not form.isVisible()
    assert form.fields.secrets() == {}


def test_a_refusal_keeps_everything_typed(bench: ShellBench) -> None:
    form = form_of(bench)
    fill(form.fields)
    bench.qtbot.mouseClick(form.save, LEFT)
    refused = Finding(gate="x", hardness=Hardness.HARD, text="It has working orders.", cure="Cancel them first.")
    bench.desk.answer(Refused(findings=(refused,)))
    assert form.message.text() == "It has working orders. Cancel them first."
    assert form.isVisible()
    assert form.fields.secrets()
    bench.qtbot.mouseClick(form.save, LEFT)
    bench.desk.fail(EngineGone("The engine stopped."))
    assert "Nothing is known to be saved" in form.message.text()


def test_without_a_keychain_secrets_last_for_this_session_or_go_to_a_vault(bench: ShellBench) -> None:
    form = form_of(bench, SecretsPlace.SESSION_ONLY)
    assert form.vault.isVisible()
    assert not form.remember.isChecked()
    fill(form.fields)
    bench.qtbot.mouseClick(form.save, LEFT)
    assert not bench.desk.of(SaveConnection)[0].remember
    bench.screen.services.dispatch([SecretsState(place=SecretsPlace.VAULT_OPEN, text="")])
    assert not form.vault.isVisible()
    assert form.remember.isChecked()


def test_editing_begins_with_what_is_stored(bench: ShellBench) -> None:
    form = ConnectionForm(bench.screen, STORED, ("firm",))
    bench.show(form)
    bench.qtbot.mouseClick(form.save, LEFT)
    command = bench.desk.of(SaveConnection)[0]
    assert command.profile == STORED
    assert command.secrets == {}


def test_an_answer_to_a_closed_form_hurts_nobody(bench: ShellBench) -> None:
    form = ConnectionForm(bench.screen, STORED, ("firm",))
    bench.show(form)
    bench.qtbot.mouseClick(form.test, LEFT)
    with bench.qtbot.waitSignal(form.destroyed):
        form.close()
    bench.desk.answer(Tried(succeeded=True, text="The login works."))
