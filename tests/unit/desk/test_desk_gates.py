import pytest

from tests.support.gate_contexts import NOW_NS, context_of, fired, status_of
from workstation.desk.desk_gates import (
    account_is_known,
    connection_is_live,
    journal_is_sound,
    not_killed,
    not_locked,
)
from workstation.desk.messages import DeskState
from workstation.venues.base import Channel, Lamp


def test_a_failed_journal_stops_the_order_and_says_why() -> None:
    (text,) = fired(journal_is_sound, context_of(desk=DeskState(journal_fault="The disk is full.")))
    assert text == "HARD: The order cannot be written to the journal, so it is not sent. The disk is full."
    assert not fired(journal_is_sound, context_of())


def test_a_kill_stops_everything_until_it_is_released() -> None:
    (text,) = fired(not_killed, context_of(desk=DeskState(killed_since_ns=NOW_NS)))
    assert text.startswith("HARD: The kill switch is on since ")
    assert not fired(not_killed, context_of())


def test_a_lock_stops_sends() -> None:
    assert fired(not_locked, context_of(desk=DeskState(locked=True)))[0].startswith("HARD: Trading is locked")
    assert not fired(not_locked, context_of())


@pytest.mark.parametrize("channel", [Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM])
@pytest.mark.parametrize("lamp", set(Lamp) - {Lamp.LIVE, Lamp.STALE, Lamp.DEGRADED})
def test_every_channel_that_trading_rests_on_must_be_up(channel: Channel, lamp: Lamp) -> None:
    (text,) = fired(connection_is_live, context_of(status=status_of((channel, lamp))))
    assert text.startswith("HARD: QST demo cannot take orders now: ")


@pytest.mark.parametrize("lamp", [Lamp.LIVE, Lamp.STALE, Lamp.DEGRADED])
def test_a_slow_or_stale_connection_still_takes_orders(lamp: Lamp) -> None:
    assert not fired(connection_is_live, context_of(status=status_of((Channel.TRADING, lamp))))


def test_market_data_alone_stops_no_order() -> None:
    assert not fired(connection_is_live, context_of(status=status_of((Channel.DATA, Lamp.OFF))))


def test_a_connection_that_never_was_takes_no_order() -> None:
    assert fired(connection_is_live, context_of(status=None)) == ["HARD: QST demo cannot take orders now: it is off."]


def test_the_cure_is_what_the_connection_says_of_itself() -> None:
    status = status_of((Channel.LOGIN, Lamp.NEEDS_YOU), last_error="The password was refused. Enter it again.")
    (finding,) = connection_is_live(context_of(status=status))
    assert finding.cure == "The password was refused. Enter it again."


def test_an_account_that_the_venue_did_not_list_is_stopped() -> None:
    assert fired(account_is_known, context_of(account=None)) == ["HARD: Account 17014 is not one that QST demo offers."]
    assert not fired(account_is_known, context_of())
