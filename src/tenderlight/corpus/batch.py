"""One batch of documents, from evidence to rows: what a worker process does."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from tenderlight.corpus.derive import Made, derive, given
from tenderlight.corpus.exchanges import BESIDE, exchange_rows, withdrawn_row
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.index import Entry
from tenderlight.corpus.notice import masked, notice_row
from tenderlight.corpus.path import PATH, given_definitions, method_digest
from tenderlight.corpus.remember import BatchFile, Shelf
from tenderlight.corpus.rows import table_rows
from tenderlight.corpus.tables import SCHEMAS, Row, Tables, empty_tables, save_tables
from tenderlight.evidence import Store
from tenderlight.model import (
    BrokenEvidence,
    Capture,
    Fields,
    Findings,
    Mask,
    Problem,
    Reading,
    TenderlightError,
    Withdrawal,
)
from tenderlight.personal import mask
from tenderlight.technologies import load_definitions

COMMIT_EVERY = 100
"""Documents between two commits: what a killed build may have to do again."""


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
    withdrawn: dict[int, Withdrawal] = {}
    """Of its lines, by number, those whose records were taken out since."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a batch. `entries` is None where the index has them already."""

    batch: int
    key: str
    lines: int
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

    def __init__(self, memory: BatchFile) -> None:
        self.memory, self.new = memory, 0

    def get(self, key: bytes) -> bytes | None:
        """The remembered result, or None."""
        return self.memory.get(key)

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
        counted = Counted(memory)
        _gather(work, folder, counted, rows)
        memory.finish(rows.shelves)
    save_tables(rows.tables, {n: folder.table(n, work.batch, work.key) for n in SCHEMAS})
    index = hashlib.sha256(msgspec.msgpack.encode(rows.entries)).hexdigest()
    return Finished(
        batch=work.batch,
        key=work.key,
        lines=work.count,
        captures=len(rows.shelves),
        unread=rows.unread,
        problems=len(rows.tables["problem"]),
        rows=rows.digest(),
        index=index,
        entries=None if index == work.indexed else rows.entries,
        steps_run=counted.new,
    )


def _gather(work: Work, folder: Folder, memory: Counted, rows: _Rows) -> None:
    """The rows of every line: of a notice all that is read in it, of the rest what it is."""
    store = Store(folder.evidence)
    definitions = _definitions(folder.own_definitions, work.method)
    lines = store.entries_at(work.place, work.count, work.last)
    for number, line in enumerate(lines, start=work.first):
        capture = line.capture
        if capture is None:
            continue
        if line.number in work.withdrawn:
            rows.enter({"withdrawn": [withdrawn_row(capture, work.withdrawn[line.number])]})
            continue
        rows.enter(exchange_rows(line, capture, store))
        if capture.role == "notice":
            rows.add(_notice(capture, work.batch, number, store, definitions, memory))
            if len(rows.shelves) % COMMIT_EVERY == 0:
                memory.memory.commit()


class OneNotice(msgspec.Struct, frozen=True, kw_only=True):
    """All that is written for one notice."""

    shelf: Shelf
    tables: dict[str, list[Row]]
    entry: Entry
    readable: bool


def _notice(
    capture: Capture, batch: int, number: int, store: Store, definitions: Made, memory: Counted
) -> OneNotice:
    known = {
        "payload": Made(digest=capture.sha256, load=lambda: store.payload(capture)),
        "file": given(capture.file),
        "stated": given(capture.stated),
        "definitions": definitions,
    }
    try:
        made = derive(PATH, known, memory)
    except BrokenEvidence as error:
        hint = "run `tenderlight verify`, then restore the named file from a copy"
        lost = Problem(code="evidence.broken", what=str(error), hint=hint, unread=True)
        made = {step.name: Made(digest="", problem=lost) for step in PATH}
    return _finished(capture, batch, number, made)


def _finished(capture: Capture, batch: int, number: int, made: dict[str, Made]) -> OneNotice:
    reading: Reading | None = made["reading"].get()
    masks: tuple[Mask, ...] | None = made["personal"].get()
    problems = tuple({m.problem: None for m in made.values() if m.problem is not None})
    if masks is None:  # what cannot be masked is not shown
        reading = None
    fields: Fields = (made["fields"].get() if reading else None) or Fields()
    findings: Findings = (made["findings"].get() if reading else None) or Findings()
    place = made["place"].get() if reading else None
    problems += (reading.problems if reading else ()) + fields.problems
    problems = tuple(msgspec.structs.replace(p, what=masked(p.what)) for p in problems)
    row = notice_row(capture, reading, fields, place, findings, masks or (), problems)
    return OneNotice(
        shelf=Shelf(
            number=number,
            id=capture.id,
            row=msgspec.json.encode(row),
            reading=made["reading"].key if reading else None,
            personal=made["personal"].key if reading else None,
        ),
        tables=table_rows(
            capture, batch, number, row, reading, fields, place, findings, masks or (), problems
        ),
        entry=_entry(row, mask(reading.text, masks or ()) if reading else ""),
        readable=reading is not None,
    )


def _entry(row: Row, text: str) -> Entry:
    published = row["published"] or ""
    title = row["title"] or ""
    return Entry(
        id=row["id"],
        text=text if title in text else f"{title}\n{text}",
        when=int(published[:10].replace("-", "") or 0),
        year=published[:4],
        province=row["province_code"] or "",
        notice_type=row["notice_type"] or "",
        buyer=row["buyer"] or "",
        technologies=tuple(
            sorted({t["id"] for t in row["technologies"] if t["relation"] == "bought"})
        ),
    )


@lru_cache(maxsize=1)
def _definitions(folder: Path | None, method: str) -> Made:
    definitions = given_definitions(load_definitions(folder))
    if method_digest(definitions) != method:
        raise TenderlightError(
            "A file in definitions/ changed while the build ran. Run `tenderlight build` again."
        )
    return definitions
