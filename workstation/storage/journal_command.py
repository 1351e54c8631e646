"""``workstation journal verify|export``: check or export the journal of a profile, without starting Qt.

Exit codes: 0 done and sound, 1 the chain is broken, 2 it cannot be done (one line on standard error says why).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from workstation.runtime.one_line_parser import OneLineParser
from workstation.runtime.paths import ProfilePaths
from workstation.storage.journal_export import export_csv, export_json_lines
from workstation.storage.journal_faults import JournalFailed, JournalUnusable
from workstation.storage.journal_verify import verify

_EXPORTS = {"jsonl": export_json_lines, "csv": export_csv}


def run_journal(words: Sequence[str]) -> int:
    """Do what `words`, those after ``journal``, say, and return the exit code."""
    try:
        found = _parser().parse_args(words)
        path = (ProfilePaths(found.profile) if found.profile else ProfilePaths.default()).journal
        if found.command == "verify":
            return _verify(path)
        return _export(path, found)
    except BrokenPipeError:  # the reader, head for example, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (JournalUnusable, JournalFailed) as error:
        sys.stderr.write(f"workstation journal: {error}\n")
    except OSError as error:
        sys.stderr.write(f"workstation journal: {error.filename or 'the output'} cannot be written: {error.strerror}\n")
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="workstation journal", description="Check or export the journal of a profile.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="verify|export")
    checking = commands.add_parser("verify", help="check that no row was changed, dropped or swapped")
    exporting = commands.add_parser("export", help="write the rows as text")
    for command in (checking, exporting):
        command.add_argument(
            "--profile", type=Path, metavar="DIR", help="the profile's folder (default: the usual one)"
        )
    exporting.add_argument("--format", choices=sorted(_EXPORTS), default="jsonl", help="jsonl (default) or csv")
    exporting.add_argument("--from", type=int, default=1, metavar="N", dest="from_seq", help="begin at row N")
    exporting.add_argument("--output", type=Path, metavar="FILE", help="write to a new FILE instead of standard output")
    return parser


def _verify(path: Path) -> int:
    verdict = verify(path)
    if verdict.fault:
        sys.stdout.write(f"{path}: {verdict.fault}. {verdict.rows} rows before it are intact.\n")
        return 1
    sys.stdout.write(f"{verdict.rows} rows, chain intact\n")
    return 0


def _export(path: Path, found: argparse.Namespace) -> int:
    if found.output is None:
        _EXPORTS[found.format](path, sys.stdout, found.from_seq)
        sys.stdout.flush()
        return 0
    with _new_file(found.output) as out:
        count = _EXPORTS[found.format](path, out, found.from_seq)
    sys.stdout.write(f"{count} rows written to {found.output}\n")
    return 0


def _new_file(path: Path) -> TextIO:
    # "x": an export never takes the place of a file that is there.
    return path.open("x", encoding="utf-8", newline="")
