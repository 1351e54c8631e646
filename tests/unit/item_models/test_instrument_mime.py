"""What one dock drags another can read, and foreign bytes are nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData

from tests.support.market_screen import key
from workstation.item_models.instrument_mime import MIME_TYPE, instruments_from_mime, instruments_to_mime


def carrying(data: bytes) -> QMimeData:
    carried = QMimeData()
    carried.setData(MIME_TYPE, data)
    return carried


def test_a_drag_is_read_back() -> None:
    keys = [key("EURUSD"), key("GOLD")]
    carried = instruments_to_mime(keys)
    assert instruments_from_mime(carried) == keys
    assert not carried.hasText()


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'[["x"]]', b'[["x", 3]]', b'[["x", ""]]', b"[" * 100_000])
def test_what_is_no_instrument_is_nothing(data: bytes) -> None:
    assert instruments_from_mime(carrying(data)) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    assert isinstance(instruments_from_mime(carrying(data)), list)


def test_text_of_other_programs_is_nothing() -> None:
    other = QMimeData()
    other.setText("EURUSD")
    assert instruments_from_mime(other) == []
