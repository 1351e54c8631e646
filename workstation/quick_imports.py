"""Spares the program what the Qt bindings do whenever a module is imported.

Once they are loaded they read the source of every further module, through :mod:`inspect`, and look for their own name
in it, to know in which modules Qt's functions may be called by other names (``from __feature__ import snake_case``).
This program uses none of that. Reading two hundred files was a sixth of loading it, and :mod:`linecache` kept them all.
"""

import sys

import PySide6.QtCore  # noqa: F401 - only then is there something to switch off

_FEATURES = "shibokensupport.feature"
_READS_SOURCE = "_mod_uses_pyside"


def read_no_sources() -> bool:
    """Let the bindings take every module as one without other names; say whether they still have that switch."""
    features = sys.modules.get(_FEATURES)
    if not hasattr(features, _READS_SOURCE):
        return False  # another release of the bindings: all works, only slower
    setattr(features, _READS_SOURCE, _uses_no_features)
    return True


def _uses_no_features(_module: object) -> bool:
    return False
