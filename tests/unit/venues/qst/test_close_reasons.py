"""Each close code means one thing on screen and one thing for what follows."""

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

from workstation.venues.base import MalformedFrame, SessionTaken, VenueUnreachable
from workstation.venues.qst.close_reasons import ReadTooSlowly, reason_of


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (1000, VenueUnreachable, "without being asked"),
        (4101, SessionTaken, "connected elsewhere"),
        (4102, ReadTooSlowly, "too many messages"),
        (1011, VenueUnreachable, "code 1011"),
    ],
)
def test_what_a_code_means(code: int, kind: type[Exception], words: str) -> None:
    reason = reason_of(ConnectionClosedError(Close(code, "why"), None))
    assert type(reason) is kind
    assert words in str(reason)
    assert "why" in str(reason)


def test_a_link_that_broke_without_a_word() -> None:
    assert "1006" in str(reason_of(ConnectionClosedError(None, None)))


def test_our_own_refusal_of_a_huge_frame() -> None:
    assert type(reason_of(ConnectionClosedError(None, Close(1009, "")))) is MalformedFrame
