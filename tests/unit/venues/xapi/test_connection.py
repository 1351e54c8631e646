"""A whole login over real sockets of both kinds, and every way in which a server can spoil it."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.qst_scripted_server import self_signed
from tests.support.xapi_bench import (
    KEY,
    SECRETS,
    amend,
    cancel,
    close,
    place,
    place_limit,
    profile,
    replace_limit,
)
from tests.support.xapi_connection_bench import FAST, PATIENCE_S, Desk, Served, at_once, connection, running
from tests.support.xapi_scripted_server import ScriptedXapi, on_sockets, on_websocket
from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_requests import OrderRequest
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    AccountsListed,
    BalanceReported,
    BookLoaded,
    Channel,
    ConnectionStatus,
    FrameSeen,
    InstrumentsListed,
    Lamp,
    NotAuthorised,
    NotExpressible,
    OrderReport,
    Outcome,
    Outgoing,
    PositionReported,
    RequestAnswered,
    TextNotified,
    VenueUnreachable,
)
from workstation.venues.queries import AccountFactsQuery, FactsAnswer
from workstation.venues.xapi.connection import VENUE, XapiConnection, factory
from workstation.venues.xapi.messages import TradeTransaction
from workstation.venues.xapi.words import TransactionType

BOTH = pytest.mark.parametrize("served", [on_sockets, on_websocket], ids=["sockets", "websocket"])


async def ordered(subject: XapiConnection, desk: Desk, request: OrderRequest) -> RequestAnswered:
    """Send `request` and return its answer."""
    count = len(desk.all_of(RequestAnswered))
    await subject.send(subject.encode(request))
    await desk.until(lambda: len(desk.all_of(RequestAnswered)) > count)
    return desk.all_of(RequestAnswered)[-1]


@BOTH
def test_it_connects_loads_everything_and_logs_out_in_order(served: Served) -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue, served) as (subject, desk):
            assert [account.key for account in desk.all_of(AccountsListed)[0].accounts] == [KEY]
            assert [each.symbol for each in desk.all_of(InstrumentsListed)[0].instruments] == ["EURUSD"]
            assert desk.all_of(BookLoaded)[0].account == KEY
            assert desk.all_of(BalanceReported)[0].balance.cash == Decimal(1000)
            assert subject.instrument("EURUSD") is not None
        assert all(desk.lamp(channel) is Lamp.OFF for channel in Channel)
        assert venue.commands()[0] == "login"
        assert venue.commands()[-1] == "logout"
        told = [request.command for request in venue.streamed]
        assert told[:6] == ["getKeepAlive", "getTradeStatus", "getTrades", "getBalance", "getProfits", "getNews"]
        assert {request.stream_session_id for request in venue.streamed} == {"8469308861804289383"}

    asyncio.run(play())


def test_the_steps_are_shown_on_the_way() -> None:
    async def play() -> None:
        async with running(ScriptedXapi()) as (_, desk):
            details = [status.detail for status in desk.all_of(ConnectionStatus)]
            words = ("connecting", "connecting 1/3: login", "syncing 2/3: instruments and books", "syncing 3/3: stream")
            for word in words:
                assert word in details

    asyncio.run(play())


@BOTH
def test_a_market_order_is_received_filled_and_closed(served: Served) -> None:
    async def play() -> None:
        async with running(ScriptedXapi(), served) as (subject, desk):
            answer = await ordered(subject, desk, place("W1"))
            assert (answer.outcome, answer.order_id) == (Outcome.RECEIVED, "500")
            await desk.until(lambda: bool(desk.all_of(OrderReport)))
            filled = desk.all_of(OrderReport)[-1]
            assert (filled.event, filled.cl_ord_id, filled.order_id) == (OrderEvent.REPORT_FILLED, "W1", "500")
            position = desk.all_of(PositionReported)[-1].position
            assert (position.position_id, position.net_qty) == ("10500", Decimal("0.10"))
            answer = await ordered(subject, desk, amend("W2", 10500, stop_loss=Decimal("1.05"), comment="W1"))
            assert answer.outcome is Outcome.RECEIVED
            await desk.until(lambda: desk.all_of(PositionReported)[-1].position.stop_loss == Decimal("1.05"))
            await ordered(subject, desk, close("W3", 10500))
            await desk.until(lambda: desk.all_of(PositionReported)[-1].position.net_qty == 0)
            ended = desk.all_of(OrderReport)[-1]
            assert (ended.cl_ord_id, ended.event, ended.order_id) == ("W3", OrderEvent.REPORT_FILLED, "502")

    asyncio.run(play())


def test_a_pending_order_works_is_changed_and_canceled() -> None:
    async def play() -> None:
        async with running(ScriptedXapi()) as (subject, desk):
            await ordered(subject, desk, place_limit("W1"))
            await ordered(subject, desk, replace_limit("W1", 500, price=Decimal("1.04")))
            await desk.until(lambda: desk.all_of(OrderReport)[-1].terms.price == Decimal("1.04"))
            answer = await ordered(subject, desk, cancel("W1", 500))
            assert answer.outcome is Outcome.RECEIVED
            await desk.until(lambda: desk.all_of(OrderReport)[-1].event is OrderEvent.REPORT_CANCELED)
            assert {report.order_id for report in desk.all_of(OrderReport)} == {"500"}
            with pytest.raises(NotExpressible, match="not among"):
                subject.encode(cancel("W1", 999))

    asyncio.run(play())


def test_a_rejection_and_an_error_reply_are_both_refusals() -> None:
    venue = ScriptedXapi(reject_with="no money")

    async def play() -> None:
        async with running(venue) as (subject, desk):
            answer = await ordered(subject, desk, place("W1"))
            assert (answer.outcome, answer.text) == (Outcome.REFUSED, "XAPI rejected it: no money.")
            venue.refuse["tradeTransaction"] = "BE009"
            answer = await ordered(subject, desk, place("W2"))
            assert answer.outcome is Outcome.REFUSED
            assert "BE009" in answer.text
            assert not desk.all_of(OrderReport)

    asyncio.run(play())


def test_what_the_stream_does_not_tell_is_asked_for() -> None:
    venue = ScriptedXapi(tells_status=False, tells_trades=False)

    async def play() -> None:
        async with running(venue) as (subject, desk):
            answer = await ordered(subject, desk, place("W1"))
            assert answer.outcome is Outcome.RECEIVED
            assert "tradeTransactionStatus" in venue.commands()
            await desk.until(lambda: any(loaded.reports for loaded in desk.all_of(BookLoaded)))
            report = desk.all_of(BookLoaded)[-1].reports[0]
            assert (report.cl_ord_id, report.event) == ("W1", OrderEvent.REPORT_FILLED)

    asyncio.run(play())


def test_a_request_whose_link_died_is_unknown_until_the_books_show_it() -> None:
    venue = ScriptedXapi(close_after_trade=True)

    async def play() -> None:
        async with running(venue) as (subject, desk):
            answer = await ordered(subject, desk, place("W1"))
            assert answer.outcome is Outcome.UNKNOWN
            await desk.until(lambda: bool(desk.all_of(BookLoaded)[-1].reports))
            report = desk.all_of(BookLoaded)[-1].reports[0]
            assert (report.cl_ord_id, report.event) == ("W1", OrderEvent.REPORT_FILLED)
            assert venue.commands().count("tradeTransaction") == 1

    asyncio.run(play())


@pytest.mark.parametrize(
    ("code", "lamp"), [("BE005", Lamp.NEEDS_YOU), ("EX004", Lamp.NEEDS_YOU), ("EX007", Lamp.BLOCKED)]
)
def test_a_refused_login_is_never_tried_again(code: str, lamp: Lamp) -> None:
    venue = ScriptedXapi(refuse={"login": code})

    async def play() -> None:
        desk = Desk()
        async with on_sockets(venue):
            with pytest.raises(NotAuthorised, match=code):
                async with asyncio.timeout(PATIENCE_S):
                    await connection(venue, desk).run()
        assert venue.commands() == ["login"]
        assert all(desk.lamp(channel) is lamp for channel in Channel)
        shown = desk.all_of(ConnectionStatus)[-1]
        assert code in shown.last_error
        if lamp is Lamp.BLOCKED:
            assert "until" in shown.detail
            assert shown.retry_at_ns > 0

    asyncio.run(play())


@pytest.mark.parametrize("step", ["login", "getCurrentUserData", "getTrades", "getAllSymbols", "getMarginLevel"])
@pytest.mark.parametrize("how", ["close_at", "garbage_at"])
def test_a_link_spoiled_at_any_step_is_tried_again(step: str, how: str) -> None:
    venue = ScriptedXapi(**{how: step})

    async def play() -> None:
        async with running(venue) as (_, desk):
            assert venue.commands().count("login") == 2
            errors = [status.last_error for status in desk.all_of(ConnectionStatus) if status.last_error]
            assert errors
            texts = [notice.text for notice in desk.all_of(TextNotified)]
            assert bool(texts) == (how == "garbage_at")

    asyncio.run(play())


def test_the_streams_death_leaves_orders_allowed_and_is_cured_alone() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (subject, desk):
            venue.refuses_streams = True
            await venue.drop_stream()
            await desk.until(lambda: desk.lamp(Channel.DATA) is Lamp.STALE)
            assert desk.lamp(Channel.ORDER_STREAM) is Lamp.DEGRADED
            assert desk.lamp(Channel.TRADING) is Lamp.LIVE
            assert (await ordered(subject, desk, place("W1"))).outcome is Outcome.RECEIVED
            venue.refuses_streams = False
            await desk.until(lambda: desk.live)
            assert venue.commands().count("login") == 1

    asyncio.run(play())


def test_the_mains_death_takes_the_stream_with_it_and_both_come_back() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (_, desk):
            first = venue.streams[-1]
            await venue.drop_main()
            await desk.until(lambda: desk.lamp(Channel.LOGIN) is not Lamp.LIVE)
            await desk.until(lambda: desk.live)
            assert first not in venue.streams
            assert venue.commands().count("login") == 2
            assert venue.commands().count("getAllSymbols") == 1

    asyncio.run(play())


def test_a_session_that_timed_out_is_begun_anew() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (subject, desk):
            venue.refuse["getTrades"] = "BE200"
            await subject.reload()
            await desk.until(lambda: desk.lamp(Channel.LOGIN) is not Lamp.LIVE)
            del venue.refuse["getTrades"]
            await desk.until(lambda: desk.live)

    asyncio.run(play())


def test_a_waiting_order_can_be_withdrawn() -> None:
    async def play() -> None:
        async with running(ScriptedXapi()) as (subject, _):
            outgoing = [subject.encode(place(f"W{number}")) for number in range(40)]
            tasks = [asyncio.get_running_loop().create_task(subject.send(each)) for each in outgoing]
            await asyncio.sleep(0)
            subject.withdraw("The lock is on.")
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert any(isinstance(each, VenueUnreachable) and "The lock is on." in str(each) for each in ended)
            assert all(each is None or isinstance(each, VenueUnreachable) for each in ended)

    asyncio.run(play())


def test_orders_go_before_reads_and_a_cancel_before_an_order_that_waits() -> None:
    venue, count = ScriptedXapi(), 10

    async def play() -> None:
        async with running(venue) as (subject, desk):
            await ordered(subject, desk, place_limit("W1"))
            before = len(venue.asked)
            async with asyncio.TaskGroup() as tasks:
                for _ in range(count):
                    tasks.create_task(subject.query(AccountFactsQuery(account=KEY)))
                tasks.create_task(subject.send(subject.encode(place("W2"))))
                tasks.create_task(subject.send(subject.encode(cancel("W1", 500))))
            kinds = [
                request.arguments.trade_trans_info.type
                if isinstance(request.arguments, TradeTransaction)
                else request.command
                for request in venue.asked[before:]
            ]
            canceled, placed = kinds.index(TransactionType.DELETE), kinds.index(TransactionType.OPEN)
            assert canceled < placed
            assert kinds[placed:].count("getCurrentUserData") >= count - 1, kinds

    asyncio.run(play())


def test_what_is_journaled_holds_no_secret() -> None:
    async def play() -> None:
        async with running(ScriptedXapi()) as (subject, desk):
            await ordered(subject, desk, place("W1"))
            frames = desk.all_of(FrameSeen)
            assert {frame.message_type for frame in frames} >= {"login", "tradeStatus", "trade", "getTrades"}
            assert not any(SECRETS["password"] in frame.body or "8469308" in frame.body for frame in frames)
            assert subject.encode(place("W2")).frame_seen.cl_ord_ids == (ClOrdID("W2"),)

    asyncio.run(play())


def test_questions_are_answered_while_linked_and_refused_otherwise() -> None:
    async def play() -> None:
        async with running(ScriptedXapi()) as (subject, _):
            answer = await subject.query(AccountFactsQuery(account=KEY))
            assert isinstance(answer, FactsAnswer)
            assert any(fact.name == "version" and fact.text == "2.5.0" for fact in answer.facts)
        with pytest.raises(VenueUnreachable):
            await subject.query(AccountFactsQuery(account=KEY))
        with pytest.raises(VenueUnreachable):
            await subject.reload()

    asyncio.run(play())


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    venue, desk = ScriptedXapi(), Desk()

    async def play() -> None:
        async with on_sockets(venue, self_signed(tmp_path)):
            subject = XapiConnection(
                profile(venue.main_url, venue.stream_url), SECRETS, desk.sink, backoff=at_once(), timing=FAST
            )
            task = asyncio.get_running_loop().create_task(subject.run())
            try:
                await desk.until(
                    lambda: any("certificate" in each.last_error for each in desk.all_of(ConnectionStatus))
                )
            finally:
                task.cancel()
        assert not venue.asked

    asyncio.run(play())


def test_a_profile_without_password_is_not_tried() -> None:
    with pytest.raises(NotAuthorised, match="password"):
        factory(profile(), {}, lambda _: None)
    assert VENUE.capabilities.venue == "xapi"


def test_what_cannot_be_sent_is_refused_before_the_wire() -> None:
    async def play() -> None:
        async with running(ScriptedXapi()) as (subject, _):
            with pytest.raises(NotExpressible, match="does not offer account 7"):
                subject.encode(place("W1", account=AccountKey(KEY.connection_id, "7")))
            with pytest.raises(NotExpressible, match="wire cannot carry"):
                subject.encode(place("W1", order_qty=Decimal("NaN")))
            with pytest.raises(NotExpressible, match="1000 bytes a request"):
                subject.encode(place("W1", symbol="€" * 300))
            outgoing = subject.encode(place("W1"))
            foreign = Outgoing(
                request=outgoing.request, frame=outgoing.frame, frame_seen=outgoing.frame_seen, request_id=1
            )
            with pytest.raises(TypeError):
                await subject.send(foreign)

    asyncio.run(play())


def test_an_overloaded_venue_is_left_alone_for_a_while() -> None:
    venue, desk = ScriptedXapi(refuse={"login": "EX005"}), Desk()

    async def play() -> None:
        async with on_sockets(venue):
            task = asyncio.get_running_loop().create_task(connection(venue, desk).run())
            await desk.until(lambda: any("EX005" in each.last_error for each in desk.all_of(ConnectionStatus)))
            shown = desk.all_of(ConnectionStatus)[-1]
            assert shown.worst is Lamp.RECONNECTING
            assert shown.retry_at_ns - desk.clock.now_ns() > 9_000_000_000
            task.cancel()
            await asyncio.wait([task])
        assert venue.commands() == ["login"]

    asyncio.run(play())
