"""What is read under the crosshair can be typed into the ticket."""

from decimal import Decimal

from pytestqt.qtbot import QtBot

from tests.unit.item_models.test_candle_series import START_NS, candle
from tests.unit.widgets.chart.samples import minutes
from tests.unit.widgets.chart.view_bench import shown_view
from workstation.domain.market_data import CandlePeriod
from workstation.widgets.chart.crosshair_layer import candle_text


def test_the_price_is_the_nearest_legal_one(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    view.crosshair.point(290, 588.3)
    assert view.crosshair.level() == Decimal("588.25")
    assert view.crosshair.time_text() == "Sat 21 Nov 2026 04:50"
    view.grab()


def test_nothing_is_said_beside_the_candles(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    view.crosshair.point(305, 588.0)
    assert (view.crosshair.readout(), view.crosshair.time_text()) == ("", "")
    view.crosshair.point(None)
    assert view.crosshair.level() is None
    view.grab()


def test_days_have_no_time_of_day(qtbot: QtBot) -> None:
    view = shown_view(qtbot, [candle(START_NS, "1 1 1 1")], CandlePeriod.D1)
    view.crosshair.point(0, 1.0)
    assert view.crosshair.time_text() == "Sat 21 Nov 2026"


def test_an_unknown_volume_is_no_zero() -> None:
    assert candle_text(candle(START_NS, "1.10 1.30 1.00 1.20", None), None) == "O 1.10  H 1.30  L 1.00  C 1.20  V —"
