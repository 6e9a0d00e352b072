"""Archives that others made, WARC and WACZ: what is in them, checked, letter by letter.

What their makers say, dates above all, is kept as their word. Whether it fits together is checked:
digests of records, a package's list of its files, the signature over that list.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import BinaryIO, Literal

from tenderlight.evidence.foreign.group import Group, group_records
from tenderlight.evidence.foreign.package import PACKAGE, Package, check_directory
from tenderlight.evidence.foreign.read import Doubt, read_records
from tenderlight.evidence.foreign.record import Seen, check_digests, look_at
from tenderlight.evidence.foreign.stream import MAGIC
from tenderlight.model import Refused

__all__ = ["Archive", "Doubt", "Group", "Seen", "archive_kind", "look_at"]

_BEGINS = b"WARC/1."
_START = 1 << 12


def archive_kind(file: BinaryIO) -> Literal["warc", "wacz"] | None:
    """What sort of web archive a file is, by its content; None for any other document.

    Leaves the file at its start.
    """
    file.seek(0)
    start = file.read(_START)
    try:
        if start.startswith(MAGIC):
            start = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(start, _START)
        if start.startswith(_BEGINS):
            return "warc"
        if start.startswith(b"PK\x03\x04") and _is_package(file):
            return "wacz"
    except zlib.error:
        return None
    finally:
        file.seek(0)
    return None


def _is_package(file: BinaryIO) -> bool:
    try:
        check_directory(file)
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
    except (Refused, zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return PACKAGE in names and any(name.startswith("archive/") for name in names)


class Archive:
    """One archive, read once from end to end.

    `notes` tells in sentences what was checked; complete when `groups` has ended.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self.notes: list[str] = []
        self.documents: tuple[tuple[str, bytes], ...] = ()
        """Lists and signatures that came with it, to be kept too: name and content."""
        self.pages: frozenset[str] = frozenset()
        """Addresses that somebody looked at, as the archive says; empty where it does not."""
        self._checked = self._unchecked = 0

    def groups(self) -> Iterator[Group | Doubt]:
        """Every record with what belongs to it, and a doubt for each that is not let in.

        Refuses (Refused) an archive that was altered since it was made.
        """
        if archive_kind(self._file) == "wacz":
            yield from self._package()
        else:
            size = self._file.seek(0, 2)
            self._file.seek(0)
            yield from self._groups(self._file, size, self._name)
            self.notes.append(f"{self._name}: a WARC file; nothing signs it as a whole")
        self.notes.append(
            f"{self._checked} records fit their own digests, {self._unchecked} have none that "
            "can be checked"
        )

    def _package(self) -> Iterator[Group | Doubt]:
        with closing(Package(self._file, self._name)) as package:
            package.check()
            self.documents = tuple(package.documents())
            self.pages = package.pages()
            yield from package.doubts
            for name, size, file in package.warcs():
                yield from self._groups(file, size, name)
            self.notes += package.notes

    def _groups(self, file: BinaryIO, size: int, name: str) -> Iterator[Group | Doubt]:
        for group in group_records(read_records(file, size, name), name):
            yield group if isinstance(group, Doubt) else self._check(group)

    def _check(self, group: Group) -> Group | Doubt:
        """The group, if what it says of itself fits."""
        try:
            for record in (group.main, *group.beside):
                if check_digests(record):
                    self._checked += 1
                else:
                    self._unchecked += 1
        except Refused as refused:
            return Doubt(where=group.name, what=refused.what, hint=refused.hint)
        return group
