"""A command line that says in one line what to do about bad words, and ends with 2."""

import argparse
import sys
from typing import NoReturn


class OneLineParser(argparse.ArgumentParser):
    """argparse without the usage text: one line is all that a caller, or a log, wants to see."""

    def error(self, message: str) -> NoReturn:
        """End the program."""
        sys.stderr.write(f"{self.prog}: {message}. Try: {self.prog} --help\n")
        sys.exit(2)
