"""Values cross the wire exactly or not at all."""

import math
from decimal import Decimal
from pathlib import Path

import pytest
from google.protobuf.descriptor import FieldDescriptor
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.qst_protos import loaded
from workstation.venues.base import MalformedFrame
from workstation.venues.qst.coercion import Unwritable, coercible, read_number, reader, writer
from workstation.venues.qst.message_fields import FieldSpec, Kind

TYPES = """
syntax = "proto3"; package coercion.test;
enum Color { NONE_COLOR = 0; RED = 1; GREEN = 2; }
message All {
  double real = 1; float narrow = 2; int64 whole = 3; string shown = 4; Color color = 5; bytes raw = 6;
  optional Color maybe = 7; repeated string list = 8; uint32 small = 9; bool yes = 10;
}
"""


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FieldDescriptor]:
    folder: Path = tmp_path_factory.mktemp("protos")
    return dict(loaded(TYPES, folder).message_types_by_name["All"].fields_by_name.items())


NUMBER, WHOLE, TEXT = FieldSpec(Kind.NUMBER), FieldSpec(Kind.WHOLE), FieldSpec(Kind.TEXT)
WORD = FieldSpec(Kind.WORD, words={"RED": (), "VERDE": ("GREEN",)})


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False))
@example(Decimal("0"))
@example(Decimal("0.1"))
@example(Decimal("-0.0001"))
@example(Decimal("588.75"))
def test_a_price_survives_a_double(price: Decimal) -> None:
    assert read_number(float(price)) == price


@pytest.mark.parametrize("nothing", [math.nan, math.inf, -math.inf, "", "NaN", " nan ", "N/A"])
def test_what_is_no_number_is_absent(nothing: object) -> None:
    assert read_number(nothing) is None


@pytest.mark.parametrize("wrong", ["1,5", "abc", "1e999", "0x10", "--1", "1" * 40, "1e50", 1e300, "Infinity1"])
def test_what_cannot_be_a_number_is_malformed(wrong: object) -> None:
    with pytest.raises(MalformedFrame):
        read_number(wrong)


def test_whole_numbers_lose_their_empty_decimals_and_zero_its_sign() -> None:
    assert str(read_number("1.0")) == "1"
    assert str(read_number(-0.0)) == "0"
    assert str(read_number(5.5e-17)) == "0"
    assert str(read_number("588.75")) == "588.75"


def test_a_number_is_written_as_the_declared_type(fields: dict[str, FieldDescriptor]) -> None:
    assert writer(fields["real"], NUMBER)(Decimal("588.75")) == 588.75
    assert writer(fields["whole"], NUMBER)(Decimal("3.0")) == 3
    assert writer(fields["shown"], NUMBER)(Decimal("3")) == "3.0"


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("0.12345678901234567890")])
def test_what_a_double_cannot_hold_is_not_written(fields: dict[str, FieldDescriptor], value: Decimal) -> None:
    with pytest.raises(Unwritable):
        writer(fields["real"], NUMBER)(value)


def test_a_fraction_is_not_written_as_a_whole_number(fields: dict[str, FieldDescriptor]) -> None:
    with pytest.raises(Unwritable):
        writer(fields["whole"], NUMBER)(Decimal("1.5"))


def test_an_id_is_text_or_number_as_declared(fields: dict[str, FieldDescriptor]) -> None:
    assert writer(fields["whole"], TEXT)("115332") == 115332
    assert reader(fields["whole"], TEXT)(115332) == "115332"
    assert reader(fields["whole"], TEXT)(0) == ""
    with pytest.raises(Unwritable):
        writer(fields["whole"], TEXT)("W-1")


def test_a_narrow_float_reads_by_its_own_shortest_text(fields: dict[str, FieldDescriptor]) -> None:
    assert reader(fields["narrow"], NUMBER)(0.10000000149011612) == Decimal("0.1")


def test_words_are_found_by_name_and_alias_and_unknown_ones_are_kept(fields: dict[str, FieldDescriptor]) -> None:
    assert writer(fields["color"], WORD)("VERDE") == 2
    read = reader(fields["color"], WORD)
    assert (read(2), read(1), read(0), read(17)) == ("VERDE", "RED", "", "#17")
    with pytest.raises(Unwritable):
        writer(fields["color"], WORD)("BLUE")


def test_what_a_type_cannot_hold_is_not_coercible(fields: dict[str, FieldDescriptor]) -> None:
    assert coercible(fields["shown"], WORD)
    assert not coercible(fields["real"], TEXT)
    assert not coercible(fields["raw"], TEXT)
    assert not coercible(fields["list"], TEXT)
    assert not coercible(fields["yes"], NUMBER)


def test_whole_text_reads_as_a_whole_number(fields: dict[str, FieldDescriptor]) -> None:
    assert reader(fields["shown"], WHOLE)("1639052460612") == 1639052460612
    assert reader(fields["shown"], WHOLE)("") is None
    with pytest.raises(MalformedFrame):
        reader(fields["shown"], WHOLE)("12.5")
