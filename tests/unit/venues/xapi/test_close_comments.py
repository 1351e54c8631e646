import pytest

from workstation.domain.trade_history import CloseReason
from workstation.venues.xapi.close_comments import close_reason, reason_words


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("[S/L]", CloseReason.STOP_LOSS),
        ("(S/L)", CloseReason.STOP_LOSS),
        ("Web Trader [T/P]", CloseReason.TAKE_PROFIT),
        ("[S/O -1968861.79% -24217.00 / 1.23 (USD)]", CloseReason.STOP_OUT),
        ("[S/O", CloseReason.NOT_SAID),
        ("a plain comment", CloseReason.NOT_SAID),
        ("", CloseReason.NOT_SAID),
        (None, CloseReason.NOT_SAID),
    ],
)
def test_the_venues_note_says_why(comment: str | None, reason: CloseReason) -> None:
    assert close_reason(comment) is reason


def test_only_an_unchanged_comment_says_that_the_trader_closed_it() -> None:
    assert close_reason("Web Trader", "Web Trader") is CloseReason.TRADER
    assert close_reason("", "") is CloseReason.TRADER
    assert close_reason("Web Trader", "") is CloseReason.NOT_SAID
    assert close_reason("Web Trader [S/L]", "Web Trader [S/L]") is CloseReason.STOP_LOSS


def test_a_stop_out_names_its_figures() -> None:
    words = reason_words("[S/O -1968861.79% -24217.00 / 1.23 (USD)]")
    assert "-1968861.79% -24217.00 / 1.23 (USD)" in words
    assert reason_words("[T/P]") == "its take profit"
    assert reason_words("nothing") == ""
