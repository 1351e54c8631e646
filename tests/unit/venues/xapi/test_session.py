"""What one login keeps doing: books that stay true, reads tried again, wishes, and the pace on a real socket."""

import asyncio
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.support.xapi_bench import opened, pending, place
from tests.support.xapi_connection_bench import FAST, Desk, connection, running
from tests.support.xapi_scripted_server import ScriptedXapi, on_sockets
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Quote
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    BookLoaded,
    Channel,
    ConnectionStatus,
    InstrumentsListed,
    Lamp,
    QueryRefused,
    TextNotified,
)
from workstation.venues.base import OrderReport as Report
from workstation.venues.queries import CalendarQuery, QuotesQuery, Watch
from workstation.venues.xapi.codec import StreamRefused
from workstation.venues.xapi.connection import XapiConnection
from workstation.venues.xapi.pacing import GAP_S
from workstation.venues.xapi.session import BLIND_S
from workstation.venues.xapi.stream_records import StreamingTrade


def test_the_books_are_read_before_and_after_the_stream_is_subscribed() -> None:
    venue = ScriptedXapi(positions={7: opened(7, 8)})

    async def play() -> None:
        async with running(venue) as (_, desk):
            assert len(desk.all_of(BookLoaded)) >= 2
            commands = venue.commands()
            first = commands.index("getTrades")
            assert commands[first : first + 2] == ["getTrades", "getTradesHistory"]
            assert commands.index("getAllSymbols") > first

    asyncio.run(play())


def test_a_list_of_instruments_that_takes_its_time_is_asked_for_once_and_holds_up_no_books() -> None:
    venue = ScriptedXapi(silent_at="getAllSymbols")

    async def play() -> None:
        async with running(venue) as (subject, desk):
            await desk.until(lambda: "getAllSymbols" in venue.commands())
            for _ in range(3):
                known = len(desk.all_of(BookLoaded))
                await subject.reload()
                await desk.until(lambda known=known: len(desk.all_of(BookLoaded)) > known)  # type: ignore[misc]
            assert venue.commands().count("getAllSymbols") == 1

    asyncio.run(play())


def test_an_order_that_vanished_without_its_second_record_is_looked_up() -> None:
    venue = ScriptedXapi(pendings={50: pending(50, custom_comment="W1")})

    async def play() -> None:
        async with running(venue) as (_, desk):
            deleted = {name: getattr(venue.pendings[50], name) for name in StreamingTrade.__struct_fields__}
            venue.pendings.clear()
            await venue.tell(StreamingTrade(**{**deleted, "state": "Deleted"}))

            def ended() -> bool:
                reports = [report for loaded in desk.all_of(BookLoaded) for report in loaded.reports]
                return any(report.event is OrderEvent.REPORT_CANCELED for report in reports)

            await desk.until(ended)
            assert not [report for report in desk.all_of(Report) if report.event is OrderEvent.REPORT_CANCELED]

    asyncio.run(play())


def test_a_read_that_the_overloaded_venue_refuses_is_tried_again_and_another_is_not() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (subject, _):
            venue.refuse["getCalendar"] = "EX005"
            with pytest.raises(QueryRefused, match="EX005"):
                await subject.query(CalendarQuery())
            assert venue.commands().count("getCalendar") == 4
            venue.refuse["getCalendar"] = "EX011"
            with pytest.raises(QueryRefused, match="EX011"):
                await subject.query(CalendarQuery())
            assert venue.commands().count("getCalendar") == 5

    asyncio.run(play())


def test_books_that_are_refused_are_asked_for_until_they_come() -> None:
    venue = ScriptedXapi(refuse={"getTradesHistory": "EX001"})

    async def play() -> None:
        async with running(venue, wait=False) as (_, desk):
            await desk.until(lambda: len(desk.all_of(TextNotified)) >= 2)
            assert desk.lamp(Channel.TRADING) is Lamp.SYNCING
            del venue.refuse["getTradesHistory"]
            await desk.until(lambda: desk.live)

    asyncio.run(play())


