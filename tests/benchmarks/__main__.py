"""Runs the benchmarks: ``python -m tests.benchmarks [names]``, for example ``paint memory``; all without names.

Each module ``goal_<number>_<name>`` has ``run() -> Iterator[Figure]`` and a process of its own. Nothing here passes or
fails a test run: a machine under load tells little.
"""

import importlib
import logging
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from types import ModuleType

from tests.benchmarks.interleave import Figure

_WIDTHS = (58, 18, 18, 10, 14, 5)


def main(names: list[str]) -> int:
    """Print one table row per figure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if names[:1] == ["--one"]:
        _run(importlib.import_module(f"tests.benchmarks.{names[1]}"))
        return 0
    _say(_line(("figure", "ours", "peer", "ratio", "target", "met")))
    commands = [[sys.executable, "-m", "tests.benchmarks", "--one", module] for module in _modules(names)]
    return max((subprocess.run(command, check=False).returncode for command in commands), default=0)


def _run(module: ModuleType) -> None:
    logging.getLogger("workstation").addHandler(logging.NullHandler())  # what the program logs is not asked for here
    _say(f"-- {(module.__doc__ or module.__name__).splitlines()[0]}")
    for figure in module.run():
        _say(_line(_cells(figure)))
        if figure.note:
            _say(f"   {figure.note}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _modules(names: list[str]) -> Iterable[str]:
    package = importlib.import_module("tests.benchmarks")
    found = sorted(
        (info.name for info in pkgutil.iter_modules(package.__path__) if info.name.startswith("goal_")),
        key=lambda name: int(name.split("_")[1]),
    )
    return [name for name in found if not names or any(wanted in name for wanted in names)]


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}x"
    met = "" if figure.met is None else "yes" if figure.met else "NO"
    return (figure.name, figure.ours, figure.peer, ratio, figure.target, met)


def _line(cells: Iterable[str]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
