import ast

from tests.architecture.source_tree import PACKAGE, ROOT, files_of_tests, modules, name_of, tree_of

NO_ROOM = {"utils", "util", "core", "common", "helpers", "helper", "misc", "manager"}
TOP_LEVEL = {"pyproject.toml", "workstation", "protos", "resources", "tests", "packaging", "README.md", "CHANGELOG.md"}
START_SCRIPTS = {"run", "run.cmd"}
LEFT_BY_TOOLS = {"build", "dist", "workstation.egg-info"}


def test_no_room_is_called_anything() -> None:
    places = [*PACKAGE.rglob("*"), *(ROOT / "tests").rglob("*")]
    bad = [name_of(path) for path in places if path.stem.lower() in NO_ROOM and "__pycache__" not in path.parts]
    assert not bad


def test_no_class_manages() -> None:
    bad = [
        f"{name_of(path)}:{node.name}"
        for path in modules() + files_of_tests()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and node.name.lower().endswith(("manager", "helper", "utils"))
    ]
    assert not bad


def test_the_top_level_is_the_agreed_one() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - LEFT_BY_TOOLS == TOP_LEVEL | START_SCRIPTS


def test_every_module_opens_with_its_rules() -> None:
    silent = [name_of(path) for path in modules() if not ast.get_docstring(tree_of(path))]
    assert not silent
