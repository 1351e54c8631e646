from PySide6.QtTest import QAbstractItemModelTester

from tests.support.history_lines import introduced
from tests.unit.item_models.subjects import naming
from workstation.item_models.introduced_model import IntroducedModel


def test_what_the_venue_does_not_allow_is_unknown(qapp: object) -> None:
    shown = IntroducedModel(naming())
    tester = QAbstractItemModelTester(shown, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown.replace_all([introduced()])
    shown.flush()
    row = dict(zip([column.key for column in shown.columns], shown.look(0).texts, strict=True))
    assert (row["login"], row["surname"], row["symbol"], row["nominal"]) == ("12345", "—", "EURUSD", "6,000.00")
    assert (row["side"], row["qty"], row["open_px"], row["close_px"]) == ("—", "—", "—", "—")
    shown.replace_all([introduced("2")])
    shown.flush()
    assert shown.rowCount() == 1
    tester.deleteLater()
