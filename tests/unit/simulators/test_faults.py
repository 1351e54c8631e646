import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.simulators.faults import Deed, Fault, FaultPlan, InvalidFaults, parse_faults, read_faults


def test_a_fault_lets_some_pass_and_then_hits_as_often_as_it_says() -> None:
    plan = FaultPlan([Fault(deed=Deed.DROP, message="Order", after=1, count=2)])
    hits = [plan.outbound("Order") is not None for _ in range(5)]
    assert hits == [False, True, True, False, False]
    assert plan.outbound("NetPosition") is None


def test_a_count_of_null_never_ends() -> None:
    plan = parse_faults({"qst": [{"do": "drop", "message": "*", "count": None}]})["qst"]
    assert all(plan.outbound(f"Any{n}") is not None for n in range(100))
    assert plan.inbound("PlaceOrderRequest") is None


def test_requests_are_caught_on_the_way_in_only() -> None:
    plan = FaultPlan([Fault(deed=Deed.REJECT, message="PlaceOrderRequest")])
    assert plan.outbound("PlaceOrderRequest") is None
    assert plan.inbound("CancelOrderRequest") is None
    assert plan.inbound("PlaceOrderRequest") is not None


def test_the_first_fault_that_fits_acts_and_the_others_count_on() -> None:
    slow, lost = Fault(deed=Deed.DELAY, message="Order"), Fault(deed=Deed.DROP, message="Order", after=1)
    plan = FaultPlan([slow, lost])
    assert [plan.outbound("Order") for _ in range(3)] == [slow, lost, None]


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    line = {"do": "close", "message": "CancelOrderRequest", "code": 4102, "after": 3, "count": 2}
    path.write_text(json.dumps({"qst": [line, {"do": "delay", "message": "Order", "seconds": 0.5}]}))
    plan = read_faults(path)["qst"]
    assert [plan.inbound("CancelOrderRequest") for _ in range(4)][-1] == Fault(
        deed=Deed.CLOSE, message="CancelOrderRequest", code=4102, after=3, count=2
    )
    found = plan.outbound("Order")
    assert found is not None
    assert found.seconds == 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "write an object"),
        ('{"xyz": []}', "no venue is called 'xyz'"),
        ('{"qst": {}}', "must be a list"),
        ('{"qst": [1]}', "fault 1: write an object"),
        ('{"qst": [{"do": "explode", "message": "Order"}]}', "'do' must be one of delay"),
        ('{"qst": [{"do": "drop"}]}', "'message' must be text"),
        ('{"qst": [{"do": "drop", "message": "Order", "often": 2}]}', "'often' is not understood"),
        ('{"qst": [{"do": "drop", "message": "Order", "count": -1}]}', "'count' must be a whole number"),
        ('{"qst": [{"do": "drop", "message": "Order", "after": true}]}', "'after' must be a whole number"),
        ('{"qst": [{"do": "delay", "message": "Order", "seconds": "1"}]}', "'seconds' must be a number"),
        ('{"qst": [{"do": "reject", "message": "Order"}]}', "only a request can be rejected"),
        ('{"qst": [{"do": "close", "message": "Order", "code": 17}]}', "'code' must be 1000"),
        ('{"qst": [{"do": "drop", "message": "A"}, {"do": "drop", "message": ""}]}', "fault 2"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "faults.json"
    path.write_text(text)
    with pytest.raises(InvalidFaults, match=r"faults\.json") as caught:
        read_faults(path)
    assert words in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidFaults, match="cannot be read"):
        read_faults(tmp_path / "none.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("qst", "do", "message", "count", "code")), inner),
)


@given(JSON)
def test_any_document_gives_plans_or_the_one_error(document: object) -> None:
    try:
        plans = parse_faults(document)
    except InvalidFaults:
        return
    assert all(isinstance(plan, FaultPlan) for plan in plans.values())
