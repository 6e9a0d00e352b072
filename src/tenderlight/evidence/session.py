"""A session of appending to the evidence: records, then lines, then the head, or nothing."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.files import open_inside, sync_folder
from tenderlight.evidence.ledger import (
    Beside,
    Head,
    Line,
    Opening,
    digest,
    encode_line,
    save_head,
)
from tenderlight.evidence.recover import Cleared, Settled
from tenderlight.evidence.warc import warc_name, warc_number
from tenderlight.evidence.write import AsFound, Placed, Record, opening, write_record
from tenderlight.model import Capture, Stamp, Withdrawal

Clock = Callable[[], datetime]
BATCH_BYTES = 64 * 2**20


class Session:
    """What is appended is safe once `commit` has come back."""

    def __init__(
        self,
        folder: Path,
        ledger: BinaryIO,
        settled: Settled,
        now: Clock,
        batch: int,
        rotate: int,
    ) -> None:
        self.folder = folder
        self.known = settled.known
        self.cleared: tuple[Cleared, ...] = settled.cleared
        self.acknowledged: Callable[[int], None] | None = None
        self.owing = False
        """True while something is under way that the next session must settle if this one fails."""
        self._ledger, self._now = ledger, now
        self._batch, self._rotate = batch, rotate
        self._head = self._next = settled.head
        self._first = settled.head.count
        self._warc: io.FileIO | None = None
        self._number, self._end = 0, rotate
        if settled.last is not None:
            self._number, self._end = warc_number(settled.last.warc) or 0, settled.last.end
        self._opening: Opening | None = None
        self._safe_end = self._end
        self._lines: list[bytes] = []

    @property
    def next_number(self) -> int:
        """The number that the next ledger line will have."""
        return self._next.count + 1

    def append(self, *, stamp: Stamp | None = None, withdrawal: Withdrawal | None = None) -> Line:
        """Add a line that comes without a record: a time stamp, or a withdrawal."""
        self._begin_writing()
        return self._append_line(stamp=stamp, withdrawal=withdrawal)

    def commit(self) -> None:
        """Make everything so far safe, records first, then lines, then the head."""
        if not self._lines:
            return
        if self._warc is not None:
            os.fsync(self._warc.fileno())
        _write(self._ledger.fileno(), b"".join(self._lines), self._head.size)
        os.fsync(self._ledger.fileno())
        save_head(self.folder, self._next)
        self._head, self._lines = self._next, []
        if self._opening is None:  # else no line names the WARC file yet
            self._safe_end = self._end
        if self.acknowledged is not None:
            self.acknowledged(self._head.count - self._first)

    def close(self) -> None:
        """End the session: what was not acknowledged is cut off again.

        Where even that fails the head still says `writing`, and the next session clears up.
        """
        if not self._head.writing:
            return
        if not self.owing:
            self._cut_off()
        if self._warc is not None:
            self._warc.close()

    def _cut_off(self) -> None:
        with suppress(OSError):
            if self._warc is not None and not self._safe_end:
                (self.folder / warc_name(self._number)).unlink()
            else:
                self._cut(self._safe_end)
            os.truncate(self._ledger.fileno(), self._head.size)
            save_head(self.folder, msgspec.structs.replace(self._head, writing=False))

    @contextmanager
    def _whole_or_nothing(self) -> Iterator[int]:
        """Have a WARC file open that has room; what is written to it without its line is cut off.

        Gives where in the file the next record begins.
        """
        self._begin_writing()
        if self._end >= self._rotate and self._opening is None:
            self._begin_warc()
        elif self._warc is None:
            name = warc_name(self._number)
            self._warc = io.FileIO(open_inside(self.folder, name, os.O_RDWR), "r+")
            self._warc.seek(self._end)
        offset, number = self._end, self._next.count
        try:
            yield offset
        except BaseException:
            if self._next.count == number:
                self._end = offset
                self._cut(offset)
            raise

    def _write(self, record: Record | AsFound) -> Placed:
        assert self._warc is not None  # noqa: S101 - _whole_or_nothing opened it
        placed = write_record(self._warc, record, self._end)
        self._end += placed.length
        return placed

    def _append_line(
        self,
        *,
        capture: Capture | None = None,
        beside: tuple[Beside, ...] = (),
        stamp: Stamp | None = None,
        withdrawal: Withdrawal | None = None,
    ) -> Line:
        head = self._next
        line = Line(
            after=head.sha256,
            number=head.count + 1,
            capture=capture,
            opening=self._opening if capture is not None else None,
            beside=beside,
            stamp=stamp,
            withdrawal=withdrawal,
        )
        raw = encode_line(line)
        if capture is not None:
            self._opening = None
        self._lines.append(raw)
        self._next = Head(
            count=line.number, sha256=digest(raw), size=head.size + len(raw), writing=True
        )
        if len(self._lines) >= self._batch or self._end - self._safe_end >= BATCH_BYTES:
            self.commit()
        return line

    def _begin_writing(self) -> None:
        """Have the head say that somebody writes: a crash now leaves something to clear."""
        if not self._head.writing:
            self._head = self._next = msgspec.structs.replace(self._head, writing=True)
            save_head(self.folder, self._head)

    def _begin_warc(self) -> None:
        self.commit()
        name = warc_name(self._number + 1)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        begun = io.FileIO(open_inside(self.folder, name, flags), "r+")
        if self._warc is not None:
            self._warc.close()
        self._warc, self._safe_end = begun, 0
        self._number += 1
        sync_folder(self.folder)
        placed = write_record(self._warc, opening(name, rfc3339(self._now())), 0)
        self._opening = Opening(length=placed.length, record_sha256=placed.sha256)
        self._end = placed.length

    def _cut(self, end: int) -> None:
        if self._warc is not None:
            self._warc.seek(end)
            self._warc.truncate()


def _write(number: int, data: bytes, offset: int) -> None:
    """Write past all buffers: nothing may come later, when the session has given up."""
    left = memoryview(data)
    while left:
        written = os.pwrite(number, left, offset)
        left, offset = left[written:], offset + written
