"""Time stamps and withdrawals, checked in one walk over the ledger with everything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from tenderlight.evidence.graves import Graves
from tenderlight.evidence.ledger import Line, decode_line
from tenderlight.evidence.marks import find_lines, find_marks
from tenderlight.evidence.records import Damage
from tenderlight.evidence.stamped import Covered, Stamped
from tenderlight.model import BrokenEvidence

Tell = Callable[[Damage], None]


class Proofs:
    """What lines of the ledger say of other lines. Reads the ledger once before the walk."""

    def __init__(
        self,
        folder: Path,
        ledger: BinaryIO,
        size: int,
        *,
        found: Tell,
        doubted: Tell,
        unfinished: Tell | None,
    ) -> None:
        self._ledger, self._size, self._unfinished = ledger, size, unfinished
        self._marks = find_marks(ledger, size)
        self._stamped = Stamped(folder, self._marks.stamps, found, doubted)
        self.graves = Graves(self._marks.withdrawn, found, unfinished)

    def walk(self, line: Line, sha256: str) -> None:
        """The next line of the ledger, and its digest."""
        self._stamped.walk(line, sha256)

    def finish(self, last: int) -> None:
        """Behind the last line: withdrawals that mean no line, stamps that no line names."""
        wanted = [by.withdrawal.line for by in self._marks.withdrawals if by.withdrawal]
        raws = find_lines(self._ledger, self._size, wanted)
        for by, number in zip(self._marks.withdrawals, wanted, strict=True):
            self.graves.check(by, _decode(raws.get(number)))
        for left in self._stamped.finish(last, is_writing=self._unfinished is not None):
            if self._unfinished is not None:
                self._unfinished(left)

    @property
    def stamps(self) -> tuple[Covered, ...]:
        """What each authority vouches for."""
        return tuple(self._stamped.covered.values())


def _decode(raw: bytes | None) -> Line | None:
    try:
        return None if raw is None else decode_line(raw)
    except BrokenEvidence:
        return None  # who walks the ledger has told of it
