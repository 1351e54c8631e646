"""Which part of Qt each layer may know."""

import ast

from tests.architecture.source_tree import modules, name_of, tree_of

ALLOWED = {
    "services": {"PySide6.QtCore"},
    "item_models": {"PySide6.QtCore", "PySide6.QtGui"},
}
"""Services carry values and know no widget; models may name colours and fonts, never a widget."""


def qt_modules(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.startswith("PySide6"))
    return found


def test_each_layer_knows_its_part_of_qt() -> None:
    bad = [
        f"{name_of(path)}: {module}"
        for path in modules()
        if (layer := name_of(path).split("/")[1]) in ALLOWED
        for module in qt_modules(tree_of(path)) - ALLOWED[layer]
    ]
    assert not bad
