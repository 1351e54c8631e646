from decimal import Decimal

import pytest

from tests.support.otc_bench import EURUSD, NOW_MS, SMALL, OtcBench, number, otc_bench
from workstation.simulators.otc.dealing_checks import check_market, check_money
from workstation.simulators.otc.deals import Deed, Operation
from workstation.simulators.otc.refusals import Refused

BUY, SELL = Operation.BUY, Operation.SELL


def refusal(bench: OtcBench, deed: int = Deed.OPEN, operation: int = BUY, **fields: object) -> str:
    """Return the code in the answer to a request."""
    with pytest.raises(Refused) as refused:
        bench.do(deed, operation, **fields)
    assert not bench.outcomes
    return refused.value.code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"deed": Deed.PENDING}, "BE102"),
        ({"deed": 7}, "BE102"),
        ({"operation": Operation.BALANCE}, "BE102"),
        ({"operation": -1}, "BE102"),
        ({"symbol": "EURXXX"}, "BE094"),
        ({"symbol": "GAS-EX"}, "BE018"),
        ({"symbol": "AAPL.US_9", "operation": SELL, "volume": number("1")}, "BE012"),
        ({"symbol": "AAPL.US_9", "operation": Operation.SELL_LIMIT, "volume": number("1")}, "BE012"),
        ({"volume": number("0")}, "BE003"),
        ({"volume": number("0.001")}, "BE003"),
        ({"volume": number("0.015")}, "BE003"),
        ({"volume": number("101")}, "BE003"),
        ({"volume": number("50.01")}, "BE003"),
        ({"symbol": "AAPL.US", "volume": number("1.5")}, "BE003"),
        ({"price": number("0")}, "BE001"),
        ({"price": number("-1")}, "BE001"),
        ({"operation": Operation.BUY_LIMIT, "price": number("1.100001")}, "BE001"),
        ({"stop_loss": number("-1")}, "BE002"),
        ({"take_profit": number("1.2000001")}, "BE002"),
        ({"symbol": "AAPL.US_9", "volume": number("1"), "offset": 5}, "BE007"),
        ({"offset": -5}, "BE007"),
        ({"operation": Operation.BUY_LIMIT, "price": number("1.1"), "expiration_ms": NOW_MS - 1}, "BE007"),
        ({"deed": Deed.CLOSE, "order": 1}, "BE098"),
        ({"deed": Deed.MODIFY, "order": 1}, "BE098"),
        ({"deed": Deed.DELETE, "order": 1}, "BE098"),
    ],
)
def test_what_is_wrong_in_itself_is_refused_in_the_answer(fields: dict[str, object], code: str) -> None:
    assert refusal(otc_bench(), **fields) == code  # type: ignore[arg-type]


def test_a_pending_order_is_deleted_not_closed_and_a_position_the_reverse() -> None:
    bench = otc_bench()
    order = bench.placed(Operation.BUY_LIMIT, number("1.10000"))
    position = bench.opened()
    bench.forget()
    assert refusal(bench, Deed.CLOSE, order=order.order) == "BE096"
    assert refusal(bench, Deed.DELETE, order=position.order) == "BE007"
    assert refusal(bench, Deed.MODIFY, order=order.order, price=number("0")) == "BE001"
    assert refusal(bench, Deed.MODIFY, order=position.order, symbol="GOLD") == "BE007"


def test_a_close_asks_for_no_more_than_there_is_and_leaves_no_crumbs() -> None:
    bench = otc_bench()
    position = bench.opened(symbol="AAPL.US", volume=number("3"))
    bench.forget()
    assert refusal(bench, Deed.CLOSE, symbol="AAPL.US", order=position.order, volume=number("4")) == "BE003"
    assert refusal(bench, Deed.CLOSE, symbol="AAPL.US", order=position.order, volume=number("2.5")) == "BE003"
    assert refusal(bench, Deed.CLOSE, symbol="AAPL.US", order=position.order, volume=number("0")) == "BE003"
    bench.do(Deed.CLOSE, symbol="AAPL.US", order=position.order, volume=number("3"))
    bench.forget()
    assert refusal(bench, Deed.CLOSE, symbol="AAPL.US", order=position.order, volume=number("3")) == "BE097"


@pytest.mark.parametrize(
    ("operation", "price_away", "stop_away", "profit_away", "code"),
    [
        (BUY, "0", "-0.00100", "0.00100", ""),
        (BUY, "0", "0.00001", "0", "BE002"),
        (BUY, "0", "0", "-0.00001", "BE002"),
        (SELL, "0", "0.00100", "-0.00100", ""),
        (SELL, "0", "-0.00100", "0", "BE002"),
        (SELL, "0", "0", "0.00100", "BE002"),
        (Operation.BUY_LIMIT, "-0.00100", "-0.00100", "0.00100", ""),
        (Operation.BUY_LIMIT, "0.00100", "0", "0", "BE001"),
        (Operation.BUY_LIMIT, "-0.00100", "0.00100", "0", "BE002"),
        (Operation.SELL_LIMIT, "0.00100", "0.00100", "-0.00100", ""),
        (Operation.SELL_LIMIT, "-0.00100", "0", "0", "BE001"),
        (Operation.BUY_STOP, "0.00100", "-0.00100", "0.00100", ""),
        (Operation.BUY_STOP, "-0.00100", "0", "0", "BE001"),
        (Operation.SELL_STOP, "-0.00100", "0.00100", "-0.00100", ""),
        (Operation.SELL_STOP, "0.00100", "0", "0", "BE001"),
    ],
)
def test_prices_and_stops_belong_on_their_sides(
    operation: Operation, price_away: str, stop_away: str, profit_away: str, code: str
) -> None:
    bench = otc_bench()
    quote = bench.market.board.quote(EURUSD)
    opening, closing = (quote.ask, quote.bid) if operation.buys else (quote.bid, quote.ask)
    price = opening + Decimal(price_away)
    reference = price if operation.is_pending else closing
    stop_loss = reference + Decimal(stop_away) if Decimal(stop_away) else Decimal(0)
    take_profit = reference + Decimal(profit_away) if Decimal(profit_away) else Decimal(0)
    if not code:
        check_market(operation, quote, price=price, stop_loss=stop_loss, take_profit=take_profit)
        return
    with pytest.raises(Refused) as refused:
        check_market(operation, quote, price=price, stop_loss=stop_loss, take_profit=take_profit)
    assert refused.value.code == code


def test_stops_keep_the_symbols_distance() -> None:
    quote = otc_bench().market.board.quote("DE40")
    zero = Decimal(0)
    with pytest.raises(Refused):
        check_market(BUY, quote, price=zero, stop_loss=quote.bid - number("0.9"), take_profit=zero)
    check_market(BUY, quote, price=zero, stop_loss=quote.bid - number("1.0"), take_profit=zero)


def test_the_money_must_be_there() -> None:
    bench = otc_bench()
    bench.user_id = SMALL
    euro = bench.market.board.symbols[EURUSD]
    check_money(bench.books, euro, number("1"))
    with pytest.raises(Refused) as refused:
        check_money(bench.books, euro, number("2"))
    assert refused.value.code == "BE009"
