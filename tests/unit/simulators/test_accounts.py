from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.support.simulated_orders import SYMBOL, order, ticket
from workstation.domain.order_terms import Side
from workstation.simulators.accounts import ACCOUNTS, AccountLedger, AccountRow, Funds
from workstation.simulators.contracts import listed_contracts
from workstation.simulators.engine_orders import EngineOrder, Stage

CONTRACTS = {contract.symbol: contract for contract in listed_contracts(date(2026, 11, 21))}
PRICES = {symbol: contract.base_price for symbol, contract in CONTRACTS.items()}


def ledger() -> AccountLedger:
    return AccountLedger(AccountRow(account_id="1", name="One", cash=Decimal(10_000)), CONTRACTS)


def working(number: int, side: Side, qty: str) -> EngineOrder:
    return replace(order(number, ticket(side, qty, "441.25")), stage=Stage.WORKING)


def funds(books: AccountLedger, *orders: EngineOrder) -> Funds:
    return books.funds(orders, PRICES)


def test_there_are_three_accounts_with_different_numbers() -> None:
    assert [row.account_id for row in ACCOUNTS] == ["17014", "17015", "297999"]


def test_a_new_account_owes_nothing() -> None:
    assert funds(ledger()).net_liquidation == 10_000
    assert funds(ledger()).initial_margin_with_orders == 0


def test_a_trade_costs_commission_and_fee_and_margin() -> None:
    books = ledger()
    books.book_trade(SYMBOL, Side.BUY, Decimal(2), Decimal("440.25"))
    money = funds(books)
    assert (money.commissions, money.fees) == (Decimal("2.50"), Decimal("1.70"))
    assert money.open_profit == 100
    assert money.balance == Decimal("9995.80")
    assert money.net_liquidation == Decimal("10095.80")
    assert (money.initial_margin, money.maintenance_margin) == (Decimal(2200), Decimal(2000))


def test_orders_count_at_the_worst_position_they_can_lead_to() -> None:
    books = ledger()
    books.book_trade(SYMBOL, Side.BUY, Decimal(2), Decimal("441.25"))
    assert funds(books, working(1, Side.BUY, "3")).initial_margin_with_orders == 5 * 1100
    assert funds(books, working(1, Side.SELL, "2")).initial_margin_with_orders == 2 * 1100
    assert funds(books, working(1, Side.SELL, "5")).initial_margin_with_orders == 3 * 1100
    both = funds(books, working(1, Side.SELL, "5"), working(2, Side.BUY, "1"))
    assert both.initial_margin_with_orders == 3 * 1100
    assert both.maintenance_margin_with_orders == 3 * 1000
    assert both.initial_margin == 2 * 1100


def test_the_next_day_starts_with_what_the_last_one_left() -> None:
    books = ledger()
    books.book_trade(SYMBOL, Side.BUY, Decimal(2), Decimal("440.25"))
    books.book_trade(SYMBOL, Side.SELL, Decimal(1), Decimal("441.25"))
    before = funds(books)
    books.end_day()
    after = funds(books)
    assert after.start_of_day == before.balance == Decimal("10043.70")
    assert (after.realised, after.commissions, after.fees) == (0, 0, 0)
    assert after.net_liquidation == before.net_liquidation
    assert books.holding(SYMBOL).net_qty == 1
