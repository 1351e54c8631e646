"""Where the files that are read at run time are: icons, themes, instruments, default settings.

In a source tree they stand in ``resources`` beside the package; in the frozen program the packer unpacks them into a
folder that it names in ``sys._MEIPASS``. Nothing else in the program may know the difference.
"""

import sys
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Return the path of a resource; it is not checked that it exists."""
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(unpacked) if unpacked else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
