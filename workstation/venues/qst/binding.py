"""The one place that knows the definition file: records to protobuf messages and back, by descriptor.

The generated code is imported here and nowhere else, and nothing is named by attribute: messages are found by name,
fields by name without underscores and capitals, enum values by name with aliases, members of the two envelopes by
message type (QST spec 7.3). So the vendor's own file can take the place of ours, with its own spelling, numbers and
types. What it lacks is told once, at start-up: `problems` lists every required name that cannot be resolved.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, FieldDescriptor, FileDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.unknown_fields import UnknownFieldSet

from workstation.runtime.quick_records import quick
from workstation.venues.base import MalformedFrame
from workstation.venues.qst import messages
from workstation.venues.qst.coercion import Convert, Unwritable, as_it_is, coercible, reader, wire_words, writer
from workstation.venues.qst.generated import order_routing_pb2
from workstation.venues.qst.message_fields import FieldSpec, Kind, spec_of
from workstation.venues.qst.words import PUBLISHED

MAX_FRAME_BYTES = 16 * 1024 * 1024
"""Larger frames are refused unread; ten thousand orders take a twelfth of it."""

_ID_NAMES = ("requestid", "correlationid", "messageid", "id")
_ID_SPEC = FieldSpec(Kind.WHOLE)


def normalised(name: str) -> str:
    """Return a name without what differs between spellings: underscores and capitals."""
    return name.replace("_", "").lower()


class BoundField(NamedTuple):
    """One field of a record and of the file's message."""

    attribute: str
    wire_name: str
    shown_name: str
    spec: FieldSpec
    default: object
    has_presence: bool
    must_be_set: bool
    read: Convert
    write: Convert
    inner: "BoundRecord | None"


class BoundRecord:
    """One of our records and the file's message for it. Raises nothing when built; see `problems`."""

    def __init__(self, record: type, descriptor: Descriptor, problems: list[str]) -> None:
        self.record = record
        self.name = record.__name__
        self._make = quick(record)
        self.message_class = GetMessageClass(descriptor)
        self.fields = tuple(self._bound(descriptor, problems))
        self._plain = [field for field in self.fields if _is_plain(field)]
        self._others = [field for field in self.fields if not _is_plain(field)]
        self._plain_values = _values_getter([field.wire_name for field in self._plain])
        blank = self._plain_values(self.message_class())
        self._reads = [
            (field.attribute, unset, None if field.read is as_it_is else field.read)
            for field, unset in zip(self._plain, blank, strict=False)
        ]
        self._unset: dict[str, object] | None = None

    def _bound(self, descriptor: Descriptor, problems: list[str]) -> Iterator[BoundField]:
        free = {normalised(field.name): field for field in descriptor.fields}
        for declared in fields(self.record):
            spec = spec_of(declared)
            field = _found(declared.name, spec, free)
            where = f"{descriptor.name}.{declared.name}"
            if field is None:
                if spec.required:
                    problems.append(f"{where} is not in the definition file")
                continue
            del free[normalised(field.name)]
            if not coercible(field, spec):
                problems.append(f"{where} has a type that cannot hold it")
                continue
            problems.extend(f"{where} has no value {word}" for word in _missing_words(field, spec))
            inner = None
            if spec.record is not None and field.message_type is not None:
                inner = BoundRecord(spec.record, field.message_type, problems)
            default = declared.default if declared.default is not MISSING else None
            yield BoundField(
                declared.name,
                field.name,
                field.json_name,
                spec,
                default,
                field.has_presence,
                field.is_required,
                reader(field, spec),
                writer(field, spec),
                inner,
            )
        problems.extend(
            f"{descriptor.name}.{field.name} must be set and is not known"
            for field in free.values()
            if field.is_required
        )

    def to_wire(self, record: object) -> Message:
        """Return the protobuf message of `record`.

        Raises:
            Unwritable: the file's types cannot hold a value.
        """
        message = self.message_class()
        for field in self.fields:
            value = getattr(record, field.attribute)
            if value == field.default:
                if field.must_be_set:
                    setattr(message, field.wire_name, field.write(_nothing(field)))
            elif field.spec.repeated:
                getattr(message, field.wire_name).extend(_items_to_wire(field, value))
            elif field.inner is not None:
                getattr(message, field.wire_name).CopyFrom(field.inner.to_wire(value))
            else:
                _assign(message, field, value)
        return message

    def from_wire(self, message: Message) -> Any:
        """Return the record of a protobuf message.

        Raises:
            MalformedFrame: a value is not what its field is for.
        """
        if self._unset is None:
            self._unset = self._read_unset()
        values = self._unset.copy()
        for (attribute, unset, read), value in zip(self._reads, self._plain_values(message), strict=False):
            if value != unset:  # most fields of most messages are not set
                values[attribute] = value if read is None else read(value)
        for field in self._others:
            if field.spec.repeated:
                items = getattr(message, field.wire_name)
                read_item = field.read if field.inner is None else field.inner.from_wire
                values[field.attribute] = tuple(map(read_item, items))
            elif message.HasField(field.wire_name):
                value = getattr(message, field.wire_name)
                values[field.attribute] = field.read(value) if field.inner is None else field.inner.from_wire(value)
        return self._make(**values)

    def members_set(self, message: Message) -> "list[tuple[BoundRecord, Message]]":
        """Return record and message of every member that is set, of a message that is a cover around others."""
        return [
            (field.inner, getattr(message, field.wire_name))
            for field in self._others
            if field.inner is not None and not field.spec.repeated and message.HasField(field.wire_name)
        ]

    def _read_unset(self) -> dict[str, object]:
        """Return what fields without presence say when they are not set; the others keep our own defaults."""
        blank = self.message_class()
        return {field.attribute: field.read(getattr(blank, field.wire_name)) for field in self._plain}


