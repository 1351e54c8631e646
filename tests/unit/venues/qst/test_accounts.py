"""An account is found by every name that QST uses for it."""

from tests.support.qst_bench import key, profile
from workstation.domain.connection import Environment
from workstation.venues.qst.accounts import AccountDirectory
from workstation.venues.qst.messages import OEAccount


def directory() -> AccountDirectory:
    accounts = AccountDirectory(profile())
    accounts.list(
        (
            OEAccount(account_id="1", account_name="Main", account_representation="297999 Main"),
            OEAccount(account_id="2"),
            OEAccount(account_id=""),
            OEAccount(account_id="1"),
        )
    )
    return accounts


def test_accounts_are_listed_once_in_the_venues_order() -> None:
    accounts = directory()
    assert accounts.ids == ("1", "2")
    listed = accounts.list((OEAccount(account_id="2"), OEAccount(account_id="1", account_name="Main")))
    assert [(each.key, each.name, each.alias) for each in listed] == [(key("2"), "2", "2"), (key("1"), "Main", "Main")]
    assert all(each.environment is Environment.SIMULATED for each in listed)


def test_every_name_leads_to_the_account() -> None:
    accounts = directory()
    assert [accounts.id_of(name) for name in ("1", "Main", "297999 Main", "7")] == ["1", "1", "1", None]


def test_a_number_is_learnt_from_a_book_but_never_taken_from_another_account() -> None:
    accounts = directory()
    accounts.learn("297999", "2")
    accounts.learn("1", "2")
    accounts.learn("", "2")
    assert (accounts.id_of("297999"), accounts.id_of("1"), accounts.id_of("")) == ("2", "1", None)


def test_a_message_without_number_is_about_the_current_account() -> None:
    accounts = directory()
    assert accounts.key_of("", "2") == key("2")
    assert accounts.key_of("999", "2") == key("999")
