import pytest

from tests.support.fake_venue import CONNECTION
from tests.support.gate_contexts import status_of
from workstation.desk.link_state import is_linked, may_cancel, may_send
from workstation.venues.base import Channel, ConnectionStatus, Lamp

FOR_ORDERS = {Lamp.LIVE, Lamp.STALE, Lamp.DEGRADED}
FOR_CANCELS = FOR_ORDERS | {Lamp.SYNCING, Lamp.SUSPECT}


@pytest.mark.parametrize("lamp", Lamp)
def test_what_each_lamp_of_trading_allows(lamp: Lamp) -> None:
    status = status_of((Channel.TRADING, lamp))
    assert may_send(status) is (lamp in FOR_ORDERS)
    assert may_cancel(status) is (lamp in FOR_CANCELS)
    assert is_linked(status) is (lamp in FOR_CANCELS)


def test_a_cancel_needs_no_order_stream() -> None:
    status = status_of((Channel.ORDER_STREAM, Lamp.OFF))
    assert not may_send(status)
    assert may_cancel(status)


def test_a_venue_with_one_channel_is_judged_by_its_login() -> None:
    status = ConnectionStatus(connection_id=CONNECTION, venue="qst", lamps=((Channel.LOGIN, Lamp.LIVE),))
    assert may_send(status)
    assert may_cancel(status)


@pytest.mark.parametrize("status", [None, ConnectionStatus(connection_id=CONNECTION, venue="qst", lamps=())])
def test_no_lamps_allow_nothing(status: ConnectionStatus | None) -> None:
    assert not may_send(status)
    assert not may_cancel(status)
