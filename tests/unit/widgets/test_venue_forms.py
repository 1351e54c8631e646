"""The forms ask for what the venues' connections read."""

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.widgets.venue_forms import QST, VENUE_FORMS


def test_qst_asks_for_what_its_login_needs() -> None:
    names = [field.name for field in QST.fields]
    assert sorted(names) == sorted(
        ["username", "password", "firmId", "clientUniqueId", "oe_username", "passwordHash", "order_entry_provider"]
    )
    assert {field.name for field in QST.fields if field.secret} == {"password", "passwordHash"}
    assert [field.name for field in QST.fields if not field.required] == ["firmId"]


def test_every_form_is_complete() -> None:
    for venue, form in VENUE_FORMS.items():
        assert form.venue == venue
        assert set(form.environments) <= set(Environment)
        assert len({field.name for field in form.fields}) == len(form.fields)
        assert all(field.label for field in form.fields)


def test_usual_addresses_are_encrypted_and_fill_only_fields_of_the_form() -> None:
    for form in VENUE_FORMS.values():
        names = {field.name for field in form.fields if not field.secret}
        for address in form.addresses:
            assert {name for name, _ in address.settings} <= names
            settings = dict(address.settings)
            for environment in (Environment.LIVE, Environment.DEMO):
                ConnectionProfile(
                    connection_id=ConnectionID("x"),
                    venue=form.venue,
                    name=address.label,
                    environment=environment,
                    url=address.url,
                    settings=settings,
                )
