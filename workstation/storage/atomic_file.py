"""Replacing a file so that a crash leaves the old one or the new one, never half of either."""

import os
import sys
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path`, on the disk when this returns; only the owner may read it.

    Raises:
        OSError: it could not be written; what was there is unchanged.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    _flush_folder(path.parent)


def keep_aside(path: Path, why: str) -> Path:
    """Rename `path` to the first free name like ``settings.damaged-1.json`` and return that name.

    Raises:
        OSError: it could not be renamed.
    """
    number = 1
    while (aside := path.with_name(f"{path.stem}.{why}-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    return aside


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":  # a folder cannot be flushed there, and its renames are logged by the system
        return
    with suppress(OSError):  # some network file systems refuse: the file itself is safe, its new name soon
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
