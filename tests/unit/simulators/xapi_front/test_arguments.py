from collections.abc import Callable
from decimal import Decimal

import pytest

from workstation.simulators.otc.refusals import Refused
from workstation.simulators.xapi_front.arguments import Arguments


def test_numbers_may_be_absent_null_whole_or_with_a_fraction() -> None:
    values = Arguments({"a": None, "b": 5, "c": Decimal("1.5"), "t": Decimal("1272529161605.0")})
    assert [values.number(name) for name in ("x", "a", "b", "c")] == [0, 0, 5, Decimal("1.5")]
    assert [values.whole(name) for name in ("x", "a", "b", "c")] == [0, 0, 5, 1]
    assert values.instant("t") == 1_272_529_161_605
    assert values.whole_or_none("a") is None
    assert values.whole_or_none("b") == 5


def test_texts_may_be_numbers_and_absent_where_they_are_optional() -> None:
    values = Arguments({"userId": 1000, "name": "x", "none": None, "list": ["a", "b"], "orders": [1, 2]})
    assert (values.text("userId"), values.text("name")) == ("1000", "x")
    assert (values.optional_text("none"), values.optional_text("name"), values.optional_text("z")) == (None, "x", None)
    assert values.texts("list") == ["a", "b"]
    assert values.wholes("orders") == [1, 2]


def test_no_arguments_are_no_arguments() -> None:
    assert Arguments(None).number("x") == 0
    assert Arguments({}).flag("x") is False
    assert Arguments({"info": {"x": True}}).inner("info").flag("x") is True


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (lambda: Arguments([1]), "EX000"),
        (lambda: Arguments({}).inner("info"), "BE106"),
        (lambda: Arguments({"info": 5}).inner("info"), "EX000"),
        (lambda: Arguments({}).text("symbol"), "EX000"),
        (lambda: Arguments({"symbol": ""}).text("symbol"), "EX000"),
        (lambda: Arguments({"symbol": True}).text("symbol"), "EX000"),
        (lambda: Arguments({"volume": "1"}).number("volume"), "EX000"),
        (lambda: Arguments({"volume": True}).number("volume"), "EX000"),
        (lambda: Arguments({"volume": Decimal("1e999")}).number("volume"), "EX000"),
        (lambda: Arguments({"start": -1}).instant("start"), "EX000"),
        (lambda: Arguments({"start": 10**15}).instant("start"), "EX000"),
        (lambda: Arguments({"flag": 1}).flag("flag"), "EX000"),
        (lambda: Arguments({}).texts("symbols"), "BE106"),
        (lambda: Arguments({"symbols": "EURUSD"}).texts("symbols"), "EX000"),
        (lambda: Arguments({"symbols": [1]}).texts("symbols"), "EX000"),
        (lambda: Arguments({"orders": ["1"]}).wholes("orders"), "EX000"),
    ],
)
def test_what_cannot_be_meant_is_refused(read: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read()
    assert refused.value.code == code
