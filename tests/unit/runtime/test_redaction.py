import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.runtime.redaction import MASK, Redactor

values = st.text(st.characters(categories=("L", "N", "P")), min_size=4, max_size=30)


@given(values, st.text(), st.text())
def test_a_learnt_secret_is_in_no_text(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.learn([secret])
    if secret not in MASK:
        assert secret not in redactor.clean(f"{before} {secret} {after}").replace(MASK, "\x00")
        assert json.dumps(secret)[1:-1] not in redactor.clean(json.dumps({"x": secret})).replace(MASK, "\x00")


@pytest.mark.parametrize(
    "text",
    [
        "password=hunter2",
        'login {"password": "hunter2", "user": "me"}',
        "passwordHash: hunter2",
        "Authorization: Bearer hunter2",
        "access_token='hunter2'",
        "LoginRequest(username='me', password='hunter2')",
    ],
)
def test_a_name_that_announces_a_secret_is_enough(text: str) -> None:
    cleaned = Redactor().clean(text)
    assert "hunter2" not in cleaned
    assert MASK in cleaned


def test_ordinary_text_is_left_alone() -> None:
    text = "Order W1001 (BUY 5 ESZ6 limit 6715.00, Main) is working."
    assert Redactor().clean(text) == text


def test_short_values_are_not_learnt() -> None:
    redactor = Redactor()
    redactor.learn(["1", ""])
    assert redactor.clean("order 1 of 11") == "order 1 of 11"


def test_a_redactor_never_shows_what_it_knows() -> None:
    redactor = Redactor()
    redactor.learn(["hunter2-hunter2"])
    assert "hunter2" not in repr(redactor)
