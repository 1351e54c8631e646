import pytest

from tests.support.xapi_bench import SECRETS, profile
from workstation.venues.base import NotAuthorised
from workstation.venues.xapi.credentials import Credentials


def test_a_login_is_put_together_and_never_printed() -> None:
    made = Credentials.from_profile(profile(), SECRETS)
    assert (made.login.user_id, made.login.password, made.stream_url) == ("1000", "pass-word", "tcp://127.0.0.1:2")
    assert "pass-word" not in repr(made)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotAuthorised, match="stream_url, password not given"):
        Credentials.from_profile(profile(stream_url=""), {})
