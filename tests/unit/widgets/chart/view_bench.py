"""A shown chart view over corn."""

from collections.abc import Sequence
from datetime import UTC

from pytestqt.qtbot import QtBot

from tests.support.dock_screen import CORN
from tests.unit.widgets.chart.samples import series
from workstation.domain.market_data import Candle, CandlePeriod
from workstation.item_models.local_time import LocalTime
from workstation.widgets.chart.chart_view import ChartView
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.theme import Theme


def shown_view(qtbot: QtBot, candles: Sequence[Candle], period: CandlePeriod = CandlePeriod.M1) -> ChartView:
    view = ChartView(Theme(MemorySettings()), LocalTime(UTC))
    qtbot.addWidget(view)
    view.resize(700, 400)
    with qtbot.waitExposed(view):
        view.show()
    view.show_series(series(candles, period), CORN)
    return view
