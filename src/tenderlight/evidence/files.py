"""Files of the evidence, opened so that a corpus from a stranger cannot lead us out of itself."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

from tenderlight.model import BrokenEvidence


def open_inside(folder: Path, name: str, flags: int = os.O_RDONLY) -> int:
    """A descriptor of a regular file of this name in this very folder.

    Refuses (BrokenEvidence) links, pipes and devices: written through a link, evidence would
    overwrite a file elsewhere. Raises FileNotFoundError where there is none.
    """
    flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    if not (folder / name).is_symlink():
        number = os.open(folder / name, flags, 0o644)
        if stat.S_ISREG(os.fstat(number).st_mode):
            return number
        os.close(number)
    raise BrokenEvidence(f"{name} is not a regular file. Run `tenderlight verify`.")


def read_inside(folder: Path, name: str) -> io.BufferedReader:
    """`open_inside`, to read."""
    return open(open_inside(folder, name), "rb")


def sync_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def how_to_read(path: Path) -> str:
    """SQLite makes two files beside a database even to read it; where it cannot, nobody writes."""
    log = path.with_name(path.name + "-wal")
    settled = not log.exists() or not log.stat().st_size
    return "?immutable=1" if settled and not os.access(path.parent, os.W_OK) else "?mode=ro"
