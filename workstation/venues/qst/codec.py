"""QST's frames: bytes to one message with its request id, and back. Pure; one error inwards, one outwards.

One protobuf message per WebSocket message (QST spec 1.1). Decoding any bytes returns an envelope or raises
:class:`MalformedFrame`; encoding raises :class:`Unwritable` when the wire cannot carry a value exactly. Both ends of
the wire use this module, so the golden frames, not the other end, prove it right.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from workstation.runtime.quick_records import quick
from workstation.venues.base import MalformedFrame
from workstation.venues.qst import messages
from workstation.venues.qst.binding import Binding, BoundRecord, Envelope, default_binding, unknown_fields
from workstation.venues.qst.coercion import Unwritable
from workstation.venues.qst.messages import Request, ServerMessage, UnknownMessage
from workstation.venues.qst.readable import Write, json_writer

_COVER = "AsyncServerMessage"
_NOTIFICATIONS = {
    messages.Order: "order",
    messages.NetPosition: "net_position",
    messages.AccountInformation: "account_information",
    messages.OETextNotification: "text_notification",
    messages.AccountStatusUpdate: "account_status_update",
    messages.ConnectionStatusUpdateNotification: "connection_status_update_notification",
}


@dataclass(frozen=True, slots=True)
class ClientEnvelope:
    """What a client sent; `request_id` is 0 where it gave none."""

    request_id: int
    message: Request | UnknownMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEnvelope:
    """What a server sent; `request_id` is 0 on everything unasked, and on answers that do not say."""

    request_id: int
    message: ServerMessage


_server_envelope = quick(ServerEnvelope)


class Codec:
    """The codec of one binding; the module's functions use the one that the program was built with."""

    def __init__(self, binding: Binding) -> None:
        self.binding = binding
        self._shown: dict[str, Write] = {}

    def encode_client(self, message: Request, request_id: int) -> bytes:
        """Return the frame of a request.

        Raises:
            Unwritable: the wire cannot carry a value, or has no such message.
        """
        return self._encode(self.binding.client, message, request_id)

    def encode_server(self, message: ServerMessage, request_id: int = 0) -> bytes:
        """Return the frame of a response, an error, or a notification with the cover it travels in.

        Raises:
            Unwritable: the wire cannot carry a value, or has no such message.
        """
        member = _NOTIFICATIONS.get(type(message))
        if member is None:
            return self._encode(self.binding.server, message, request_id)
        inside = messages.OrderEntryNotification(**{member: message})  # type: ignore[arg-type]
        return self._encode(
            self.binding.server, messages.AsyncServerMessage(order_entry_notification=inside), request_id
        )

    def decode_client(self, frame: bytes) -> ClientEnvelope:
        """Decode one complete frame of a client.

        Raises:
            MalformedFrame: `frame` is not a message of this protocol. Nothing else escapes.
        """
        request_id, record = self._decode(self.binding.client, frame)
        return ClientEnvelope(request_id, record)  # type: ignore[arg-type]

    def decode_server(self, frame: bytes) -> ServerEnvelope:
        """Decode one complete frame of a server.

        Raises:
            MalformedFrame: `frame` is not a message of this protocol. Nothing else escapes.
        """
        request_id, record = self._decode(self.binding.server, frame)
        return _server_envelope(request_id=request_id, message=record)  # type: ignore[arg-type]

    def unknown_fields(self, frame: bytes) -> tuple[str, ...]:
        """Return the fields of a server's frame that the definition file does not know, like ``Order.77``.

        After a successful parse they are the only visible sign of a wrong definition file (QST spec 7.3, rule 11).

        Raises:
            MalformedFrame: `frame` is not a message of this protocol.
        """
        if self.binding.server is None:
            return ()
        return tuple(dict.fromkeys(unknown_fields(self.binding.server.parsed(frame))))

    def readable(self, message: object) -> str:
        """Return `message` as JSON in the file's own names, secrets as ``***``, for the journal and the screen."""
        kind = type(message).__name__
        if kind not in self._shown:  # a handful of types of ours, looked for once each
            record = self._bound(kind) or self._inner(kind)
            self._shown[kind] = (lambda _message: "{}") if record is None else json_writer(record)
        return self._shown[kind](message)

    def _encode(self, envelope: Envelope | None, message: object, request_id: int) -> bytes:
        kind = type(message).__name__
        record = self._bound(kind)
        if envelope is None or record is None or not envelope.holds(kind):
            raise Unwritable(f"the definition file has no {kind}")
        return envelope.wrap(kind, record.to_wire(message), request_id)

    def _decode(self, envelope: Envelope | None, frame: bytes) -> tuple[int, object]:
        if envelope is None:
            raise MalformedFrame("the definition file has no envelope")
        cover = envelope.parsed(frame)
        found = envelope.members_set(cover)
        if len(found) > 1:
            raise MalformedFrame("several messages in one: " + ", ".join(kind for kind, _ in found))
        request_id = envelope.request_id(cover)
        if not found:
            newer = next(unknown_fields(cover), "")
            if not newer:
                raise MalformedFrame(f"{len(frame)} bytes without a message")
            return request_id, UnknownMessage(name=newer)
        kind, message = found[0]
        record = self._bound(kind)
        if record is None:
            return request_id, UnknownMessage(name=kind)
        return request_id, _uncovered(record, message) if kind == _COVER else record.from_wire(message)

    def _bound(self, kind: str) -> BoundRecord | None:
        return self.binding.records.get(kind)

    def _inner(self, kind: str) -> BoundRecord | None:
        cover = self._bound(_COVER)
        waiting = [] if cover is None else [field.inner for field in cover.fields]
        while waiting:
            record = waiting.pop()
            if record is not None:
                if record.name == kind:
                    return record
                waiting.extend(field.inner for field in record.fields)
        return None


def _uncovered(cover: BoundRecord, message: Any) -> Any:
    """Return what is in the cover of everything that comes unasked, without making values of the covers."""
    inside = cover.members_set(message)
    if not inside:
        return UnknownMessage(name=_COVER)
    found = inside[0][0].members_set(inside[0][1])
    if len(found) > 1:
        raise MalformedFrame("several notifications in one: " + ", ".join(record.name for record, _ in found))
    return found[0][0].from_wire(found[0][1]) if found else UnknownMessage(name="OrderEntryNotification")


@cache
def default_codec() -> Codec:
    """Return the codec of the definition file that the program was built with."""
    return Codec(default_binding())


def encode_client(message: Request, request_id: int) -> bytes:
    """Return the frame of a request; see :meth:`Codec.encode_client`."""
    return default_codec().encode_client(message, request_id)


def decode_client(frame: bytes) -> ClientEnvelope:
    """Decode one complete frame of a client; see :meth:`Codec.decode_client`."""
    return default_codec().decode_client(frame)


def encode_server(message: ServerMessage, request_id: int = 0) -> bytes:
    """Return the frame of a server's message; see :meth:`Codec.encode_server`."""
    return default_codec().encode_server(message, request_id)


def decode_server(frame: bytes) -> ServerEnvelope:
    """Decode one complete frame of a server; see :meth:`Codec.decode_server`."""
    return default_codec().decode_server(frame)
