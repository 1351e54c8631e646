"""Golden frames from every example of the document, hostile bytes, and the edges of the codec."""

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET, Raw

from workstation.venues.base import MalformedFrame
from workstation.venues.xapi import codec, messages, records, stream_messages, stream_records
from workstation.venues.xapi.records import Record

GOLDEN = sorted((Path(__file__).parents[3] / "golden" / "xapi").glob("*.json"))
FRAMES = [
    pytest.param(json.loads(path.read_text(encoding="utf-8")), number, id=f"{path.stem}-{number}")
    for path in GOLDEN
    for number in range(len(json.loads(path.read_text(encoding="utf-8"))["frames"]))
]
TICK = stream_records.StreamingTick(symbol="EURUSD", bid=Decimal("1.1"), ask=Decimal("1.2"), level=0, timestamp=1)
TRADE = stream_records.StreamingTrade(order=1, position=1, symbol="EURUSD", open_price=Decimal("1.5"))
CORPUS = [
    codec.encode_streamed(TICK),
    codec.encode_streamed(TRADE),
    codec.encode_reply((records.SymbolRecord(symbol="A", ask=Decimal(1)),), b'"1"'),
    codec.encode_reply(records.ChartAnswer(digits=2, rate_infos=(records.RateInfoRecord(open=Decimal(5)),))),
    codec.encode_refusal("BE001", "Invalid price", b'"2"'),
    codec.encode_request(messages.Login(user_id="1", password="p"), "3"),
]
ANSWERS = [kind.answer for kind in messages.MAIN_COMMANDS.values()]


def plain(value: object) -> object:
    """Return what was decoded as the golden files write it: decimals as text where they have a fraction."""
    if isinstance(value, Record):
        found = {name: getattr(value, name) for name in value.__struct_fields__}
        return {name: plain(item) for name, item in found.items() if item is not UNSET}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value) if "." in str(value) else int(value)
    return json.loads(bytes(value)) if isinstance(value, Raw) else value


def holds(found: object, wanted: object) -> bool:
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(holds(found[name], value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(holds, found, wanted))
    return found == wanted


def with_number_texts(text: str | bytes) -> object:
    """Read JSON with each fractional number as its own text, so that 1.0 is not 1."""
    return json.loads(text, parse_float=lambda number: f"number {number}")


def without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def test_every_command_and_every_streamed_message_has_its_golden_frame() -> None:
    texts = [frame["text"] for path in GOLDEN for frame in json.loads(path.read_text(encoding="utf-8"))["frames"]]
    spoken = {json.loads(text).get("command") for text in texts}
    assert spoken >= set(messages.MAIN_COMMANDS) | set(stream_messages.STREAM_COMMANDS)
    assert spoken >= set(codec.STREAM_NAMES.values())


@pytest.mark.parametrize(("golden", "number"), FRAMES)
def test_golden_frame(golden: dict[str, object], number: int) -> None:
    assert golden["origin"] in {"documented", "recorded"}
    frame = golden["frames"][number]  # type: ignore[index]
    text, wanted = frame["text"].encode(), frame["decoded"]
    if frame["kind"] == "streamed":
        record = codec.decode_streamed(text)
        assert isinstance(record, Record)
        assert holds(plain(record), wanted), plain(record)
        written = codec.encode_streamed(record)
    elif frame["kind"] == "reply":
        reply = codec.decode_reply(text)
        kind = messages.MAIN_COMMANDS.get(str(golden["command"]), messages.Ping).answer
        answer = codec.answer_of(reply.return_data, kind)
        assert (reply.ok, reply.custom_tag) == (wanted["status"], wanted.get("custom_tag"))
        assert reply.error_code == wanted.get("error_code", "")
        assert reply.stream_session_id == wanted.get("stream_session_id", "")
        assert holds(plain(answer), wanted.get("return_data")), plain(answer)
        written = written_again(reply, answer)
    else:
        read = codec.decode_stream_request if frame["kind"] == "stream_request" else codec.decode_request
        request = read(text)
        assert request.command == wanted["command"]
        assert not request.problem
        asked = wanted if frame["kind"] == "stream_request" else wanted.get("arguments", {})
        beside = ("command", "stream_session_id")
        assert holds(plain(request.arguments), {name: value for name, value in asked.items() if name not in beside})
        assert request.stream_session_id == wanted.get("stream_session_id", "")
        written = asked_again(request)
    if golden["origin"] == "documented":  # what was recorded had passed through another program's numbers
        assert without_nulls(with_number_texts(written)) == without_nulls(with_number_texts(text))


def written_again(reply: codec.Reply, answer: object) -> bytes:
    tag = None if reply.custom_tag is None else json.dumps(reply.custom_tag).encode()
    if not reply.ok:
        return codec.encode_refusal(reply.error_code, reply.error_descr, tag)
    if reply.stream_session_id:
        return codec.encode_login_reply(reply.stream_session_id, tag)
    return codec.encode_reply(answer, tag, has_data=answer is not None)


def asked_again(request: codec.Request) -> bytes:
    if isinstance(request.arguments, stream_messages.StreamArguments):
        return codec.encode_stream_request(request.arguments, request.stream_session_id)
    assert isinstance(request.arguments, messages.Arguments)
    tag = None if request.custom_tag is None else json.loads(request.custom_tag)
    return codec.encode_request(request.arguments, tag)


def read_any_way(frame: bytes) -> None:
    """Read `frame` in every way there is; only MalformedFrame may come out."""
    for read in (codec.decode_streamed, codec.decode_request, codec.decode_stream_request, codec.hot_tick):
        with suppress(MalformedFrame):
            read(frame)
    with suppress(MalformedFrame):
        reply = codec.decode_reply(frame)
        for kind in ANSWERS:
            with suppress(MalformedFrame):
                codec.answer_of(reply.return_data, kind)
    codec.masked(frame)


@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"status":true,"returnData":' + b"[" * 100_000)
@example(b'{"command":"tickPrices","data":' + b'{"a":' * 100_000)
@example(b'{"status":true,"returnData":{"margin":1e999999999}}')
@example(b'{"status":true,"returnData":{"order":"1e999999999"}}')
def test_only_malformed_frame_escapes(frame: bytes) -> None:
    read_any_way(frame)


@given(st.sampled_from(CORPUS), st.data())
def test_a_broken_frame_is_malformed_or_read(frame: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(frame) - 1))
    put = data.draw(st.binary(max_size=6))
    cut = data.draw(st.integers(0, 6))
    read_any_way(frame[:at] + put + frame[at + cut :])


