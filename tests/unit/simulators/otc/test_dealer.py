from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.otc_bench import EURUSD, MAIN, NOW_MS, SMALL, OtcBench, number, otc_bench
from workstation.simulators.otc.dealer import Dealer, DealerRules
from workstation.simulators.otc.deals import Deed, Operation, RequestStatus, TradeRequest
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.otc.refusals import Refused

TEN_MS = 10


def test_a_market_deal_opens_a_position_of_its_own_at_the_quote() -> None:
    bench = otc_bench()
    outcome = bench.do(custom_comment="mine", stop_loss=number("1.1"), take_profit=number("1.2"))
    assert (outcome.status, outcome.price, outcome.message) == (RequestStatus.ACCEPTED, bench.ask(), None)
    [deal] = bench.books.positions.values()
    assert deal.order == deal.position != deal.order2 == outcome.number
    assert (deal.open_price, deal.custom_comment) == (bench.ask(), "mine")
    assert (deal.stop_loss, deal.take_profit) == (number("1.1"), number("1.2"))
    assert bench.kinds == [(Deed.PENDING, False, False), (Deed.OPEN, False, False)]
    assert bench.opened(Operation.SELL).open_price == bench.bid()
    assert len(bench.books.positions) == 2


def test_a_request_is_carried_out_a_moment_later_and_not_before() -> None:
    market = OtcMarket(seed=1, now_ms=NOW_MS)
    request = TradeRequest(deed=0, operation=0, symbol=EURUSD, volume=number("0.1"), price=number("1"))
    asked = market.dealer.submit(MAIN, request, NOW_MS)
    market.pulse(NOW_MS + TEN_MS)
    outcome = market.dealer.outcome(MAIN, asked)
    assert outcome is not None
    assert outcome.status is RequestStatus.PENDING
    market.pulse(NOW_MS + 200)
    settled = market.dealer.outcome(MAIN, asked)
    assert settled is not None
    assert settled.status is RequestStatus.ACCEPTED
    assert market.dealer.outcome(SMALL, asked) is None


def test_a_whole_close_tells_the_end_first_and_then_the_closed_deal() -> None:
    bench = otc_bench()
    deal = bench.opened(custom_comment="mine")
    bench.forget()
    bench.move(bench.bid() + number("0.00100"))
    outcome = bench.do(Deed.CLOSE, Operation.SELL, order=deal.order)
    assert outcome.price == bench.bid()
    assert bench.kinds == [(Deed.OPEN, True, False), (Deed.CLOSE, False, True)]
    closed = bench.books.closed[-1]
    assert (closed.position, closed.order2, closed.custom_comment) == (deal.position, outcome.number, "mine")
    assert closed.order not in (deal.order, outcome.number)
    assert closed.comment == deal.comment
    assert closed.profit == bench.books.profit_at(deal, bench.bid())
    assert not bench.books.positions


@pytest.mark.parametrize("keeps", [True, False])
def test_a_partial_close_leaves_the_rest_open(keeps: bool) -> None:
    bench = otc_bench(rest_keeps_number=keeps)
    deal = bench.opened(symbol="SAP.DE", volume=number("3"))
    bench.forget()
    bench.do(Deed.CLOSE, symbol="SAP.DE", order=deal.order, volume=number("1"))
    [rest] = bench.books.positions.values()
    closed = bench.books.closed[-1]
    assert (rest.volume, closed.volume) == (2, 1)
    assert (rest.position == deal.position) is keeps
    assert closed.position == deal.position
    fee = bench.books.commission_of(bench.market.board.symbols["SAP.DE"], number("1"))
    assert rest.commission + closed.commission == deal.commission - fee
    assert [gone for _, gone, _ in bench.kinds] == ([] if keeps else [True]) + [False, False]


def test_a_pending_order_keeps_its_number_through_changes() -> None:
    bench = otc_bench()
    order = bench.placed(Operation.BUY_LIMIT, number("1.10000"), custom_comment="a", expiration_ms=NOW_MS + 1000)
    assert order.order == order.order2 == order.position
    bench.do(Deed.MODIFY, order=order.order, price=number("1.10500"), stop_loss=number("1.1"), custom_comment="b")
    [changed] = bench.books.pendings.values()
    assert changed.order == order.order
    assert (changed.open_price, changed.stop_loss, changed.custom_comment) == (number("1.10500"), number("1.1"), "b")
    assert changed.expiration_ms is None
    assert changed.volume == order.volume
    bench.do(Deed.DELETE, order=order.order)
    assert not bench.books.pendings
    assert bench.kinds[-1] == (Deed.PENDING, True, False)


def test_a_change_replaces_all_stops_of_a_position() -> None:
    bench = otc_bench()
    deal = bench.opened(stop_loss=number("1.1"), take_profit=number("1.2"), custom_comment="a")
    bench.do(Deed.MODIFY, order=deal.order, take_profit=number("1.3"), custom_comment=None)
    [changed] = bench.books.positions.values()
    assert (changed.stop_loss, changed.take_profit, changed.custom_comment) == (0, number("1.3"), None)
    assert changed.open_price == deal.open_price


