from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.price_format import PriceFormat

GRAIN = PriceFormat(places=2, denominator=8)
PLAIN = PriceFormat(places=2)


@pytest.mark.parametrize(
    ("price", "text"),
    [("588.25", "588^2"), ("588.75", "588^6"), ("719", "719^0"), ("-0.125", "-0^1"), ("0", "0^0")],
)
def test_the_documents_examples(price: str, text: str) -> None:
    assert GRAIN.text(Decimal(price)) == text
    assert GRAIN.parse(text) == Decimal(price)


@given(st.integers(-(10**7), 10**7))
def test_every_eighth_can_be_written_and_read(eighths: int) -> None:
    price = Decimal(eighths) / 8
    assert GRAIN.parse(GRAIN.text(price)) == price


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e9", max_value="1e9", places=6))
def test_a_plain_price_is_never_rounded(price: Decimal) -> None:
    assert Decimal(PLAIN.text(price)) == price


def test_places_are_filled_up_and_never_scientific() -> None:
    assert PLAIN.text(Decimal("5")) == "5.00"
    assert PriceFormat(places=4).text(Decimal("1E-4")) == "0.0001"
    assert PLAIN.text(Decimal("1E+6")) == "1000000.00"


def test_a_price_between_the_parts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"589\.626"):
        GRAIN.text(Decimal("589.626"))


@pytest.mark.parametrize("text", ["588^8", "588^", "^2", "5 88", "1e5", "NaN", "", "--1", "588^2^1", "١٢"])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"price|parts"):
        GRAIN.parse(text)


def test_a_decimal_is_read_in_any_notation_and_a_caret_only_where_it_belongs() -> None:
    assert GRAIN.parse(" 588.25 ") == Decimal("588.25")
    with pytest.raises(ValueError, match="not a price"):
        PLAIN.parse("588^2")


@pytest.mark.parametrize(("places", "denominator", "digits"), [(-1, 0, 1), (13, 0, 1), (2, -8, 1), (2, 8, 0)])
def test_impossible_formats_cannot_be_built(places: int, denominator: int, digits: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        PriceFormat(places=places, denominator=denominator, fraction_digits=digits)


@pytest.mark.parametrize("price", ["NaN", "Infinity"])
def test_what_is_no_number_is_not_written(price: str) -> None:
    with pytest.raises(ValueError, match="not a price"):
        PLAIN.text(Decimal(price))
