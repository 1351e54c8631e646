import pytest
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_line, make_screen
from workstation.item_models.activity_model import ActivityModel
from workstation.item_models.naming import Naming
from workstation.widgets.docks.activity_log_tail import FollowedTail
from workstation.widgets.fast_table import FastTable


class Tail:
    """A table of lines that follows its end."""

    def __init__(self, qtbot: QtBot) -> None:
        screen, _ = make_screen()
        self.model = ActivityModel(Naming.of(screen.services, screen.clock), most_lines=2_000)
        self.view = FastTable(theme=screen.theme)
        qtbot.addWidget(self.view)
        self.view.setModel(self.model)
        self.tail = FollowedTail(self.view)
        self.missed: list[int] = []
        self.tail.missed_changed.connect(self.missed.append)
        self.view.resize(600, 300)
        self.view.show()
        self.last = 0

    def add(self, count: int) -> None:
        self.model.put_lines([make_line(seq, f"line {seq}") for seq in range(self.last + 1, self.last + count + 1)])
        self.last += count
        self.model.flush()
        self.view.updateGeometry()

    def at_end(self) -> bool:
        bar = self.view.verticalScrollBar()
        return bar.value() == bar.maximum()

    def top_line(self) -> str:
        return self.model.record_at(self.view.rowAt(1)).line.text


@pytest.fixture
def tail(qtbot: QtBot) -> Tail:
    made = Tail(qtbot)
    made.add(200)
    qtbot.waitUntil(made.at_end)
    return made


def test_it_follows_its_end(tail: Tail, qtbot: QtBot) -> None:
    tail.add(50)
    qtbot.waitUntil(tail.at_end)
    assert tail.tail.following
    assert tail.missed == []


def test_it_stands_still_while_somebody_reads_and_counts_what_comes(tail: Tail, qtbot: QtBot) -> None:
    tail.view.verticalScrollBar().setValue(20)
    reading = tail.top_line()
    tail.add(7)
    tail.add(5)
    qtbot.waitUntil(lambda: tail.missed[-1:] == [12])
    assert tail.top_line() == reading
    assert not tail.tail.following


def test_one_press_goes_back_to_the_end(tail: Tail, qtbot: QtBot) -> None:
    tail.view.verticalScrollBar().setValue(20)
    tail.add(7)
    tail.tail.follow()
    qtbot.waitUntil(tail.at_end)
    assert tail.missed[-1] == 0
    tail.add(7)
    qtbot.waitUntil(tail.at_end)


def test_scrolling_to_the_end_follows_again(tail: Tail) -> None:
    tail.view.verticalScrollBar().setValue(20)
    tail.add(7)
    tail.view.verticalScrollBar().setValue(tail.view.verticalScrollBar().maximum())
    assert tail.tail.following
    assert tail.missed[-1] == 0


def test_the_line_under_the_eye_stays_when_the_oldest_go(tail: Tail, qtbot: QtBot) -> None:
    tail.add(2_500)
    qtbot.waitUntil(lambda: tail.view.verticalScrollBar().maximum() > 2_000)
    tail.view.verticalScrollBar().setValue(1_500)
    reading = tail.top_line()
    tail.add(800)
    assert tail.model.rowCount() < 3_500
    assert tail.top_line() == reading
