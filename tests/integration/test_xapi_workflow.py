"""Our XAPI connection against the built-in XAPI venue, on real sockets of both kinds: two ends written apart."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal

import pytest

from tests.support.xapi_connection_bench import Desk, at_once
from workstation.domain.account import Balance, Position
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.estimates import Estimate
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, InstrumentKey, OrderID
from workstation.domain.market_data import CandlePeriod, Candles, Depth, Quote
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderRequest,
    PositionAmendRequest,
)
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import SystemClock
from workstation.simulators.faults import parse_faults
from workstation.simulators.otc.dealer import DEFAULT_RULES, DealerRules
from workstation.simulators.otc.deals import Deal
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners
from workstation.venues.base import (
    BalanceReported,
    BookLoaded,
    InstrumentsListed,
    OrderReport,
    Outcome,
    PositionReported,
    RequestAnswered,
    TextNotified,
)
from workstation.venues.queries import (
    AccountFactsQuery,
    CalendarAnswer,
    CalendarQuery,
    CandlesQuery,
    EstimateQuery,
    FactsAnswer,
    HistoryAnswer,
    HoursAnswer,
    InstrumentFactsQuery,
    NewsAnswer,
    NewsQuery,
    QuotesAnswer,
    QuotesQuery,
    TradeHistoryQuery,
    TradingHoursQuery,
    Watch,
)
from workstation.venues.xapi.connection import XapiConnection
from workstation.venues.xapi.session import Timing

CONNECTION = ConnectionID("xapi-test")
TENTH = Decimal("0.1")
A_WHILE = Backoff(first_s=0.5, factor=1, limit_s=0.5)
"""Longer than the venue takes to carry an order out."""


@dataclass
class Seat:
    """A trader's end: the connection, what it told, and the venue's own books to compare with."""

    simulator: Simulator
    connection: XapiConnection
    desk: Desk
    account: AccountKey

    def terms(self, **changes: object) -> OrderTerms:
        asked: dict[str, object] = {
            "account": self.account,
            "symbol": "EURUSD",
            "side": Side.BUY,
            "ord_type": OrdType.MARKET,
            "time_in_force": TimeInForce.FILL_OR_KILL,
            "order_qty": TENTH,
        }
        return OrderTerms(**(asked | changes))  # type: ignore[arg-type]

    async def send(self, request: OrderRequest) -> RequestAnswered:
        await self.connection.send(self.connection.encode(request))
        await self.desk.until(lambda: any(one.request == request for one in self.desk.all_of(RequestAnswered)))
        return next(one for one in self.desk.all_of(RequestAnswered) if one.request == request)

    async def report(self, key: str, event: OrderEvent) -> OrderReport:
        def fits(one: OrderReport) -> bool:
            return one.cl_ord_id == key and one.event is event

        await self.desk.until(lambda: any(map(fits, self.desk.all_of(OrderReport))))
        return next(filter(fits, self.desk.all_of(OrderReport)))

    def position(self) -> Position | None:
        """Return the position told last."""
        told = [one.position for one in self.desk.all_of(PositionReported)]
        return told[-1] if told else None

    @property
    def deals(self) -> list[Deal]:
        return list(self.simulator.otc.dealer.books[self.account.account_id].positions.values())

    @property
    def pendings(self) -> list[Deal]:
        return list(self.simulator.otc.dealer.books[self.account.account_id].pendings.values())


@asynccontextmanager
async def seat(way: str, simulator: Simulator, backoff: Backoff) -> AsyncIterator[Seat]:
    front = simulator.xapi
    socket = f"tcp://{front.host}"
    main, stream = {
        "sockets": (f"{socket}:{front.main_port}", f"{socket}:{front.stream_port}"),
        "WebSocket": (f"{front.ws_url}/demo", f"{front.ws_url}/demoStream"),
    }[way]
    profile = ConnectionProfile(
        connection_id=CONNECTION,
        venue="xapi",
        name="XAPI",
        environment=Environment.SIMULATED,
        url=main,
        settings={"user_id": front.user_id, "stream_url": stream},
        secret_names=("password",),
    )
    desk = Desk()
    timing = Timing(tick_s=0.01, gap_s=0.001, leave_s=0.5, retry=at_once)
    secrets = {"password": front.password}
    subject = XapiConnection(profile, secrets, desk.sink, SystemClock(), backoff=backoff, timing=timing)
    task = asyncio.get_running_loop().create_task(subject.run())
    try:
        await desk.until(lambda: desk.live and bool(desk.all_of(BookLoaded)) and bool(desk.all_of(InstrumentsListed)))
        yield Seat(simulator, subject, desk, AccountKey(CONNECTION, front.user_id))
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def run(
    way: str,
    steps: Callable[[Seat], Awaitable[None]],
    *faults: dict[str, object],
    backoff: Backoff | None = None,
    rules: DealerRules = DEFAULT_RULES,
) -> None:
    async def main() -> None:
        plans = parse_faults({"xapi": list(faults)})
        options = SimulatorOptions(
            seed=1, step_s=None, faults=plans, xapi_manners=Manners(pace_s=0.0), xapi_rules=rules
        )
        async with (
            running_simulator(options) as simulator,
            asyncio.timeout(50),
            seat(way, simulator, backoff or at_once()) as trader,
        ):
            await steps(trader)

    asyncio.run(main())


@pytest.mark.parametrize("way", ["sockets", "WebSocket"])
def test_a_position_is_opened_amended_and_closed(way: str) -> None:
    async def steps(trader: Seat) -> None:
        answer = await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=trader.terms()))
        assert answer.outcome is Outcome.RECEIVED, answer
        await trader.report("W1", OrderEvent.REPORT_FILLED)
        [deal] = trader.deals
        await trader.desk.until(lambda: trader.position() is not None)
        held = trader.position()
        assert held is not None
        assert (held.position_id, held.net_qty) == (str(deal.position), TENTH)
        amend = PositionAmendRequest(
            cl_ord_id=ClOrdID("W2"),
            account=trader.account,
            symbol="EURUSD",
            position_id=str(deal.position),
            side=Side.BUY,
            qty=TENTH,
            stop_loss=Decimal("1.10000"),
            take_profit=Decimal("1.20000"),
        )
        assert (await trader.send(amend)).outcome is Outcome.RECEIVED
        assert (trader.deals[0].stop_loss, trader.deals[0].take_profit) == (Decimal("1.10000"), Decimal("1.20000"))
        close = trader.terms(
            side=Side.SELL, position_effect=PositionEffect.CLOSE, position_id=str(deal.position), order_qty=TENTH
        )
        assert (await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W3"), terms=close))).outcome is Outcome.RECEIVED
        await trader.report("W3", OrderEvent.REPORT_FILLED)
        assert trader.deals == []

    run(way, steps)


@pytest.mark.parametrize("way", ["sockets", "WebSocket"])
def test_a_pending_order_is_placed_replaced_canceled_and_another_triggered(way: str) -> None:
    async def steps(trader: Seat) -> None:
        resting = trader.terms(
            ord_type=OrdType.LIMIT, time_in_force=TimeInForce.GOOD_TILL_CANCEL, price=Decimal("1.10000")
        )
        await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=resting))
        shown = await trader.report("W1", OrderEvent.REPORT_NEW)
        [pending] = trader.pendings
        assert shown.order_id == str(pending.order)
        moved = trader.terms(
            ord_type=OrdType.LIMIT, time_in_force=TimeInForce.GOOD_TILL_CANCEL, price=Decimal("1.11000")
        )
        replaced = OrderCancelReplaceRequest(cl_ord_id=ClOrdID("W1"), order_id=shown.order_id, terms=moved)
        assert (await trader.send(replaced)).outcome is Outcome.RECEIVED
        assert trader.pendings[0].open_price == Decimal("1.11000")
        cancel = OrderCancelRequest(
            cl_ord_ids=(ClOrdID("W1"),), order_ids=(OrderID(shown.order_id),), account=trader.account
        )
        assert (await trader.send(cancel)).outcome is Outcome.RECEIVED
        await trader.report("W1", OrderEvent.REPORT_CANCELED)
        await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W2"), terms=moved))
        await trader.report("W2", OrderEvent.REPORT_NEW)
        now_ms = trader.simulator.clock.now_ns() // 1_000_000
        trader.simulator.otc.move_to("EURUSD", Decimal("1.10500"), now_ms)
        await trader.report("W2", OrderEvent.REPORT_FILLED)
        assert len(trader.deals) == 1

    run(way, steps)


@pytest.mark.parametrize("way", ["sockets", "WebSocket"])
def test_refusals_of_both_kinds_are_refusals(way: str) -> None:
    async def steps(trader: Seat) -> None:
        too_much = await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=trader.terms(order_qty=Decimal(60))))
        assert too_much.outcome is Outcome.REFUSED
        assert "Not enough money" in too_much.text
        short = trader.terms(symbol="AAPL.US_9", side=Side.SELL, order_qty=Decimal(1))
        prohibited = await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W2"), terms=short))
        assert prohibited.outcome is Outcome.REFUSED
        assert "BE012" in prohibited.text or "Short positions prohibited" in prohibited.text
        assert trader.deals == []

    run(way, steps)


def test_market_data_and_questions() -> None:
    async def steps(trader: Seat) -> None:
        listed = [one for event in trader.desk.all_of(InstrumentsListed) for one in event.instruments]
        assert {one.symbol for one in listed} == set(trader.simulator.otc.board.symbols)
        key = InstrumentKey(CONNECTION, "EURUSD")
        trader.connection.watch(Watch(quotes=frozenset({"EURUSD"}), depth=frozenset({"GOLD"})))
        await trader.desk.until(lambda: any(len(one.bids) == 5 for one in trader.desk.all_of(Depth)))
        await trader.desk.until(lambda: any(one.key == key for one in trader.desk.all_of(Quote)))
        quote = trader.simulator.otc.board.quote("EURUSD")
        told = next(one for one in trader.desk.all_of(Quote) if one.key == key)
        assert (told.bid_px, told.ask_px) == (quote.bid, quote.ask)
        now_ns = trader.simulator.clock.now_ns()
        candles = await trader.connection.query(
            CandlesQuery(key=key, period=CandlePeriod.M5, start_ns=now_ns - 3_600_000_000_000)
        )
        assert isinstance(candles, Candles)
        assert candles.candles[-1].close_px == quote.bid
        news = await trader.connection.query(NewsQuery(start_ns=0))
        assert isinstance(news, NewsAnswer)
        assert len(news.items) == 36
        history = await trader.connection.query(TradeHistoryQuery(account=trader.account, start_ns=0))
        assert isinstance(history, HistoryAnswer)
        balance: Balance = trader.desk.all_of(BalanceReported)[-1].balance
        assert balance.currency == "EUR"

        for question, kind in (
            (CalendarQuery(), CalendarAnswer),
            (TradingHoursQuery(keys=(key,)), HoursAnswer),
            (InstrumentFactsQuery(key=key), FactsAnswer),
            (AccountFactsQuery(account=trader.account), FactsAnswer),
            (QuotesQuery(keys=(key,)), QuotesAnswer),
            (EstimateQuery(terms=trader.terms()), Estimate),
        ):
            assert isinstance(await trader.connection.query(question), kind)

    run("sockets", steps)


def test_the_market_closes_what_it_reaches_and_the_trader_reads_why() -> None:
    async def steps(trader: Seat) -> None:
        terms = trader.terms(stop_loss=Decimal("1.15000"), trailing_offset=None)
        await trader.send(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=terms))
        await trader.report("W1", OrderEvent.REPORT_FILLED)
        now_ms = trader.simulator.clock.now_ns() // 1_000_000
        trader.simulator.otc.move_to("EURUSD", Decimal("1.14500"), now_ms)
        await trader.desk.until(lambda: any("stop" in one.text.lower() for one in trader.desk.all_of(TextNotified)))
        await trader.desk.until(lambda: (held := trader.position()) is not None and held.net_qty == 0)

    run("sockets", steps)


def test_a_reply_that_is_lost_leaves_no_order_behind_unknown() -> None:
    """The order is done and its reply is not: the stream and the books tell by our key."""

    async def steps(trader: Seat) -> None:
        await trader.connection.send(
            trader.connection.encode(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=trader.terms()))
        )
        await trader.report("W1", OrderEvent.REPORT_FILLED)
        assert len(trader.deals) == 1

    run("sockets", steps, {"do": "drop", "message": "tradeTransaction"})


def test_after_a_lost_link_the_books_say_what_became_of_an_order() -> None:
    async def steps(trader: Seat) -> None:
        await trader.connection.send(
            trader.connection.encode(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=trader.terms()))
        )

        def told() -> bool:
            books = trader.desk.all_of(BookLoaded)
            return any(one.cl_ord_id == "W1" for book in books for one in book.reports)

        await trader.desk.until(told)
        assert len(trader.deals) == 1

    run("sockets", steps, {"do": "close", "message": "tradeTransaction"}, backoff=A_WHILE)


def test_an_order_on_its_way_while_the_books_are_read_is_told_by_the_stream() -> None:
    """The connection is back before the venue has carried the order out: the books cannot hold it yet."""

    async def steps(trader: Seat) -> None:
        await trader.connection.send(
            trader.connection.encode(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=trader.terms()))
        )
        await trader.report("W1", OrderEvent.REPORT_FILLED)
        assert len(trader.deals) == 1

    slow = DealerRules(execution_ms=1000)
    run("sockets", steps, {"do": "close", "message": "tradeTransaction"}, rules=slow)
