import pytest

from workstation.venues.base import MalformedFrame
from workstation.venues.xapi import codec, records
from workstation.venues.xapi.codec import Reply
from workstation.venues.xapi.large_replies import Steps, read_in_steps


def driven(steps: Steps) -> tuple[Reply, object, int]:
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return *end.value, count
        count += 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (tuple(records.SymbolRecord(symbol=f"S{n}") for n in range(900)), tuple[records.SymbolRecord, ...]),
        (
            records.ChartAnswer(digits=4, rate_infos=tuple(records.RateInfoRecord(ctm=n) for n in range(900))),
            records.ChartAnswer,
        ),
        (
            records.Quotations(quotations=tuple(records.TickRecord(symbol=f"S{n}") for n in range(900))),
            records.Quotations,
        ),
        (records.Version(version="[2]"), records.Version),
    ],
)
def test_it_reads_the_same_as_at_once(answer: object, kind: object) -> None:
    frame = codec.encode_reply(answer, b'"7"')
    reply, found, count = driven(read_in_steps(frame, lambda tag: kind if tag == "7" else None))
    assert found == answer == codec.answer_of(codec.decode_reply(frame).return_data, kind)
    assert reply.custom_tag == "7"
    assert count >= (0 if kind is records.Version else 4)


def test_an_error_has_no_answer() -> None:
    reply, found, _ = driven(read_in_steps(codec.encode_refusal("BE001", "x"), lambda _: None))
    assert (reply.error_code, found) == ("BE001", None)


@pytest.mark.parametrize("frame", [b"{", b'{"status":true,"returnData":[1,2]}', b"\xff" * 100])
def test_anything_else_is_malformed(frame: bytes) -> None:
    with pytest.raises(MalformedFrame):
        driven(read_in_steps(frame, lambda _: tuple[records.SymbolRecord, ...]))
