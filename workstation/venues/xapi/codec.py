"""XAPI's frames: bytes to one typed message, and back. Pure; one error inwards.

Decoding any bytes returns a message or raises :class:`MalformedFrame`. The usual frame goes straight into its record;
one that has a number of the other kind (``1.0`` for an id), a number for a text or the like is read a second time,
slowly, field by field. Numbers are exact decimals; what is not finite, or has more than 30 places before or after the
point, is refused. Both ends of the wire use this module, so the golden frames, not the other end, prove it right.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import msgspec
from msgspec import Raw

from workstation.venues.base import MalformedFrame
from workstation.venues.xapi.kinds import PLACES, bounded, loosely, written
from workstation.venues.xapi.messages import MAIN_COMMANDS, Arguments
from workstation.venues.xapi.records import MOST
from workstation.venues.xapi.stream_messages import STREAM_COMMANDS, StreamArguments
from workstation.venues.xapi.stream_records import (
    StreamingBalance,
    StreamingCandle,
    StreamingKeepAlive,
    StreamingNews,
    StreamingProfit,
    StreamingTick,
    StreamingTrade,
    StreamingTradeStatus,
    StreamRecord,
)

END = b"\n\n"
"""What a server writes after each message on a socket."""
MAX_COMMAND_BYTES = 1000
"""The venue takes at most "1kB"; whether it counts 1000 or 1024 is not said, so the smaller is kept to."""

STREAM_NAMES: dict[type[StreamRecord], str] = {
    StreamingTick: "tickPrices",
    StreamingTrade: "trade",
    StreamingTradeStatus: "tradeStatus",
    StreamingProfit: "profit",
    StreamingBalance: "balance",
    StreamingCandle: "candle",
    StreamingKeepAlive: "keepAlive",
    StreamingNews: "news",
}
"""The names of streamed messages: singular, where the subscribing commands are plural."""
_STREAM_KINDS = {name: kind for kind, name in STREAM_NAMES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply on the main connection. `return_data` is still JSON, None where there is none: see :func:`answer_of`."""

    ok: bool
    return_data: bytes | None = None
    error_code: str = ""
    error_descr: str = ""
    custom_tag: str | None = None
    stream_session_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as the server reads it.

    `arguments` is None when the command is unknown or its parameters are no such record; `problem` then says why. The
    connection stays open for both. `custom_tag` is the JSON text of whatever was sent, to be given back unchanged.
    """

    command: str
    arguments: Arguments | StreamArguments | None = None
    custom_tag: bytes | None = None
    pretty_print: bool = False
    stream_session_id: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownStreamed:
    """A streamed message of a name that this version does not have."""

    command: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRefused:
    """An error that came on the stream."""

    error_code: str
    error_descr: str


_ABSENT = Raw(b"")


class _ReplyFrame(msgspec.Struct, rename="camel"):
    status: bool
    return_data: Raw = _ABSENT
    error_code: str | int | None = None
    error_descr: str | None = None
    custom_tag: str | int | None = None
    stream_session_id: str | int | None = None


class _RequestFrame(msgspec.Struct, rename="camel"):
    command: str
    arguments: Raw = _ABSENT
    custom_tag: Raw = _ABSENT
    pretty_print: bool | None = None
    stream_session_id: str | int | None = None


class _StreamFrame(msgspec.Struct, rename="camel"):
    command: str | None = None
    data: Raw = _ABSENT
    status: bool | None = None
    error_code: str | int | None = None
    error_descr: str | None = None


class _Tick(msgspec.Struct, tag_field="command", tag="tickPrices", gc=False):
    data: StreamingTick


class HotTick(msgspec.Struct, rename="camel", gc=False):
    """What a quote needs of a streamed tick: the one message that comes thousands of times a second."""

    symbol: str
    ask: Decimal | None = None
    ask_volume: Decimal | None = None
    bid: Decimal | None = None
    bid_volume: Decimal | None = None
    high: Decimal | None = None
    level: int = 0
    low: Decimal | None = None
    timestamp: int = 0


class _HotFrame(msgspec.Struct, gc=False):
    data: HotTick


class _Trade(msgspec.Struct, tag_field="command", tag="trade", gc=False):
    data: StreamingTrade


class _TradeStatus(msgspec.Struct, tag_field="command", tag="tradeStatus", gc=False):
    data: StreamingTradeStatus


class _Profit(msgspec.Struct, tag_field="command", tag="profit", gc=False):
    data: StreamingProfit


class _Balance(msgspec.Struct, tag_field="command", tag="balance", gc=False):
    data: StreamingBalance


class _Candle(msgspec.Struct, tag_field="command", tag="candle", gc=False):
    data: StreamingCandle


class _KeepAlive(msgspec.Struct, tag_field="command", tag="keepAlive", gc=False):
    data: StreamingKeepAlive


class _News(msgspec.Struct, tag_field="command", tag="news", gc=False):
    data: StreamingNews


_streamed = msgspec.json.Decoder(_Tick | _Trade | _TradeStatus | _Profit | _Balance | _Candle | _KeepAlive | _News)
_hot_frame = msgspec.json.Decoder(_HotFrame)
_HOT_START = b'{"command":"tickPrices","data":{'
_stream_frame = msgspec.json.Decoder(_StreamFrame)
_reply_frame = msgspec.json.Decoder(_ReplyFrame)
_request_frame = msgspec.json.Decoder(_RequestFrame)
_encode = msgspec.json.Encoder().encode
_BAD = (msgspec.MsgspecError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


# -- what a server sends -----------------------------------------------------------------------------------------


def decode_reply(frame: bytes) -> Reply:
    """Decode a reply but for its returnData, whose type the request decides.

    Raises:
        MalformedFrame: `frame` is no reply. Nothing else escapes.
    """
    try:
        read = _reply_frame.decode(frame)
    except _BAD as error:
        raise MalformedFrame(f"no reply ({error}): {frame[:200]!r}") from error
    return Reply(
        ok=read.status,
        return_data=_given(read.return_data),
        error_code=_text(read.error_code),
        error_descr=read.error_descr or "",
        custom_tag=None if read.custom_tag is None else str(read.custom_tag),
        stream_session_id=_text(read.stream_session_id),
    )


def answer_of(body: bytes | None, kind: object) -> object:
    """Decode a returnData as the answer `kind` of its command; None stays None.

    Raises:
        MalformedFrame: it is something else. Nothing else escapes.
    """
    if kind is None or body is None:
        return None
    try:
        try:
            return bounded(_decoder(kind).decode(body))
        except msgspec.ValidationError:
            return bounded(loosely(body, kind))
    except _BAD as error:
        raise MalformedFrame(f"no such answer ({error}): {body[:200]!r}") from error


def decode_streamed(frame: bytes) -> StreamRecord | UnknownStreamed | StreamRefused:
    """Decode a message of the stream connection.

    Raises:
        MalformedFrame: `frame` is no such message. Nothing else escapes.
    """
    try:
        try:
            record: StreamRecord = _streamed.decode(frame).data
        except msgspec.ValidationError:
            return _streamed_slowly(frame)
        return bounded(record)
    except _BAD as error:
        raise MalformedFrame(f"no streamed message ({error}): {frame[:200]!r}") from error


def hot_tick(frame: bytes) -> HotTick | None:
    """Return the tick in `frame` when it is one in its usual form; None asks for :func:`decode_streamed`."""
    if not frame.startswith(_HOT_START):
        return None
    try:
        tick = _hot_frame.decode(frame).data
    except _BAD:
        return None
    for number in (tick.ask, tick.bid, tick.ask_volume, tick.bid_volume, tick.high, tick.low):
        if number is not None and (abs(number.adjusted()) >= PLACES or not number.is_finite()):
            return None
    return tick if -MOST <= tick.timestamp <= MOST else None


def _streamed_slowly(frame: bytes) -> StreamRecord | UnknownStreamed | StreamRefused:
    read = _stream_frame.decode(frame)
    if read.command is None:
        if read.status is not False:
            raise ValueError("neither a command nor an error")
        return StreamRefused(error_code=_text(read.error_code), error_descr=read.error_descr or "")
    body = _given(read.data) or b"null"
    kind = _STREAM_KINDS.get(read.command)
    if kind is None:
        return UnknownStreamed(command=read.command, body=body)
    record: StreamRecord = bounded(loosely(body, kind))
    return record


def encode_reply(answer: object = None, custom_tag: bytes | None = None, *, has_data: bool = True) -> bytes:
    """Return a successful reply; `answer` is a record or a sequence of them, absent when `has_data` is False."""
    frame: dict[str, object] = {"status": True}
    if has_data:
        frame["returnData"] = written(answer)
    return _with_tag(frame, custom_tag)


def encode_login_reply(stream_session_id: str, custom_tag: bytes | None = None) -> bytes:
    """Return the reply to a login that succeeded."""
    return _with_tag({"status": True, "streamSessionId": stream_session_id}, custom_tag)


def encode_refusal(error_code: str, error_descr: str, custom_tag: bytes | None = None) -> bytes:
    """Return an error reply."""
    return _with_tag({"status": False, "errorCode": error_code, "errorDescr": error_descr}, custom_tag)


def encode_streamed(record: StreamRecord) -> bytes:
    """Return a streamed message."""
    return _encode({"command": STREAM_NAMES[type(record)], "data": written(record)})


def prettily(frame: bytes) -> bytes:
    """Return `frame` over several lines, as prettyPrint asks for."""
    return msgspec.json.format(frame, indent=2)


def _with_tag(frame: dict[str, object], custom_tag: bytes | None) -> bytes:
    if custom_tag is not None:
        frame["customTag"] = Raw(custom_tag)
    return _encode(frame)


# -- what a client sends -----------------------------------------------------------------------------------------


def encode_request(arguments: Arguments, custom_tag: str | None = None) -> bytes:
    """Return a request of the main connection; what is None is left out, empty arguments too."""
    frame: dict[str, object] = {"command": arguments.command}
    given = written(arguments, nulls=False)
    if given:
        frame["arguments"] = given
    if custom_tag is not None:
        frame["customTag"] = custom_tag
    return _encode(frame)


def encode_stream_request(arguments: StreamArguments, stream_session_id: str = "") -> bytes:
    """Return a request of the stream connection."""
    frame: dict[str, object] = {"command": arguments.command}
    if arguments.keyed:
        frame["streamSessionId"] = stream_session_id
    given = written(arguments, nulls=False)
    if isinstance(given, dict):
        frame.update(given)
    return _encode(frame)


def decode_request(frame: bytes) -> Request:
    """Decode a request of the main connection.

    Raises:
        MalformedFrame: `frame` is not a JSON object with a command. Nothing else escapes.
    """
    read = _read_request(frame)
    body = _given(read.arguments) or b"{}"
    return _request(read, body, MAIN_COMMANDS.get(read.command))


def decode_stream_request(frame: bytes) -> Request:
    """Decode a request of the stream connection.

    Raises:
        MalformedFrame: `frame` is not a JSON object with a command. Nothing else escapes.
    """
    read = _read_request(frame)
    return _request(read, frame, STREAM_COMMANDS.get(read.command))


def _read_request(frame: bytes) -> _RequestFrame:
    try:
        msgspec.json.decode(frame)  # what has no name above is skipped unread, and a server must read it all
        return _request_frame.decode(frame)
    except _BAD as error:
        raise MalformedFrame(f"no request ({error}): {frame[:200]!r}") from error


def _request(read: _RequestFrame, body: bytes, kind: type[Arguments] | type[StreamArguments] | None) -> Request:
    arguments, problem = None, f"there is no command {read.command}"
    if kind is not None:
        try:
            arguments, problem = bounded(loosely(body, kind)), ""
        except _BAD as error:
            problem = str(error)
    return Request(
        command=read.command,
        arguments=arguments,
        custom_tag=_given(read.custom_tag),
        pretty_print=bool(read.pretty_print),
        stream_session_id=_text(read.stream_session_id),
        problem=problem,
    )


# -- for the journal ---------------------------------------------------------------------------------------------

_SECRET = re.compile(rb'("(?:password|streamSessionId)"\s*:\s*)(?:"(?:[^"\\]|\\.)*+"|[^,}\s]++)', re.DOTALL)


def masked(frame: bytes) -> str:
    """Return `frame` as text with passwords and session ids replaced by ``***``."""
    return _SECRET.sub(rb'\1"***"', frame).decode("utf-8", "replace").strip()


def _given(raw: Raw) -> bytes | None:
    body = bytes(raw)
    return None if body in (b"", b"null") else body


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


@cache
def _decoder(kind: object) -> "msgspec.json.Decoder[object]":
    return msgspec.json.Decoder(kind)
