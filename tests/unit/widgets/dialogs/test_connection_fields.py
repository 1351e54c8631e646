from collections.abc import Collection

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from workstation.domain.connection import ConnectionProfile, Environment, InvalidProfile
from workstation.domain.identity import ConnectionID
from workstation.widgets.dialogs.connection_fields import ConnectionFields

STORED = ConnectionProfile(
    connection_id=ConnectionID("qst-live"),
    venue="qst",
    name="QST live",
    environment=Environment.LIVE,
    url="wss://live.example/qst",
    settings={"username": "ann", "clientUniqueId": "desk-1", "oe_username": "ann-oe", "order_entry_provider": "OEP"},
    secret_names=("password", "passwordHash"),
    connect_at_start=False,
)
LOGIN = {
    "username": "ann",
    "password": "s3cret words",
    "clientUniqueId": "desk-1",
    "oe_username": "ann-oe",
    "passwordHash": "ab12",
    "order_entry_provider": "OEP",
}


def made(qtbot: QtBot, existing: ConnectionProfile | None = None, taken: Collection[str] = ()) -> ConnectionFields:
    fields = ConnectionFields(existing, taken, None)
    qtbot.addWidget(fields)
    return fields


def fill(fields: ConnectionFields, environment: Environment = Environment.DEMO, url: str = "wss://d.example/q") -> None:
    fields.name.setText(" QST demo ")
    fields.environments[environment].setChecked(True)
    fields.url.setText(f" {url} ")
    for name, value in LOGIN.items():
        fields.login[name].setText(value)


def test_what_was_typed_becomes_a_profile(qtbot: QtBot) -> None:
    fields = made(qtbot)
    fill(fields)
    profile = fields.profile()
    assert (profile.name, profile.url, profile.venue) == ("QST demo", "wss://d.example/q", "qst")
    assert profile.environment is Environment.DEMO
    assert profile.connection_id == "qst-demo"
    assert dict(profile.settings) == {name: LOGIN[name] for name in LOGIN if not name.startswith("password")}
    assert profile.secret_names == ("password", "passwordHash")
    assert profile.connect_at_start
    assert fields.secrets() == {"password": "s3cret words", "passwordHash": "ab12"}


def test_no_secret_is_in_the_profile(qtbot: QtBot) -> None:
    fields = made(qtbot)
    fill(fields)
    assert "s3cret" not in repr(fields.profile())


def test_blanks_belong_to_a_password(qtbot: QtBot) -> None:
    fields = made(qtbot)
    fill(fields)
    fields.login["password"].setText(" a b ")
    assert fields.secrets()["password"] == " a b "


def test_what_is_missing_is_said_one_thing_at_a_time(qtbot: QtBot) -> None:
    fields = made(qtbot)
    said = [fields.problem()]
    fields.name.setText("QST")
    said.append(fields.problem())
    fields.environments[Environment.DEMO].setChecked(True)
    said.append(fields.problem())
    fields.url.setText("wss://d.example/q")
    for name, value in LOGIN.items():
        said.append(fields.problem())
        fields.login[name].setText(value)
    assert said == [
        "Give the connection a name.",
        "Choose whether this is LIVE, a DEMO or the simulator: nothing is assumed.",
        "Give the address, for example wss://host:port/path.",
        "User name is missing.",
        "Password is missing.",
        "Client ID is missing.",
        "Order entry user is missing.",
        "Order entry password hash is missing.",
        "Order entry provider is missing.",
    ]
    assert fields.problem() == ""  # the firm may stay empty


def test_no_environment_is_assumed(qtbot: QtBot) -> None:
    fields = made(qtbot)
    assert fields.environment is None
    fill(fields)
    assert fields.environment is Environment.DEMO
    nameless = made(qtbot)
    with pytest.raises(ValueError, match="Give the connection a name"):
        nameless.profile()


@pytest.mark.parametrize(("typed", "confirmed"), [("", False), ("live", False), ("LIVE", True), (" LIVE ", True)])
def test_live_must_be_typed_out(qtbot: QtBot, typed: str, confirmed: bool) -> None:
    fields = made(qtbot)
    fill(fields, Environment.LIVE)
    fields.live_word.setText(typed)
    assert fields.needs_live_word()
    assert not fields.live_word.isHidden()
    assert (fields.problem() == "") is confirmed
    if not confirmed:
        assert "Type LIVE" in fields.problem()


def test_the_word_is_asked_for_only_where_it_is_needed(qtbot: QtBot) -> None:
    fields = made(qtbot)
    assert fields.live_word.isHidden()
    fill(fields, Environment.LIVE)
    assert not fields.live_word.isHidden()
    fill(fields, Environment.DEMO)
    assert fields.live_word.isHidden()
    assert not made(qtbot, STORED).needs_live_word()  # it was LIVE before


