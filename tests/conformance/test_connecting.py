"""C01 to C12: coming up, being turned away, and going down."""

import asyncio

import pytest

from tests.conformance.bench import PATIENCE_S, Bench, conformance
from tests.conformance.pairs import Promise
from workstation.domain.connection import Environment
from workstation.venues.base import (
    AccountsListed,
    BalanceReported,
    BookLoaded,
    ConnectionStatus,
    InstrumentsListed,
    Lamp,
    NotAuthorised,
    SessionTaken,
    VenueUnreachable,
)


@conformance("C01", "It connects and lists its accounts, and each has its complete book before the lamps are green.")
async def test_c01(bench: Bench) -> None:
    await bench.log_in()
    green = next(
        place
        for place, event in enumerate(bench.events)
        if isinstance(event, ConnectionStatus) and event.worst is Lamp.LIVE
    )
    before = bench.events[:green]
    listed = [account.key for event in before if isinstance(event, AccountsListed) for account in event.accounts]
    booked = [event.account for event in before if isinstance(event, BookLoaded)]
    paid = {event.balance.key for event in before if isinstance(event, BalanceReported)}
    assert [key.account_id for key in listed] == list(bench.truth.account_ids)
    assert set(booked) == set(listed)
    if Promise.STREAM_APART not in bench.pair.promises:
        assert len(booked) == len(listed)  # with a stream of its own the books are read once more behind it
    assert paid == set(listed)


@conformance("C02", "A wrong password is tried once: NotAuthorised, the lamp asks for the trader, no further link.")
async def test_c02(bench: Bench) -> None:
    refused = bench.another(secrets={bench.pair.password: "wrong"})
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(NotAuthorised):
            await refused.run()
    assert bench.wire.links == 1
    assert bench.lamp is Lamp.NEEDS_YOU
    assert bench.all_of(ConnectionStatus)[-1].last_error
    assert not bench.all_of(AccountsListed)


@conformance(
    "C03",
    "A place taken by another login of the same client is not fought over: SessionTaken, and the other one stays.",
    needs=[Promise.ONE_SESSION],
)
async def test_c03(bench: Bench) -> None:
    first = await bench.log_in()
    theirs: list[object] = []
    second = bench.another(theirs.append)
    bench.run(second)
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(SessionTaken):
            await first
    assert bench.lamp is Lamp.NEEDS_YOU
    await bench.until(lambda: any(isinstance(one, ConnectionStatus) and one.worst is Lamp.LIVE for one in theirs))
    assert bench.wire.links == 2


@conformance("C04", "A venue that is down is tried again until it is there; each try is counted and explained.")
async def test_c04(bench: Bench) -> None:
    bench.unplug()
    bench.run()
    await bench.until(lambda: any(status.retry_count >= 2 for status in bench.all_of(ConnectionStatus)))
    waiting = bench.all_of(ConnectionStatus)[-1]
    assert waiting.worst is Lamp.RECONNECTING
    assert waiting.last_error
    bench.plug_in()
    await bench.live()
    assert bench.all_of(ConnectionStatus)[-1].last_error == ""


@conformance("C05", "A cut link is set up again by itself, the books of every account are read again.")
async def test_c05(bench: Bench) -> None:
    await bench.log_in()
    loaded = len(bench.all_of(BookLoaded))
    bench.cut()
    await bench.until(lambda: bench.lamp is Lamp.RECONNECTING)
    await bench.live(sessions=2)
    again = {event.account for event in bench.all_of(BookLoaded)[loaded:]}
    assert len(again) == len(bench.truth.account_ids)


@conformance("C06", "A link that falls silent is suspect first, then dropped and set up again, without any goodbye.")
async def test_c06(bench: Bench) -> None:
    await bench.log_in()
    bench.hold_down()
    await bench.pass_time(*bench.pair.quiet_s)
    await bench.until(lambda: bench.lamp is Lamp.SUSPECT)
    bench.clock.advance(bench.pair.dead_after_s)
    await bench.until(lambda: bench.lamp is Lamp.RECONNECTING)
    assert bench.pair.silent_words in bench.all_of(ConnectionStatus)[-1].last_error
    bench.let_go()
    await bench.live(sessions=2)


@conformance("C07", "Cancelled, it logs out in order: the venue forgets the client, every lamp is off, nothing raises.")
async def test_c07(bench: Bench) -> None:
    task = await bench.log_in()
    task.cancel()
    await asyncio.wait({task}, timeout=PATIENCE_S)
    assert task.cancelled()
    status = bench.all_of(ConnectionStatus)[-1]
    assert {lamp for _, lamp in status.lamps} == {Lamp.OFF}
    assert bench.wire.links == 1


@conformance("C08", "Without a link nothing is sent and nothing can be asked: VenueUnreachable, at once.")
async def test_c08(bench: Bench) -> None:
    outgoing = bench.connection.encode(bench.new())
    with pytest.raises(VenueUnreachable):
        await bench.connection.send(outgoing)
    with pytest.raises(VenueUnreachable):
        await bench.connection.reload()
    assert bench.wire.up == b""


@conformance("C09", "Every status is of this connection, names its endpoint, and has a lamp for each channel.")
async def test_c09(bench: Bench) -> None:
    await bench.log_in()
    shown = bench.all_of(ConnectionStatus)
    assert {status.connection_id for status in shown} == {bench.profile.connection_id}
    assert {status.endpoint for status in shown} == {bench.profile.url}
    assert len({tuple(channel for channel, _ in status.lamps) for status in shown}) == 1
    assert shown[-1].session_started_ns > 0


@conformance(
    "C10", "Instruments are listed with exact ticks; what is listed is known by its symbol, a stranger is not."
)
async def test_c10(bench: Bench) -> None:
    await bench.log_in()
    listed = {one.symbol: one for event in bench.all_of(InstrumentsListed) for one in event.instruments}
    for symbol, listing in bench.truth.listings.items():
        known = bench.connection.instrument(symbol)
        assert known is not None
        assert known == listed[symbol]
        for name in ("tick_size", "lot_size", "multiplier", "currency"):
            assert getattr(known, name) == getattr(listing, name), (symbol, name)
        assert len(listing.prices) == 2
        for price, text in listing.prices.items():
            assert known.price_format.text(price) == text
    assert bench.connection.instrument("NO SUCH THING") is None


@conformance("C11", "Its accounts carry the profile's environment and names: simulated money can never look live.")
async def test_c11(bench: Bench) -> None:
    await bench.log_in()
    [listed] = bench.all_of(AccountsListed)
    assert {account.environment for account in listed.accounts} == {Environment.SIMULATED}
    assert {account.key.connection_id for account in listed.accounts} == {bench.profile.connection_id}
    assert all(account.name for account in listed.accounts)


@conformance("C12", "The round trip of the link is measured while nothing else happens.")
async def test_c12(bench: Bench) -> None:
    await bench.log_in()
    bench.clock.advance(1.0)
    await bench.until(lambda: bench.all_of(ConnectionStatus)[-1].round_trip_ms is not None)
