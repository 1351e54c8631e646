"""Sort keys order exactly as the values do."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workstation.item_models.columns import (
    Sorts,
    exact_key,
    exact_keys,
    first_key,
    text_key,
    text_keys,
    unknown_key,
)

finite = st.decimals(allow_nan=False, allow_infinity=False)


@given(finite, finite)
def test_keys_compare_as_the_values_do(one: Decimal, other: Decimal) -> None:
    first, second = exact_key(one), exact_key(other)
    assert first is not None
    assert second is not None
    assert (first < second, first == second) == (one < other, one == other)


@given(finite)
def test_unknown_is_last_and_pinned_is_first(value: Decimal) -> None:
    key = exact_key(value)
    assert key is not None
    assert key < unknown_key(Sorts.NUMBERS, descending=False)  # type: ignore[operator]
    assert key > unknown_key(Sorts.NUMBERS, descending=True)  # type: ignore[operator]
    assert key > first_key(Sorts.NUMBERS, descending=False)  # type: ignore[operator]


def test_what_is_no_number_has_no_key() -> None:
    assert [exact_key(value) for value in (None, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"))] == [None] * 4


def test_an_absurd_exponent_costs_nothing() -> None:
    assert exact_key(Decimal("1E+999999")) is not None


def test_words() -> None:
    assert text_key("Straße") == text_key("STRASSE")
    assert text_key("") is None


@given(st.lists(st.one_of(st.none(), st.decimals(allow_nan=None))), st.lists(st.text()))
def test_many_keys_are_those_of_single_values(values: list[Decimal | None], texts: list[str]) -> None:
    assert exact_keys(values) == [exact_key(value) for value in values]
    assert exact_keys([*values, Decimal("sNaN")]) == [*map(exact_key, values), None]
    assert text_keys(texts) == [text_key(text) for text in texts]
