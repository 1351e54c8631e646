import pytest

from workstation.simulators.otc.refusals import Refused
from workstation.simulators.xapi_front.admission import BLOCKED_S, Admission


def door() -> Admission:
    return Admission({"1000": "right"}, connections=2)


def refusal(admission: Admission, user_id: str, password: str, now_s: float) -> str:
    with pytest.raises(Refused) as refused:
        admission.log_in(user_id, password, now_s)
    return refused.value.code


def test_each_login_has_a_session_of_its_own() -> None:
    admission = door()
    first, second = admission.log_in("1000", "right", 0), admission.log_in("1000", "right", 0)
    assert first != second
    assert admission.user_of(first) == admission.user_of(second) == "1000"
    admission.end(first)
    with pytest.raises(Refused) as refused:
        admission.user_of(first)
    assert refused.value.code == "BE117"
    assert admission.user_of(second) == "1000"
    refusal(admission, "1000", "wrong", 0)
    assert admission.tries == 3


def test_a_wrong_pair_is_blocked_for_ten_minutes_and_no_other() -> None:
    admission = door()
    assert refusal(admission, "1000", "wrong", 0) == "BE005"
    assert refusal(admission, "1000", "wrong", BLOCKED_S - 1) == "EX007"
    assert admission.log_in("1000", "right", 1)
    assert refusal(admission, "1000", "wrong", BLOCKED_S) == "BE005"
    assert refusal(admission, "2000", "right", 0) == "EX004"
    assert refusal(admission, "2000", "right", 1) == "EX007"


def test_an_address_has_so_many_connections() -> None:
    admission = door()
    assert [admission.enter("127.0.0.1") for _ in range(3)] == [True, True, False]
    assert admission.enter("127.0.0.2")
    admission.leave("127.0.0.1")
    admission.leave("127.0.0.1")
    assert admission.enter("127.0.0.1")
