import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.connection import ConnectionProfile, Environment, InvalidProfile, is_loopback
from workstation.domain.identity import ConnectionID


def profile(environment: Environment, url: str) -> ConnectionProfile:
    return ConnectionProfile(
        connection_id=ConnectionID("c"), venue="qst", name="Desk", environment=environment, url=url
    )


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "ws://localhost:1/x", "wss://[::1]:1"])
def test_a_simulated_connection_stays_on_this_computer(url: str) -> None:
    assert profile(Environment.SIMULATED, url).url == url
    with pytest.raises(InvalidProfile, match="LIVE"):
        profile(Environment.LIVE, url)


@given(st.sampled_from(["wss", "https", "tls", "ws"]), st.from_regex(r"[a-z]{1,8}\.(com|local|in)", fullmatch=True))
def test_a_simulated_connection_never_holds_an_outside_address(scheme: str, host: str) -> None:
    with pytest.raises(InvalidProfile, match="simulated"):
        profile(Environment.SIMULATED, f"{scheme}://{host}:443")


@pytest.mark.parametrize("environment", [Environment.LIVE, Environment.DEMO])
def test_an_outside_address_is_encrypted(environment: Environment) -> None:
    assert profile(environment, "wss://broker.example/qst")
    with pytest.raises(InvalidProfile, match="not encrypted"):
        profile(environment, "ws://broker.example/qst")


@pytest.mark.parametrize("url", ["", "broker.example", "wss://", "://x", "wss://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises((InvalidProfile, ValueError)):
        profile(Environment.DEMO, url)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost.evil.example", False),
        ("127.0.0.1.example", False),
        ("0.0.0.0", False),
        ("192.168.0.1", False),
    ],
)
def test_only_what_must_be_this_computer_is(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_a_second_address_of_a_venue_is_no_way_around_the_wall() -> None:
    inside = {"connection_id": ConnectionID("x"), "venue": "xapi", "name": "X", "url": "tcp://127.0.0.1:5124"}
    simulated = {**inside, "environment": Environment.SIMULATED}
    assert ConnectionProfile(**simulated, settings={"stream_url": "tcp://127.0.0.1:5125"})
    with pytest.raises(InvalidProfile, match="must stay on this computer"):
        ConnectionProfile(**simulated, settings={"stream_url": "tls://broker.example:5125"})
    with pytest.raises(InvalidProfile, match="not encrypted"):
        ConnectionProfile(
            **{**inside, "url": "tls://broker.example:5124", "environment": Environment.DEMO},
            settings={"stream_url": "tcp://broker.example:5125"},
        )
