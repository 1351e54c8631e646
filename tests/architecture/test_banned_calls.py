"""Calls that have cost others a day: nested loops, tasks nobody awaits, tables that do not scale."""

import ast

from tests.architecture.source_tree import dotted, modules, name_of, tree_of

BANNED_CALLS = {
    "asyncio.create_task": "an owner awaits every task: use a TaskGroup or the owner of screen tasks",
    "asyncio.ensure_future": "an owner awaits every task: use a TaskGroup or the owner of screen tasks",
    "eval": "never",
    "print": "the command line writes to sys.stdout, the rest logs",
}
BANNED_NAMES = {
    "asyncSlot": "start the coroutine through the owner of screen tasks",
    "asyncClose": "closing is awaited by the composition root",
    "QtAsyncio": "it cannot open sockets",
    "QSortFilterProxyModel": "models own order and filter: it is 100 times slower",
    "QTableWidget": "live tables are FastTables",
}
STATIC_DIALOGS = {"QMessageBox", "QFileDialog", "QInputDialog", "QColorDialog", "QFontDialog"}
CATCH_ALL = {
    "workstation/runtime/supervision.py",
    "workstation/services/engine_seam.py",
}
"""Where `except Exception` may stand: the supervisor, and the seam that hands a fault to whoever asked."""


def test_no_banned_call() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno} {dotted(node.func)}: {BANNED_CALLS[dotted(node.func)]}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and dotted(node.func) in BANNED_CALLS
    ]
    assert not bad


def test_no_nested_event_loop() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("exec", "exec_")
    ]
    assert not bad


def test_no_static_dialog() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno} {dotted(node.func)}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if dotted(node.func.value) in STATIC_DIALOGS
    ]
    assert not bad


def test_no_banned_name() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno} {alias.name}: {BANNED_NAMES[alias.name]}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
        if alias.name in BANNED_NAMES
    ]
    assert not bad


def test_everything_is_caught_in_one_place_only() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if name_of(path) not in CATCH_ALL
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or dotted(node.type) in ("Exception", "BaseException")
    ]
    assert not bad
