"""Verdicts: hard first, at most five lines, a tick for each soft one and none for all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import make_bench
from workstation.desk.commands import Finding, Hardness
from workstation.venues.base import Severity
from workstation.widgets.ticket.verdict_list import MOST_LINES, VerdictList, verdicts_of


def finding(number: int, hardness: Hardness) -> Finding:
    return Finding(gate=f"gate{number}", hardness=hardness, text=f"finding {number}.", cure="Do this.")


HARD, SOFT = finding(1, Hardness.HARD), finding(2, Hardness.SOFT)


@pytest.fixture
def shown(qtbot: QtBot) -> VerdictList:
    made = VerdictList(make_bench().screen.theme)
    qtbot.addWidget(made)
    return made


def test_hard_stands_before_soft_and_faults_before_both() -> None:
    lines = verdicts_of(["fault"], [SOFT, HARD])
    assert [line.text for line in lines] == ["fault", "finding 1. Do this.", "finding 2. Do this."]
    assert [line.severity for line in lines] == [Severity.ERROR, Severity.ERROR, Severity.WARNING]
    assert [line.finding for line in lines] == [None, None, SOFT]


@given(st.lists(st.sampled_from(Hardness), max_size=700), st.integers(0, 3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_never_more_than_five_lines_and_the_rest_counted(
    shown: VerdictList, kinds: list[Hardness], faults: int
) -> None:
    lines = verdicts_of(["fault"] * faults, [finding(n, kind) for n, kind in enumerate(kinds)])
    shown.show_verdicts(lines, "", may_confirm=True)
    texts = shown.texts()
    more = len(lines) - MOST_LINES
    assert len(texts) == min(len(lines), MOST_LINES) + (more > 0)
    assert (f"and {more} more" in texts) == (more > 0)
    hard = sum(line.severity is Severity.ERROR for line in lines)
    assert all(line.severity is Severity.ERROR for line in lines[:hard])


def test_of_many_the_confirmed_ones_make_room() -> None:
    many = [finding(n, Hardness.SOFT) for n in range(7)]
    lines = verdicts_of([], many, frozenset(many[:5]))
    assert [line.finding for line in lines[:2]] == many[5:]
    few = verdicts_of([], many[:3], frozenset(many[:1]))
    assert [line.finding for line in few] == many[:3]  # few stay where they are


def test_a_tick_is_never_set_by_default_and_is_reported(shown: VerdictList) -> None:
    heard: list[tuple[Finding, bool]] = []
    shown.confirmed.connect(lambda found, on: heard.append((found, on)))
    shown.show_verdicts(verdicts_of([], [HARD, SOFT]), "note", may_confirm=True)
    (box,) = shown.boxes()
    assert not box.isChecked()
    assert "finding 2" in box.accessibleName()
    box.click()
    assert heard == [(SOFT, True)]
    assert shown.texts()[-1] == "note"


def test_outside_a_review_there_is_nothing_to_tick(shown: VerdictList) -> None:
    shown.show_verdicts(verdicts_of([], [SOFT]), "", may_confirm=False)
    assert shown.boxes() == []


def test_marks_are_painted_anew_without_losing_a_tick(shown: VerdictList) -> None:
    shown.show_verdicts(verdicts_of([], [SOFT], frozenset({SOFT})), "", may_confirm=True)
    shown.repaint_marks()
    (box,) = shown.boxes()
    assert box.isChecked()


def test_long_words_wrap_and_are_never_cut(shown: VerdictList) -> None:
    long = Finding(gate="x", hardness=Hardness.HARD, text="many words in a row " * 12)
    shown.show_verdicts(verdicts_of([], [long]), "", may_confirm=False)
    assert shown.hasHeightForWidth()
    assert shown.heightForWidth(200) > 2 * shown.heightForWidth(600)
