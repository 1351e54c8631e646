"""The test of a thing is always found: tests/unit mirrors workstation/ file for file."""

import ast

from tests.architecture.source_tree import PACKAGE, ROOT, modules, name_of, tree_of

UNIT = ROOT / "tests" / "unit"
ALONE = {"workstation/__main__.py", "workstation/selftest.py", "workstation/selftest_market.py"}
"""Proved from outside, by tests/end_to_end."""


def holds_logic(path: str) -> bool:
    """Say whether a module has a function or method with a body worth a test (declarations only have none)."""
    tree = tree_of(ROOT / path)
    return any(
        isinstance(node, ast.If | ast.For | ast.While | ast.Try | ast.Match | ast.With | ast.comprehension | ast.IfExp)
        for node in ast.walk(tree)
    )


def test_every_module_has_its_test() -> None:
    missing = []
    for path in modules():
        name = name_of(path)
        expected = UNIT / path.relative_to(PACKAGE).parent / f"test_{path.name}"
        if path.name != "__init__.py" and name not in ALONE and holds_logic(name) and not expected.exists():
            missing.append(expected.relative_to(ROOT).as_posix())
    assert not missing


def test_every_unit_test_has_its_module() -> None:
    lost = []
    for test in UNIT.rglob("test_*.py"):
        module = PACKAGE / test.relative_to(UNIT).parent / test.name.removeprefix("test_")
        if not module.exists():
            lost.append(name_of(test))
    assert not lost
