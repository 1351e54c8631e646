"""Nine workspaces, each kept by itself and never lost."""

from PySide6.QtWidgets import QMainWindow

from tests.support.shell_bench import STUB_DOCKS, ShellBench
from workstation.widgets.layout_port import Layout
from workstation.widgets.workspace import Workspace
from workstation.widgets.workspace_book import SECTION, WorkspaceBook


def book_of(bench: ShellBench) -> tuple[WorkspaceBook, Workspace]:
    window = QMainWindow()
    workspace = Workspace(bench.screen.theme, window)
    for each in STUB_DOCKS:
        workspace.add(each, each.build(bench.screen))
    window.resize(1000, 600)
    book = WorkspaceBook(window, workspace, bench.screen.layouts, bench.screen.settings)
    bench.qtbot.addWidget(window)
    return book, workspace


def test_each_workspace_keeps_its_own_arrangement(bench: ShellBench) -> None:
    book, workspace = book_of(bench)
    book.open_first()
    workspace.close_dock("log")
    book.switch(2)
    assert workspace.is_open("log")
    workspace.close_dock("positions")
    book.switch(1)
    assert not workspace.is_open("log")
    assert workspace.is_open("positions")


def test_the_last_workspace_and_its_arrangement_survive_a_restart(bench: ShellBench) -> None:
    book, workspace = book_of(bench)
    book.open_first()
    book.switch(3)
    workspace.close_dock("accounts")
    workspace.set_locked(True)
    book.save()
    again, reopened = book_of(bench)
    again.open_first()
    assert again.number == 3
    assert not reopened.is_open("accounts")
    assert reopened.locked


def test_a_damaged_layout_is_named_and_stays_on_disk_until_something_changes(bench: ShellBench) -> None:
    damaged = Layout(state=b"garbage", locked=True)
    bench.screen.layouts.save("workspace-1", damaged)
    book, workspace = book_of(bench)
    said: list[str] = []
    book.fell_back.connect(said.append)
    book.open_first()
    assert said == ["The layout “Main” could not be read; the default layout is shown."]
    assert all(workspace.is_open(each.dock_id) for each in STUB_DOCKS)
    assert not workspace.locked
    assert bench.screen.layouts.load("workspace-1") == damaged


def test_a_number_that_makes_no_sense_falls_back(bench: ShellBench) -> None:
    for number, expected in ((77, 9), (-1, 1), ("x", 1)):
        bench.screen.settings.put(SECTION, {"number": number})
        assert book_of(bench)[0].number == expected


def test_the_default_layout_can_be_had_back(bench: ShellBench) -> None:
    book, workspace = book_of(bench)
    book.open_first()
    workspace.close_dock("ticket")
    book.reset()
    assert workspace.is_open("ticket")


def test_names_are_what_the_trader_reads(bench: ShellBench) -> None:
    book, _ = book_of(bench)
    assert [book.name(number) for number in (1, 2, 9)] == ["Main", "Workspace 2", "Workspace 9"]
