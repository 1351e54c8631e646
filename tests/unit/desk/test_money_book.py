from decimal import Decimal

from tests.support.fake_venue import ACCOUNT, CONNECTION
from workstation.desk.messages import AccountChanged, EngineMessage
from workstation.desk.money_book import MoneyBook
from workstation.domain.account import Account, Balance, Position
from workstation.domain.connection import Environment
from workstation.domain.executions import Execution
from workstation.domain.identity import ClOrdID, ExecID
from workstation.domain.order_terms import Side

MAIN = Account(key=ACCOUNT, venue="qst", environment=Environment.DEMO, name="Main", alias="")


def position(qty: str, symbol: str = "ZCZ26") -> Position:
    return Position(key=ACCOUNT, symbol=symbol, net_qty=Decimal(qty))


def test_the_traders_name_goes_before_the_venues_before_the_number() -> None:
    money = MoneyBook([].append, {})
    assert money.name(ACCOUNT) == "17014"
    money.take_account(MAIN)
    assert money.name(ACCOUNT) == "Main"
    money.set_alias(ACCOUNT, "Corn")
    assert money.name(ACCOUNT) == "Corn"
    money.set_alias(ACCOUNT, "")
    assert money.name(ACCOUNT) == "Main"


def test_a_saved_alias_is_put_on_the_account_when_it_is_listed() -> None:
    published: list[EngineMessage] = []
    money = MoneyBook(published.append, {ACCOUNT: "Corn"})
    assert money.name(ACCOUNT) == "Corn"
    money.take_account(MAIN)
    assert [one.account.alias for one in published if isinstance(one, AccountChanged)] == ["Corn"]


def test_a_position_is_unknown_until_books_came_and_flat_when_they_lack_it() -> None:
    published: list[EngineMessage] = []
    money = MoneyBook(published.append, {})
    assert money.net_qty(ACCOUNT, "ZCZ26") is None
    money.take_positions(ACCOUNT, (position("5"),))
    assert money.net_qty(ACCOUNT, "ZCZ26") == 5
    assert money.net_qty(ACCOUNT, "ESZ26") == 0
    money.take_positions(ACCOUNT, ())
    assert money.net_qty(ACCOUNT, "ZCZ26") == 0
    assert published[-1] == position("0"), "a position that vanished is shown flat"


def test_our_trades_are_counted_with_their_sign() -> None:
    money = MoneyBook([].append, {})
    for side, qty in ((Side.BUY, "5"), (Side.SELL, "2")):
        money.traded(
            Execution(
                exec_id=ExecID("1"),
                cl_ord_id=ClOrdID("W1"),
                account=ACCOUNT,
                symbol="ZCZ26",
                side=side,
                last_qty=Decimal(qty),
                last_px=None,
                transact_time_ns=0,
            )
        )
    assert money.traded_qty(ACCOUNT, "ZCZ26") == 3
    assert money.traded_qty(ACCOUNT, "ESZ26") == 0


def test_a_removed_connection_takes_everything_with_it() -> None:
    money = MoneyBook([].append, {})
    money.take_account(MAIN)
    money.take_balance(Balance(key=ACCOUNT, currency="USD"))
    money.take_positions(ACCOUNT, (position("5"),))
    assert money.accounts_of(CONNECTION) == (MAIN,)
    money.forget(CONNECTION)
    assert money.account(ACCOUNT) is None
    assert money.accounts_of(CONNECTION) == ()
    assert money.net_qty(ACCOUNT, "ZCZ26") is None


def trade(side: Side, qty: str) -> Execution:
    return Execution(
        exec_id=ExecID("1"),
        cl_ord_id=ClOrdID("W1"),
        account=ACCOUNT,
        symbol="ZCZ26",
        side=side,
        last_qty=Decimal(qty),
        last_px=None,
        transact_time_ns=0,
    )


def test_what_a_position_must_be_is_known_before_the_venue_tells_it() -> None:
    money = MoneyBook([].append, {})
    money.traded(trade(Side.BUY, "1"))
    assert money.expected_qty(ACCOUNT, "ZCZ26") is None
    money.take_positions(ACCOUNT, (position("5"),))
    assert money.expected_qty(ACCOUNT, "ZCZ26") == 5, "the book has what was traded before"
    money.traded(trade(Side.SELL, "7"))
    assert (money.net_qty(ACCOUNT, "ZCZ26"), money.expected_qty(ACCOUNT, "ZCZ26")) == (5, -2)
    money.take_position(position("-2"))
    assert money.expected_qty(ACCOUNT, "ZCZ26") == -2
    money.take_positions(ACCOUNT, ())
    assert (money.expected_qty(ACCOUNT, "ZCZ26"), money.expected_qty(ACCOUNT, "ESZ26")) == (0, 0)
    money.forget(CONNECTION)
    assert money.expected_qty(ACCOUNT, "ZCZ26") is None


def test_positions_held_apart_are_netted_per_symbol_and_end_one_by_one() -> None:
    said: list[EngineMessage] = []
    money = MoneyBook(said.append, {})
    first = Position(key=ACCOUNT, symbol="EURUSD", net_qty=Decimal("0.3"), position_id="1")
    second = Position(key=ACCOUNT, symbol="EURUSD", net_qty=Decimal("-0.1"), position_id="2")
    money.take_positions(ACCOUNT, (first, second))
    assert money.net_qty(ACCOUNT, "EURUSD") == Decimal("0.2")
    assert money.expected_qty(ACCOUNT, "EURUSD") == Decimal("0.2")
    assert money.position(ACCOUNT, "EURUSD", "2") == second
    money.take_positions(ACCOUNT, (first,))
    assert money.net_qty(ACCOUNT, "EURUSD") == Decimal("0.3")
    assert said[-2:] == [Position(key=ACCOUNT, symbol="EURUSD", net_qty=Decimal(0), position_id="2"), first]
