from decimal import Decimal

from tests.support.apart_venue import held
from tests.support.fake_venue import ACCOUNT, CONNECTION
from workstation.desk.unshown_closes import UnshownCloses
from workstation.domain.identity import AccountKey, ConnectionID

PLACE = held().place
ONE = Decimal(1)


def test_a_trade_counts_until_its_position_shows_it() -> None:
    closes = UnshownCloses()
    closes.traded(PLACE, ONE, 5)
    closes.told(held(), held())
    assert closes.qty(PLACE) == ONE
    assert closes.qty(held("8").place) == 0
    closes.told(held(), held(net_qty="1.1"))
    assert closes.qty(PLACE) == Decimal("0.6")
    closes.told(held(net_qty="1.1"), held(net_qty="0.5"))
    assert closes.qty(PLACE) == 0


def test_a_short_position_shows_it_by_its_size() -> None:
    closes = UnshownCloses()
    closes.traded(PLACE, ONE, 5)
    closes.told(held(net_qty="-1.5"), held(net_qty="-0.5"))
    assert closes.qty(PLACE) == 0


def test_a_position_that_is_told_before_its_trade_shows_it_already() -> None:
    closes = UnshownCloses()
    closes.told(held(), held(net_qty="0.5"))
    closes.traded(PLACE, ONE, 5)
    assert closes.qty(PLACE) == 0


def test_a_closed_position_has_nothing_left_to_show() -> None:
    closes = UnshownCloses()
    closes.traded(PLACE, ONE, 5)
    closes.told(held(), held(net_qty="0"))
    assert closes.qty(PLACE) == 0


def test_books_that_were_asked_for_after_the_trade_show_it() -> None:
    closes = UnshownCloses()
    closes.traded(PLACE, ONE, 5)
    closes.books_came(ACCOUNT, 5)
    closes.books_came(AccountKey(CONNECTION, "17015"), 6)
    assert closes.qty(PLACE) == ONE
    closes.books_came(ACCOUNT, 6)
    assert closes.qty(PLACE) == 0


def test_books_take_back_what_positions_show_beyond_our_trades() -> None:
    closes = UnshownCloses()
    closes.told(held(), held(net_qty="0.5", transact_time_ns=9))
    closes.books_came(ACCOUNT, 5)
    closes.traded(PLACE, ONE, 10)
    assert closes.qty(PLACE) == ONE


def test_what_is_put_back_stands_as_it_did() -> None:
    closes = UnshownCloses()
    closes.traded(PLACE, ONE, 5)
    counted = closes.counted()
    closes.traded(PLACE, ONE, 6)
    closes.traded(held("8").place, ONE, 6)
    closes.put_back(counted)
    assert (closes.qty(PLACE), closes.qty(held("8").place)) == (ONE, 0)


def test_a_removed_connection_leaves_nothing() -> None:
    closes = UnshownCloses()
    closes.traded(PLACE, ONE, 5)
    closes.forget(ConnectionID("other"))
    assert closes.qty(PLACE) == ONE
    closes.forget(CONNECTION)
    assert closes.qty(PLACE) == 0
