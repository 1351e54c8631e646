from decimal import Decimal

from tests.support.otc_bench import NOW_MS, SMALL, number, otc_bench
from workstation.simulators.otc.account_books import AccountBooks, Customer
from workstation.simulators.otc.deals import Operation


def test_equity_is_balance_credit_and_what_runs() -> None:
    bench = otc_bench()
    bench.user_id = SMALL
    before = bench.books.funds()
    assert (before.credit, before.margin, before.level) == (Decimal(250), 0, 0)
    assert before.equity == before.balance + 250 == before.free
    deal = bench.opened(volume=number("0.02"))
    funds = bench.books.funds()
    assert funds.equity == before.equity + bench.books.profit(deal) + deal.storage + deal.commission
    assert funds.margin == bench.books.margin_of(bench.market.board.symbols["EURUSD"], number("0.02"))
    assert funds.free == funds.equity - funds.margin
    assert funds.level == (funds.equity * 100 / funds.margin).quantize(Decimal("0.01"))


def test_profit_is_in_account_currency_to_the_cent() -> None:
    bench = otc_bench()
    bench.move(number("1.16000"))
    euro = bench.market.board.symbols["EURUSD"]
    rate = bench.books.rate("USD")
    gained = bench.books.estimate(euro, Operation.BUY, number("1"), number("1.16000"), number("1.16123"))
    assert gained == (Decimal(123) * rate).quantize(Decimal("0.01"))
    lost = bench.books.estimate(euro, Operation.SELL, number("1"), number("1.16000"), number("1.16123"))
    assert lost == -gained


def test_margins_follow_leverage_and_base_currency() -> None:
    bench = otc_bench()
    symbols = bench.market.board.symbols
    assert bench.books.margin_of(symbols["EURUSD"], number("1")) == Decimal("3330.00")
    dax = bench.books.margin_of(symbols["DE40"], number("0.1"))
    assert dax == (number("0.1") * 25 * bench.ask("DE40") * 5 / 100).quantize(Decimal("0.01"))


def test_shares_cost_commission_with_a_least_one_and_others_none() -> None:
    bench = otc_bench()
    symbols = bench.market.board.symbols
    assert bench.books.commission_of(symbols["EURUSD"], number("1")) == 0
    assert bench.books.commission_of(symbols["SAP.DE"], number("1")) == Decimal("8.00")
    turnover = 1000 * bench.ask("SAP.DE")
    assert bench.books.commission_of(symbols["SAP.DE"], number("1000")) == (turnover * number("0.0008")).quantize(
        Decimal("0.01")
    )


def test_the_balance_is_what_the_history_adds_up_to() -> None:
    bench = otc_bench()
    for symbol, volume in (("EURUSD", "0.3"), ("SAP.DE", "7"), ("GOLD", "0.05")):
        deal = bench.opened(symbol=symbol, volume=number(volume))
        bench.do(2, symbol=symbol, volume=number(volume), order=deal.order)
    assert bench.books.balance == sum(deal.result for deal in bench.books.closed)
    assert bench.books.funds().equity == bench.books.balance
    assert bench.books.was_closed(deal.position)
    assert not bench.books.was_closed(1)


def test_history_is_cut_by_the_time_of_closing() -> None:
    bench = otc_bench()
    closed = [deal for deal in bench.books.closed if deal.close_ms is not None]
    middle = closed[3].close_ms
    assert middle is not None
    assert bench.books.history(0, NOW_MS) == closed
    assert bench.books.history(middle, middle) == [closed[3]]


def test_an_account_may_begin_with_nothing() -> None:
    books = AccountBooks(Customer(user_id="1", name="", currency="EUR", deposit=Decimal(0)), otc_bench().market.board)
    assert books.funds().free == books.funds().level == 0
