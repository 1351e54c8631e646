"""A whole login over a real socket, and every way in which a server can spoil it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.qst_bench import SECRETS, cancel, key, place, profile
from tests.support.qst_connection_bench import FAST, PATIENCE_S, Desk, FakeClock, connection, live, running
from tests.support.qst_scripted_server import Script, scripted_server, self_signed
from workstation.domain.order_requests import NewOrderSingle
from workstation.domain.orders import OrderTerms
from workstation.runtime.backoff import Backoff
from workstation.venues.base import (
    BookLoaded,
    ConnectionStatus,
    InstrumentsListed,
    Lamp,
    NotAuthorised,
    NotExpressible,
    Outcome,
    ProtocolViolation,
    RequestAnswered,
    SessionTaken,
    Severity,
    TextNotified,
    VenueEvent,
    VenueUnreachable,
)
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import Codec
from workstation.venues.qst.connection import STABLE_S, VENUE, QstConnection, factory


def test_it_connects_loads_all_books_and_logs_out_in_order() -> None:
    script = Script()

    async def play() -> None:
        async with running(script) as (_, desk):
            await desk.until(live(desk))
            assert len(desk.all_of(BookLoaded)) == 3
            assert desk.all_of(InstrumentsListed)[0].instruments
        assert desk.lamp is Lamp.OFF
        assert [type(each).__name__ for each in script.asked[-2:]] == ["OELogoutRequest", "LogoutRequest"]

    asyncio.run(play())


def test_the_steps_are_shown_on_the_way() -> None:
    async def play() -> None:
        async with running(Script()) as (_, desk):
            await desk.until(live(desk))
            details = [status.detail for status in desk.all_of(ConnectionStatus)]
            for word in ("connecting 1/4: login", "connecting 2/4: order entry login", "syncing 3/4: order books 1/3"):
                assert word in details

    asyncio.run(play())


STEPS = [
    "LoginRequest",
    "OELoginRequest",
    "OESwitchAccountRequest",
    "OrderBookRequest",
    "AccountInfoRequest",
    "GetActivityItemsRequest",
    "ChangeOALSubscriptionLevelRequest",
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", ["close_at", "garbage_at", "text_at"])
def test_a_link_spoiled_at_any_step_is_tried_again_and_named(step: str, how: str) -> None:
    script = Script(**{how: step}, once=True)  # type: ignore[arg-type]

    async def play() -> None:
        async with running(script) as (_, desk):
            await desk.until(live(desk))
            assert script.links == 2
            assert script.logins[-1] is False, "no order entry was ever ready, so this is a first login"
            errors = " ".join(status.last_error for status in desk.all_of(ConnectionStatus))
            assert errors.strip()
            if how != "close_at":
                assert any(
                    "broke its own protocol" in each.text
                    for each in desk.all_of(TextNotified)
                    if each.severity is Severity.ERROR
                )

    asyncio.run(play())


def test_a_huge_frame_is_refused_and_named() -> None:
    async def play() -> None:
        async with running(Script(huge_at="OrderBookRequest", once=True)) as (_, desk):
            await desk.until(live(desk))
            assert any("larger than" in each.text for each in desk.all_of(TextNotified))

    asyncio.run(play())


def test_silence_after_the_login_is_noticed_by_the_clock() -> None:
    clock = FakeClock()
    script = Script(silent_at="OELoginRequest", once=True)

    async def play() -> None:
        async with running(script, clock) as (_, desk):
            await desk.until(lambda: any("2/4" in each.detail for each in desk.all_of(ConnectionStatus)))
            clock.s += 10.5
            await desk.until(live(desk))
            assert any("OELoginRequest" in each.last_error for each in desk.all_of(ConnectionStatus))

    asyncio.run(play())


def test_a_relogin_says_so() -> None:
    script = Script()

    async def play() -> None:
        async with running(script) as (_, desk):
            await desk.until(live(desk))
            await script.sockets[0].close(1011)
            await desk.until(lambda: script.links == 2 and desk.lamp is Lamp.LIVE)
            assert script.logins == [False, True]

    asyncio.run(play())


class CountingBackoff(Backoff):
    """Keeps what was asked of it."""

    def __init__(self) -> None:
        super().__init__(first_s=0.001, factor=1, limit_s=0.001)
        self.asked: list[str] = []

    def next_delay_s(self) -> float:
        self.asked.append("wait")
        return super().next_delay_s()

    def reset(self) -> None:
        self.asked.append("reset")
        super().reset()


def test_only_a_link_that_lasted_shortens_the_wait_again() -> None:
    """A venue that drops us right after each login must not be dialled twice a second for ever."""
    script, clock, backoff, desk = Script(), FakeClock(), CountingBackoff(), Desk()

    async def play() -> None:
        async with scripted_server(script) as url, asyncio.TaskGroup() as tasks:
            subject = QstConnection(profile(url), SECRETS, desk.sink, clock, backoff=backoff, timing=FAST)
            running = tasks.create_task(subject.run())
            await desk.until(live(desk))
            await script.sockets[0].close(1011)
            await desk.until(lambda: script.links == 2 and desk.lamp is Lamp.LIVE)
            assert backoff.asked == ["wait"]
            clock.s += STABLE_S
            await script.sockets[1].close(1011)
            await desk.until(lambda: script.links == 3 and desk.lamp is Lamp.LIVE)
            assert backoff.asked == ["wait", "reset", "wait"]
            running.cancel()

    asyncio.run(play())


def _ends_with(script: Script, error: type[Exception]) -> list[ConnectionStatus]:
    desk = Desk()

    async def play() -> None:
        async with scripted_server(script) as url, asyncio.timeout(PATIENCE_S):
            with pytest.raises(error):
                await connection(url, desk).run()

    asyncio.run(play())
    assert script.links == 1, "only the trader may try again"
    return desk.all_of(ConnectionStatus)


def test_a_refused_password_is_tried_once() -> None:
    shown = _ends_with(Script(refuse_login=True), NotAuthorised)[-1]
    assert shown.worst is Lamp.NEEDS_YOU
    assert "Invalid password" in shown.last_error


def test_a_place_taken_by_another_is_not_fought_over() -> None:
    shown = _ends_with(Script(close_at="OrderBookRequest", code=4101), SessionTaken)[-1]
    assert shown.worst is Lamp.NEEDS_YOU
    assert "connected elsewhere" in shown.last_error


def test_a_slow_reader_is_told_and_connects_again() -> None:
    async def play() -> None:
        async with running(Script(close_at="OrderBookRequest", code=4102, once=True)) as (_, desk):
            await desk.until(live(desk))
            assert any("4102" in each.last_error for each in desk.all_of(ConnectionStatus))

    asyncio.run(play())


def test_an_order_is_written_in_the_same_turn_of_the_loop() -> None:
    script = Script()

    async def play() -> None:
        async with running(script) as (subject, desk):
            await desk.until(live(desk))
            sending = subject.send(subject.encode(place()))
            with pytest.raises(StopIteration):
                sending.send(None)  # one step, and it is done: nothing was waited for
            await desk.until(lambda: bool(desk.all_of(RequestAnswered)))
            assert desk.all_of(RequestAnswered)[0].outcome is Outcome.RECEIVED
            assert isinstance(script.asked[-1], qst.PlaceOrderRequest)

    asyncio.run(play())


def test_an_order_whose_link_dies_is_unknown_and_never_sent_again() -> None:
    script = Script(close_at="PlaceOrderRequest", once=True)

    async def play() -> None:
        async with running(script) as (subject, desk):
            await desk.until(live(desk))
            await subject.send(subject.encode(place("W1")))
            with pytest.raises(VenueUnreachable, match="Nothing was sent"):
                await subject.send(subject.encode(place("W2")))
            await desk.until(lambda: script.links == 2 and desk.lamp is Lamp.LIVE)
            assert [each.outcome for each in desk.all_of(RequestAnswered)] == [Outcome.UNKNOWN]
            assert sum(isinstance(each, qst.PlaceOrderRequest) for each in script.asked) == 1

    asyncio.run(play())


def test_without_a_link_nothing_is_sent_and_nothing_asked() -> None:
    async def play() -> None:
        subject = connection("ws://127.0.0.1:9", Desk())
        with pytest.raises(VenueUnreachable):
            await subject.send(subject.encode(cancel()))
        with pytest.raises(VenueUnreachable):
            await subject.reload()

    asyncio.run(play())


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    async def play() -> None:
        desk, script = Desk(), Script()
        async with scripted_server(script, self_signed(tmp_path)) as url:
            task = asyncio.create_task(connection(url, desk).run())
            await desk.until(lambda: any("certificate" in each.last_error for each in desk.all_of(ConnectionStatus)))
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        assert script.asked == [], "no password leaves before the other end is known"

    asyncio.run(play())


def test_our_own_mistake_leaves_no_lamp_green() -> None:
    async def play() -> None:
        async with scripted_server(Script()) as url:
            desk = Desk()
            failing = Desk()

            def sink(event: VenueEvent) -> None:
                desk.sink(event)
                if isinstance(event, BookLoaded):
                    raise LookupError("a bug of ours")

            failing.sink = sink  # type: ignore[method-assign]
            with pytest.raises(ExceptionGroup):
                await connection(url, failing).run()
            assert desk.lamp is Lamp.OFF

    asyncio.run(play())


def test_an_unreachable_venue_is_tried_again() -> None:
    async def play() -> None:
        desk = Desk()
        task = asyncio.create_task(connection("ws://127.0.0.1:9", desk).run())
        await desk.until(lambda: any(status.retry_count >= 3 for status in desk.all_of(ConnectionStatus)))
        assert "cannot be reached" in desk.all_of(ConnectionStatus)[-1].last_error
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(play())


def test_round_trips_are_measured() -> None:
    clock = FakeClock()

    async def play() -> None:
        async with running(Script(), clock) as (_, desk):
            await desk.until(live(desk))
            clock.s += 1
            await desk.until(lambda: desk.all_of(ConnectionStatus)[-1].round_trip_ms is not None)

    asyncio.run(play())


def test_reload_reads_the_books_again() -> None:
    async def play() -> None:
        async with running(Script()) as (subject, desk):
            await desk.until(live(desk))
            await subject.reload(key("17015"))
            await desk.until(lambda: len(desk.all_of(BookLoaded)) == 4)
            assert desk.all_of(BookLoaded)[-1].account == key("17015")

    asyncio.run(play())


def test_an_encoded_request_is_ready_for_the_journal() -> None:
    subject = connection("ws://127.0.0.1:9", Desk())
    first, second = subject.encode(place("W1")), subject.encode(place("W2"))
    assert second.request_id == first.request_id + 1
    assert first.frame_seen.message_type == "PlaceOrderRequest"
    assert json.loads(first.frame_seen.body)["contract"] == "ZCZ26"
    assert first.frame_seen.cl_ord_ids == ("W1",)


def test_a_foreign_account_is_not_expressible() -> None:
    async def play() -> None:
        async with running(Script()) as (subject, desk):
            await desk.until(live(desk))
            with pytest.raises(NotExpressible, match="999"):
                subject.encode(place("W1", "999"))

    asyncio.run(play())


def test_a_price_beyond_a_double_is_not_expressible() -> None:
    subject = connection("ws://127.0.0.1:9", Desk())
    from_bench = place("W1").terms
    long = NewOrderSingle(cl_ord_id=place().cl_ord_id, terms=_with_price(from_bench, "0.12345678901234567890123"))
    with pytest.raises(NotExpressible, match="digits"):
        subject.encode(long)


def test_a_missing_secret_is_named_before_anything_is_sent() -> None:
    with pytest.raises(NotAuthorised, match="passwordHash"):
        factory(profile(), {"password": "x"}, Desk().sink)
    assert VENUE.capabilities.venue == "qst"


def test_a_definition_file_with_holes_refuses_to_connect() -> None:
    desk = Desk()
    codec = Codec(_Holes())  # type: ignore[arg-type]
    subject = QstConnection(profile(), SECRETS, desk.sink, FakeClock(), codec=codec)
    with pytest.raises(ProtocolViolation, match=r"PlaceOrderRequest\.contract"):
        asyncio.run(subject.run())
    assert desk.lamp is Lamp.NEEDS_YOU


class _Holes:
    """A binding that could not find everything."""

    problems = ("PlaceOrderRequest.contract is not in the definition file",)

    def offers(self, *_: object) -> bool:
        return True


def _with_price(terms: OrderTerms, price: str) -> OrderTerms:
    return replace(terms, price=Decimal(price))
