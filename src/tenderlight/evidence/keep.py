"""Adding to the evidence: one session at a time, acknowledged only when it is safely on disk."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from tenderlight.evidence.files import open_inside, sync_folder
from tenderlight.evidence.ledger import (
    Head,
    Line,
    Opening,
    digest,
    encode_line,
    locked,
    save_head,
)
from tenderlight.evidence.recover import Cleared, Settled, capture_name, settle
from tenderlight.evidence.warc import (
    CHUNK,
    LARGEST,
    ROTATE,
    Readable,
    target_uri,
    warc_name,
    warc_number,
    write_opening,
    write_record,
)
from tenderlight.model import Capture, Refused, Statement

Clock = Callable[[], datetime]
BATCH = 256
"""Captures per acknowledgement: what a crash can cost, against the time that fsync takes."""
BATCH_BYTES = 64 * 2**20


@contextmanager
def keeping(
    folder: Path,
    now: Clock,
    acknowledged: Callable[[int], None] | None = None,
    *,
    batch: int = BATCH,
    rotate: int = ROTATE,
) -> Iterator[Keeping]:
    """A session of adding to the evidence in `folder`; see `Keeping`.

    Refuses a second session beside this one (Refused), and evidence that is broken
    (BrokenEvidence). `acknowledged` hears how many new captures are safe, after each batch.
    """
    with locked(folder, to_write=True) as ledger:
        session = Keeping(folder, ledger, settle(folder, ledger), now, batch, rotate)
        session.acknowledged = acknowledged
        try:
            yield session
            session.commit()
        except OSError as error:
            raise Refused(
                f"Adding stopped: {error}.",
                "Everything acknowledged is safe. If the disk is full make room, then add again.",
            ) from error
        finally:
            session.close()


class Keeping:
    """An open session. What `keep` gives back is safe once `acknowledged` has heard of it."""

    def __init__(
        self,
        folder: Path,
        ledger: BinaryIO,
        settled: Settled,
        now: Clock,
        batch: int,
        rotate: int,
    ) -> None:
        self.cleared: tuple[Cleared, ...] = settled.cleared
        self.acknowledged: Callable[[int], None] | None = None
        self._folder, self._ledger, self._now = folder, ledger, now
        self._batch, self._rotate = batch, rotate
        self._known, self._head = settled.known, settled.head
        self._first = settled.head.count
        self._warc: io.FileIO | None = None
        self._number, self._end = 0, rotate
        if settled.last is not None:
            self._number = warc_number(settled.last.warc) or 0
            self._end = settled.last.offset + settled.last.length
        self._opening: Opening | None = None
        self._safe_end = self._end
        self._lines: list[bytes] = []
        self._next = settled.head

    def keep(
        self,
        document: BinaryIO,
        *,
        file: str,
        url: str | None = None,
        captured: str | None = None,
        stated: Statement | None = None,
    ) -> Capture | None:
        """Preserve a document, read from its start; None if the same came from there before.

        Refuses (Refused) one that is empty, too large, cannot be read or changes meanwhile; then
        the session is as it was, and goes on.
        """
        sha256, size, whole = _measure(document, file)
        name, rest = capture_name(sha256, url or file)
        if self._is_known(name, rest, file):
            return None
        self._prepare()
        offset, added = self._end, _rfc3339(self._now())
        payload = io.BytesIO(whole) if whole is not None else _Again(document, size, sha256, file)
        assert self._warc is not None  # noqa: S101 - _prepare opened it
        try:
            placed = write_record(
                self._warc,
                payload,
                uri=target_uri(file, url),
                date=added,
                sha256=sha256,
                size=size,
                offset=offset,
            )
        except Refused:
            self._cut(offset)
            raise
        capture = Capture(
            id=f"{name:016x}",
            file=file,
            sha256=sha256,
            size=size,
            added=added,
            warc=warc_name(self._number),
            offset=offset,
            length=placed.length,
            record_sha256=placed.sha256,
            url=url,
            captured=captured,
            stated=stated,
        )
        self._known[name] = rest
        self._end += placed.length
        self._append(capture)
        return capture

    def commit(self) -> None:
        """Make everything kept so far safe, records first, then lines, then the head."""
        if not self._lines or self._warc is None:
            return
        os.fsync(self._warc.fileno())
        _write(self._ledger.fileno(), b"".join(self._lines), self._head.size)
        os.fsync(self._ledger.fileno())
        save_head(self._folder, self._next)
        self._head, self._safe_end, self._lines = self._next, self._end, []
        if self.acknowledged is not None:
            self.acknowledged(self._head.count - self._first)

    def close(self) -> None:
        """End the session: what was not acknowledged is cut off again.

        Where even that fails the head still says `writing`, and the next session clears up.
        """
        if self._warc is None:
            return
        with suppress(OSError):
            if not self._safe_end:
                (self._folder / warc_name(self._number)).unlink()
            else:
                self._cut(self._safe_end)
            os.truncate(self._ledger.fileno(), self._head.size)
            save_head(self._folder, msgspec.structs.replace(self._head, writing=False))
        self._warc.close()

    def _is_known(self, name: int, rest: int, file: str) -> bool:
        if name in self._known and self._known[name] != rest:
            raise Refused(
                f"{file} would get the id {name:016x}, which another document has.",
                "That is no chance, somebody made it so: add it to a corpus of its own.",
            )
        return name in self._known

    def _prepare(self) -> None:
        """Have a WARC file open that has room, and the head saying that it is written to."""
        if not self._head.writing:
            self._head = self._next = msgspec.structs.replace(self._head, writing=True)
            save_head(self._folder, self._head)
        if self._end >= self._rotate and self._opening is None:
            self._begin_warc()
        elif self._warc is None:
            name = warc_name(self._number)
            self._warc = io.FileIO(open_inside(self._folder, name, os.O_RDWR), "r+")
            self._warc.seek(self._end)

    def _begin_warc(self) -> None:
        self.commit()
        name = warc_name(self._number + 1)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        begun = io.FileIO(open_inside(self._folder, name, flags), "r+")
        if self._warc is not None:
            self._warc.close()
        self._warc, self._safe_end = begun, 0
        self._number += 1
        sync_folder(self._folder)
        placed = write_opening(self._warc, name, _rfc3339(self._now()))
        self._opening = Opening(length=placed.length, record_sha256=placed.sha256)
        self._end = placed.length

    def _append(self, capture: Capture) -> None:
        head = self._next
        line = Line(
            after=head.sha256, number=head.count + 1, capture=capture, opening=self._opening
        )
        raw = encode_line(line)
        self._opening = None
        self._lines.append(raw)
        self._next = Head(
            count=line.number, sha256=digest(raw), size=head.size + len(raw), writing=True
        )
        if len(self._lines) >= self._batch or self._end - self._safe_end >= BATCH_BYTES:
            self.commit()

    def _cut(self, end: int) -> None:
        if self._warc is not None:
            self._warc.seek(end)
            self._warc.truncate()


class _Again:
    """A large document, read a second time to write it: refuses if it is not the same any more."""

    def __init__(self, document: BinaryIO, size: int, sha256: str, file: str) -> None:
        document.seek(0)
        self._document, self._left, self._file = document, size, file
        self._expected, self._sha256 = sha256, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, up to the size that was measured."""
        wanted = self._left if size < 0 else min(size, self._left)
        piece = _read(self._document, wanted, self._file) if wanted else b""
        self._left -= len(piece)
        self._sha256.update(piece)
        ended = not piece or not self._left
        if ended and (self._left or self._sha256.hexdigest() != self._expected):
            raise Refused(
                f"{self._file} changed while it was read.", "Add it again when it is complete."
            )
        return piece


