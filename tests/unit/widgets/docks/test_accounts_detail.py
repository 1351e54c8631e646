from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, IRA, MAIN, accounts, make_balance, make_position, make_screen
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import Done, Finding, Hardness, Refused, SetAlias
from workstation.desk.messages import AccountChanged
from workstation.item_models.naming import Naming
from workstation.services.desk_client import EngineGone
from workstation.widgets.docks.accounts_detail import AccountDetail
from workstation.widgets.screen import Screen

Shown = tuple[AccountDetail, Screen, FakeDeskClient]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    screen, desk = make_screen()
    screen.services.dispatch([make_balance(MAIN), make_position(MAIN, "ZCZ26", 10), make_position(HEDGE, "CLF27", 2)])
    detail = AccountDetail(screen, Naming.of(screen.services, screen.clock))
    qtbot.addWidget(detail)
    detail.show_account(MAIN)
    return detail, screen, desk


def test_only_this_accounts_money_and_positions_are_shown(shown: Shown) -> None:
    detail, _, _ = shown
    assert "number 17014" in detail.text()
    assert "+10 at 588^2" in detail.text()
    assert "CLF27" not in detail.text()


def test_with_no_account_it_says_how_to_choose_one(shown: Shown) -> None:
    detail, _, _ = shown
    detail.show_account(None)
    assert "Select an account" in detail.text()
    assert detail.alias_field.isHidden() or not detail.alias_field.isVisibleTo(detail)


def test_a_new_name_is_asked_for_once(shown: Shown, qtbot: QtBot) -> None:
    detail, screen, desk = shown
    detail.alias_field.setText("  Growth ")
    qtbot.keyClick(detail.alias_field, Qt.Key.Key_Return)
    assert desk.of(SetAlias) == [SetAlias(account=MAIN, alias="Growth")]
    screen.services.dispatch([AccountChanged(account=replace(accounts()[0], alias="Growth"))])
    desk.answer(Done())
    qtbot.keyClick(detail.alias_field, Qt.Key.Key_Return)
    assert len(desk.of(SetAlias)) == 1
    assert detail.notice_text() == ""


def test_a_half_typed_name_is_not_overwritten_by_news(shown: Shown, qtbot: QtBot) -> None:
    detail, screen, _ = shown
    detail.alias_field.selectAll()
    qtbot.keyClicks(detail.alias_field, "Gro")
    screen.services.dispatch([make_balance(MAIN, equity="1")])
    detail.refresh()
    assert detail.alias_field.text() == "Gro"


def test_a_refused_name_says_why(shown: Shown, qtbot: QtBot) -> None:
    detail, _, desk = shown
    detail.alias_field.setText("Hedge")
    detail.rename()
    desk.answer(Refused(findings=(Finding(gate="alias", hardness=Hardness.HARD, text="Hedge is taken."),)))
    assert "keeps its name. Hedge is taken." in detail.notice_text()
    detail.rename()
    desk.fail(EngineGone("Stopped."))
    assert "keeps its name. Stopped." in detail.notice_text()


def test_an_account_without_a_name_offers_the_venues(shown: Shown) -> None:
    detail, _, _ = shown
    detail.show_account(IRA)
    assert detail.alias_field.text() == ""
    assert detail.alias_field.placeholderText() == "QST 17016"


@pytest.mark.parametrize("width", [220, 280, 400])
def test_no_figure_is_pushed_out_of_sight_in_a_narrow_dock(qtbot: QtBot, width: int) -> None:
    """Seen at 1366x768: the venue's long names pushed the figures beyond the right edge, where nothing scrolls."""
    screen, _ = make_screen()
    names = ("currentMaintenanceMarginInclOrders", "potentialOptionPremiumPurchase")
    figures = tuple((name, Decimal("1234567.89")) for name in names)
    screen.services.dispatch([replace(make_balance(MAIN), figures=figures), make_position(MAIN, "ZCZ26", -1250)])
    detail = AccountDetail(screen, Naming.of(screen.services, screen.clock))
    qtbot.addWidget(detail)
    detail.resize(width, 500)
    detail.show_account(MAIN)
    detail.show()
    body = detail.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= detail.viewport().width()
