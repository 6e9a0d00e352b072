"""The time stamps beside the ledger: kept as they came, and checked without asking anybody.

    evidence/stamps/
    ├── 00000012-freetsa.tsr            what the authority answered, for line 12
    └── freetsa-9f86d081884c7d65.pem    the certificates that the user trusted for it then

A stamp vouches for its line, and through the chain for every line before it: they were there at
the time in it. It says nothing of the lines behind it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from tenderlight.evidence.files import open_inside, read_inside, sync_folder
from tenderlight.evidence.ledger import digest
from tenderlight.evidence.token import LARGEST_ANSWER
from tenderlight.model import BrokenEvidence, Stamp

STAMPS = "stamps"
LARGEST_ROOTS = 4 << 20
"""Above any system's whole list of certificates."""
AUTHORITY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
"""The names that an authority may have: part of a file's name."""
_ANSWER = re.compile(r"stamps/([0-9]{8,18})-([a-z0-9-]{1,40})\.tsr")
_ROOTS = re.compile(r"stamps/([a-z0-9-]{1,40})-([0-9a-f]{16})\.pem")


def answer_name(line: int, authority: str) -> str:
    """Where an answer lies, relative to `evidence/`.

    >>> answer_name(12, "freetsa")
    'stamps/00000012-freetsa.tsr'
    """
    return f"{STAMPS}/{line:08d}-{authority}.tsr"


def roots_name(authority: str, sha256: str) -> str:
    """Where the certificates lie that were trusted: the same for all stamps that rest on them."""
    return f"{STAMPS}/{authority}-{sha256[:16]}.pem"


def line_of(name: str) -> int | None:
    """The ledger line that an answer's file name states; None if it is no such name."""
    match = _ANSWER.fullmatch(name)
    return int(match[1]) if match else None


def write_stamp(folder: Path, stamp: Stamp, answer: bytes, roots: bytes) -> None:
    """Put a stamp's files on the disk, safe before any line names them.

    The session's head must say `writing` by now, so that a cut-off session's files are cleared.
    """
    beside = folder / STAMPS
    if not beside.is_dir():
        beside.mkdir()
        sync_folder(folder)
    if digest(read_file(folder, stamp.roots, LARGEST_ROOTS) or b"") != stamp.roots_sha256:
        _write_new(folder, stamp.roots, roots)
    _write_new(folder, stamp.file, answer)
    sync_folder(beside)


def read_file(folder: Path, name: str, largest: int) -> bytes | None:
    """A stamp's file; None if there is none.

    Refuses (BrokenEvidence) links, larger files, and names that we never give: a ledger line from
    a stranger must not lead us to other files.
    """
    if not (_ANSWER.fullmatch(name) or _ROOTS.fullmatch(name)):
        raise BrokenEvidence(f"{name} is no name of a time stamp")
    try:
        with read_inside(_beside(folder), name.removeprefix(f"{STAMPS}/")) as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        return None
    if len(raw) > largest:
        raise BrokenEvidence(f"{name} is larger than any such file")
    return raw


def has_files(folder: Path, stamp: Stamp) -> bool:
    """True if both files of a stamp are on the disk as its line says."""
    return all(_read_named(folder, *named) is not None for named in _files(stamp))


def names_in(folder: Path) -> Iterator[str]:
    """Everything that lies in `stamps/`, relative to `evidence/`."""
    beside = folder / STAMPS
    if beside.is_dir() and not beside.is_symlink():
        yield from sorted(f"{STAMPS}/{path.name}" for path in beside.iterdir())


def is_left_over(name: str, count: int) -> bool:
    """True for a file that a cut-off session may have left: no line came to name it.

    An answer for a line beyond the last one cannot be: that line is missing.
    """
    line = line_of(name)
    return _ROOTS.fullmatch(name) is not None if line is None else line <= count


def clear_unnamed(folder: Path, named: Collection[str], count: int) -> list[tuple[str, int]]:
    """Delete what a cut-off session left in `stamps/`; gives back names and sizes."""
    cleared = []
    for name in names_in(folder):
        path = folder / name
        if name not in named and is_left_over(name, count) and not path.is_symlink():
            cleared.append((name, path.stat().st_size))
            path.unlink()
    return cleared


def _files(stamp: Stamp) -> tuple[tuple[str, str, int], tuple[str, str, int]]:
    return (
        (stamp.file, stamp.file_sha256, LARGEST_ANSWER),
        (stamp.roots, stamp.roots_sha256, LARGEST_ROOTS),
    )


def _read_named(folder: Path, name: str, sha256: str, largest: int) -> bytes | None:
    """A file whose digest is the one that is named; None if it is another, or none."""
    with suppress(BrokenEvidence):
        raw = read_file(folder, name, largest)
        if raw is not None and digest(raw) == sha256:
            return raw
    return None


def _beside(folder: Path) -> Path:
    if (folder / STAMPS).is_symlink():
        raise BrokenEvidence(f"{STAMPS} is a link. Run `tenderlight verify`.")
    return folder / STAMPS


def _write_new(folder: Path, name: str, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    number = open_inside(_beside(folder), name.removeprefix(f"{STAMPS}/"), flags)
    with open(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(number)
