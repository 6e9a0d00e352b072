"""derived/timeline.sqlite: which lines of the ledger are looks at which notice.

It holds places in the ledger, never documents, so it can be deleted and is rebuilt. Everything is
written in transactions: a killed build leaves the file as it was after one of them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from pathlib import Path

import msgspec

from tenderlight.evidence import Line, Store, parse_line
from tenderlight.model import Capture
from tenderlight.watching import host_of, seen_at

VERSION = "1"
TABLES = """
create table if not exists meta (name text primary key, value text not null) without rowid;
create table if not exists first (
    notice text primary key, line integer not null, place integer not null, digest text not null
) without rowid;
create table if not exists look (
    notice text, run text, line integer, place integer not null, digest text not null,
    primary key (notice, run, line)
) without rowid;
create index if not exists look_run on look (run);
create index if not exists look_line on look (line);
create index if not exists first_line on first (line);
create table if not exists control (
    run text, host text, hour integer, good integer, slot integer, notice text not null,
    line integer not null, place integer not null, digest text not null,
    primary key (run, host, hour, good, slot)
) without rowid;
create table if not exists list (url text primary key) without rowid;
create table if not exists withdrawn (line integer primary key);
create table if not exists copy (notice text primary key, url text not null) without rowid;
create table if not exists dirty (notice text primary key) without rowid;
create table if not exists event (
    notice text, run text, part integer, key text not null, seen_at text not null,
    verdict text not null, stands text not null, since text not null, news integer not null,
    differs integer not null, event blob not null, line integer, place integer, digest text,
    primary key (notice, run, part)
) without rowid;
create index if not exists event_verdict on event (verdict, notice);
"""
COMMIT_LINES = 20_000
SLOTS = 3
"""Notices of a run, host and hour that are kept as pages beside others; and one page that is no
notice, and one list."""
CONTROLS = 4
"""Other pages of a host that are read at most to judge one visit."""


class At(msgspec.Struct, frozen=True, array_like=True):
    """One line of the ledger: its number, its first byte, its digest."""

    line: int
    place: int
    digest: str


class LookLines:
    """Places of first captures, looks, pages beside them, lists and withdrawals."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = _opened(path)
        self._touched: set[str] = set()

    def close(self) -> None:
        """Close; what was not committed is forgotten."""
        self._db.close()

    def commit(self) -> None:
        """Make sure that what was done so far outlives a crash of this process."""
        self._db.commit()

    def meta(self, name: str) -> str:
        """A remembered word, "" where there is none."""
        found = self._db.execute("select value from meta where name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set_meta(self, name: str, value: str) -> None:
        """Remember a word."""
        self._db.execute("insert or replace into meta values (?, ?)", (name, value))

    def catch_up(self, store: Store) -> bool:
        """Enter the lines of the ledger that are new here; False if there are none."""
        head = store.head()
        known, digest = int(self.meta("line") or 0), self.meta("digest")
        if (known, digest) == (head.count, head.sha256):
            return False
        place = int(self.meta("place") or 0)
        if known > head.count:
            known = place = self._start_again()
        lines = store.lines(max(known, 1))
        if known and _digest(next(lines, b"")) != digest:
            known = place = self._start_again()
            lines = store.lines()
        for count, raw in enumerate(lines, start=1):
            at = At(known + count, place, _digest(raw))
            self._enter(parse_line(raw), at)
            place += len(raw)
            if count % COMMIT_LINES == 0:
                self._settle(at, place)
        if head.count > known:
            self._settle(at, place)
        return True

    def first(self, notice: str) -> At | None:
        """Where the notice was first seen."""
        found = self._db.execute(
            "select line, place, digest from first where notice = ?", (notice,)
        ).fetchone()
        return At(*found) if found else None

    def looks(self, notice: str) -> list[tuple[str, At]]:
        """The looks at a notice, each with its run, in the order of the ledger."""
        found = self._db.execute(
            "select run, line, place, digest from look where notice = ? order by line", (notice,)
        )
        return [(run, At(*at)) for run, *at in found]

    def controls(self, run: str, host: str, notice: str, line: int) -> list[At]:
        """Other pages of the host in that run, answered ones first, then those near in time."""
        found = self._db.execute(
            "select line, place, digest from control where run = ? and host = ? and notice <> ? "
            "order by good desc, abs(line - ?), line limit ?",
            (run, host, notice, line, CONTROLS),
        )
        return [At(*at) for at in found]

    def is_list(self, url: str) -> bool:
        """Whether an address was collected as a list."""
        return bool(self._db.execute("select 1 from list where url = ?", (url,)).fetchone())

    def is_withdrawn(self, line: int) -> bool:
        """Whether what that line tells of was taken out of the evidence."""
        found = self._db.execute("select 1 from withdrawn where line = ?", (line,))
        return bool(found.fetchone())

    def _enter(self, line: Line, at: At) -> None:
        if line.withdrawal is not None:
            self._withdraw(line.withdrawal.line)
        capture = line.capture
        if capture is None:
            return
        if capture.role == "notice":
            row = (capture.id, at.line, at.place, at.digest)
            self._db.execute("insert or ignore into first values (?, ?, ?, ?)", row)
        if capture.exchange is None:
            return
        run = capture.exchange.run
        if capture.role == "visit" and capture.of:
            self._db.execute(
                "insert or ignore into look values (?, ?, ?, ?, ?)",
                (capture.of, run, at.line, at.place, at.digest),
            )
        if capture.role == "list" and capture.url:
            self._db.execute("insert or ignore into list values (?)", (capture.url,))
        self._enter_control(capture, run, at)
        self._touched.add(run)

    def _enter_control(self, capture: Capture, run: str, at: At) -> None:
        exchange = capture.exchange
        host = host_of(capture.url)
        if exchange is None or not host or capture.role == "attachment":
            return
        if (capture.url or "").endswith("/robots.txt"):
            return
        notice = capture.of or capture.id
        good = exchange.status == 200 and not exchange.truncated and capture.size > 0
        slot = {"other": SLOTS, "list": SLOTS + 1}.get(capture.role)
        if slot is None:
            slot = int(_digest(notice.encode())[:8], 16) % SLOTS
        hour = _hour(capture)
        self._db.execute(
            "insert or replace into control values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (run, host, hour, good, slot, notice, at.line, at.place, at.digest),
        )

    def _withdraw(self, line: int) -> None:
        self._db.execute("insert or ignore into withdrawn values (?)", (line,))
        for table in ("look", "first"):
            self._db.execute(
                f"insert or ignore into dirty select notice from {table} where line = ?",  # noqa: S608
                (line,),
            )

    def _settle(self, at: At, place: int) -> None:
        for run in sorted(self._touched):  # one page may decide what another of its run means
            self._db.execute(
                "insert or ignore into dirty select distinct notice from look where run = ?", (run,)
            )
        self._touched.clear()
        self.set_meta("line", str(at.line))
        self.set_meta("digest", at.digest)
        self.set_meta("place", str(place))
        self.commit()

    def _start_again(self) -> int:
        self._db.execute("delete from meta where name <> 'version'")
        for table in ("first", "look", "control", "list", "withdrawn", "copy", "dirty", "event"):
            self._db.execute(f"delete from {table}")  # noqa: S608
        return 0


def _opened(path: Path) -> sqlite3.Connection:
    """The database; one that is damaged or of another version is made anew."""
    with suppress(sqlite3.DatabaseError):
        db = _connected(path)
        found = db.execute("select value from meta where name = 'version'").fetchone()
        if found is None or found[0] == VERSION:
            db.execute("insert or replace into meta values ('version', ?)", (VERSION,))
            return db
        db.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    db = _connected(path)
    db.execute("insert or replace into meta values ('version', ?)", (VERSION,))
    return db


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30)
    try:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(TABLES)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _hour(capture: Capture) -> int:
    """The hour of a capture as a number, so that a long run keeps pages from each of its hours."""
    digits = "".join(c for c in seen_at(capture)[:13] if c in "0123456789")
    return int(digits or 0)
