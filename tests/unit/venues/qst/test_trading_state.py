"""The TRADING lamp follows what the venue says of its order entry."""

from tests.support.qst_bench import Bench
from workstation.venues.base import Lamp
from workstation.venues.qst import messages as qst


def test_order_entry_that_went_away_darkens_the_lamp_and_comes_back_with_the_books() -> None:
    bench = Bench().ready()
    bench.hear(qst.ConnectionStatusUpdateNotification(status="DISCONNECTED", text="back end away"))
    assert bench.talk.trading.lamp is Lamp.RECONNECTING
    bench.hear(qst.ConnectionStatusUpdateNotification(status="CONNECTED"))
    assert bench.talk.trading.lamp is Lamp.LIVE
    assert "OrderBookRequest" in bench.sent_kinds


def test_another_accounts_state_does_not_touch_the_lamp() -> None:
    bench = Bench().ready()
    bench.hear(qst.AccountStatusUpdate(account_number="17015", status="DISCONNECTED"))
    assert bench.talk.trading.lamp is Lamp.LIVE
    bench.hear(qst.AccountStatusUpdate(account_number="17014", status="DISCONNECTED"))
    assert bench.talk.trading.lamp is Lamp.RECONNECTING


def test_an_account_called_live_blocks_a_profile_that_is_not() -> None:
    bench = Bench().ready()
    bench.hear(qst.AccountStatusUpdate(account_number="17015", status="CONNECTED", is_live_trading=True))
    assert bench.talk.trading.lamp is Lamp.BLOCKED
