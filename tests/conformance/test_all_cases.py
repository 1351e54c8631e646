"""The cases as a whole: each has a number and a sentence, and none is dropped for a venue without anybody saying so."""

import importlib
import pkgutil

import tests.conformance
from tests.conformance.bench import LEFT_OUT, NUMBERS, PATIENCE_S
from tests.conformance.pairs import PAIRS

QST_LEAVES_OUT = (
    "C13 C14 C37 "  # answers with the fate
    "C38 "  # one message cancels one order
    "C39 "  # orders trade whole
    "C70 C71 C72 C73 C74 C75 C76 C77 "  # positions are held apart
    "C80 C81 C82 C83 C84 C85 C86 C87 C88 C89 "  # a stream beside the main link
    "C90 C91 C92 C93 C94"  # a pace
)
XAPI_LEAVES_OUT = (
    "C03 "  # one session a client
    "C22 C25 "  # answers on receipt; C37 and C38 are the counterparts
    "C24 C28 "  # one message cancels several; C38
    "C33 "  # orders trade in parts; C39
    "C36 "  # one net position; C72 and C73
    "C44 C45 C46 "  # one placement at a time; C90, C92 and C94
    "C51 "  # several accounts a login
    "C55 "  # history in lines
    "C66"  # all is told in words
)


def _import_all_cases() -> None:
    for module in pkgutil.iter_modules(tests.conformance.__path__):
        importlib.import_module(f"tests.conformance.{module.name}")


def test_every_case_has_a_number_and_a_sentence() -> None:
    _import_all_cases()
    assert len(NUMBERS) >= 82
    assert all(number[0] == "C" and number[1:].isdigit() for number in NUMBERS)
    assert all(sentence.endswith(".") for sentence in NUMBERS.values())
    assert PATIENCE_S >= 10


def test_each_venue_leaves_out_just_the_cases_whose_promise_it_does_not_make_each_with_its_reason() -> None:
    _import_all_cases()
    known = {"qst": QST_LEAVES_OUT, "xapi sockets": XAPI_LEAVES_OUT, "xapi WebSocket": XAPI_LEAVES_OUT}
    assert {name: set(cases) for name, cases in LEFT_OUT.items()} == {
        name: set(cases.split()) for name, cases in known.items()
    }
    assert set(known) == {pair.name for pair in PAIRS}
    assert all(reason for cases in LEFT_OUT.values() for reason in cases.values())


def test_no_case_is_left_out_by_all() -> None:
    _import_all_cases()
    assert not set.intersection(*({*cases} for cases in LEFT_OUT.values()))
