"""One batch of documents, from evidence to rows: what a worker process does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec

from tenderlight.apart import OF_THE_MACHINE
from tenderlight.corpus.attached import Beside
from tenderlight.corpus.derive import Made, derive_together, given
from tenderlight.corpus.engine import tell
from tenderlight.corpus.exchanges import BESIDE, exchange_rows, withdrawn_row
from tenderlight.corpus.finished import OneNotice, finish_notice
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.index import Entry
from tenderlight.corpus.path import PATH, given_definitions, method_digest
from tenderlight.corpus.remember import BatchFile, Shelf
from tenderlight.corpus.schemas import SCHEMAS
from tenderlight.corpus.tables import Tables, empty_tables, save_tables
from tenderlight.corpus.witness import Witness
from tenderlight.evidence import Store
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import (
    BrokenEvidence,
    Capture,
    Problem,
    TenderlightError,
    Unreadable,
    Withdrawal,
)
from tenderlight.reading import Attached
from tenderlight.technologies import load_definitions

TOGETHER, TOGETHER_BYTES = 100, 4_000_000
"""Notices that are worked on together, unless they are large, and then committed: what a killed
build may have to do again."""
MAY_FARE_BETTER = OF_THE_MACHINE | {"reading.failed", "reading.testimony"}
"""Problems of this computer, or of what was kept of a page: not of the document alone."""
_WORDS = tuple(code.encode() for code in sorted(MAY_FARE_BETTER))
"""As they stand in a remembered result."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the ledger to work on, and the name of everything that can change its rows."""

    root: Path
    batch: int
    first: int
    """The number of its first ledger line, counted from 0."""
    place: int
    """Where that line starts in the ledger, in bytes."""
    count: int
    last: str
    """The digest of its last ledger line, which vouches for the others."""
    key: str
    method: str
    indexed: str
    """The digest of what the search index has for this batch already."""
    engine: str = ""
    """The recogniser of pictures; empty: they are left unread."""
    withdrawn: dict[int, Withdrawal] = {}
    """Of its lines, by number, those whose records were taken out since."""
    beside: dict[str, tuple[Beside, ...]] = {}
    """What belongs to its notices, by notice, wherever in the ledger it stands."""
    gone: frozenset[int] = frozenset()
    """Of the lines in `beside`, those whose records were taken out since."""
    retry: bool = False
    """Forget the readings that may fare better now (`MAY_FARE_BETTER`)."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a batch. `entries` is None where the index has them already."""

    batch: int
    key: str
    captures: int
    """Notices among its lines."""
    unread: int
    problems: int
    rows: str
    index: str
    entries: list[Entry] | None
    steps_run: int
    """Step runs on single documents; the rest was remembered."""


class Counted:
    """A memory that counts what it did not know."""

    def __init__(self, memory: BatchFile, retry: bool = False) -> None:
        self.memory, self.new, self._retry = memory, 0, retry

    def get(self, key: bytes) -> bytes | None:
        """The remembered result, or None; None too where it is to be tried again."""
        result = self.memory.get(key)
        if self._retry and result is not None and any(c in result for c in _WORDS):
            return None
        return result

    def put(self, key: bytes, value: bytes) -> None:
        """Remember a result, and count it."""
        self.new += 1
        self.memory.put(key, value)


class _Rows:
    """What a batch's rows add up to, gathered document by document."""

    def __init__(self) -> None:
        self.tables, self.shelves, self.entries = empty_tables(), list[Shelf](), list[Entry]()
        self.unread = 0
        self._digest = hashlib.sha256()

    def add(self, notice: OneNotice) -> None:
        """One more notice."""
        self.enter(notice.tables)
        self.shelves.append(notice.shelf)
        self.entries.append(notice.entry)
        self.unread += not notice.readable
        self._digest.update(notice.shelf.row + b"\n")

    def enter(self, tables: Tables) -> None:
        """Rows of tables, whatever they come from."""
        for name, some in tables.items():
            self.tables[name] += some

    def digest(self) -> str:
        """The same for the same rows."""
        digest = self._digest.copy()
        for name in BESIDE:
            if self.tables[name]:
                digest.update(msgspec.json.encode(self.tables[name]) + b"\n")
        return digest.hexdigest()


