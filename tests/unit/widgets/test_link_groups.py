"""Docks of one letter move together, others stay, and a damaged settings file links nothing wrongly."""

import pytest

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.widgets.link_groups import SECTION, DockLink, LinkGroups
from workstation.widgets.settings_port import MemorySettings

EURUSD = InstrumentKey(ConnectionID("x"), "EURUSD")
GOLD = InstrumentKey(ConnectionID("x"), "GOLD")


def linked(links: LinkGroups, dock_id: str) -> tuple[DockLink, list[InstrumentKey]]:
    link = DockLink(links, dock_id)
    heard: list[InstrumentKey] = []
    link.moved.connect(heard.append)
    return link, heard


def test_choosing_in_one_dock_moves_the_others_of_its_group_only(qapp: object) -> None:
    links = LinkGroups()
    quotes, at_quotes = linked(links, "quotes")
    _, at_ladder = linked(links, "ladder")
    chart, at_chart = linked(links, "chart")
    chart.join("B")
    quotes.choose(EURUSD)
    quotes.choose(EURUSD)
    assert (at_quotes, at_ladder, at_chart) == ([], [EURUSD], [])
    assert links.key_of("B") is None


def test_a_dock_that_joins_goes_where_its_new_group_is(qapp: object) -> None:
    links = LinkGroups()
    quotes, _ = linked(links, "quotes")
    ladder, at_ladder = linked(links, "ladder")
    ladder.join("")
    quotes.choose(GOLD)
    ladder.choose(EURUSD)
    assert (at_ladder, quotes.key) == ([], GOLD)
    ladder.join("A")
    assert at_ladder == [GOLD]
    ladder.join("G")
    assert ladder.group == "A"


def test_groups_and_what_they_show_outlive_the_run(qapp: object) -> None:
    settings = MemorySettings()
    links = LinkGroups()
    links.keep_in(settings)
    links.join("ladder", "C")
    links.join("news", "")
    links.choose("C", GOLD, "ladder")
    again = LinkGroups()
    again.keep_in(settings)
    assert (again.group_of("ladder"), again.group_of("news"), again.group_of("chart")) == ("C", "", "A")
    assert again.key_of("C") == GOLD


@pytest.mark.parametrize(
    "kept",
    [
        {"docks": "A", "shown": 7},
        {"docks": {"ladder": 5, "chart": "Z"}, "shown": {"A": ["x"], "B": ["x", 3], "C": "x", "Z": ["x", "GOLD"]}},
    ],
)
def test_damaged_settings_fall_back(qapp: object, kept: dict[str, object]) -> None:
    settings = MemorySettings()
    settings.put(SECTION, kept)
    links = LinkGroups()
    links.keep_in(settings)
    assert (links.group_of("ladder"), links.group_of("chart")) == ("A", "A")
    assert [links.key_of(group) for group in "ABCZ"] == [None] * 4
