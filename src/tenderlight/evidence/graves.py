"""Withdrawn records in a check: just the announced tombstone, or a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO

from tenderlight.evidence.burial import is_buried, tombstone_of
from tenderlight.evidence.ledger import LEDGER, Line, places
from tenderlight.evidence.records import Damage
from tenderlight.evidence.warc import digest_of, is_possible, read_record
from tenderlight.model import BrokenEvidence

_RESTORE = "Restore this file from a copy of the evidence, then verify again."


class Graves:
    """Knows which lines were withdrawn; `withdrawn` has the line that says so for each."""

    def __init__(
        self,
        withdrawn: Mapping[int, Line],
        found: Callable[[Damage], None],
        unfinished: Callable[[Damage], None] | None,
    ) -> None:
        self.count = 0
        """Withdrawn captures that were met."""
        self._withdrawn, self._found, self._unfinished = withdrawn, found, unfinished

    def excuse(self, file: BinaryIO, line: Line) -> bool:
        """True if a line's records need not be there. What is wrong in their place is told."""
        by, capture = self._withdrawn.get(line.number), line.capture
        if by is None or capture is None or not is_possible(capture):
            return False
        try:
            tombstone_of(line, by)
        except BrokenEvidence:
            return False  # `check` tells of the line that announces it
        self.count += 1
        if not is_buried(file, line, by):
            what = _there_again if _is_there(file, line) else _changed
            hint = f"Run `tenderlight withdraw` for {capture.id} again: it puts this right."
            told = Damage(file=capture.warc, offset=capture.offset, what=what(line, by), hint=hint)
            (self._unfinished or self._found)(told)
        return True

    def check(self, by: Line, line: Line | None) -> None:
        """A line that withdraws, and the line that it means, None if there is none."""
        what = None
        try:
            if line is None:
                what = f"line {by.number} withdraws a line that is not there"
            elif self._withdrawn.get(line.number) != by:
                what = f"line {by.number} withdraws line {line.number} a second time"
            else:
                tombstone_of(line, by)
        except BrokenEvidence as error:
            what = str(error)
        if what is not None:
            self._found(Damage(file=LEDGER, offset=0, what=what, hint=_RESTORE))


def _is_there(file: BinaryIO, line: Line) -> bool:
    return all(
        digest_of(read_record(file, offset, length)) == sha256
        for offset, length, sha256 in places(line)
    )


def _there_again(line: Line, by: Line) -> str:
    return f"the record of line {line.number}, which line {by.number} withdrew, is still there"


def _changed(line: Line, by: Line) -> str:
    return (
        f"what stands in place of line {line.number}, withdrawn by line {by.number}, is not whole"
    )