def work_on(work: Work) -> Finished:
    """Derive a batch's rows, write its tables, and say what the search index should hold.

    A top-level function of one value that can be sent anywhere: an engine needs nothing else.
    """
    folder = Folder(work.root)
    rows = _Rows()
    with BatchFile(folder.batch(work.batch), writing=True) as memory:
        counted = Counted(memory, work.retry)
        with Testimony(folder.testimony) as testimony:
            _gather(work, folder, counted, rows, Witness(testimony, work.engine))
        memory.finish(rows.shelves)
    save_tables(rows.tables, {n: folder.table(n, work.batch, work.key) for n in SCHEMAS})
    index = hashlib.sha256(msgspec.msgpack.encode(rows.entries)).hexdigest()
    return Finished(
        batch=work.batch,
        key=work.key,
        captures=len(rows.shelves),
        unread=rows.unread,
        problems=len(rows.tables["problem"]),
        rows=rows.digest(),
        index=index,
        entries=None if index == work.indexed else rows.entries,
        steps_run=counted.new,
    )


def _gather(work: Work, folder: Folder, memory: Counted, rows: _Rows, witness: Witness) -> None:
    """The rows of every line: of a notice all that is read in it, of the rest what it is."""
    store = Store(folder.evidence)
    definitions = _definitions(folder.own_definitions, work.method, work.engine)
    read = _Read(work, store, definitions, memory, witness)
    lines = store.entries_at(work.place, work.count, work.last)
    for number, line in enumerate(lines, start=work.first):
        capture = line.capture
        if capture is None:
            tell(lines=1)
            continue
        if line.number in work.withdrawn:
            read.all_that_wait(rows)  # before what is kept of a notice is forgotten
            tell(lines=1)
            witness.testimony.forget(capture.of or capture.id)
            rows.enter({"withdrawn": [withdrawn_row(capture, work.withdrawn[line.number])]})
            continue
        rows.enter(exchange_rows(line, capture, store))
        if capture.role == "notice":
            read.enter(capture, number, rows)
        else:
            tell(lines=1)
    read.all_that_wait(rows)


@dataclass(slots=True)
class _Read:
    """What is needed to walk the path with the notices of a batch."""

    work: Work
    store: Store
    definitions: Made
    memory: Counted
    witness: Witness
    waiting: list[tuple[Capture, int]] = field(default_factory=list)
    """Notices that are to be read, each with the number of its line."""
    weight: int = 0
    """Of their documents, in bytes."""

    def enter(self, capture: Capture, number: int, rows: _Rows) -> None:
        """One more notice; where that makes enough of them, they are read."""
        beside = self.work.beside.get(capture.id, ())
        self.waiting.append((capture, number))
        self.weight += capture.size + sum(each.capture.size for each in beside)
        if len(self.waiting) >= TOGETHER or self.weight >= TOGETHER_BYTES:
            self.all_that_wait(rows)

    def all_that_wait(self, rows: _Rows) -> None:
        """The path for every notice that waits; a record that is broken is a problem."""
        known = [self._known(capture) for capture, _ in self.waiting]
        made = derive_together(PATH, known, self.memory, _lost)
        for (capture, number), one in zip(self.waiting, made, strict=True):
            beside = self.work.beside.get(capture.id, ())
            there = tuple(each.capture for each in beside if each.line not in self.work.gone)
            rows.add(finish_notice((capture, *there), self.work.batch, number, one))
            tell(lines=1)
        self.waiting, self.weight = [], 0
        self.memory.memory.commit()

    def _known(self, capture: Capture) -> dict[str, Made]:
        beside = self.work.beside.get(capture.id, ())
        names = [(one.name, one.capture.sha256, one.line in self.work.gone) for one in beside]
        return {
            "payload": Made(digest=capture.sha256, load=lambda: self.store.payload(capture)),
            "file": given(capture.file),
            "stated": given(capture.stated),
            "attached": Made(
                digest=given(names).digest,
                load=lambda: tuple(self._attached(one) for one in beside),
            ),
            "reader": Made(
                digest=given(self.work.engine).digest, load=lambda: self.witness.reader(capture.id)
            ),
            "definitions": self.definitions,
        }

    def _attached(self, beside: Beside) -> Attached:
        capture = beside.capture

        def load() -> bytes:
            if beside.line in self.work.gone:
                what = f"{beside.name} was taken out of the evidence by decision."
                raise Unreadable("evidence.withdrawn", what, "The page Withdrawn says why.")
            try:
                return self.store.payload(capture)
            except BrokenEvidence as error:
                raise Unreadable("evidence.broken", str(error), _RESTORE) from error

        return Attached(beside.name, capture.sha256, capture.size, load, capture.id)


_RESTORE = "run `tenderlight verify`, then restore the named file from a copy"


def _lost(error: BrokenEvidence) -> Problem:
    return Problem(code="evidence.broken", what=str(error), hint=_RESTORE, unread=True)


@lru_cache(maxsize=1)
def _definitions(folder: Path | None, method: str, engine: str) -> Made:
    definitions = given_definitions(load_definitions(folder))
    if method_digest(definitions, engine) != method:
        raise TenderlightError(
            "A file in definitions/ changed while the build ran. Run `tenderlight build` again."
        )
    return definitions
