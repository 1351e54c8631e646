from dataclasses import replace
from decimal import Decimal

from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS, corn_terms, make_fill, make_order, make_screen
from workstation.desk.commands import HistoryEntry
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import SettledByHand
from workstation.widgets.dialogs.order_detail_text import MOST_FILLS, facts_html, heading, timeline_text
from workstation.widgets.order_words import OrderWords


def make_words() -> OrderWords:
    return OrderWords(make_screen()[0].services)


def test_the_heading_is_the_whole_order(qtbot: QtBot) -> None:
    assert heading(make_order("W1"), make_words()) == "BUY 5 ZCZ26 limit 588^2, day · Main (17014)"


def test_both_numbers_and_the_venues_own_word_are_there(qtbot: QtBot) -> None:
    order = replace(make_order("W1042"), venue_status="Working")
    facts = facts_html(order, (), make_words())
    assert "venue 111042 · ours W1042" in facts
    assert "working (the venue&#x27;s word: Working)" in facts
    assert "nothing of 5" in facts


def test_fills_are_listed_with_the_average(qtbot: QtBot) -> None:
    order = replace(make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=3), avg_px=Decimal("588.3333"))
    fills = (make_fill(order, "a", 2, "588.25"), make_fill(order, "b", 1, "588.5"))
    facts = facts_html(order, fills, make_words())
    assert "3 of 5 at an average of 588.3333, 2 left" in facts
    assert facts.index("1 at 588^4") < facts.index("2 at 588^2")
    assert "before this start" not in facts


def test_trades_from_before_this_start_are_not_passed_over(qtbot: QtBot) -> None:
    order = make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=3)
    assert "2 traded without a fill of their own" in facts_html(
        order, (make_fill(order, "a", 1, "588.25"),), make_words()
    )


def test_many_fills_are_summed_up(qtbot: QtBot) -> None:
    order = make_order("W1", OrdStatus.FILLED, terms=corn_terms(qty=12), filled=12)
    fills = tuple(make_fill(order, str(number), 1, "588.25") for number in range(12))
    facts = facts_html(order, fills, make_words())
    assert facts.count("1 at 588^2") == MOST_FILLS
    assert "and 4 earlier ones" in facts


def test_an_unconfirmed_replace_is_shown_as_asked_for(qtbot: QtBot) -> None:
    order = replace(make_order("W1"), pending_terms=corn_terms(price="588.75"))
    assert "BUY 5 ZCZ26 limit 588^6, day (not yet confirmed)" in facts_html(order, (), make_words())


def test_markup_from_a_venue_is_shown_not_obeyed(qtbot: QtBot) -> None:
    facts = facts_html(replace(make_order("W1"), text="<img src=x>"), (), make_words())
    assert "<img" not in facts
    assert "&lt;img" in facts


def test_the_copied_timeline_has_ascii_signs_and_the_zone() -> None:
    entry = HistoryEntry(seq=1, time_ns=START_NS, kind="FRAME_OUT", title="sent −5", body='{"qty": 5}')
    assert timeline_text((entry,)) == '2026-11-21 09:41:06.312 UTC  FRAME_OUT  sent -5\n{"qty": 5}'


def test_what_was_settled_by_hand_says_so_and_not_that_the_venue_said_it(qtbot: QtBot) -> None:
    order = replace(
        make_order("W1", OrdStatus.FILLED, filled=5, text="Settled by hand: you said so."),
        by_hand=SettledByHand(cum_qty=Decimal(0), avg_px=None),
    )
    facts = facts_html(order, (), make_words())
    assert "filled, settled by hand; the venue has not confirmed it" in facts
    assert "By hand" in facts
    assert "Venue says" not in facts
    assert "without a fill of their own" not in facts
