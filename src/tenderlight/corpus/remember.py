"""One SQLite file for each batch: what its steps gave, and its finished rows.

A batch is worked on by one process at a time, in one transaction for every hundred documents, so
a killed build loses at most that much work and never leaves half a result.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from tenderlight.corpus.derive import VALUE
from tenderlight.evidence.files import how_to_read
from tenderlight.model import Capture, Mask, Reading

TABLES = """
create table if not exists result (key blob primary key not null, value blob not null);
create table if not exists shown (
    number integer primary key, id text not null unique, row blob not null,
    reading blob, personal blob
);
create table if not exists joining (
    step text, number integer, id text not null, key blob not null, primary key (step, number)
) without rowid;
create table if not exists preserved (id text primary key, captures blob not null) without rowid;
"""


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """A finished row, and under which keys its text and its masks are remembered."""

    number: int
    id: str
    row: bytes
    reading: bytes | None
    personal: bytes | None
    joining: dict[str, bytes] = {}
    """By step, the keys of the results by which the notice is joined with others."""
    captures: tuple[Capture, ...] = ()
    """Where the evidence has the notice and what is attached to it, to show their pages."""


class BatchFile:
    """The remembered results and finished rows of one batch. A `derive.Memory`."""

    def __init__(self, path: Path, *, writing: bool = False) -> None:
        self._used: set[bytes] = set()
        self._keys: set[bytes] | None = None
        """Of all that is remembered: most of what a new batch is asked for is not there."""
        self._new: dict[bytes, bytes] = {}
        """What was put in since the last commit: written at once, in the order of the keys."""
        if writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.execute("pragma secure_delete = on")  # what was withdrawn leaves no trace
            self._db.executescript(TABLES)
            self._keys = {bytes(key) for (key,) in self._db.execute("select key from result")}
        else:
            address = path.absolute().as_uri() + how_to_read(path)
            self._db = sqlite3.connect(address, uri=True, timeout=30)

    def __enter__(self) -> BatchFile:
        """Open until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close; what was not committed is forgotten."""
        self._db.close()

    def get(self, key: bytes) -> bytes | None:
        """The remembered result, or None."""
        self._used.add(key)
        if (new := self._new.get(key)) is not None:
            return new
        if self._keys is not None and key not in self._keys:
            return None
        found = self._db.execute("select value from result where key = ?", (key,)).fetchone()
        return None if found is None else bytes(found[0])

    def put(self, key: bytes, value: bytes) -> None:
        """Remember a result."""
        self._used.add(key)
        self._new[key] = value

    def commit(self) -> None:
        """Make sure that what was put in so far outlives a crash of this process."""
        rows = sorted(self._new.items())
        self._db.executemany("insert or replace into result values (?, ?)", rows)
        self._db.commit()
        if self._keys is not None:
            self._keys.update(self._new)
        self._new = {}

    def finish(self, rows: list[Shelf]) -> None:
        """Replace the finished rows, and forget the results that nothing used this time."""
        self.commit()
        self._db.execute("delete from shown")
        self._db.executemany(
            "insert into shown values (?, ?, ?, ?, ?)",
            [(r.number, r.id, r.row, r.reading, r.personal) for r in rows],
        )
        self._db.execute("delete from joining")
        self._db.executemany(
            "insert into joining values (?, ?, ?, ?)",
            [(step, r.number, r.id, key) for r in rows for step, key in r.joining.items()],
        )
        self._db.execute("delete from preserved")
        self._db.executemany(
            "insert into preserved values (?, ?)",
            [(r.id, msgspec.msgpack.encode(r.captures)) for r in rows],
        )
        known = self._db.execute("select key from result")
        stale = [(key,) for (key,) in known if bytes(key) not in self._used]
        self._db.executemany("delete from result where key = ?", stale)
        self._db.commit()

    def rows(self) -> Iterator[bytes]:
        """The finished rows as JSON, in the order of the ledger."""
        for (row,) in self._db.execute("select row from shown order by number"):
            yield bytes(row)

    def shelf(self, id: str) -> Shelf | None:
        """One finished row with the keys of its text and masks."""
        found = self._db.execute(
            "select number, id, row, reading, personal from shown where id = ?", (id,)
        ).fetchone()
        if found is None:
            return None
        number, id, row, reading, personal = found
        return Shelf(number=number, id=id, row=row, reading=reading, personal=personal)

    def text(self, shelf: Shelf | None) -> tuple[Reading | None, tuple[Mask, ...] | None]:
        """What was read of a notice, unmasked, and what must be masked in it.

        None for what could not be read, or not searched for personal data.
        """
        if shelf is None:
            return None, None
        return (
            self._value(shelf.reading, Reading),
            self._value(shelf.personal, tuple[Mask, ...]),
        )

    def _value(self, key: bytes | None, kind: Any) -> Any:
        result = self.get(key) if key else None
        if result is None or result[:1] != VALUE:
            return None
        return msgspec.msgpack.decode(result[1:], type=kind)

    def shelves(self) -> Iterator[Shelf]:
        """Every finished row, with the keys of its text and masks, in the order of the ledger."""
        for number, id, row, reading, personal, captures in self._db.execute(
            "select number, id, row, reading, personal, captures from shown "
            "left join preserved using (id) order by number"
        ):
            yield Shelf(
                number=number,
                id=id,
                row=row,
                reading=reading,
                personal=personal,
                captures=_captures(captures) if captures else (),
            )

    def joining(self, step: str) -> Iterator[tuple[int, str, bytes]]:
        """What a step gave for each notice: its line in the ledger, its id, the encoded result.

        A notice for which the step failed is passed over: its row has the problem.
        """
        asked = (
            "select number, id, value from joining join result using (key) "
            "where step = ? order by number"
        )
        for number, id, value in self._db.execute(asked, (step,)):
            if bytes(value[:1]) == VALUE:
                yield number, id, bytes(value[1:])

    def captures(self, id: str) -> tuple[Capture, ...]:
        """Where the evidence has a notice, and what is attached to it; none if it is not here."""
        asked = "select captures from preserved where id = ?"
        found = self._db.execute(asked, (id,)).fetchone()
        return _captures(found[0]) if found else ()


def _captures(packed: bytes) -> tuple[Capture, ...]:
    return msgspec.msgpack.decode(packed, type=tuple[Capture, ...])
