"""A watch begins with the dock in sight and leaves nothing behind."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.fake_desk_client import FakeDeskClient
from tests.support.market_screen import key, make_market_screen
from workstation.desk.commands import Done, Finding, Hardness, Refused, WatchMarket
from workstation.services.desk_client import EngineGone
from workstation.widgets.market_watch import MarketWatch

EUR, GOLD = frozenset({key("EURUSD")}), frozenset({key("GOLD")})


def watched(qtbot: QtBot) -> tuple[QWidget, MarketWatch, FakeDeskClient]:
    screen, desk = make_market_screen()
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget, MarketWatch(screen, "chart:2", widget), desk


def test_it_asks_while_in_sight_and_once_per_wish(qtbot: QtBot) -> None:
    widget, watch, desk = watched(qtbot)
    watch.want(quotes=EUR)
    assert desk.asked == []
    widget.show()
    watch.want(quotes=EUR)
    watch.want(quotes=EUR, depth=GOLD)
    assert desk.asked == [
        WatchMarket(watcher="chart:2", quotes=EUR),
        WatchMarket(watcher="chart:2", quotes=EUR, depth=GOLD),
    ]


def test_a_short_look_elsewhere_keeps_the_watch_and_a_long_one_ends_it(qtbot: QtBot) -> None:
    widget, watch, desk = watched(qtbot)
    widget.show()
    watch.want(quotes=EUR)
    widget.hide()
    widget.show()
    assert len(desk.asked) == 1
    widget.hide()
    watch.rest.timeout.emit()
    watch.rest.stop()
    assert desk.asked[-1] == WatchMarket(watcher="chart:2")
    watch.want(quotes=GOLD)
    assert len(desk.asked) == 2
    widget.show()
    assert desk.asked[-1] == WatchMarket(watcher="chart:2", quotes=GOLD)


def test_a_refusal_is_said_and_a_lost_engine_is_borne(qtbot: QtBot) -> None:
    widget, watch, desk = watched(qtbot)
    said: list[str] = []
    watch.refused.connect(said.append)
    widget.show()
    for wish in (EUR, GOLD, EUR | GOLD):
        watch.want(quotes=wish)
    desk.answer(
        Refused(findings=(Finding(gate="watch", hardness=Hardness.HARD, text="Too many.", cure="Watch fewer."),))
    )
    desk.answer(Done())
    desk.fail(EngineGone("gone"))
    assert said == ["Too many. Watch fewer."]
