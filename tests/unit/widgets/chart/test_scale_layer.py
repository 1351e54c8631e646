"""The scales are written in the instrument's notation, and have room for their words."""

import itertools

from pytestqt.qtbot import QtBot

from tests.unit.widgets.chart.samples import minutes
from tests.unit.widgets.chart.view_bench import shown_view


def test_prices_stand_in_the_instruments_notation(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    labels = view.scale_layer.level_labels()
    assert {"587^0", "588^0", "589^0", "590^0"} <= set(labels)


def test_the_scale_is_as_wide_as_its_widest_price(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    item = view.scale_layer
    room = item.whole.right() - view.place.area.right()
    assert room >= max(item.metrics.horizontalAdvance(label) for label in item.level_labels())


def test_times_do_not_touch_one_another(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    ticks = view.scale_layer.time_labels()
    assert len(ticks) >= 3
    places = [view.place.pixel_x(tick.x) for tick in ticks]
    widest = max(view.scale_layer.metrics.horizontalAdvance(tick.label) for tick in ticks)
    assert min(right - left for left, right in itertools.pairwise(places)) > widest
