"""What the repository promises to newcomers and machines."""

import re
import tomllib

from tests.architecture.source_tree import ROOT, files_of_tests, modules, name_of

TEST_COMMAND = "./run test"
START_COMMAND = "./run demo"


def test_the_readme_names_the_two_commands_and_shows_the_program() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert START_COMMAND in readme
    assert TEST_COMMAND in readme
    shots = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert shots
    assert all((ROOT / shot).exists() for shot in shots)


def test_continuous_integration_runs_the_readmes_test_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert commands[0].startswith("set -e") or commands == [TEST_COMMAND]
    assert [line for line in commands if not line.startswith(("set ", "cd "))] == [f"exec {TEST_COMMAND}"]


def test_every_dependency_is_pinned_and_justified() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    for requirement in document["project"]["dependencies"]:
        assert "==" in requirement
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert "#" in line, f"{requirement} has no reason"
    assert all("==" in requirement for requirement in document["dependency-groups"]["dev"])


def test_nothing_names_a_machine() -> None:
    places = re.compile(r"/(tmp|work|home|root)/|\bshared/(specs|seeds|design)")
    bad = [
        f"{name_of(path)}:{number}"
        for path in [*modules(), *files_of_tests(), ROOT / "README.md", ROOT / "CHANGELOG.md"]
        if path.name != "test_promises.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if places.search(line)
    ]
    assert not bad
