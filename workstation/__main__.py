"""The command line, a contract: other programs, installers and checks rely on it.

Each command imports only what it needs: `simulate` and `journal` run without Qt.
"""

# ruff: noqa: PLC0415

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from workstation import __version__
from workstation.runtime.desktop_options import DesktopOptions
from workstation.runtime.one_line_parser import OneLineParser

COMMANDS = ("demo", "simulate", "selftest", "journal")
EPILOGUE = """commands:
  (none)                  open the desktop program
  demo                    open it on the built-in venues, in a throw-away profile
  simulate [...]          serve the built-in venues until interrupted
  selftest                trade through the real window, off screen, and report
  journal verify|export   check or export the journal of a profile
"""


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code: 0 done, 1 a check failed, 2 it cannot be done."""
    words = list(sys.argv[1:] if words is None else words)
    command = words[0] if words else ""
    if command == "simulate":
        from workstation.simulators.serve import run_simulate

        return run_simulate(words[1:])
    if command == "journal":
        from workstation.storage.journal_command import run_journal

        return run_journal(words[1:])
    options = desktop_options(words)
    if command == "selftest":
        from workstation.selftest import run_selftest

        return run_selftest()
    gc.disable()  # loading the program makes no garbage; the screen's own collection begins with the window
    try:
        from workstation.quick_imports import read_no_sources

        read_no_sources()  # before anything else is imported beside Qt
        from workstation.app import run_desktop

        return run_desktop(options)
    finally:
        gc.enable()


def desktop_options(words: Sequence[str]) -> DesktopOptions:
    """Read the words of the desktop program; ends the program on words that are none."""
    parser = OneLineParser(
        prog="workstation",
        description="Manual trading on many accounts at several brokers.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=COMMANDS, help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"workstation {__version__}")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep everything in DIR")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="save the window as PNG before quitting")
    parser.add_argument("--quit-after", type=_seconds, metavar="S", help="quit after S seconds")
    found = parser.parse_args(words)
    if found.screenshot is not None and found.quit_after is None:
        parser.error("--screenshot needs --quit-after S")
    if found.command == "demo" and found.profile is not None:
        parser.error("the demo uses a throw-away profile: leave --profile out, or start without demo")
    return DesktopOptions(
        demo=found.command == "demo",
        profile=found.profile,
        screenshot=found.screenshot,
        quit_after_s=found.quit_after,
    )


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 86_400:
        raise ValueError(text)
    return value


_seconds.__name__ = "number of seconds"  # argparse names the type in its message


if __name__ == "__main__":
    sys.exit(main())