def test_a_demo_that_becomes_live_must_be_confirmed(qtbot: QtBot) -> None:
    demo = ConnectionProfile(
        connection_id=ConnectionID("d"), venue="qst", name="d", environment=Environment.DEMO, url="wss://d.example/q"
    )
    fields = made(qtbot, demo)
    assert not fields.needs_live_word()
    fields.environments[Environment.LIVE].setChecked(True)
    assert fields.needs_live_word()


@pytest.mark.parametrize(
    ("environment", "url", "why"),
    [
        (Environment.SIMULATED, "wss://d.example/q", "must stay on this computer"),
        (Environment.DEMO, "ws://d.example/q", "is not encrypted"),
        (Environment.DEMO, "nonsense", "is not an address"),
    ],
)
def test_an_address_that_does_not_go_with_the_environment(
    qtbot: QtBot, environment: Environment, url: str, why: str
) -> None:
    fields = made(qtbot)
    fill(fields, environment, url)
    with pytest.raises(InvalidProfile, match=why):
        fields.profile()


def test_stored_secrets_are_never_shown_back(qtbot: QtBot) -> None:
    fields = made(qtbot, STORED)
    for name in ("password", "passwordHash"):
        line = fields.login[name]
        assert line.text() == ""
        assert line.placeholderText() == "Stored. Leave empty to keep it."
        assert line.echoMode() is QLineEdit.EchoMode.Password
    assert fields.problem() == ""
    assert fields.secrets() == {}  # which keeps what is stored


def test_an_edited_connection_stays_the_same_one(qtbot: QtBot) -> None:
    fields = made(qtbot, STORED, taken=[STORED.connection_id])
    assert not fields.venue.isEnabled()
    assert fields.profile() == STORED
    fields.name.setText("Another name")
    assert fields.profile().connection_id == STORED.connection_id


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("QST demo", ["qst-demo"], "qst-demo-2"),
        ("QST demo", ["qst-demo", "qst-demo-2"], "qst-demo-3"),
        ("日本", [], "qst"),
        ("a/../b", [], "a-b"),
    ],
)
def test_a_new_connection_gets_an_id_of_its_own(qtbot: QtBot, name: str, taken: list[str], expected: str) -> None:
    fields = made(qtbot, taken=taken)
    fill(fields)
    fields.name.setText(name)
    assert fields.profile().connection_id == expected


def test_secrets_can_be_forgotten(qtbot: QtBot) -> None:
    fields = made(qtbot)
    fill(fields)
    fields.forget_secrets()
    assert fields.secrets() == {}
    assert fields.login["username"].text() == "ann"


def test_every_field_is_announced_and_named(qtbot: QtBot) -> None:
    fields = made(qtbot)
    for line in (fields.name, fields.live_word, fields.url, *fields.login.values()):
        assert line.accessibleName()
        with qtbot.waitSignal(fields.changed):
            line.setText("x")
    for button in fields.environments.values():
        assert button.accessibleDescription()


def test_another_venue_has_fields_of_its_own(qtbot: QtBot) -> None:
    fields = made(qtbot)
    assert set(fields.login) == set(LOGIN) | {"firmId"}
    assert not fields.usual.isVisibleTo(fields), "QST's document names no address"
    fields.venue.setCurrentIndex(fields.venue.findData("xapi"))
    assert list(fields.login) == ["stream_url", "user_id", "password"]
    assert fields.usual.isVisibleTo(fields)
    assert fields.login["password"].echoMode() is QLineEdit.EchoMode.Password


def test_a_usual_address_fills_both_addresses_and_chooses_no_environment(qtbot: QtBot) -> None:
    fields = made(qtbot)
    fields.venue.setCurrentIndex(fields.venue.findData("xapi"))
    fields.usual.setCurrentIndex(2)
    fields.usual.activated.emit(2)
    assert fields.url.text() == "tls://xapia.x-station.eu:5124"
    assert fields.login["stream_url"].text() == "tls://xapia.x-station.eu:5125"
    assert fields.environment is None
    fields.name.setText("X demo")
    fields.environments[Environment.DEMO].setChecked(True)
    fields.login["user_id"].setText("1000")
    fields.login["password"].setText("s3cret")
    profile = fields.profile()
    assert (profile.venue, profile.secret_names) == ("xapi", ("password",))
    assert dict(profile.settings) == {"stream_url": "tls://xapia.x-station.eu:5125", "user_id": "1000"}