class Envelope:
    """The wrapper of one direction: a request id, and members found by their message type (7.3, rule 4)."""

    def __init__(self, descriptor: Descriptor, records: dict[str, BoundRecord]) -> None:
        self.message_class = GetMessageClass(descriptor)
        by_name = {normalised(field.name): field for field in descriptor.fields if field.message_type is None}
        self._id = next((by_name[name] for name in _ID_NAMES if name in by_name), None)
        if self._id is not None and not coercible(self._id, _ID_SPEC):
            self._id = None
        self._read_id: Convert | None = None if self._id is None else reader(self._id, _ID_SPEC)
        self._write_id: Convert | None = None if self._id is None else writer(self._id, _ID_SPEC)
        self.members = tuple(
            (field.name, field.message_type.name) for field in descriptor.fields if field.message_type is not None
        )
        self._member_of = {kind: name for name, kind in self.members if kind in records}
        self._kind_of = dict(self.members)
        self._oneof = _only_oneof(descriptor)
        self._id_name = "" if self._id is None else self._id.name

    def holds(self, kind: str) -> bool:
        """Say whether there is a member for the message type `kind`."""
        return kind in self._member_of

    def wrap(self, kind: str, message: Message, request_id: int) -> bytes:
        """Return the bytes of the wrapper around `message`."""
        cover = self.message_class()
        if self._id is not None and self._write_id is not None and request_id:
            setattr(cover, self._id.name, self._write_id(request_id))
        getattr(cover, self._member_of[kind]).SetInParent()
        getattr(cover, self._member_of[kind]).CopyFrom(message)
        return bytes(cover.SerializeToString())

    def parsed(self, frame: bytes) -> Message:
        """Return the wrapper in `frame`.

        Raises:
            MalformedFrame: it is too long, or no message of this protocol.
        """
        if len(frame) > MAX_FRAME_BYTES:
            raise MalformedFrame(f"a frame of {len(frame)} bytes is longer than {MAX_FRAME_BYTES}")
        cover: Message = self.message_class()
        try:
            cover.ParseFromString(frame)
        except (DecodeError, ValueError, RecursionError) as error:
            raise MalformedFrame(f"{len(frame)} bytes that are no message: {bytes(frame[:40]).hex()}") from error
        return cover

    def request_id(self, cover: Message) -> int:
        """Return the request id, 0 where there is none."""
        if self._id is None or self._read_id is None:
            return 0
        number = self._read_id(getattr(cover, self._id_name)) or 0
        return number if type(number) is int else int(str(number))

    def members_set(self, cover: Message) -> list[tuple[str, Message]]:
        """Return type and message of every member that is set, one of them or not."""
        if self._oneof:
            name = cover.WhichOneof(self._oneof)
            return [] if name is None else [(self._kind_of[name], getattr(cover, name))]
        return [(kind, getattr(cover, name)) for name, kind in self.members if cover.HasField(name)]


