from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workstation.widgets.key_actions import (
    ACTIONS,
    AMEND_SELECTED,
    CANCEL_ALL,
    CANCEL_SELECTED,
    KILL,
    LOCK,
    REVIEW,
    ZOOM_IN,
)
from workstation.widgets.keys import SECTION, KeyRefused, KeyTable
from workstation.widgets.settings_port import MemorySettings


@pytest.fixture
def settings() -> MemorySettings:
    return MemorySettings()


@pytest.fixture
def keys(settings: MemorySettings) -> KeyTable:
    return KeyTable(settings)


def press(text: str) -> QKeySequence:
    return QKeySequence(text, QKeySequence.SequenceFormat.PortableText)


def written(keys: KeyTable, action_id: str) -> list[str]:
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in keys.keys(action_id)]


def test_a_key_that_is_taken_is_refused_and_its_holder_named(keys: KeyTable, settings: MemorySettings) -> None:
    with pytest.raises(KeyRefused, match="F12 already does “Lock or unlock sending”"):
        keys.rebind(AMEND_SELECTED, press("F12"))
    assert written(keys, AMEND_SELECTED) == ["Ctrl+E"]
    assert settings.get(SECTION) == {}


def test_an_action_may_keep_its_own_key(keys: KeyTable) -> None:
    keys.rebind(LOCK, press("F12"))
    assert written(keys, LOCK) == ["F12"]


@pytest.mark.parametrize(
    "key", ["B", "Shift+B", "7", "Space", "Num+7", "é", "Return", "Enter", "Num+Enter", "Esc", "Tab"]
)
@pytest.mark.parametrize("action_id", [REVIEW, CANCEL_ALL])
def test_what_types_or_confirms_never_acts(keys: KeyTable, action_id: str, key: str) -> None:
    with pytest.raises(KeyRefused, match="alone would act"):
        keys.rebind(action_id, press(key))


@pytest.mark.parametrize("key", ["F8", "Ctrl+Y", "Alt+Shift+7", "Shift+F3", "Ctrl+Down", "Ins"])
def test_any_other_key_may_be_chosen(keys: KeyTable, key: str) -> None:
    keys.rebind(AMEND_SELECTED, press(key))
    assert written(keys, AMEND_SELECTED) == [key]
    owner = keys.owner_of(press(key))
    assert owner is ACTIONS[AMEND_SELECTED]


def test_a_sequence_of_presses_is_refused(keys: KeyTable) -> None:
    with pytest.raises(KeyRefused, match="One key press only"):
        keys.rebind(AMEND_SELECTED, press("Ctrl+G, Ctrl+E"))


def test_a_choice_survives_a_restart(keys: KeyTable, settings: MemorySettings) -> None:
    keys.rebind(AMEND_SELECTED, press("F8"))
    keys.rebind(CANCEL_SELECTED, press(""))
    again = KeyTable(settings)
    assert written(again, AMEND_SELECTED) == ["F8"]
    assert written(again, CANCEL_SELECTED) == []
    assert again.label(CANCEL_SELECTED) == ""
    assert again.ignored == []


def test_two_actions_that_swapped_their_keys_survive_a_restart(keys: KeyTable, settings: MemorySettings) -> None:
    keys.rebind(LOCK, press(""))
    keys.rebind(AMEND_SELECTED, press("F12"))
    keys.rebind(LOCK, press("Ctrl+E"))
    again = KeyTable(settings)
    assert (written(again, LOCK), written(again, AMEND_SELECTED)) == (["Ctrl+E"], ["F12"])
    assert again.ignored == []


@pytest.mark.parametrize(
    "kept",
    [
        {"no.such.action": "F8"},
        {LOCK: 12},
        {LOCK: "Nonsense+Key"},
        {LOCK: "Ctrl+NoSuchKey"},
        {LOCK: "x"},
        {LOCK: "Ctrl+E"},
        {LOCK: "Return"},
    ],
)
def test_a_damaged_choice_leaves_the_default(settings: MemorySettings, kept: dict[str, object]) -> None:
    settings.put(SECTION, kept)
    keys = KeyTable(settings)
    assert keys.ignored == list(kept)
    assert {name: written(keys, name) for name in ACTIONS} == {
        name: written(KeyTable(MemorySettings()), name) for name in ACTIONS
    }


def test_of_two_that_claim_one_key_only_one_gets_it(settings: MemorySettings) -> None:
    settings.put(SECTION, {LOCK: "F8", AMEND_SELECTED: "F8"})
    keys = KeyTable(settings)
    assert (written(keys, LOCK), written(keys, AMEND_SELECTED)) == (["F8"], ["Ctrl+E"])


def test_the_default_comes_back_and_is_no_longer_kept(keys: KeyTable, settings: MemorySettings) -> None:
    keys.rebind(ZOOM_IN, press("F8"))
    assert settings.get(SECTION) == {ZOOM_IN: "F8"}
    keys.restore_default(ZOOM_IN)
    assert written(keys, ZOOM_IN) == ["Ctrl++", "Ctrl+="]
    assert settings.get(SECTION) == {}


def test_a_default_that_another_action_took_is_not_taken_back(keys: KeyTable) -> None:
    keys.rebind(LOCK, press("F8"))
    keys.rebind(AMEND_SELECTED, press("F12"))
    with pytest.raises(KeyRefused, match="Amend the selected"):
        keys.restore_default(LOCK)
    assert written(keys, LOCK) == ["F8"]


def made(keys: KeyTable, owner: QWidget, action_id: str) -> tuple[QAction, list[str]]:
    done: list[str] = []
    slot: Callable[[], object] = lambda: done.append(action_id)  # noqa: E731 - its type is what a slot has
    return keys.make(action_id, owner, slot), done


def test_an_action_follows_its_key(qtbot: QtBot, keys: KeyTable) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action, done = made(keys, owner, LOCK)
    announced: list[str] = []
    keys.changed.connect(announced.append)
    keys.rebind(LOCK, press("F8"))
    assert [key.toString() for key in action.shortcuts()] == ["F8"]
    assert announced == [LOCK]
    action.trigger()
    assert done == [LOCK]


def test_auto_repeat_is_off_and_stopping_passes_dialogs(qtbot: QtBot, keys: KeyTable) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    lock, amend = made(keys, owner, LOCK)[0], made(keys, owner, AMEND_SELECTED)[0]
    assert not lock.autoRepeat()
    assert not amend.autoRepeat()
    assert lock.shortcutContext() is Qt.ShortcutContext.ApplicationShortcut
    assert amend.shortcutContext() is Qt.ShortcutContext.WindowShortcut


def test_what_is_held_has_no_shortcut_of_its_own(qtbot: QtBot, keys: KeyTable) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action, _ = made(keys, owner, KILL)
    assert action.shortcuts() == []
    assert keys.label(KILL) == "Ctrl+Shift+K"


def test_an_action_that_is_gone_is_forgotten(qtbot: QtBot, keys: KeyTable) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action, _ = made(keys, owner, LOCK)
    assert keys.attached(LOCK) == [action]
    with qtbot.waitSignal(action.destroyed):
        action.deleteLater()
    assert keys.attached(LOCK) == []
    keys.rebind(LOCK, press("F8"))