def test_a_trailing_position_without_a_stop_gets_one_at_its_offset() -> None:
    bench = otc_bench()
    assert bench.opened(offset=20).stop_loss == bench.bid() - number("0.0020")
    assert bench.opened(Operation.SELL, offset=20).stop_loss == bench.ask() + number("0.0020")
    deal = bench.opened()
    bench.do(Deed.MODIFY, order=deal.order, offset=30)
    assert bench.books.positions[deal.order].stop_loss == bench.bid() - number("0.0030")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"volume": number("60")}, "Not enough money on account to perform trade"),
        ({"stop_loss": number("2")}, "Invalid StopLoss or TakeProfit"),
        ({"operation": Operation.BUY_LIMIT, "price": number("2")}, "Invalid price"),
    ],
)
def test_what_the_market_forbids_is_rejected_afterwards(fields: dict[str, object], message: str) -> None:
    bench = otc_bench()
    outcome = bench.do(**fields)  # type: ignore[arg-type]
    assert (outcome.status, outcome.message) == (RequestStatus.REJECTED, message)
    assert bench.outcomes == [outcome]
    assert not bench.told
    assert not bench.books.positions
    assert not bench.books.pendings


def test_hours_are_kept_if_wanted() -> None:
    bench = otc_bench(keeps_hours=True)  # it is Saturday
    assert bench.do().message == "Market for instrument is closed"
    assert bench.do(symbol="BITCOIN", volume=number("0.01")).status is RequestStatus.ACCEPTED
    assert otc_bench().do().status is RequestStatus.ACCEPTED


def test_what_goes_while_a_request_waits_is_rejected() -> None:
    bench = otc_bench()
    deal = bench.opened()
    order = bench.placed(Operation.BUY_LIMIT, number("1.10000"))
    part = bench.opened(volume=number("0.5"))
    asked = [
        TradeRequest(deed=Deed.CLOSE, operation=0, symbol=EURUSD, volume=number("0.1"), order=deal.order),
        TradeRequest(deed=Deed.CLOSE, operation=0, symbol=EURUSD, volume=number("0.1"), order=deal.order),
        TradeRequest(deed=Deed.DELETE, operation=0, symbol=EURUSD, order=order.order),
        TradeRequest(deed=Deed.DELETE, operation=0, symbol=EURUSD, order=order.order),
        TradeRequest(deed=Deed.CLOSE, operation=0, symbol=EURUSD, volume=number("0.3"), order=part.order),
        TradeRequest(deed=Deed.CLOSE, operation=0, symbol=EURUSD, volume=number("0.3"), order=part.order),
    ]
    bench.forget()
    for request in asked:
        bench.market.dealer.submit(MAIN, request, NOW_MS)
    bench.market.pulse(NOW_MS)
    assert [outcome.message for outcome in bench.outcomes] == [
        None,
        "Cannot close already closed order",
        None,
        "No such transaction",
        None,
        "Invalid volume",
    ]


def test_accounts_do_not_see_each_others_deals() -> None:
    bench = otc_bench()
    deal = bench.opened()
    bench.user_id = SMALL
    with pytest.raises(Refused, match="No such transaction"):
        bench.do(Deed.CLOSE, order=deal.order)
    assert {user_id for user_id, _ in bench.told} == {MAIN}


def test_old_outcomes_are_forgotten_in_the_end() -> None:
    market = otc_bench().market
    dealer = Dealer(market.board, market.dealer.books.values(), DealerRules(execution_ms=0))
    request = TradeRequest(deed=0, operation=2, symbol=EURUSD, volume=number("0.01"), price=number("2"))
    numbers = [dealer.submit(MAIN, request, NOW_MS) for _ in range(10_001)]
    assert dealer.outcome(MAIN, numbers[0]) is None
    assert dealer.outcome(MAIN, numbers[1]) is not None


STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "close", "part", "move"]), st.integers(-300, 300), st.booleans()),
    min_size=1,
    max_size=25,
)


@given(STEPS)
def test_money_always_adds_up(steps: list[tuple[str, int, bool]]) -> None:
    bench = otc_bench()
    base = bench.bid()
    for what, points, buys in steps:
        _live(bench, what, base + points * Decimal("0.00001"), buys)
        books = bench.books
        assert books.balance == sum((deal.result for deal in books.closed), Decimal(0))
        running = sum(
            (books.profit(deal) + deal.storage + deal.commission for deal in books.positions.values()), Decimal(0)
        )
        assert books.funds().equity == books.balance + running
        assert all(deal.volume > 0 for deal in books.positions.values())


def _live(bench: OtcBench, what: str, bid: Decimal, buys: bool) -> None:
    held = list(bench.books.positions.values())
    if what == "move":
        bench.move(bid)
    elif what == "open" or not held:
        bench.do(Deed.OPEN, Operation.BUY if buys else Operation.SELL, volume=number("0.3"))
    else:
        volume = min(held[0].volume, number("0.1")) if what == "part" else held[0].volume
        bench.do(Deed.CLOSE, order=held[0].order, volume=volume)
