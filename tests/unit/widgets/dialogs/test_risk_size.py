from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.apart_screen import apart_screen
from tests.support.apart_venue import EURO, market
from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import MAIN, make_balance
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import Answer, AskVenue, Command, PlaceOrder, VenueAnswered
from workstation.domain.estimates import Estimate, EstimateKind, Figure
from workstation.widgets.dialogs.risk_size import RiskSizeDialog

TERMS = market(account=MAIN, stop_loss=Decimal("1.09500"))


def venue_says(amount: str | None) -> Callable[[Command], Answer | None]:
    value = None if amount is None else Decimal(amount)
    figure = Figure(
        kind=EstimateKind.PROFIT_AT_STOP_LOSS, amount=value, currency="USD", source="venue's own calculation"
    )
    answer = VenueAnswered(result=Estimate(figures=(figure,)))
    return lambda command: answer if isinstance(command, AskVenue) else None


def opened(bench: ShellBench, parent: QWidget, amount: str | None = "-500") -> tuple[RiskSizeDialog, list[Decimal]]:
    screen, desk = apart_screen(bench.screen.theme)
    desk.answers = venue_says(amount)
    screen.services.dispatch([make_balance(MAIN, equity="20000")])
    dialog = RiskSizeDialog(TERMS, EURO, Decimal("1.10000"), screen, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.qtbot.addWidget(dialog)
    dialog.open()
    taken: list[Decimal] = []
    dialog.chosen.connect(taken.append)
    assert desk.of(PlaceOrder) == []
    return dialog, taken


def test_an_amount_becomes_a_quantity_that_is_shown_before_it_is_taken(bench: ShellBench, parent: QWidget) -> None:
    dialog, taken = opened(bench, parent)
    assert dialog.sentence.text() == "One lot loses 500.00 USD (venue's own calculation)."
    bench.qtbot.keyClicks(dialog.amount, "234")
    assert dialog.sentence.text() == (
        "0.46 lots, rounded down: loses 230.00 USD at the stop loss (venue's own calculation)."
    )
    assert taken == []
    bench.qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    assert taken == [], "Enter takes nothing"
    dialog.take_button().click()
    assert taken == [Decimal("0.46")]


def test_a_sentence_that_grows_takes_no_room_from_the_fields(bench: ShellBench, parent: QWidget) -> None:
    dialog, _ = opened(bench, parent)
    layout = dialog.layout()
    assert layout is not None
    bench.qtbot.keyClicks(dialog.amount, "0")
    assert dialog.sentence.text() == "Enter a risk above zero."
    layout.activate()
    width = dialog.minimumSizeHint().width()
    dialog.resize(width, layout.totalHeightForWidth(width))
    dialog.amount.selectAll()
    bench.qtbot.keyClicks(dialog.amount, "234")
    QApplication.processEvents()
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
    assert dialog.sentence.height() >= dialog.sentence.heightForWidth(dialog.sentence.width())


def test_a_share_of_the_equity_does_too_and_clears_the_amount(bench: ShellBench, parent: QWidget) -> None:
    dialog, _ = opened(bench, parent)
    bench.qtbot.keyClicks(dialog.amount, "1")
    bench.qtbot.keyClicks(dialog.percent, "2.5")
    assert dialog.amount.text() == ""
    assert dialog.quantity() == 1
    assert dialog.take_button().text() == "Take 1 as quantity"


def test_too_little_or_nothing_takes_nothing(bench: ShellBench, parent: QWidget) -> None:
    dialog, taken = opened(bench, parent)
    bench.qtbot.keyClicks(dialog.amount, "1")
    assert "Even the smallest quantity would lose more" in dialog.sentence.text()
    bench.qtbot.keyClick(dialog.amount, Qt.Key.Key_Home)
    bench.qtbot.keyClicks(dialog.amount, "-")
    assert dialog.sentence.text() == "Enter a risk above zero."
    assert not dialog.take_button().isEnabled()
    assert taken == []


def test_without_the_venues_figure_our_own_is_named_as_ours(bench: ShellBench, parent: QWidget) -> None:
    dialog, _ = opened(bench, parent, None)
    assert "own estimate from distance and contract size" in dialog.sentence.text()


def test_nothing_is_cut_at_twice_the_size_and_everything_has_a_name(bench: ShellBench, parent: QWidget) -> None:
    bench.screen.theme.set_zoom(200)
    dialog, _ = opened(bench, parent)
    bench.qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert nameless(dialog) == []
