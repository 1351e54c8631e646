"""Golden frames, hostile bytes and the edges of the codec."""

import json
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from google.protobuf import json_format
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.venues.base import MalformedFrame
from workstation.venues.qst import binding
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import decode_client, decode_server, default_codec, encode_client, encode_server
from workstation.venues.qst.coercion import Unwritable
from workstation.venues.qst.generated import order_routing_pb2

GOLDEN = sorted((Path(__file__).parents[3] / "golden" / "qst").glob("*.json"))
WRAPPERS = {"client": order_routing_pb2.ClientMessage, "server": order_routing_pb2.ServerMessage}
DECODE = {"client": decode_client, "server": decode_server}
ORDER = qst.Order(order_number="115332", quantity=Decimal(1), price=Decimal("588.75"), status="New Order")
CORPUS = [
    encode_server(ORDER),
    encode_server(qst.LoginResponse(server_message="no"), 1),
    encode_server(qst.OrderBookResponse(orders=(ORDER, ORDER)), 3),
    encode_client(qst.PlaceOrderRequest(contract="ZCZ26", quantity=Decimal(1)), 5),
]


def plain(value: object) -> object:
    """Return a record as the golden files write it: decimals as text."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def holds(found: object, wanted: object) -> bool:
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(holds(found.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(holds, found, wanted))
    return found == wanted


def test_there_is_a_golden_frame_for_every_request_and_notification() -> None:
    kinds = {json.loads(path.read_text(encoding="utf-8"))["decoded"]["type"] for path in GOLDEN}
    assert kinds >= {kind.__name__ for kind in qst.RESPONSE_OF}
    assert kinds >= {
        "Order",
        "NetPosition",
        "AccountInformation",
        "OETextNotification",
        "AccountStatusUpdate",
        "ConnectionStatusUpdateNotification",
        "ServerErrorMessage",
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_frame(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    assert golden["origin"] in {"documented", "recorded", "inferred"}
    wrapper = json_format.ParseDict(golden["envelope"], WRAPPERS[golden["direction"]]())
    envelope = DECODE[golden["direction"]](wrapper.SerializeToString())
    wanted = golden["decoded"]
    assert envelope.request_id == wanted["request_id"]
    assert type(envelope.message).__name__ == wanted["type"]
    found = plain(envelope.message)
    assert holds(found, wanted["fields"]), found
    said = (
        {name for name, value in found.items() if value not in ("", None, False, [])}
        if isinstance(found, dict)
        else set()
    )
    assert said - set(wanted["fields"]) <= {name for name in said if found[name] == "0"}  # type: ignore[index]


@pytest.mark.parametrize("path", [path for path in GOLDEN if path.stem.endswith("request")], ids=lambda path: path.stem)
def test_our_encoder_writes_the_documented_request(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    wrapper = json_format.ParseDict(golden["envelope"], WRAPPERS["client"]())
    envelope = decode_client(wrapper.SerializeToString())
    assert not isinstance(envelope.message, qst.UnknownMessage)
    assert encode_client(envelope.message, envelope.request_id) == wrapper.SerializeToString()


@given(st.binary(max_size=400))
@example(b"")
@example(b"\xff" * 50)
@example(b"[" * 100_000)
def test_only_malformed_frame_escapes_any_bytes(frame: bytes) -> None:
    for decode in (decode_server, decode_client):
        with suppress(MalformedFrame):
            decode(frame)


@given(
    st.sampled_from(CORPUS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(0, 400),
)
def test_only_malformed_frame_escapes_mutated_frames(frame: bytes, edits: list[tuple[int, int]], cut: int) -> None:
    mutated = bytearray(frame)
    for place, byte in edits:
        mutated[place % len(mutated)] = byte
    for each in (bytes(mutated), bytes(mutated[: cut % len(mutated)]), bytes(mutated) * 2):
        try:
            default_codec().readable(decode_server(each).message)
            default_codec().unknown_fields(each)
        except MalformedFrame:
            continue


def test_a_deeply_nested_frame_is_refused() -> None:
    frame = b""
    for _ in range(3_000):
        frame = b"\x0b" + frame + b"\x0c"  # groups inside groups
    with pytest.raises(MalformedFrame):
        decode_server(frame)


def test_a_frame_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "MAX_FRAME_BYTES", 10)
    with pytest.raises(MalformedFrame, match="longer than 10"):
        decode_server(b"\x00" * 11)


def test_an_envelope_without_message_is_malformed() -> None:
    with pytest.raises(MalformedFrame, match="without a message"):
        decode_server(order_routing_pb2.ServerMessage(requestId=4).SerializeToString())


def test_a_message_newer_than_the_file_is_named_by_its_number() -> None:
    newer = b"\xf2\x07\x03abc"  # field 126, three bytes
    assert decode_server(newer).message == qst.UnknownMessage(name="ServerMessage.126")


def test_unknown_fields_are_named_wherever_they_are() -> None:
    inner = order_routing_pb2.Order(orderNumber="1").SerializeToString() + b"\xf2\x07\x01x"
    wire = order_routing_pb2.ServerMessage()
    wire.asyncServerMessage.orderEntryNotification.order.ParseFromString(inner)
    assert default_codec().unknown_fields(wire.SerializeToString()) == ("Order.126",)
    assert default_codec().unknown_fields(encode_server(ORDER)) == ()


def test_an_empty_cover_is_an_unknown_message() -> None:
    wire = order_routing_pb2.ServerMessage()
    wire.asyncServerMessage.SetInParent()
    assert isinstance(decode_server(wire.SerializeToString()).message, qst.UnknownMessage)
    wire.asyncServerMessage.orderEntryNotification.SetInParent()
    assert isinstance(decode_server(wire.SerializeToString()).message, qst.UnknownMessage)


@pytest.mark.parametrize("price", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_no_nan_and_no_infinity_goes_out(price: Decimal) -> None:
    with pytest.raises(Unwritable):
        encode_client(qst.PlaceOrderRequest(price=price), 1)


def test_a_price_of_zero_goes_out_as_zero() -> None:
    back = decode_client(encode_client(qst.PlaceOrderRequest(price=Decimal(0)), 1)).message
    assert isinstance(back, qst.PlaceOrderRequest)
    assert back.price == 0
    absent = decode_client(encode_client(qst.PlaceOrderRequest(), 1)).message
    assert isinstance(absent, qst.PlaceOrderRequest)
    assert absent.price is None


def test_secrets_are_neither_shown_nor_printed() -> None:
    login = qst.LoginRequest(username="me", password="s3cret")
    assert "s3cret" not in default_codec().readable(login)
    assert json.loads(default_codec().readable(login))["password"] == "***"
    assert "s3cret" not in repr(login)
    assert "s3cret" not in repr(qst.OELoginRequest(password_hash="s3cret"))


def test_the_readable_body_is_json_in_the_vendors_names() -> None:
    shown = json.loads(default_codec().readable(qst.OrderBookResponse(orders=(ORDER,))), parse_float=Decimal)
    assert shown == {
        "orders": [{"orderNumber": "115332", "status": "New Order", "quantity": 1, "price": Decimal("588.75")}]
    }
    assert default_codec().readable(qst.UnknownMessage(name="x")) == "{}"
