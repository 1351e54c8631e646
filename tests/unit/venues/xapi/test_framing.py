"""However the network cuts the stream, the same values come out, and each byte is looked at once."""

import json
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.venues.base import MalformedFrame
from workstation.venues.xapi.framing import MAX_DEPTH, Splitter

TEXTS = st.text(max_size=12) | st.sampled_from(['{"', '\\"}', "}}", "\n\n", "[{", "żółw €", "\\", '"'])
VALUES = st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS, max_size=3) | st.dictionaries(TEXTS, TEXTS))
GAPS = st.sampled_from(["", "\n\n", " ", "\r\n", "\n", "\t \n"])


def fed(stream: bytes, cuts: list[int]) -> list[bytes]:
    splitter = Splitter()
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    out: list[bytes] = []
    for begin, end in pairwise(edges):
        out += splitter.feed(stream[begin:end])
    assert not splitter.inside
    return out


@given(st.lists(st.tuples(VALUES, GAPS, st.booleans(), st.booleans()), max_size=6), st.lists(st.integers(0, 2000)))
def test_any_chunks_give_the_same_values(
    values: list[tuple[dict[str, object], str, bool, bool]], cuts: list[int]
) -> None:
    stream = b"".join(
        (json.dumps(value, ensure_ascii=plain, indent=2 if pretty else None) + gap).encode()
        for value, gap, plain, pretty in values
    )
    assert [json.loads(frame) for frame in fed(stream, cuts)] == [value for value, *_ in values]
    assert [json.loads(frame) for frame in fed(stream, list(range(len(stream))))] == [value for value, *_ in values]


@given(st.lists(st.binary(max_size=60), max_size=8))
@example([b"{" * 1000])
@example([b'{"\\', b'"', b"}"])
def test_any_bytes_give_values_or_one_error(chunks: list[bytes]) -> None:
    splitter = Splitter()
    try:
        for chunk in chunks:
            for value in splitter.feed(chunk):
                assert value[:1] in (b"{", b"[")
    except MalformedFrame:
        pass


@pytest.mark.parametrize("rubbish", [b"hello", b"12", b'"text"', b"null", b"}", b"{}x", b"\xff\xfe{}"])
def test_what_is_no_object_is_refused(rubbish: bytes) -> None:
    with pytest.raises(MalformedFrame):
        Splitter().feed(rubbish)


def test_size_and_depth_are_bounded() -> None:
    splitter = Splitter(most=1000)
    splitter.feed(b'{"a":"' + b"x" * 900)
    with pytest.raises(MalformedFrame, match="1000 bytes"):
        splitter.feed(b"x" * 200)
    with pytest.raises(MalformedFrame, match="deep"):
        Splitter().feed(b"[" * (MAX_DEPTH + 1))


def test_a_large_reply_in_small_pieces_costs_time_in_proportion() -> None:
    record = b'{"symbol":"EURUSD","description":"a \\"b\\" c","ask":1.23456},'

    def seconds(records: int) -> float:
        stream = b'{"status":true,"returnData":[' + record * records + b"{}]}"
        splitter, began = Splitter(), time.process_time()
        got = [value for at in range(0, len(stream), 4096) for value in splitter.feed(stream[at : at + 4096])]
        assert got == [stream]
        return time.process_time() - began

    seconds(1_000)
    assert seconds(160_000) < 40 * max(seconds(10_000), 0.001)
