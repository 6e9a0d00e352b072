"""The WARC files, walked in the order of the ledger: each record as it was, nothing between."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from tenderlight.evidence.document import is_document
from tenderlight.evidence.files import read_inside
from tenderlight.evidence.ledger import Line, places, room
from tenderlight.evidence.warc import (
    CHUNK,
    MOST,
    digest_of,
    is_possible,
    read_record,
    warc_name,
    warc_number,
)
from tenderlight.model import BrokenEvidence, Capture

_RESTORE = "Restore this file from a copy of the evidence, then verify again."


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the evidence that is not as it was written."""

    file: str
    """Relative to `evidence/`."""
    offset: int
    """Where it begins in that file."""
    what: str
    hint: str


class _Bad(msgspec.Struct):
    """Damaged records that follow each other in one file."""

    what: str
    offset: int
    end: int
    first: int
    last: int


class Records:
    """Checks the records of ledger lines as they come; memory does not grow with their number."""

    def __init__(
        self,
        folder: Path,
        found: Callable[[Damage], None],
        progress: Callable[[int, int], None] | None,
        *,
        documents: bool,
    ) -> None:
        self.is_excused: Callable[[BinaryIO, Line], bool] = lambda file, line: False
        """True if the records of a line were withdrawn; what is wrong there is told already."""
        self._documents = documents
        self._start, self._piece = 0, memoryview(b"")
        self._told = 0
        self.names: set[str] = set()
        self.done = 0
        self._folder, self._found, self._progress = folder, found, progress
        self._total = sum(
            path.stat().st_size for path in folder.iterdir() if warc_number(path.name) is not None
        )
        self._name, self._position = "", 0
        self._file: BinaryIO | None = None
        self._bad: _Bad | None = None

    def check(self, line: Line) -> None:
        """Check the records that a line names, and what stands before them."""
        capture = line.capture
        if capture is None:
            return
        if capture.warc != self._name:
            self._turn_to(line, capture)
        if capture.offset > self._position:
            self._unnamed(self._position, capture.offset)
        elif capture.offset < self._position:
            what = f"line {line.number} of the ledger names bytes that an earlier line named"
            self._tell(capture.offset, what)
        length = room(line)
        if self._file is not None:
            excused = self.is_excused(self._file, line)
            wrong = None if excused else self._compare(self._file, line, capture)
            if wrong is not None:
                self._mark(wrong, capture.offset, length, line.number)
        self._position = max(self._position, capture.offset + length)
        self.done += length
        if self._progress is not None and (self.done - self._told > CHUNK):
            self.tell_progress()

    def tell_progress(self) -> None:
        """Say how far the check is."""
        if self._progress is not None:
            self._progress(self.done, self._total)
            self._told = self.done

    def finish(self) -> list[tuple[str, int, int]]:
        """What stands behind the last record: file, offset, size."""
        behind = self._size() - self._position if self._file is not None else 0
        name, position = self._name, self._position
        self._close()
        return [(name, position, behind)] if behind > 0 else []

    def next_name(self) -> str:
        """The file that a session would begin after the last one."""
        return warc_name(max((warc_number(name) or 0 for name in self.names), default=0) + 1)

    def _turn_to(self, line: Line, capture: Capture) -> None:
        """Leave one WARC file and begin with the next, or with one that came before."""
        behind = self.finish()
        for _, offset, size in behind:
            self._tell(offset, f"{size} bytes stand behind the last record of this file")
        name = capture.warc
        again = name in self.names
        self.names.add(name)
        self._name, self._position = name, 0
        self._start, self._piece = 0, memoryview(b"")
        path = self._folder / name
        if warc_number(name) is None or path.is_symlink() or not path.is_file():
            self._tell(0, f"this file is missing; line {line.number} of the ledger names it")
            return
        self._file = read_inside(self._folder, name)
        if again:
            self._position = capture.offset
            self._tell(0, f"line {line.number} of the ledger returns to this file")
        self._check_opening(line)

    def _check_opening(self, line: Line) -> None:
        if line.opening is None or self._file is None:
            return
        opening = line.opening
        if not 0 < opening.length <= CHUNK or (
            self._digest(self._file, 0, opening.length) != opening.record_sha256
        ):
            self._tell(0, "the warcinfo record at the start of this file was changed")
        self._position = opening.length
        self.done += opening.length

    def _compare(self, file: BinaryIO, line: Line, capture: Capture) -> str | None:
        """What is wrong with the records of a line, None if nothing is."""
        if not is_possible(capture) or any(not 0 < each.length <= MOST for each in line.beside):
            return "the ledger names a record such as we never write"
        for offset, length, sha256 in places(line):
            if self._digest(file, offset, length) != sha256:
                return _missing(self._size(), offset + length) or "bytes of the record were changed"
        return self._compare_document(file, capture) if self._documents else None

    def _digest(self, file: BinaryIO, offset: int, length: int) -> str:
        """Of bytes of the file, which is read in large pieces as the records come."""
        start = offset - self._start
        if start < 0 or start + length > len(self._piece):
            if length > CHUNK:
                return digest_of(read_record(file, offset, length))
            file.seek(offset)
            self._start, self._piece, start = offset, memoryview(file.read(CHUNK)), 0
        return hashlib.sha256(self._piece[start : start + length]).hexdigest()

    def _compare_document(self, file: BinaryIO, capture: Capture) -> str | None:
        try:
            if is_document(read_record(file, capture.offset, capture.length), capture):
                return None
            return "the document is not the one whose digest stands in the ledger"
        except BrokenEvidence as error:
            return str(error)

    def _mark(self, what: str, offset: int, length: int, number: int) -> None:
        """Hold a damaged record back: where the next is damaged too, they are one finding."""
        bad = self._bad
        if bad is not None and bad.what == what and bad.last + 1 == number:
            bad.end, bad.last = offset + length, number
            return
        self._tell_bad()
        self._bad = _Bad(what, offset, offset + length, number, number)

    def _tell_bad(self) -> None:
        bad, self._bad = self._bad, None
        if bad is None:
            return
        lines = f"ledger line {bad.first}"
        if bad.last > bad.first:
            lines = f"ledger lines {bad.first} to {bad.last}"
        self._tell(bad.offset, f"{bad.what} (bytes {bad.offset} to {bad.end - 1}, {lines})")

    def _unnamed(self, start: int, end: int) -> None:
        if self._file is not None:
            self._tell(start, f"bytes {start} to {end - 1} are named by no ledger line")

    def _tell(self, offset: int, what: str) -> None:
        self._found(Damage(file=self._name, offset=offset, what=what, hint=_RESTORE))

    def _size(self) -> int:
        return os.fstat(self._file.fileno()).st_size if self._file is not None else 0

    def _close(self) -> None:
        self._tell_bad()
        if self._file is not None:
            self._file.close()
            self._file = None


def _missing(size: int, end: int) -> str | None:
    if end <= size:
        return None
    return "the file was shortened: the end of the record, or all of it, is missing"