@pytest.mark.parametrize("number", ["NaN", "1e400", "-1e400", '"NaN"', '"Infinity"', "9" * 60, "1e-400", "Infinity"])
def test_a_number_without_bounds_is_refused(number: str) -> None:
    with pytest.raises(MalformedFrame):
        codec.answer_of(f'{{"margin":{number}}}'.encode(), records.MarginTrade)
    with pytest.raises(MalformedFrame):
        codec.decode_streamed(f'{{"command":"tickPrices","data":{{"symbol":"A","ask":{number}}}}}'.encode())
    assert codec.hot_tick(f'{{"command":"tickPrices","data":{{"symbol":"A","ask":{number}}}}}'.encode()) is None


def test_either_kind_of_number_is_read_everywhere() -> None:
    record = codec.decode_streamed(b'{"command":"trade","data":{"order":7.0,"sl":0,"cmd":"1","customComment":12}}')
    assert isinstance(record, stream_records.StreamingTrade)
    assert (record.order, record.sl, record.cmd, record.custom_comment) == (7, Decimal(0), 1, "12")


def test_unknown_names_codes_and_fields_are_kept_or_passed_over() -> None:
    unknown = codec.decode_streamed(b'{"command":"weather","data":{"sun":true}}')
    assert unknown == codec.UnknownStreamed(command="weather", body=b'{"sun":true}')
    status = codec.decode_streamed(b'{"command":"tradeStatus","data":{"order":1,"requestStatus":2,"more":[1]}}')
    assert isinstance(status, stream_records.StreamingTradeStatus)
    assert status.request_status == 2
    refused = codec.decode_streamed(b'{"status":false,"errorCode":"BE117","errorDescr":"Invalid token"}')
    assert refused == codec.StreamRefused(error_code="BE117", error_descr="Invalid token")


def test_a_tick_in_its_usual_form_is_read_at_once() -> None:
    tick = codec.hot_tick(codec.encode_streamed(TICK))
    assert tick is not None
    assert (tick.symbol, tick.bid, tick.ask, tick.timestamp) == ("EURUSD", Decimal("1.1"), Decimal("1.2"), 1)
    assert codec.hot_tick(codec.encode_streamed(TRADE)) is None
    assert codec.hot_tick(b'{"command":"tickPrices","data":{"symbol":null}}') is None


def test_requests_of_other_clients_are_understood() -> None:
    login = codec.decode_request(b'{\n "command" : "login",\n "arguments":{"userId":1000,"password":"x"},"wrapper":1}')
    assert login.arguments == messages.Login(user_id="1000", password="x")
    chart = codec.decode_request(b'{"command":"getChartLastRequest","arguments":{"info":{"period":5,"start":17.9}}}')
    assert chart.arguments == messages.GetChartLastRequest(info=messages.ChartLastInfo(period=5, start=17))
    assert codec.decode_request(b'{"command":"ping","arguments":{},"customTag":{"a":1}}').custom_tag == b'{"a":1}'
    wrong = codec.decode_request(b'{"command":"getSymbol","arguments":{"symbol":[1]}}')
    assert wrong.arguments is None
    assert wrong.problem
    assert codec.decode_request(b'{"command":"fly"}').problem == "there is no command fly"


def test_what_is_not_json_between_known_members_is_malformed_for_a_server() -> None:
    with pytest.raises(MalformedFrame):
        codec.decode_request(b'{"command":"ping","x":nonsense}')


def test_secrets_are_masked() -> None:
    frame = codec.encode_request(messages.Login(user_id="1", password='se"cret\\'), "1")
    assert "cret" not in codec.masked(frame)
    assert '"password":"***"' in codec.masked(frame)
    assert "846" not in codec.masked(b'{"status":true,"streamSessionId":"846"}\n\n')
    assert "846" not in codec.masked(b'{"status":true,"streamSessionId": 846}')


def test_a_pretty_reply_says_the_same_over_several_lines() -> None:
    pretty = codec.prettily(CORPUS[2])
    assert b"\n" in pretty
    assert json.loads(pretty) == json.loads(CORPUS[2])
