"""What is known of one kind of join: nodes, their keys, pairs and groups, in one SQLite file.

Everything that waits to be done stands in the file too, so a killed build goes on where it was.
Places are numbers of ledger lines: of two nodes, the one that was seen first has the smaller one.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from tenderlight.evidence.files import how_to_read
from tenderlight.grouping import Pair, Reason

TABLES = """
create table if not exists meta (name text primary key, value text not null) without rowid;
create table if not exists taken (batch integer primary key, key text not null);
create table if not exists node (
    number integer primary key, id text not null unique, content blob not null, first integer
);
create table if not exists seen (
    node integer, batch integer, place integer, content blob, primary key (node, batch)
) without rowid;
create index if not exists seen_in on seen (batch);
create table if not exists key (key blob, node integer, primary key (key, node)) without rowid;
create index if not exists key_of on key (node);
create table if not exists crowded (key blob primary key) without rowid;
create table if not exists touched (key blob primary key) without rowid;
create table if not exists pair (
    first integer, second integer, same integer, strength integer, reasons blob,
    primary key (first, second)
) without rowid;
create index if not exists pair_second on pair (second);
create table if not exists decided (
    first text, second text, same integer, strength integer, reasons blob,
    primary key (first, second)
) without rowid;
create index if not exists decided_second on decided (second);
create table if not exists grouped (node integer primary key, head integer not null);
create index if not exists grouped_head on grouped (head);
create table if not exists unpaired (node integer primary key);
create table if not exists ungrouped (node integer primary key);
create table if not exists untold (head integer primary key);
create table if not exists told (head integer primary key, bucket integer, rows blob not null);
create index if not exists told_bucket on told (bucket);
create table if not exists unwritten (bucket integer primary key);
"""


_REASONS = msgspec.msgpack.Decoder(tuple[Reason, ...])


class Node(NamedTuple):
    """One node as it is kept."""

    number: int
    id: str
    content: bytes
    first: int


class JoinFile:
    """The file of one kind of join, open for the build; for readers with `to_read`."""

    def __init__(self, path: Path, *, to_read: bool = False) -> None:
        if to_read:
            address = path.absolute().as_uri() + how_to_read(path)
            self.db = sqlite3.connect(address, uri=True, timeout=30)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, timeout=30)
        self.db.execute("pragma journal_mode = wal")
        self.db.execute("pragma synchronous = normal")
        self.db.execute("pragma secure_delete = on")  # what was withdrawn leaves no trace
        self.db.executescript(TABLES)

    def close(self) -> None:
        """Close; what was not committed is forgotten."""
        self.db.close()

    def commit(self) -> None:
        """Make sure that what was done so far outlives a crash."""
        self.db.commit()

    def meta(self, name: str) -> str | None:
        """A value of our own."""
        found = self.db.execute("select value from meta where name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value of our own."""
        self.db.execute("insert or replace into meta values (?, ?)", (name, value))

    def taken(self) -> dict[int, str]:
        """Which batches are in it, under which keys."""
        return dict(self.db.execute("select batch, key from taken"))

    def ids_in(self, batch: int) -> dict[str, tuple[int, int]]:
        """The nodes seen in a batch: by id, their number and the place where they were first seen
        in it.
        """
        asked = "select id, number, place from seen join node on number = node where batch = ?"
        return {id: (number, place) for id, number, place in self.db.execute(asked, (batch,))}

    def node(self, number: int) -> Node:
        """A node by its number in this file."""
        asked = "select number, id, content, first from node where number = ?"
        return Node(*self.db.execute(asked, (number,)).fetchone())

    def find(self, id: str) -> Node | None:
        """A node by its id; None where nobody names it."""
        asked = "select number, id, content, first from node where id = ?"
        found = self.db.execute(asked, (id,)).fetchone()
        return Node(*found) if found else None

    def members(self, head: int) -> list[Node]:
        """The nodes of a group, those seen first first."""
        asked = (
            "select number, id, content, first from grouped join node on number = node "
            "where head = ? order by first, id"
        )
        return [Node(*row) for row in self.db.execute(asked, (head,))]

    def head_of(self, number: int) -> int | None:
        """The group that a node is in, by the number of its head."""
        found = self.db.execute("select head from grouped where node = ?", (number,)).fetchone()
        return int(found[0]) if found else None

    def is_decided(self) -> bool:
        """Whether anybody decided anything."""
        return self.db.execute("select 1 from decided limit 1").fetchone() is not None

    def same_as(self, number: int, id: str, *, decided: bool) -> Iterator[int]:
        """The nodes that a pair, or (if there are any) a decision, says are the same as this."""
        yield from _firsts(
            self.db.execute(
                "select second from pair where first = ? and same union "
                "select first from pair where second = ? and same",
                (number, number),
            )
        )
        if not decided:
            return
        yield from _firsts(
            self.db.execute(
                "select number from node join "
                "(select second as id from decided where first = ? and same union "
                "select first from decided where second = ? and same) using (id)",
                (id, id),
            )
        )

    def pairs_among(self, nodes: Mapping[int, str], *, why: bool = True) -> Iterator[Pair]:
        """Every pair of which both sides are among these nodes, and every decision.

        Without `why` their reasons are left out: to group, nobody needs them.
        """
        ids, decided = set(nodes.values()), self.is_decided()
        of_pair = "select second, same, strength, reasons from pair where first = ?"
        of_decided = "select second, same, strength, reasons from decided where first = ?"
        for number, id in nodes.items():
            for second, same, strength, reasons in self.db.execute(of_pair, (number,)):
                if second in nodes:
                    yield _pair(id, nodes[second], same, strength, reasons if why else b"")
            found = self.db.execute(of_decided, (id,)) if decided else ()
            for other, same, strength, reasons in found:
                if other in ids:
                    yield _pair(id, other, same, strength, reasons if why else b"")

    def queue(self, table: str, count: int) -> list[int]:
        """The next of what waits in a table: `unpaired`, `ungrouped`, `untold`, `unwritten`."""
        asked = f"select * from {table} order by 1 limit ?"  # noqa: S608
        return list(_firsts(self.db.execute(asked, (count,))))

    def wait(self, table: str, numbers: Iterable[int]) -> None:
        """Put something on a list of what is to be done."""
        rows = ((number,) for number in numbers)
        self.db.executemany(f"insert or ignore into {table} values (?)", rows)  # noqa: S608

    def done(self, table: str, numbers: Iterable[int]) -> None:
        """Take something off a list of what is to be done."""
        name = {"unpaired": "node", "ungrouped": "node", "untold": "head", "unwritten": "bucket"}
        asked = f"delete from {table} where {name[table]} = ?"  # noqa: S608
        self.db.executemany(asked, ((number,) for number in numbers))


def key_digest(key: str) -> bytes:
    """A key as it is kept: keys are long, and only their being equal counts."""
    return hashlib.blake2b(key.encode(), digest_size=8).digest()


def _firsts(rows: Iterable[tuple[int, ...]]) -> Iterator[int]:
    return (row[0] for row in rows)


def _pair(first: str, second: str, same: int, strength: int, reasons: bytes) -> Pair:
    told = _REASONS.decode(reasons) if reasons else ()
    if first > second:
        first, second = second, first
        told = tuple(Reason(rule=r.rule, first=r.second, second=r.first) for r in told)
    return Pair(first=first, second=second, same=bool(same), strength=strength, reasons=told)
