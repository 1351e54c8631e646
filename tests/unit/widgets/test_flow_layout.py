from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from workstation.widgets.flow_layout import FlowLayout, FlowRow


class Block(QWidget):
    def __init__(self, width: int, *, greedy: bool = False) -> None:
        super().__init__()
        self._width = width
        if greedy:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width, 20)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width, 20)


def arranged(qtbot: QtBot, width: int, *blocks: Block) -> list[QRect]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing=4)
    for block in blocks:
        layout.addWidget(block)
    layout.setGeometry(QRect(0, 0, width, 100))
    return [block.geometry() for block in blocks]


def test_what_fits_stands_on_one_line(qtbot: QtBot) -> None:
    first, second = arranged(qtbot, 204, Block(100), Block(100))
    assert (first.top(), second.top()) == (0, 0)
    assert second.left() == 104


def test_what_no_longer_fits_starts_a_line(qtbot: QtBot) -> None:
    first, second = arranged(qtbot, 203, Block(100), Block(100))
    assert (second.left(), second.top()) == (0, 24)
    assert first.width() == second.width() == 100


def test_the_greedy_item_takes_what_is_left_of_its_line(qtbot: QtBot) -> None:
    first, second = arranged(qtbot, 300, Block(100), Block(50, greedy=True))
    assert first.width() == 100
    assert second.right() == 299


def test_nothing_is_wider_than_the_row(qtbot: QtBot) -> None:
    (only,) = arranged(qtbot, 60, Block(100))
    assert only.width() == 60


def test_a_row_in_a_row_gets_the_height_of_its_own_lines(qtbot: QtBot) -> None:
    outer, inner = FlowRow(spacing=0), FlowRow(spacing=0)
    qtbot.addWidget(outer)
    inner.add(*(Block(50) for _ in range(4)))
    outer.add(inner, Block(50))
    outer.resize(100, 200)
    outer.show()
    assert outer.heightForWidth(100) == 60
    assert inner.height() == 40
    assert outer.heightForWidth(250) == 20


def test_hidden_items_take_no_room(qtbot: QtBot) -> None:
    row = FlowRow()
    qtbot.addWidget(row)
    shown, hidden = QPushButton("shown"), QPushButton("hidden")
    row.add(shown, hidden)
    both = row.sizeHint().width()
    hidden.hide()
    assert row.sizeHint().width() < both
    assert row.minimumSizeHint().width() >= shown.minimumSizeHint().width()


def test_height_grows_as_width_shrinks(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing=4)
    for _ in range(4):
        layout.addWidget(Block(50))
    assert [layout.heightForWidth(width) for width in (212, 106, 50)] == [20, 44, 92]
    assert layout.hasHeightForWidth()


def test_items_can_be_taken_out(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder)
    block = Block(10)
    layout.addWidget(block)
    assert layout.itemAt(1) is None
    assert layout.takeAt(3) is None
    item = layout.takeAt(0)
    assert item is not None
    assert item.widget() is block
    assert layout.count() == 0
