"""What the strip counts is never invented."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.dock_screen import HEDGE, IRA, MAIN, make_balance, make_order
from workstation.desk.messages import DeskState
from workstation.domain.order_states import OrdStatus
from workstation.widgets.strip_figures import DoubtCount, day_pnl_text, mode_text


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(OrdStatus)), max_size=40))
def test_the_count_of_doubts_is_that_of_the_last_states(changes: list[tuple[int, OrdStatus]]) -> None:
    count = DoubtCount()
    shown = [count.take([make_order(f"W{number}", status)]) for number, status in changes]
    last = {number: status for number, status in changes}  # noqa: C416 - the last one wins
    if shown:
        assert shown[-1] == list(last.values()).count(OrdStatus.IN_DOUBT)


def test_currencies_are_never_added_up() -> None:
    dollars = replace(make_balance(MAIN), day_pnl=Decimal("1204.50"))
    more = replace(make_balance(HEDGE), day_pnl=Decimal("-4.50"))
    euros = replace(make_balance(IRA), currency="EUR", day_pnl=Decimal("-3"))
    text, sentence = day_pnl_text([dollars, more, euros])
    assert text == "▼ −3.00 EUR  ▲ +1,200.00 USD"
    assert "3 accounts" in sentence


def test_an_unknown_figure_is_no_zero() -> None:
    assert day_pnl_text([])[0] == "—"
    assert day_pnl_text([make_balance(MAIN)])[0] == "—"
    known = replace(make_balance(MAIN), day_pnl=Decimal(0))
    text, sentence = day_pnl_text([known, make_balance(HEDGE)])
    assert text == "0.00 USD"
    assert "1 of 2 accounts do not state it" in sentence


def test_the_gravest_mode_is_shown() -> None:
    killed = DeskState(locked=True, killed_since_ns=1_795_254_066_312_000_000)
    assert mode_text(DeskState())[0] == "trade"
    assert mode_text(DeskState(locked=True))[0] == "locked"
    assert mode_text(killed)[0].startswith("KILLED since 09:41:06")
    assert mode_text(replace(killed, journal_fault="The disk is full.")) == ("cannot send", "The disk is full.")
