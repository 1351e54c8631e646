from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from workstation.widgets.docks.order_book_actions import (
    AMEND_IN_TICKET,
    CANCEL_CONTRACT,
    QUERY_ORDER,
    SETTLE_ORDER,
    OrderBookActions,
)
from workstation.widgets.key_actions import (
    AMEND_SELECTED,
    CANCEL_ACCOUNT,
    CANCEL_ALL,
    CANCEL_SELECTED,
    ORDER_DETAIL,
    REPEAT_ORDER,
)

EVERY = (
    CANCEL_SELECTED,
    CANCEL_CONTRACT,
    CANCEL_ACCOUNT,
    CANCEL_ALL,
    AMEND_SELECTED,
    AMEND_IN_TICKET,
    REPEAT_ORDER,
    ORDER_DETAIL,
    QUERY_ORDER,
    SETTLE_ORDER,
)


def test_each_action_does_its_own_thing_and_has_its_key(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[str] = []
    actions = OrderBookActions(owner, screen.keys, {name: lambda name=name: done.append(name) for name in EVERY})
    for name in EVERY:
        actions[name].trigger()
        assert actions[name].toolTip()
    assert done == list(EVERY)
    assert actions[CANCEL_SELECTED].shortcut().toString() == "Del"
    assert actions[QUERY_ORDER].shortcut().isEmpty()


def test_only_cancel_all_works_outside_the_order_book(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = OrderBookActions(owner, screen.keys, dict.fromkeys(EVERY, lambda: None))
    everywhere = [
        name
        for name in (CANCEL_SELECTED, CANCEL_ACCOUNT, CANCEL_ALL, AMEND_SELECTED, REPEAT_ORDER, ORDER_DETAIL)
        if actions[name].shortcutContext() is not Qt.ShortcutContext.WidgetWithChildrenShortcut
    ]
    assert everywhere == [CANCEL_ALL]
    assert not any(action.autoRepeat() for name, action in actions.by_id.items() if not action.shortcut().isEmpty())


def test_words_and_sense_can_change(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = OrderBookActions(owner, screen.keys, dict.fromkeys(EVERY, lambda: None))
    actions.show(CANCEL_ALL, enabled=False, title="Cancel all working")
    assert not actions[CANCEL_ALL].isEnabled()
    assert actions[CANCEL_ALL].text() == "Cancel all working"
