"""The evidence of one corpus: list it, take documents out of it, add to it, check it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from tenderlight.evidence import keep, verify
from tenderlight.evidence.document import document_of, head_of
from tenderlight.evidence.files import open_inside, read_inside
from tenderlight.evidence.ledger import (
    LEDGER,
    LONGEST_LINE,
    VERIFY,
    Head,
    Line,
    digest,
    load_head,
    parse_line,
    places,
    read_lines,
)
from tenderlight.evidence.marks import find_marks, last_line
from tenderlight.evidence.warc import is_possible, warc_number
from tenderlight.model import BrokenEvidence, Capture, Withdrawal, Withdrawn

T = TypeVar("T")


class Store:
    """An `evidence/` folder. Every process opens its own; reading never changes a byte.

    Readers see exactly what was acknowledged, also while another process adds more.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: _Open | None = None
        self._withdrawn: tuple[str, dict[int, Withdrawal]] = ("", {})

    def keeping(
        self, now: keep.Clock, acknowledged: Callable[[int], None] | None = None
    ) -> AbstractContextManager[keep.Keeping]:
        """A session of adding: `with store.keeping(clock) as session: session.keep(file, ...)`."""
        return keep.keeping(self.folder, now, acknowledged)

    def head(self) -> Head:
        """How many captures there are, and the digest of the last line. Empty where none is."""
        return load_head(self.folder) or Head()

    def lines(self, from_line: int = 1) -> Iterator[bytes]:
        """Raw ledger lines from a line on, with the chain checked from the first.

        Refuses (BrokenEvidence) a ledger that is not the acknowledged one. That may be noticed
        only at its end, so use nothing before the last line came.
        """
        head = self.head()
        if not head.count:
            return
        try:
            ledger = read_inside(self.folder, LEDGER)
        except FileNotFoundError as error:
            raise BrokenEvidence(f"{LEDGER} is missing. Restore evidence/ from a copy.") from error
        with ledger:
            for number, raw in enumerate(read_lines(ledger, head), start=1):
                if number >= from_line:
                    yield raw

    def captures(self, from_line: int = 1) -> Iterator[Capture]:
        """Every capture in the order of adding, from a ledger line on. Refuses as `lines` does."""
        for raw in self.lines(from_line):
            capture = parse_line(raw).capture
            if capture is not None:
                yield capture

    def entries_at(self, place: int, count: int, last: str) -> Iterator[Line]:
        """So many lines from a byte of the ledger on, for one who has walked the chain before.

        `last` is the digest of the last of these lines: it vouches for all before it. Refuses
        (BrokenEvidence) when the ledger is not the same any more.
        """
        with read_inside(self.folder, LEDGER) as ledger:
            ledger.seek(place)
            raws = [ledger.readline(LONGEST_LINE) for _ in range(count)]
        digests = [digest(raw) for raw in raws]
        if not raws or digests[-1] != last:
            raise BrokenEvidence(f"{LEDGER} changed meanwhile. {VERIFY}")
        lines = [parse_line(raw) for raw in raws]
        if [line.after for line in lines[1:]] != digests[:-1]:
            raise BrokenEvidence(f"{LEDGER} changed meanwhile. {VERIFY}")
        yield from lines

    def entries(self, from_line: int = 1) -> Iterator[Line]:
        """Every line, parsed, from one on. Refuses as `lines` does."""
        for raw in self.lines(from_line):
            yield parse_line(raw)

    def last_line(self) -> tuple[int, bytes]:
        """The number of the last line, and the line as it stands there; 0 where there is none."""
        head = self.head()
        if not head.count:
            return 0, b""
        with read_inside(self.folder, LEDGER) as ledger:
            return head.count, last_line(ledger, head.size, head.sha256)

    def withdrawn(self) -> dict[int, Withdrawal]:
        """What was taken out of the evidence, by the number of its ledger line."""
        head = self.head()
        if self._withdrawn[0] != head.sha256 and head.count:
            with read_inside(self.folder, LEDGER) as ledger:
                marks = find_marks(ledger, head.size)
            found = {n: by.withdrawal for n, by in marks.withdrawn.items() if by.withdrawal}
            self._withdrawn = (head.sha256, found)
        return dict(self._withdrawn[1])

    def payload(self, capture: Capture) -> bytes:
        """The document: as it was added, or an answer's body without its codings.

        Refuses (BrokenEvidence) when record or document are not what the ledger says of them, and
        (Withdrawn) when they were taken out by decision. Quickest in the order of the ledger.
        """
        return self._read(capture, document_of)

    def exchange(self, capture: Capture) -> tuple[bytes, bytes]:
        """The head of an answer as it was received, and the document. No head: no answer came.

        Refuses as `payload` does.
        """
        return self._read(capture, lambda raw, of: (head_of(raw, of), document_of(raw, of)))

    def records(self, line: Line) -> tuple[bytes, ...]:
        """The records of a line as they lie in the file, each a gzip member: first the capture's.

        Refuses (BrokenEvidence) what is not as the ledger says, and (Withdrawn) tombstones.
        """
        capture = line.capture
        if capture is None:
            return ()
        with self._told(capture):
            return tuple(self._record(capture.warc, *place) for place in places(line))

    def verify(
        self, progress: Callable[[int, int], None] | None = None, *, documents: bool = False
    ) -> verify.Report:
        """Check every byte; see `tenderlight.evidence.verify`."""
        return verify.verify(self.folder, progress, documents=documents)

    def _read(self, capture: Capture, read: Callable[[bytes, Capture], T]) -> T:
        with self._told(capture):
            place = (capture.offset, capture.length, capture.record_sha256)
            return read(self._record(capture.warc, *place), capture)

    @contextmanager
    def _told(self, capture: Capture) -> Iterator[None]:
        """Have an error say which capture it is, and what to do."""
        try:
            if not is_possible(capture):
                raise BrokenEvidence("the ledger names a record such as we never write")
            yield
        except (BrokenEvidence, OSError) as error:
            self._refuse_withdrawn(capture)
            raise BrokenEvidence(
                f"{capture.file} ({capture.id}), {capture.warc} at byte {capture.offset}: {error}. "
                "Run `tenderlight verify` for the extent, and restore evidence/ from a copy."
            ) from error

    def _refuse_withdrawn(self, capture: Capture) -> None:
        for each in self.withdrawn().values():
            if each.id == capture.id:
                raise Withdrawn(
                    f"{capture.id} was withdrawn on {each.decided} by {each.by}: {each.reason}. "
                    "Its ledger line stays, the document is gone."
                )

    def _record(self, warc: str, offset: int, length: int, sha256: str) -> bytes:
        if self._open is None or self._open.name != warc:
            self._open = _Open(self.folder, warc)
        opened = self._open  # our own reference: another thread may move on to the next file
        if length < 0 or offset + length > os.fstat(opened.number).st_size:
            raise BrokenEvidence("the file is too short, or the ledger says too much")
        raw = os.pread(opened.number, length, offset)
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise BrokenEvidence("the record has another digest")
        return raw


class _Open:
    """A WARC file kept open for the next record; closed when nobody uses it any more."""

    def __init__(self, folder: Path, name: str) -> None:
        self.number = -1
        if warc_number(name) is None:
            raise BrokenEvidence("that is no WARC file of ours")
        self.name = name
        self.number = open_inside(folder, name)

    def __del__(self) -> None:
        if self.number >= 0:
            os.close(self.number)