def test_what_is_watched_is_quoted_at_once_and_again_after_a_reconnect() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (subject, desk):
            subject.watch(Watch(quotes=frozenset({"EURUSD"}), candles=frozenset({"EURUSD"})))
            await desk.until(lambda: bool(desk.all_of(Quote)))
            assert desk.all_of(Quote)[0].key == InstrumentKey(subject.profile.connection_id, "EURUSD")
            await desk.until(lambda: [each.command for each in venue.streamed].count("getTickPrices") == 1)
            await venue.drop_main()
            await desk.until(lambda: [each.command for each in venue.streamed].count("getTickPrices") == 2)
            subject.watch(Watch())
            await desk.until(lambda: venue.streamed[-1].command == "stopTickPrices")
            assert [each.command for each in venue.streamed].count("stopCandles") == 1

    asyncio.run(play())


def test_a_stale_stream_token_begins_a_new_login() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (_, desk):
            refused = StreamRefused(error_code="BE117", error_descr="Invalid token")
            body = f'{{"status":false,"errorCode":"{refused.error_code}","errorDescr":"{refused.error_descr}"}}'
            await venue.streams[-1].send(body.encode())
            await desk.until(lambda: venue.commands().count("login") == 2)
            await desk.until(lambda: desk.live)

    asyncio.run(play())


def test_symbols_the_venue_knows_otherwise_are_asked_for_again() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (subject, desk):
            venue.refuse["getTickPrices"] = "BE115"
            with pytest.raises(QueryRefused):
                await subject.query(QuotesQuery(keys=(InstrumentKey(subject.profile.connection_id, "GONE"),)))
            await desk.until(lambda: len(desk.all_of(InstrumentsListed)) == 2)

    asyncio.run(play())


def test_a_burst_on_a_real_socket_never_breaks_200_ms() -> None:
    venue, desk = ScriptedXapi(), Desk()

    async def play() -> None:
        async with on_sockets(venue):
            paced = connection(venue, desk, replace(FAST, gap_s=GAP_S))
            subject = XapiConnection(paced.profile, {"password": "p"}, desk.sink, timing=replace(FAST, gap_s=GAP_S))
            task = asyncio.get_running_loop().create_task(subject.run())
            await desk.until(lambda: desk.live)
            began = len(venue.arrived_s)
            sends = [subject.send(subject.encode(place(f"W{number}"))) for number in range(5)]
            started_s = time.monotonic()
            await asyncio.gather(*sends)
            assert time.monotonic() - started_s >= 4 * GAP_S - 0.05
            arrived = venue.arrived_s[began - 1 :]
            assert min(after - before for before, after in pairwise(arrived)) >= 0.15, (
                "the way may shorten a gap a little"
            )
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(play())


def test_without_the_stream_books_money_and_quotes_are_read_again_and_again() -> None:
    venue = ScriptedXapi()

    async def play() -> None:
        async with running(venue) as (subject, desk):
            subject.watch(Watch(quotes=frozenset({"EURUSD"})))
            await desk.until(lambda: bool(desk.all_of(Quote)))
            venue.shut_streams()
            await venue.drop_stream()
            await desk.until(lambda: desk.lamp(Channel.DATA) is Lamp.STALE)
            for _ in range(2):
                counts = {
                    name: venue.commands().count(name) for name in ("getTrades", "getMarginLevel", "getTickPrices")
                }
                desk.clock.s += BLIND_S
                await desk.until(
                    lambda before=counts: all(venue.commands().count(name) > before[name] for name in before)
                )
            assert desk.lamp(Channel.DATA) is Lamp.STALE
            assert desk.lamp(Channel.TRADING) is Lamp.LIVE

    asyncio.run(play())


def test_a_login_without_a_stream_id_trades_without_the_stream() -> None:
    venue = ScriptedXapi(session="")

    async def play() -> None:
        async with running(venue, wait=False) as (_, desk):
            await desk.until(lambda: desk.lamp(Channel.DATA) is Lamp.STALE)
            assert desk.lamp(Channel.TRADING) is Lamp.LIVE
            assert "no id for the stream" in desk.all_of(ConnectionStatus)[-1].detail
            assert not venue.streamed

    asyncio.run(play())
