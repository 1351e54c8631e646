import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.simulators.xapi_front.request_reader import LARGEST_REQUEST, RequestReader, RuleBroken

PING = {"command": "ping"}
TRICKY = {"command": 'a "quoted" {brace} [and] \\ backslash', "arguments": {"list": [1, {"x": "é}"}]}}


@pytest.mark.parametrize("between", ["", "\n", "\n\n", " \t\r\n"])
@pytest.mark.parametrize("indent", [None, 4])
def test_values_follow_one_another_however_they_are_separated(between: str, indent: int | None) -> None:
    text = between.join(json.dumps(value, indent=indent) for value in (PING, TRICKY, PING))
    assert RequestReader().feed(text.encode()) == [PING, TRICKY, PING]


def test_a_value_may_come_byte_by_byte() -> None:
    reader = RequestReader()
    text = json.dumps(TRICKY, ensure_ascii=False).encode()
    found = [value for byte in text for value in reader.feed(bytes([byte]))]
    assert found == [TRICKY]
    assert not reader.is_inside
    assert reader.feed(b"{") == []
    assert reader.is_inside


def test_numbers_are_exact() -> None:
    assert RequestReader().feed(b'{"price": 1.10}') == [{"price": Decimal("1.10")}]


@pytest.mark.parametrize(
    "text", [b"hello", b"[]", b"1", b'"x"', b"{]", b"{'a': 1}", b'{"a": NaN}', b'{"a": 1,}', b"\xff", b'{"a": "\xff"}']
)
def test_what_is_no_json_object_breaks_a_rule(text: bytes) -> None:
    with pytest.raises(RuleBroken):
        RequestReader().feed(text)


def test_a_kilobyte_is_allowed_and_a_byte_more_is_not() -> None:
    frame = b'{"a":"%s"}'
    room = LARGEST_REQUEST - len(frame) + 2
    assert RequestReader().feed(frame % (b"x" * room))
    with pytest.raises(RuleBroken):
        RequestReader().feed(frame % (b"x" * (room + 1)))


@given(st.binary())
@example(b'{"a":' + b"[" * 900 + b"]" * 900 + b"}")
@example(b'{"a":' + b"9" * 900 + b"}")
def test_only_a_broken_rule_escapes(text: bytes) -> None:
    with suppress(RuleBroken):
        RequestReader().feed(text)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers() | st.none(), max_size=5), st.data())
def test_a_split_anywhere_changes_nothing(value: dict[str, object], data: st.DataObject) -> None:
    text = json.dumps(value).encode()
    cut = data.draw(st.integers(0, len(text)))
    reader = RequestReader()
    assert reader.feed(text[:cut]) + reader.feed(text[cut:]) == [value]