class Binding:
    """All records bound to one definition file. Raises nothing when built; see `problems`."""

    def __init__(self, file: FileDescriptor) -> None:
        found: list[str] = []
        self._types = {descriptor.name: descriptor for descriptor in _all_types(file)}
        self.records: dict[str, BoundRecord] = {}
        answers = [*messages.RESPONSE_OF.values(), messages.ServerErrorMessage, messages.AsyncServerMessage]
        for record in (*messages.RESPONSE_OF, *answers):
            if record.__name__ in self._types:
                self.records[record.__name__] = BoundRecord(record, self._types[record.__name__], found)
            else:
                found.append(f"message {record.__name__} is not in the definition file")
        self.client = self._envelope("LoginRequest", found)
        self.server = self._envelope("LoginResponse", found)
        self._check_members(self.client, [record.__name__ for record in messages.RESPONSE_OF], found)
        self._check_members(self.server, [record.__name__ for record in answers], found)
        self.problems = tuple(dict.fromkeys(found))

    def _envelope(self, kind: str, problems: list[str]) -> Envelope | None:
        wanted = self._types.get(kind)
        for descriptor in self._types.values():
            if any(field.message_type is not None and field.message_type == wanted for field in descriptor.fields):
                return Envelope(descriptor, self.records)
        problems.append(f"no message has a member of type {kind}")
        return None

    def _check_members(self, envelope: Envelope | None, kinds: list[str], problems: list[str]) -> None:
        if envelope is not None:
            problems.extend(
                f"no member of the envelope has the type {kind}" for kind in kinds if not envelope.holds(kind)
            )

    def offers(self, record: type, attribute: str, word: str) -> bool:
        """Say whether the file has `word` for an enum field: what it lacks is not offered to the trader."""
        bound = self.records.get(record.__name__)
        field = next((field for field in bound.fields if field.attribute == attribute), None) if bound else None
        if field is None:
            return False
        try:
            field.write(word)
        except Unwritable:
            return False
        return True


def default_binding() -> Binding:
    """Return the binding to the file that this program was built with."""
    return Binding(order_routing_pb2.DESCRIPTOR)


def unknown_fields(message: Message) -> Iterator[str]:
    """Yield every field in `message` and inside it that the definition file does not know, like ``Order.77``."""
    newer = UnknownFieldSet(message)
    for index in range(len(newer)):
        yield f"{message.DESCRIPTOR.name}.{newer[index].field_number}"
    for descriptor, value in message.ListFields():
        if descriptor.message_type is not None:
            for inner in value if descriptor.is_repeated else (value,):
                yield from unknown_fields(inner)


def _all_types(file: FileDescriptor) -> Iterator[Descriptor]:
    waiting = list(file.message_types_by_name.values())
    while waiting:
        descriptor = waiting.pop(0)
        yield descriptor
        waiting.extend(descriptor.nested_types)


def _found(attribute: str, spec: FieldSpec, free: dict[str, FieldDescriptor]) -> FieldDescriptor | None:
    for name in (attribute, *spec.names):
        if normalised(name) in free:
            return free[normalised(name)]
    if spec.record is None:
        return None
    same = [(field.message_type.name, field) for field in free.values() if field.message_type is not None]
    fitting = [(kind, field) for kind, field in same if field.is_repeated == spec.repeated]
    named = [field for kind, field in fitting if kind == spec.record.__name__] or [field for _, field in fitting]
    return named[0] if len(named) == 1 else None


def _missing_words(field: FieldDescriptor, spec: FieldSpec) -> list[str]:
    if field.enum_type is None or not spec.required:
        return []
    return sorted(PUBLISHED & set(spec.words) - set(wire_words(field, spec)))


def _is_plain(field: BoundField) -> bool:
    """Say whether the field holds one value that is always there, set or not."""
    return not field.has_presence and not field.spec.repeated and field.inner is None


def _values_getter(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """Return what reads these attributes of an object at once; it may give one value more at the end."""
    if not names:
        return lambda _message: ()
    return attrgetter(*names, names[0])  # of a single name it would give no tuple


def _only_oneof(descriptor: Descriptor) -> str:
    """Return the name of the oneof that holds all members; empty when they are plain fields."""
    found = {field.containing_oneof for field in descriptor.fields if field.message_type is not None}
    only = found.pop() if len(found) == 1 else None
    return "" if only is None else str(only.name)


def _nothing(field: BoundField) -> object:
    return Decimal(0) if field.spec.kind is Kind.NUMBER else 0 if field.spec.kind is Kind.WHOLE else field.default


def _items_to_wire(field: BoundField, items: Any) -> list[object]:
    return [field.write(item) if field.inner is None else field.inner.to_wire(item) for item in items]


def _assign(message: Message, field: BoundField, value: object) -> None:
    try:
        setattr(message, field.wire_name, field.write(value))
    except (TypeError, ValueError, OverflowError) as error:
        raise Unwritable(f"{field.shown_name}: {error}") from error
