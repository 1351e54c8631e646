"""Facts keep the venue's order; rows that did not change stay."""

from dataclasses import replace
from datetime import UTC, date

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

from tests.support.dock_screen import CORN
from tests.support.market_screen import INSTRUMENTS, trading_hours
from workstation.domain.market_data import Fact
from workstation.item_models.facts_model import FactsModel, HoursModel, instrument_facts
from workstation.item_models.trading_week import week_of

NOW_NS = 1_795_232_400 * 10**9


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_facts_come_change_and_go(qapp: object) -> None:
    model = FactsModel()
    tester = watched(model)
    model.show([Fact("ask", "1.2", "best"), Fact("bid", "1.1"), Fact("time", "1")])
    assert [model.look(row).texts for row in range(3)] == [
        ("ask", "1.2", "best"),
        ("bid", "1.1", ""),
        ("time", "1", ""),
    ]
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.show([Fact("ask", "1.2", "best"), Fact("bid", "1.15")])
    assert (model.rowCount(), changed) == (2, [1])
    model.show([])
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_week_shows_today_and_days_without_trading(qapp: object) -> None:
    model = HoursModel()
    tester = watched(model)
    hours = trading_hours()
    model.show(week_of(hours, NOW_NS, UTC))
    looks = [model.look(row) for row in range(model.rowCount())]
    assert [look.texts[0] for look in looks] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert looks[5].texts == ("Sat", "none", "none")
    assert [look.dress.strong for look in looks].count(True) == 1
    model.show(())
    assert model.rowCount() == 0
    assert tester.model() is model


@pytest.mark.parametrize("instrument", [CORN, INSTRUMENTS[0]])
def test_the_list_of_instruments_gives_its_facts_without_blanks(instrument: object) -> None:
    facts = instrument_facts(instrument)  # type: ignore[arg-type]
    assert all(fact.text for fact in facts)
    named = {fact.name: fact.text for fact in facts}
    assert named["Tick size"] in ("0.25", "0.00001")


def test_a_contract_month_is_told() -> None:
    named = {fact.name: fact.text for fact in instrument_facts(replace(CORN, maturity=date(2026, 12, 1)))}
    assert named["Month"] == "December 2026"
