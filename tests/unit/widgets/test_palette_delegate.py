"""A found entry is painted with its hint, within its row."""

from PySide6.QtCore import QRect, QStringListModel
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from tests.support.shell_bench import ShellBench
from workstation.widgets.palette_delegate import PaletteDelegate
from workstation.widgets.theme_colours import Role


def painted(bench: ShellBench, *, selected: bool, width: int = 200) -> QImage:
    view, model = QListView(), QStringListModel(["A title that is much too long for a narrow row of the list"])
    bench.qtbot.addWidget(view)
    delegate = PaletteDelegate(bench.screen.theme, view)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 26)
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    picture = QImage(300, 26, QImage.Format.Format_ARGB32)
    picture.fill(QColor("#000000"))
    painter = QPainter(picture)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return picture


def test_the_chosen_row_is_filled(bench: ShellBench) -> None:
    ground = bench.screen.theme.colour(Role.SELECTION)
    assert painted(bench, selected=True).pixelColor(2, 2) == ground
    assert painted(bench, selected=False).pixelColor(2, 2) == QColor("#000000")


def test_a_long_title_stays_in_its_row(bench: ShellBench) -> None:
    picture = painted(bench, selected=False, width=120)
    outside = {picture.pixelColor(x, y).name() for x in range(120, 300) for y in range(26)}
    assert outside == {"#000000"}


def test_rows_grow_with_the_zoom(bench: ShellBench) -> None:
    view = QListView()
    bench.qtbot.addWidget(view)
    delegate, index = PaletteDelegate(bench.screen.theme, view), QStringListModel(["a"]).index(0, 0)
    before = delegate.sizeHint(QStyleOptionViewItem(), index).height()
    bench.screen.theme.set_zoom(200)
    assert delegate.sizeHint(QStyleOptionViewItem(), index).height() == 2 * before
