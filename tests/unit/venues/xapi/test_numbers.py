from workstation.venues.xapi.numbers import MOST, Numbers


def test_an_order_is_known_by_its_number_then_by_its_comment() -> None:
    numbers = Numbers()
    numbers.sent("mine")
    assert numbers.key(None, "mine") == "mine"
    numbers.sent("mine", 43)
    assert numbers.number("mine") == 43
    assert numbers.key(43, None) == "mine"
    assert numbers.key(43, "changed elsewhere") == "mine"


def test_keys_of_this_program_are_recognised_and_others_are_not() -> None:
    numbers = Numbers()
    assert numbers.key(7, "W1001") == "W1001"
    for comment in (None, "", "Some text", "x163638810730200390", "W", "W1 "):
        assert numbers.key(7, comment) is None


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
