"""What Ctrl+K offers: actions, accounts, symbols; nothing that sends or kills."""

from tests.support.dock_screen import MAIN, QST
from tests.support.shell_bench import ShellBench
from workstation.widgets.key_actions import ACTIONS, FIND, KILL, REVIEW
from workstation.widgets.palette_entries import palette_entries


def test_actions_accounts_and_symbols_can_be_found(bench: ShellBench) -> None:
    entries = {entry.title: entry for entry in palette_entries(bench.window())}
    assert entries["Go to the accounts"].hint == "F5"
    assert entries["Main"].hint == "account, SIM"
    assert entries["QST 17016"].hint == "account, SIM"  # no alias: the venue's own name
    assert entries["ZCZ26"].hint == "Corn, QST demo"


def test_what_sends_or_needs_a_hold_is_left_out(bench: ShellBench) -> None:
    titles = {entry.title for entry in palette_entries(bench.window())}
    assert titles.isdisjoint({ACTIONS[name].title for name in (KILL, REVIEW, FIND)})


def test_running_an_entry_goes_where_it_says(bench: ShellBench) -> None:
    window = bench.window()
    entries = {entry.title: entry for entry in palette_entries(window)}
    chosen: list[object] = []
    window.account_chosen.connect(chosen.append)
    window.symbol_chosen.connect(lambda connection, symbol: chosen.append((connection, symbol)))
    entries["Main"].run()
    entries["ZCZ26"].run()
    entries["Go to the positions"].run()
    assert chosen == [MAIN, (QST, "ZCZ26")]
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "positions"
