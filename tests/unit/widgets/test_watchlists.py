"""Lists are the trader's: they fill themselves only until he touches them, and a damaged file loses no good one."""

import pytest

from tests.support.dock_screen import QST
from tests.support.market_screen import XAPI, key
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.watchlists import FIRST_KEYS, FIRST_NAME, MOST_KEYS, SECTION, Watchlists

EURUSD, GBPUSD, GOLD = key("EURUSD"), key("GBPUSD"), key("GOLD")


def test_the_first_list_fills_itself_until_it_is_touched(qapp: object) -> None:
    settings = MemorySettings()
    lists = Watchlists(settings)
    lists.fill_first({XAPI: [f"S{number}" for number in range(100)]})
    assert len(lists.keys) == FIRST_KEYS
    lists.fill_first({XAPI: ["EURUSD"], QST: ["ZCZ26"]})
    assert [each.symbol for each in lists.keys] == ["EURUSD", "ZCZ26"]
    assert settings.get(SECTION) == {}
    lists.add([GOLD])
    lists.fill_first({XAPI: ["USDJPY"]})
    assert [each.symbol for each in lists.keys] == ["EURUSD", "ZCZ26", "GOLD"]
    assert Watchlists(settings).keys == lists.keys


def test_lists_are_added_renamed_and_removed(qapp: object) -> None:
    settings = MemorySettings()
    lists = Watchlists(settings)
    assert lists.add_list(" Metals ") == ""
    lists.add([GOLD])
    assert (lists.names, lists.shown) == ([FIRST_NAME, "Metals"], "Metals")
    assert "already" in lists.add_list("Metals")
    assert "Type a name" in lists.rename("  ")
    assert "at most" in lists.rename("x" * 41)
    assert lists.rename("Gold") == lists.rename("Gold") == ""
    again = Watchlists(settings)
    assert (again.names, again.shown, again.keys) == ([FIRST_NAME, "Gold"], "Gold", (GOLD,))
    again.choose(FIRST_NAME)
    again.choose("nothing")
    assert (again.shown, again.keys) == (FIRST_NAME, ())
    again.remove_list()
    assert (again.names, again.keys) == (["Gold"], (GOLD,))
    again.remove_list()
    assert (again.names, again.keys) == ([FIRST_NAME], ())


def test_a_removed_list_can_be_put_back(qapp: object) -> None:
    settings = MemorySettings()
    lists = Watchlists(settings)
    lists.add([EURUSD])
    gone = lists.remove_list()
    assert gone == (FIRST_NAME, (EURUSD,))
    lists.add([GOLD])
    lists.put_back(*gone)
    assert (Watchlists(settings).names, Watchlists(settings).keys) == ([FIRST_NAME], (EURUSD, GOLD))


@pytest.mark.parametrize(
    ("moved", "before", "after"),
    [
        ([GOLD], 1, [GOLD, EURUSD, GBPUSD]),
        ([EURUSD], 3, [GBPUSD, EURUSD, GOLD]),
        ([EURUSD, GOLD], 2, [EURUSD, GOLD, GBPUSD]),
        ([EURUSD], 0, [GBPUSD, GOLD, EURUSD]),
        ([key("USDJPY")], 2, [EURUSD, key("USDJPY"), GBPUSD, GOLD]),
    ],
)
def test_rows_move_to_a_place(qapp: object, moved: list[object], before: int, after: list[object]) -> None:
    lists = Watchlists(MemorySettings())
    lists.add([EURUSD, GBPUSD, GOLD])
    lists.move(moved, before)  # type: ignore[arg-type]
    assert list(lists.keys) == after


def test_a_list_has_an_end_and_no_instrument_twice(qapp: object) -> None:
    lists = Watchlists(MemorySettings())
    lists.add([EURUSD, EURUSD])
    lists.add(key(f"S{number}") for number in range(2 * MOST_KEYS))
    assert len(lists.keys) == MOST_KEYS
    lists.discard([EURUSD])
    assert EURUSD not in lists.keys


@pytest.mark.parametrize(
    "kept",
    [
        {"lists": 5},
        {"lists": ["a", {"name": "", "keys": []}, {"name": "x", "keys": 3}]},
        {"shown": "Gone", "lists": None},
    ],
)
def test_a_damaged_file_is_a_first_run(qapp: object, kept: dict[str, object]) -> None:
    settings = MemorySettings()
    settings.put(SECTION, kept)
    lists = Watchlists(settings)
    assert (lists.names, lists.is_untouched) == ([FIRST_NAME], True)


def test_what_can_be_read_of_a_damaged_file_stays(qapp: object) -> None:
    settings = MemorySettings()
    pairs: list[object] = [["x", "A"], ["x"], 4, ["x", ""], ["x", "A"], ["x", "B"]]
    settings.put(SECTION, {"lists": [{"name": "Mine", "keys": pairs}], "shown": 3})
    lists = Watchlists(settings)
    assert (lists.shown, [each.symbol for each in lists.keys]) == ("Mine", ["A", "B"])
