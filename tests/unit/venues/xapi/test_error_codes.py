import pytest

from workstation.venues.xapi.error_codes import ERROR_CODES, Follows, error_code, told

DOCUMENTED = [
    *(f"BE{number:03}" for number in (*range(1, 15), *range(16, 38), 99)),
    *(
        [
            "BE094",
            "BE095",
            "BE096",
            "BE097",
            "BE098",
            "BE101",
            "BE102",
            "BE103",
            "BE104",
            "BE105",
            "BE106",
            "BE110",
            "BE115",
            "BE116",
            "BE117",
            "BE118",
            "BE200",
        ]
    ),
    *(f"EX{number:03}" for number in range(12)),
    "BE000",
]


@pytest.mark.parametrize("code", DOCUMENTED)
def test_every_documented_code_has_its_meaning(code: str) -> None:
    known = ERROR_CODES[code]
    assert known.code == code
    assert known.meaning.endswith(".")


def test_what_may_have_happened_is_never_called_refused() -> None:
    for code in ("BE000", "BE019", "EX001", "EX002", "EX003", "SE199", "SE001"):
        assert error_code(code).follows is Follows.RECONCILE


def test_an_unknown_code_is_shown_raw() -> None:
    assert error_code("ZZ9").follows is Follows.TELL
    assert told("ZZ9", "no luck") == "The venue refused it. (ZZ9 no luck)"


def test_the_text_says_what_happened_and_what_to_do() -> None:
    assert told("BE009", "Not enough money") == (
        "There is not enough money on the account. Trade less, or free margin. (BE009 Not enough money)"
    )
    assert told("", "") == "The venue refused it."
