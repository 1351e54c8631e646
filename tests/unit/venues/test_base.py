import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.identity import ConnectionID
from workstation.venues.base import Channel, ConnectionStatus, Lamp


def status(*lamps: Lamp) -> ConnectionStatus:
    return ConnectionStatus(
        connection_id=ConnectionID("c"), venue="qst", lamps=tuple(zip(Channel, lamps, strict=False))
    )


@given(st.lists(st.sampled_from(Lamp), min_size=1, max_size=4))
def test_the_worst_lamp_is_on_top(lamps: list[Lamp]) -> None:
    order = list(Lamp)
    assert status(*lamps).worst in lamps
    assert all(order.index(status(*lamps).worst) >= order.index(lamp) for lamp in lamps)


def test_a_connection_without_lamps_is_off() -> None:
    assert status().worst is Lamp.OFF


@pytest.mark.parametrize("lamp", [lamp for lamp in Lamp if lamp is not Lamp.LIVE])
def test_one_lamp_that_is_not_live_is_seen(lamp: Lamp) -> None:
    assert status(Lamp.LIVE, lamp, Lamp.LIVE).worst is lamp
