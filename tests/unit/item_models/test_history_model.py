from decimal import Decimal

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from tests.support.history_lines import closed, deposit
from tests.unit.item_models.subjects import naming
from workstation.domain.trade_history import ClosedTrade, CloseReason
from workstation.item_models.columns import Tone
from workstation.item_models.history_model import REASONS, HistoryGroup, HistoryModel, history_totals


def model(*lines: ClosedTrade) -> HistoryModel:
    made = HistoryModel(naming())
    made.replace_all(lines)
    made.flush()
    return made


def texts(shown: HistoryModel, key: str) -> list[str]:
    shown.flush()
    shown.finish_arranging()
    column = [column.key for column in shown.columns].index(key)
    return [shown.index(row, column).data() for row in range(shown.rowCount())]


def test_a_trade_says_all_of_it(qapp: object) -> None:
    row = dict(zip([column.key for column in model().columns], model(closed()).look(0).texts, strict=True))
    assert row["profit"] == "▲ +50.00"
    assert (row["commission"], row["swap"], row["reason"], row["qty"]) == ("−2.50", "−0.10", "stop loss", "0.5")
    assert (row["open_px"], row["close_px"], row["side"], row["kind"]) == ("1.09000", "1.09100", "buy", "trade")


def test_a_deposit_is_no_trade_and_claims_no_reason(qapp: object) -> None:
    shown = model(deposit())
    assert texts(shown, "kind") == ["deposit or withdrawal"]
    assert texts(shown, "reason") == [""]
    assert texts(shown, "qty") == [""]
    assert shown.look(0).dress.edge is None
    assert Tone.GAIN in shown.look(0).dress.tones.values()


def test_deposits_and_trades_are_shown_apart(qapp: object) -> None:
    shown = model(closed("1"), closed("2"), deposit())
    shown.show_only(group=HistoryGroup.TRADE)
    assert len(texts(shown, "kind")) == 2
    shown.show_only(group=HistoryGroup.MONEY)
    assert texts(shown, "kind") == ["deposit or withdrawal"]


def test_profits_sort_as_numbers(qapp: object) -> None:
    shown = model(closed("1", "9"), closed("2", "10"), closed("3", "-2"), closed("4", None))
    shown.sort([column.key for column in shown.columns].index("profit"))
    assert texts(shown, "position") == ["3", "1", "2", "4"], "unknown comes last"


def test_another_answer_takes_the_place_of_the_last(qapp: object) -> None:
    shown = model(closed("1"), closed("2"))
    tester = QAbstractItemModelTester(shown, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown.replace_all([closed("2", "7"), closed("3")])
    assert sorted(texts(shown, "position")) == ["2", "3"]
    shown.replace_all([])
    assert texts(shown, "position") == []
    tester.deleteLater()


def test_totals_keep_deposits_apart_and_unknown_unknown() -> None:
    totals = history_totals([closed("1"), closed("2", "-20.5"), deposit(), deposit("8", "-100")])
    assert (totals.trades, totals.profit, totals.moved) == (2, Decimal("29.5"), Decimal(900))
    assert totals.text("USD") == (
        "2 trades: profit ▲ +29.50 USD · commission −5.00 · swap −0.20 · apart: deposits and withdrawals 900.00 USD"
    )
    unknown = history_totals([closed("1", None), closed("2", commission=None)])
    assert (unknown.profit, unknown.commission) == (None, None)
    assert "apart" not in unknown.text("USD")


@pytest.mark.parametrize("reason", CloseReason)
def test_every_reason_has_its_words(reason: CloseReason) -> None:
    assert REASONS[reason]
