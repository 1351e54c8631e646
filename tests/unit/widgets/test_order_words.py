from dataclasses import replace
from decimal import Decimal

from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, IRA, MAIN, QST, corn_terms, make_order, make_screen
from workstation.domain.identity import AccountKey
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.widgets.order_words import OrderWords, life_time, number


def make_words() -> OrderWords:
    return OrderWords(make_screen()[0].services)


def test_an_account_is_called_by_the_traders_name_and_its_number(qtbot: QtBot) -> None:
    words = make_words()
    assert words.account(MAIN) == "Main (17014)"
    assert words.account(IRA) == "QST 17016 (17016)"
    assert words.account(AccountKey(QST, "99")) == "99"


def test_terms_are_said_in_full_in_the_contracts_own_notation(qtbot: QtBot) -> None:
    words = make_words()
    assert words.terms(corn_terms()) == "BUY 5 ZCZ26 limit 588^2, day"
    assert words.terms(corn_terms(side=Side.SELL, price=None)) == "SELL 5 ZCZ26 market, day"
    stop = replace(corn_terms(), ord_type=OrdType.STOP_LIMIT, stop_px=Decimal("590"))
    assert words.pricing(stop) == "stop limit 590^0 / 588^2"


def test_a_contract_that_is_not_known_keeps_plain_decimals(qtbot: QtBot) -> None:
    assert make_words().pricing(replace(corn_terms(), symbol="XXZ26")) == "limit 588.25"


def test_the_date_of_a_good_till_date_order_is_said() -> None:
    until = replace(corn_terms(), time_in_force=TimeInForce.GOOD_TILL_DATE, expire_date_ms=1_798_761_600_000)
    assert life_time(until) == "good till 2027-01-01"
    assert life_time(replace(until, expire_date_ms=None)) == "good till date"


def test_a_message_names_order_size_contract_and_account(qtbot: QtBot) -> None:
    words = make_words()
    assert words.title(make_order("W1042")) == "Order 111042 (BUY 5 ZCZ26, Main)"
    assert words.title(make_order("W7", OrdStatus.IN_DOUBT, account=HEDGE)) == "Order W7 (BUY 5 ZCZ26, Hedge)"


def test_a_list_line_says_what_is_left(qtbot: QtBot) -> None:
    words = make_words()
    order = make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=2)
    assert words.line(order) == "BUY 3 of 5 ZCZ26 limit 588^2 · Main · 111"
    assert number(make_order("W9", OrdStatus.PENDING_NEW)) == "W9"
