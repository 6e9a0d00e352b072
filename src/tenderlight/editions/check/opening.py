"""Files of an edition, which may be a stranger's: bounded, and none outside of its folder."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tenderlight.editions.check.wrong import Findings
from tenderlight.editions.files import digest_of
from tenderlight.editions.manifest import MANIFEST, Manifest
from tenderlight.evidence.files import read_inside
from tenderlight.model import BrokenEvidence, Refused

T = TypeVar("T")
LARGEST_MANIFEST = 256 << 20
LARGEST = 256 << 20
"""Bytes of a file that is read at once."""
LONGEST_LINE = 512 << 20
MOST_UNPACKED = 32 << 30
"""Bytes of a gzip file, unpacked: a few kilobytes can claim to be any number."""
BROKEN = (OSError, EOFError, zlib.error, ValueError, BrokenEvidence, RecursionError)
"""What reading a file may raise whose bytes are not ours; msgspec's errors are ValueErrors."""


def read_manifest(folder: Path) -> tuple[bytes, Manifest]:
    """`edition.json`, and what it says. Refuses (Refused) a folder that has none to be read."""
    try:
        with read_inside(folder, MANIFEST) as file:
            raw = file.read(LARGEST_MANIFEST + 1)
        if len(raw) > LARGEST_MANIFEST:
            raise ValueError(f"it is larger than {LARGEST_MANIFEST >> 20} MB")
        return raw, msgspec.json.decode(raw, type=Manifest)
    except BROKEN as error:
        hint = "Ask for another copy of the edition."
        raise Refused(f"{folder / MANIFEST} cannot be read: {error}.", hint) from None


class Contents:
    """The files that are there: only those in its own folders, and none that is a link."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder, self.findings = folder, findings
        self.paths: dict[str, int] = {}
        """By path, how large it is."""
        for name, size in _walk(folder, findings):
            self.paths[name] = size

    def read(self, name: str, most: int = LARGEST) -> bytes | None:
        """A file, whole; None, and said, where there is none or it is too large."""
        if name not in self.paths:
            self.findings.add(name, "this file is missing")
            return None
        if self.paths[name] > most:
            self.findings.add(name, f"this file is larger than {most >> 20} MB")
            return None
        with read_inside(self.folder, name) as file:
            return file.read(most)

    def decode(self, name: str, kind: type[T]) -> T | None:
        """A file of JSON; None, and said, where it is not what it should be."""
        raw = self.read(name)
        if raw is None:
            return None
        try:
            return msgspec.json.decode(raw, type=kind)
        except BROKEN as error:
            self.findings.add(name, f"it is not as we write it: {error}")
            return None

    def lines(self, name: str, kind: type[T]) -> Iterator[T]:
        """The lines of a gzip file of JSON; what is wrong is said, and ends it."""
        if name not in self.paths:
            self.findings.add(name, "this file is missing")
            return
        decoder, unpacked = msgspec.json.Decoder(kind), 0
        try:
            with read_inside(self.folder, name) as raw, gzip.open(raw) as file:
                lines: Any = file
                while line := lines.readline(LONGEST_LINE):
                    unpacked += len(line)
                    if unpacked > MOST_UNPACKED:
                        raise ValueError(f"it holds more than {MOST_UNPACKED >> 30} GB")
                    yield decoder.decode(line)
        except BROKEN as error:
            self.findings.add(name, f"it is not as we write it: {error}")


def check_files(
    manifest: Manifest, contents: Contents, beside: frozenset[str], move: Callable[[int, int], None]
) -> int:
    """Every file that the manifest names, byte for byte; and that there is no other."""
    listed = {one.path: one for one in manifest.files}
    for number, (name, one) in enumerate(sorted(listed.items()), start=1):
        if name not in contents.paths:
            contents.findings.add(name, "this file is missing")
        elif digest_of(contents.folder / name) != (one.sha256, one.size):
            contents.findings.add(name, "its bytes are not those that edition.json names")
        move(number, len(listed))
    for name in contents.paths.keys() - listed.keys() - beside:
        contents.findings.add(name, "edition.json does not name this file: somebody added it")
    return len(listed)


def _walk(folder: Path, findings: Findings) -> Iterator[tuple[str, int]]:
    for root, folders, names in os.walk(folder, followlinks=False):
        for name in (*folders, *names):
            path = Path(root, name)
            told, mode = path.relative_to(folder).as_posix(), path.lstat()
            if stat.S_ISREG(mode.st_mode):
                yield told, mode.st_size
            elif not stat.S_ISDIR(mode.st_mode):
                findings.add(told, "this is no plain file: it may lead out of the edition")
