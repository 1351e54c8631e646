import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workstation.venues.xapi import codec, records
from workstation.venues.xapi.cutting import ELEMENTS_PER_SLICE, Cutter


def cut(frame: bytes) -> tuple[bytes, list[bytes], int]:
    cutter, steps = Cutter(frame), 1
    while cutter.step():
        steps += 1
    return cutter.skeleton, list(cutter.slices()), steps


def test_a_list_of_symbols_is_cut_into_small_ones() -> None:
    symbols = tuple(records.SymbolRecord(symbol=f"S[{n}]", description='a "}" \\', ask=Decimal(n)) for n in range(1200))
    skeleton, slices, steps = cut(codec.encode_reply(symbols, b'"9"'))
    assert steps > 1
    assert codec.decode_reply(skeleton).custom_tag == "9"
    assert codec.decode_reply(skeleton).return_data == b"[]"
    kind = tuple[records.SymbolRecord, ...]
    found = [record for part in slices for record in codec.answer_of(part, kind)]  # type: ignore[attr-defined]
    assert tuple(found) == symbols
    assert len(slices) == -(-1200 // ELEMENTS_PER_SLICE)


def test_candles_lie_one_level_deeper() -> None:
    candles = tuple(records.RateInfoRecord(ctm=n) for n in range(600))
    skeleton, slices, _ = cut(codec.encode_reply(records.ChartAnswer(digits=4, rate_infos=candles)))
    empty = codec.answer_of(codec.decode_reply(skeleton).return_data, records.ChartAnswer)
    assert empty == records.ChartAnswer(digits=4, rate_infos=())
    assert [item["ctm"] for part in slices for item in json.loads(part)] == list(range(600))


VALUES = st.recursive(
    st.integers() | st.text(max_size=5) | st.none(), lambda inner: st.lists(inner, max_size=4), max_leaves=8
)


@given(st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=3), max_size=700), st.booleans())
def test_no_element_is_lost(elements: list[object], tail: bool) -> None:
    document = {"status": True, "returnData": elements, **({"customTag": "]["} if tail else {})}
    skeleton, slices, _ = cut(json.dumps(document).encode())
    assert [item for part in slices for item in json.loads(part)] == elements
    assert json.loads(skeleton) == {**document, "returnData": []}


@given(st.binary(max_size=300))
def test_any_bytes_can_be_walked(frame: bytes) -> None:
    cut(frame)


def test_a_reply_without_an_array_stays_whole() -> None:
    frame = codec.encode_refusal("BE001", "[no]", b'"1"')
    assert cut(frame)[:2] == (frame, [])
