import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.desk.listings import listing_of

BOOK = '{"provider": "QOR", "orders": [{"n": "1", "px": 441.25}, {"n": "2"}], "none": [], "positions": [{"c": "Z[C]"}]}'
members = st.lists(st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=5), max_size=2), max_size=4)


def test_members_that_are_held_are_left_out_and_the_rest_stays_as_it_was() -> None:
    listing = listing_of(BOOK, "Book")
    assert listing is not None
    one, two, position = listing.keys
    assert listing.without([]) == BOOK
    assert (
        listing.without([one, position]) == '{"provider": "QOR", "orders": [{"n": "2"}], "none": [], "positions": []}'
    )
    assert listing.without([two]) == BOOK.replace(', {"n": "2"}', "")
    assert listing.without(listing.keys).count("[]") == 3


def test_a_key_says_what_the_member_is_and_in_which_kind_of_message() -> None:
    listing, other = listing_of('{"a": [1, 2, 1]}', "Book"), listing_of('{"a": [1]}', "History")
    assert listing is not None
    assert other is not None
    assert listing.keys[0] == listing.keys[2] != listing.keys[1]
    assert listing.keys[0].startswith("Book/")
    assert other.keys[0] not in listing.keys
    assert listing.without(listing.keys[:1]) == '{"a": [2]}'


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"a": 1}', '{"a": []}', '{"a": [1', '{"a"', '{"a": [1 x]}', "{1: [2]}", "[" * 100_000]
)
def test_what_has_no_lists_or_is_no_json_is_no_listing(text: str) -> None:
    assert listing_of(text, "Book") is None


@given(document=st.dictionaries(st.text(max_size=4), members | st.integers() | st.text(), max_size=4), data=st.data())
def test_leaving_out_members_is_the_same_as_never_having_had_them(
    document: dict[str, object], data: st.DataObject
) -> None:
    listing = listing_of(json.dumps(document), "Kind")
    lists = {name: value for name, value in document.items() if isinstance(value, list) and value}
    if listing is None:
        assert not lists
        return
    held = data.draw(st.sets(st.sampled_from(listing.keys)))
    keys = iter(listing.keys)
    expected = {
        name: [member for member in value if next(keys) not in held] if name in lists else value  # type: ignore[attr-defined]
        for name, value in document.items()
    }
    assert json.loads(listing.without(held)) == expected
