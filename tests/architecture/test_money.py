"""No binary float on a price, quantity or amount: floats are for seconds, pixels and ratios of the screen."""

import ast
import re

from tests.architecture.source_tree import dotted, modules, name_of, tree_of

MONEY = re.compile(
    r"(^|_)(px|price|prices|qty|quantity|amount|cash|equity|balance|margin|pnl|fee|fees|notional|tick_size|lot_size|"
    r"multiplier|avg|limit_price|commission)($|_)"
)
AT_THE_WIRE = {"workstation/venues/qst/coercion.py"}
"""Where a venue puts doubles on its wire: the only files that may turn a float into a Decimal or back."""
LAYERS_WITH_MONEY = ("domain", "venues", "simulators", "storage", "desk")


def names_float(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(
        isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation)
    )


def annotated_names(tree: ast.Module) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and names_float(node.annotation):
            found.append((dotted(node.target).rsplit(".", 1)[-1], node.lineno))
        elif isinstance(node, ast.arg) and names_float(node.annotation):
            found.append((node.arg, node.lineno))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and names_float(node.returns):
            found.append((node.name, node.lineno))
    return found


def test_nothing_that_is_money_is_annotated_float() -> None:
    bad = [
        f"{name_of(path)}:{line} {name}"
        for path in modules()
        if name_of(path) not in AT_THE_WIRE
        for name, line in annotated_names(tree_of(path))
        if MONEY.search(name)
    ]
    assert not bad


def test_no_float_is_made_where_money_lives() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if name_of(path).split("/")[1] in LAYERS_WITH_MONEY and name_of(path) not in AT_THE_WIRE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and dotted(node.func) == "float"
    ]
    assert not bad


def test_no_decimal_is_made_from_a_float() -> None:
    bad = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and dotted(node.func).endswith("Decimal") and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, float)
    ]
    assert not bad
