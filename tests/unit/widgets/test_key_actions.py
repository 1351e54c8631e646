import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from workstation.widgets import key_actions
from workstation.widgets.key_actions import (
    ACTIONS,
    ARM,
    BUY_AT_ASK,
    BUY_AT_BID,
    CANCEL_ALL,
    FLATTEN,
    KILL,
    LOCK,
    KeyAction,
    KeyScope,
)


def keys(action: KeyAction) -> list[QKeySequence]:
    return [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in action.default_keys]


def test_no_two_actions_share_a_default_key() -> None:
    counted = Counter(key.toString() for action in ACTIONS.values() for key in keys(action))
    assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_no_character_acts_alone(action: KeyAction) -> None:
    assert keys(action)
    for key in keys(action):
        pressed = key[0]
        assert key.count() == 1
        is_character = pressed.key() < Qt.Key.Key_Escape
        assert not is_character or pressed.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("action_id", [LOCK, KILL, CANCEL_ALL])
def test_stopping_works_everywhere(action_id: str) -> None:
    assert ACTIONS[action_id].scope is KeyScope.EVERYWHERE


def test_only_kill_and_arm_are_held() -> None:
    assert {name for name, action in ACTIONS.items() if action.hold_ms} == {KILL, ARM}
    assert ACTIONS[KILL].hold_ms == ACTIONS[ARM].hold_ms == 1000
    assert ACTIONS[ARM].scope is not KeyScope.EVERYWHERE, "nothing is armed in a dialog"


@pytest.mark.parametrize("action_id", [FLATTEN, BUY_AT_BID, BUY_AT_ASK])
def test_armed_keys_are_dead_in_text_fields(action_id: str) -> None:
    assert ACTIONS[action_id].scope is KeyScope.TRADING


def test_what_acts_on_orders_is_dead_while_typing() -> None:
    acting = {name for name in ACTIONS if name.startswith("orders.")} - {CANCEL_ALL}
    assert {ACTIONS[name].scope for name in acting} == {KeyScope.TRADING}


def test_the_nine_workspaces_have_their_numbers() -> None:
    assert [ACTIONS[key_actions.workspace(number)].default_keys for number in range(1, 10)] == [
        (f"Ctrl+{number}",) for number in range(1, 10)
    ]


def test_titles_tell_actions_apart() -> None:
    titles = [action.title for action in ACTIONS.values()]
    assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+|workspace\.\d", name) for name in ACTIONS)
