import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.venues.base import QueryRefused
from workstation.venues.xapi.asking import VenueRefused, in_small_requests
from workstation.venues.xapi.codec import MAX_COMMAND_BYTES, encode_request
from workstation.venues.xapi.messages import GetTradingHours


@given(st.lists(st.text(min_size=1, max_size=40), max_size=80))
def test_a_long_list_is_split_below_one_kilobyte_of_utf8(symbols: list[str]) -> None:
    requests = in_small_requests(symbols, lambda taken: GetTradingHours(symbols=taken))
    assert [symbol for _, taken in requests for symbol in taken] == list(dict.fromkeys(symbols))
    for arguments, taken in requests:
        assert arguments == GetTradingHours(symbols=taken)
        assert len(encode_request(arguments, "q123456789")) <= MAX_COMMAND_BYTES


def test_few_requests_are_made_of_many_symbols() -> None:
    requests = in_small_requests([f"SYMB{n:03}" for n in range(100)], lambda taken: GetTradingHours(symbols=taken))
    assert len(requests) == 2


def test_a_symbol_too_long_for_any_request_is_refused() -> None:
    for symbols in (["€" * 400], ["A", "€" * 400]):
        with pytest.raises(QueryRefused, match="too long"):
            in_small_requests(symbols, lambda taken: GetTradingHours(symbols=taken))


def test_a_refusal_says_what_was_asked_and_why_not() -> None:
    error = VenueRefused("getCalendar", "EX011", "no")
    assert error.code == "EX011"
    assert str(error).startswith("XAPI refused getCalendar: This login may not use the command.")