def _measure(document: BinaryIO, file: str) -> tuple[str, int, bytes | None]:
    """Digest and size of a document, and the whole of it where that is at most one chunk."""
    sha256, size, first = hashlib.sha256(), 0, b""
    while piece := _read(document, CHUNK, file):
        first = first or piece
        size += len(piece)
        sha256.update(piece)
        if size > LARGEST:
            raise Refused(
                f"{file} is larger than {LARGEST >> 20} MB.",
                "Split it, or leave it out: no reader would get through it.",
            )
    if not size:
        raise Refused(f"{file} is empty: there is nothing to preserve.", "Fetch it again.")
    return sha256.hexdigest(), size, first if len(first) == size else None


def _write(number: int, data: bytes, offset: int) -> None:
    """Write past all buffers: nothing may come later, when the session has given up."""
    left = memoryview(data)
    while left:
        written = os.pwrite(number, left, offset)
        left, offset = left[written:], offset + written


def _read(document: Readable, size: int, file: str) -> bytes:
    try:
        return document.read(size)
    except OSError as error:
        raise Refused(
            f"{file} cannot be read: {error.strerror}.",
            "Check the file and its disk, add it again.",
        ) from error


def _rfc3339(time: datetime) -> str:
    """A time in UTC as RFC 3339 prints it, to the second. Refuses a time without its zone."""
    if time.tzinfo is None:
        raise ValueError("a time without its zone could be any hour of the day")
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
