"""Decoding a large reply in steps of a few milliseconds: a generator that the reader drives; see :mod:`cutting`."""

from collections.abc import Callable, Generator
from typing import Any, get_origin

import msgspec

from workstation.venues.base import MalformedFrame
from workstation.venues.xapi.codec import Reply, answer_of, decode_reply
from workstation.venues.xapi.cutting import Cutter
from workstation.venues.xapi.records import ChartAnswer, Quotations, RateInfoRecord, TickRecord

Steps = Generator[None, None, tuple[Reply, object]]
_ARRAY_OF: dict[object, tuple[str, Any]] = {
    ChartAnswer: ("rate_infos", tuple[RateInfoRecord, ...]),
    Quotations: ("quotations", tuple[TickRecord, ...]),
}


def read_in_steps(frame: bytes, kind_of: Callable[[str | None], object]) -> Steps:
    """Decode `frame`, giving way between steps; `kind_of` tells the type of answer that a tag was asked for.

    Raises:
        MalformedFrame: it is no reply, or another answer. Nothing else escapes.
    """
    cutter = Cutter(frame)
    while cutter.step():
        yield
    reply = decode_reply(cutter.skeleton)
    kind: Any = kind_of(reply.custom_tag)
    answer: Any = answer_of(reply.return_data, kind)
    if answer is None:
        return reply, None
    name, listed = _ARRAY_OF.get(kind, ("", kind))
    if get_origin(listed) is not tuple:
        return reply, answer
    found: list[object] = []
    for part in cutter.slices():
        slice_ = answer_of(part, listed)
        if not isinstance(slice_, tuple):
            raise MalformedFrame("a slice of a large reply is no list")
        found += slice_
        yield
    return reply, msgspec.structs.replace(answer, **{name: tuple(found)}) if name else tuple(found)
