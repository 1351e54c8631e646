"""Both logins come from a profile and its secrets, and are never printed."""

from dataclasses import replace

import pytest

from tests.support.qst_bench import SECRETS, SETTINGS, profile
from workstation.domain.connection import Environment
from workstation.venues.base import NotAuthorised
from workstation.venues.qst.credentials import Credentials


def test_the_vendors_defaults_fill_what_is_not_set() -> None:
    login = Credentials.from_profile(profile(), SECRETS).login
    assert (login.mobile_type, login.client_version, login.local_ip) == ("NEWLITE", "1.0.0", "0.0.0.0")
    assert login.password == SECRETS["password"]


def test_the_hash_can_be_replaced() -> None:
    credentials = Credentials.from_profile(profile(), SECRETS, lambda secret: secret[::-1])
    assert credentials.login.password == SECRETS["password"][::-1]
    assert credentials.order_entry.password_hash == SECRETS["passwordHash"][::-1]


@pytest.mark.parametrize("name", ["username", "firmId", "clientUniqueId", "oe_username"])
def test_a_missing_field_is_named(name: str) -> None:
    settings = {key: value for key, value in SETTINGS.items() if key != name}
    with pytest.raises(NotAuthorised, match=name):
        Credentials.from_profile(replace(profile(), settings=settings), SECRETS)


def test_only_a_live_profile_trades_live() -> None:
    live = profile("wss://venue.example", Environment.LIVE)
    assert Credentials.from_profile(live, SECRETS).live_trading
    assert not Credentials.from_profile(profile(), SECRETS).live_trading


def test_nothing_secret_is_printed() -> None:
    shown = repr(Credentials.from_profile(profile(), SECRETS))
    assert not any(secret in shown for secret in SECRETS.values())
