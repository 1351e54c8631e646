from workstation.venues.xapi.numbers import CLOCKS_APART_NS, EARLIER_RUN_NS, MOST, Numbers

NOW = 1_795_000_000 * 10**9


def key(
    numbers: Numbers, number: int | None, comment: str | None, symbol: str = "A", opened_ns: int = NOW
) -> str | None:
    return numbers.key(number, comment, symbol, opened_ns, NOW)


def test_an_order_is_known_by_its_number_then_by_its_comment() -> None:
    numbers = Numbers()
    numbers.sent("mine", "A", NOW)
    assert key(numbers, None, "mine") == "mine"
    assert key(numbers, 43, "mine") == "mine"
    numbers.numbered("mine", 43)
    assert numbers.number("mine") == 43
    assert key(numbers, 43, None) == numbers.known_key(43) == "mine"
    assert key(numbers, 43, "changed elsewhere") == "mine"
    assert numbers.number("other") is numbers.known_key(44) is None


def test_another_installations_order_with_the_same_key_is_not_ours() -> None:
    numbers = Numbers()
    numbers.sent("W1001", "A", NOW)
    assert key(numbers, 7, "W1001", symbol="B") is None
    assert key(numbers, 7, "W1001", opened_ns=NOW - CLOCKS_APART_NS - 1) is None
    numbers.numbered("W1001", 43)
    assert key(numbers, 7, "W1001") is None, "the venue gave ours another number"
    assert key(numbers, None, "W1001") == "W1001", "a closed trade names no number that we could know"


def test_keys_of_an_earlier_run_are_recognised_in_records_of_the_last_days() -> None:
    numbers = Numbers()
    assert key(numbers, 7, "W1001") == "W1001"
    assert key(numbers, 7, "W7f3a-1001") == "W7f3a-1001"
    assert key(numbers, 7, "W1001", opened_ns=NOW - EARLIER_RUN_NS - 1) is None
    for comment in (None, "", "Some text", "x163638810730200390", "W", "W1 "):
        assert key(numbers, 7, comment) is None


def test_what_is_over_stays_over_until_complete_books_hold_it() -> None:
    numbers = Numbers()
    numbers.end("P", 5)
    assert numbers.is_over("P", 5)
    assert not numbers.is_over("N", 5)
    numbers.revive("P", [5])
    assert not numbers.is_over("P", 5)


def test_memory_is_bounded() -> None:
    numbers = Numbers()
    for number in range(MOST + 10):
        numbers.end("P", number)
    assert not numbers.is_over("P", 0)
    assert numbers.is_over("P", MOST + 9)
