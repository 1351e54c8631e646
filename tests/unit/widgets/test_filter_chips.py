from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from workstation.widgets.filter_chips import FilterChips

CHIPS = (("all", "all"), ("working", "working"), ("doubt", "in doubt"))


def make_chips(qtbot: QtBot) -> FilterChips:
    screen, _ = make_screen()
    chips = FilterChips(CHIPS, "Show orders", screen.theme)
    qtbot.addWidget(chips)
    return chips


def test_the_first_chip_is_chosen_at_the_start(qtbot: QtBot) -> None:
    assert make_chips(qtbot).choice() == "all"


def test_a_click_announces_the_key_once(qtbot: QtBot) -> None:
    chips = make_chips(qtbot)
    heard: list[str] = []
    chips.chosen.connect(heard.append)
    qtbot.mouseClick(chips.button("working"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(chips.button("working"), Qt.MouseButton.LeftButton)
    assert heard == ["working"]
    assert not chips.button("all").isChecked()


def test_arrow_keys_move_in_the_row(qtbot: QtBot) -> None:
    chips = make_chips(qtbot)
    with qtbot.waitActive(chips):
        chips.show()
    chips.button("all").setFocus()
    qtbot.keyClick(chips.button("all"), Qt.Key.Key_Right)
    assert chips.choice() == "working"


def test_an_unknown_key_is_ignored(qtbot: QtBot) -> None:
    chips = make_chips(qtbot)
    chips.choose("from an older version")
    assert chips.choice() == "all"


def test_counts_are_shown_and_told_to_screen_readers(qtbot: QtBot) -> None:
    chips = make_chips(qtbot)
    chips.set_counts({"working": 1234, "unknown": 3})
    assert chips.button("working").text() == "working 1,234"
    assert "1,234" in chips.button("working").accessibleName()


def test_an_urgent_chip_stands_out_only_while_there_is_something(qtbot: QtBot) -> None:
    chips = make_chips(qtbot)
    chips.mark_urgent("doubt")
    chips.set_counts({"doubt": 1, "working": 1})
    assert chips.button("doubt").property("urgent") is True
    assert not chips.button("working").property("urgent")
    chips.set_counts({"doubt": 0})
    assert chips.button("doubt").property("urgent") is False


def test_a_fleeting_chip_is_there_only_while_it_has_rows_or_is_chosen(qtbot: QtBot) -> None:
    chips = make_chips(qtbot)
    chips.mark_fleeting("doubt")
    assert chips.button("doubt").isHidden()
    chips.set_counts({"doubt": 1})
    assert not chips.button("doubt").isHidden()
    chips.choose("doubt")
    chips.set_counts({"doubt": 0})
    assert not chips.button("doubt").isHidden()
    chips.choose("all")
    assert chips.button("doubt").isHidden()
