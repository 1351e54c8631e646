from decimal import Decimal

from workstation.simulators.xapi_front.wire_text import floating, written


def test_floating_numbers_carry_a_fraction_and_stay_exact() -> None:
    values = ["4000", "1E+2", "0", "-5", "0.10", "1.15853", "123456789012345.12345678"]
    texts = [written(floating(Decimal(value))).decode() for value in values]
    assert texts == ["4000.0", "100.0", "0.0", "-5.0", "0.10", "1.15853", "123456789012345.12345678"]


def test_whole_numbers_and_nothing_are_written_as_they_are() -> None:
    assert written({"order": 43, "message": None, "closed": False}) == b'{"order":43,"message":null,"closed":false}'


def test_pretty_print_takes_several_lines() -> None:
    assert written({"a": [1]}, pretty=True) == b'{\n  "a": [\n    1\n  ]\n}'
