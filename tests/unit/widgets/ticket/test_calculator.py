from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from tests.support.apart_venue import APART
from tests.support.dock_screen import MAIN, make_screen
from tests.support.fake_desk_client import FakeDeskClient
from tests.support.fake_venue import CAPABILITIES, limit_terms
from workstation.desk.commands import AskVenue, Finding, Hardness, Refused, VenueAnswered
from workstation.domain.estimates import Estimate, EstimateKind, Figure
from workstation.services.desk_client import EngineGone
from workstation.widgets.ticket.calculator import NOTHING, Calculator

TERMS = limit_terms(account=MAIN)


def estimate(margin: str) -> Estimate:
    return Estimate(figures=(Figure(kind=EstimateKind.MARGIN, amount=Decimal(margin), currency="USD", source="venue"),))


@pytest.fixture
def bench(qapp: object) -> tuple[Calculator, FakeDeskClient]:
    screen, desk = make_screen()
    return Calculator(screen), desk


Bench = tuple[Calculator, FakeDeskClient]


def test_it_asks_a_moment_after_the_last_change_only(qtbot: QtBot, bench: Bench) -> None:
    calculator, desk = bench
    for qty in ("1", "2", "3"):
        calculator.propose(limit_terms(qty=qty, account=MAIN), APART)
    assert desk.asked == []
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 1)
    assert desk.of(AskVenue)[0].query.terms.order_qty == 3
    with qtbot.waitSignal(calculator.changed):
        desk.answer(VenueAnswered(result=estimate("100")))
    assert calculator.estimation.estimate == estimate("100")
    assert not calculator.estimation.waiting


def test_an_answer_about_older_terms_is_dropped_and_the_latest_asked_next(qtbot: QtBot, bench: Bench) -> None:
    calculator, desk = bench
    calculator.propose(TERMS, APART)
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 1)
    latest = limit_terms(qty="9", account=MAIN)
    calculator.propose(latest, APART)
    desk.answer(VenueAnswered(result=estimate("1")))
    assert calculator.estimation.waiting
    assert desk.of(AskVenue)[1].query.terms == latest
    desk.answer(VenueAnswered(result=estimate("9")))
    assert calculator.estimation.estimate == estimate("9")


def test_old_figures_stay_marked_while_new_ones_are_asked_for(qtbot: QtBot, bench: Bench) -> None:
    calculator, desk = bench
    calculator.propose(TERMS, APART)
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 1)
    desk.answer(VenueAnswered(result=estimate("1")))
    calculator.propose(limit_terms(qty="9", account=MAIN), APART)
    assert (calculator.estimation.estimate, calculator.estimation.waiting) == (estimate("1"), True)
    calculator.propose(None, APART)
    assert calculator.estimation == NOTHING


def test_a_refusal_says_why_and_an_engine_that_is_gone_too(qtbot: QtBot, bench: Bench) -> None:
    calculator, desk = bench
    calculator.propose(TERMS, APART)
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 1)
    desk.answer(Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text="No link."),)))
    assert calculator.estimation.why == "No link."
    calculator.propose(limit_terms(qty="9", account=MAIN), APART)
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 2)
    desk.fail(EngineGone("gone"))
    assert calculator.estimation.why == "the engine has stopped"


def test_a_venue_that_calculates_nothing_is_not_asked(bench: Bench) -> None:
    calculator, desk = bench
    calculator.propose(TERMS, CAPABILITIES)
    assert calculator.estimation == NOTHING
    assert desk.asked == []
