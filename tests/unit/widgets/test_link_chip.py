from tests.support.shell_bench import ShellBench
from workstation.widgets.link_chip import LinkChip, link_colour
from workstation.widgets.link_groups import GROUPS, DockLink
from workstation.widgets.theme import ThemeMode


def test_the_chip_says_the_group_and_changes_it(bench: ShellBench) -> None:
    link = DockLink(bench.screen.links, "ladder")
    chip = LinkChip(link, bench.screen.theme)
    bench.show(chip)
    assert (chip.text(), chip.accessibleName()) == ("A", "Link group A")
    chip.actions_by_group()["D"].trigger()
    assert (chip.text(), link.group) == ("D", "D")
    chip.actions_by_group()[""].trigger()
    assert (chip.text(), link.group) == ("–", "")
    assert [name for name, action in chip.actions_by_group().items() if action.isChecked()] == [""]


def test_the_colours_stand_out_in_both_themes(bench: ShellBench) -> None:
    chip = LinkChip(DockLink(bench.screen.links, "ladder"), bench.screen.theme)
    bench.show(chip)
    for mode, ground in ((ThemeMode.DARK, 25), (ThemeMode.LIGHT, 255)):
        bench.screen.theme.set_mode(mode)
        dark = bench.screen.theme.is_dark
        colours = {link_colour(group, dark=dark).name() for group in GROUPS}
        assert len(colours) == len(GROUPS)
        assert all(abs(link_colour(group, dark=dark).lightness() - ground) > 90 for group in GROUPS)
