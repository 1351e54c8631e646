"""C60 to C66: what is kept of the wire, and what must never be."""

import pytest

from tests.conformance.bench import Bench, conformance
from tests.conformance.pairs import Promise
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    ConnectionStatus,
    Direction,
    FrameSeen,
    NotAuthorised,
    TextNotified,
)

MASK = "***"


@conformance("C60", "Every message of the link is seen in both directions, readable and in the venue's own names.")
async def test_c60(bench: Bench) -> None:
    await bench.log_in()
    seen = bench.all_of(FrameSeen)
    ways = {frame.direction for frame in seen}
    assert ways == {Direction.OUT, Direction.IN}
    assert all(frame.body and frame.message_type for frame in seen)
    assert {frame.connection_id for frame in seen} == {bench.profile.connection_id}
    assert bench.pair.names.book in {frame.message_type for frame in seen}


@conformance("C61", "A secret leaves by the login alone: no frame seen, no status, no text and no repr holds one.")
async def test_c61(bench: Bench) -> None:
    await bench.log_in()
    await bench.working()
    bench.cut()
    await bench.live(sessions=2)
    assert all(len(secret) > 8 for secret in bench.secrets.values()), "too short to search for"
    told = "\n".join(map(repr, [*bench.events, bench.connection, bench.profile]))
    assert not [name for name, secret in bench.secrets.items() if secret in told]
    assert MASK in "".join(frame.body for frame in bench.all_of(FrameSeen))


@conformance("C62", "A secret is not in the words of a refused login either.")
async def test_c62(bench: Bench) -> None:
    wrong = "a wrong secret 7f3a"
    refused = bench.another(secrets={bench.pair.password: wrong})
    with pytest.raises(NotAuthorised) as caught:
        await refused.run()
    assert wrong not in repr(caught.value) + str(caught.value) + repr(bench.events) + repr(refused)


@conformance("C63", "Encoding sends nothing: the same request can be encoded, recorded and thrown away.")
async def test_c63(bench: Bench) -> None:
    await bench.log_in()
    sent, seen = len(bench.wire.up), len(bench.events)
    request = bench.new()
    first, second = bench.connection.encode(request), bench.connection.encode(request)
    assert first.request_id != second.request_id
    assert first.frame_seen.cl_ord_ids == (request.cl_ord_id,)
    assert first.frame_seen.direction is Direction.OUT
    assert (len(bench.wire.up), len(bench.events)) == (sent, seen)


@conformance("C64", "Exactly the encoded bytes leave, once, and sending does not report them again.")
async def test_c64(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new()
    outgoing = bench.connection.encode(request)
    await bench.connection.send(outgoing)
    await bench.answer(request)
    placed = [frame for frame in bench.all_of(FrameSeen) if frame.message_type == outgoing.frame_seen.message_type]
    assert [frame for frame in placed if frame.direction is Direction.OUT] == []
    assert len(bench.held()) == 1


@conformance("C65", "News of an order carry its number, so that the journal can file them.")
async def test_c65(bench: Bench) -> None:
    await bench.log_in()
    _, number = await bench.working()
    named = [frame for frame in bench.all_of(FrameSeen) if frame.order_id == number]
    assert named
    assert all(frame.direction is Direction.IN for frame in named)


@conformance(
    "C66",
    "The venue's words are passed on unchanged, as text, with the account they speak of.",
    needs=[Promise.TELLS_IN_WORDS],
)
async def test_c66(bench: Bench) -> None:
    await bench.log_in()
    request, number = await bench.working()
    await bench.send(bench.cancel_of(request, number))
    await bench.reported(request.terms, OrderEvent.REPORT_CANCELED)
    about = [text for text in bench.all_of(TextNotified) if number in text.text]
    assert about
    assert {text.account for text in about} == {bench.account()}
    assert {text.connection_id for text in about} == {bench.profile.connection_id}
    assert bench.all_of(ConnectionStatus)[-1].last_error == ""
