"""The file in which leads are worked out: texts, their prints, and which pairs share rare ones.

A node is one text of one buyer: the tender, its repost and its re-tender with the same wording are
one node. Everything is a sum over prints, so that a build adds and takes away only what the prints
that it touched add to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from tenderlight.corpus.likeness.rules import COMMON, CROWD, FREE, VERSION, WEIGHT
from tenderlight.plain import simplify

TABLES = """
create table if not exists meta (name varchar primary key, value varchar);
create table if not exists done (batch integer primary key, key varchar);
create table if not exists section (
    batch integer, notice varchar, number integer, node ubigint);
create table if not exists node (id ubigint, owner ubigint, letters integer);
create table if not exists print (print bigint, node ubigint);
create table if not exists pair (first ubigint, second ubigint, shared integer);
create table if not exists compared (
    first ubigint, second ubigint, shared integer, share decimal(4, 3));
"""
LOOSE = "loose"
"""Noted where texts were taken out since the file was last written anew."""
PIECE = 4_000_000
"""Prints that are worked on at once: about 300 MB of memory."""
MEMORY = "600MB"
"""What does not fit is put on disk (`derived/likeness.tmp`)."""
Parts = Mapping[int, tuple[str, Path, Path]]
"""For each batch its key, and its parts of the tables `section` and `notice`."""

_FRESH = """
insert into fresh
select ? as batch, s.notice, s.number, s.digest || '/' || o.owner as name, o.owner,
    s.letters, s.prints
from read_parquet(?) s join owners o on o.notice = s.notice where len(s.prints) > 0
"""
_FEW = f"""
with few as (
    select print from print join piece using (print)
    group by print having count(*) between 2 and {CROWD}
),
owned as (
    select p.print, p.node, n.owner
    from print p join few using (print) join node n on n.id = p.node
),
rare as (
    select print, case when owners <= {FREE} then {WEIGHT} else {FREE * WEIGHT} // owners end as w
    from (select print, count(distinct owner) as owners from owned group by print)
    where owners between 2 and {COMMON}
)
insert into pair
select a.node, b.node, (? * sum(w))::integer
from rare join owned a using (print)
    join owned b on a.print = b.print and a.node < b.node and a.owner <> b.owner
group by all
"""  # noqa: S608 - constants of ours


def open_work(path: Path) -> duckdb.DuckDBPyConnection:
    """The file; begun anew where another version wrote it, or where it cannot be opened."""
    try:
        db = _connected(path)
        found = db.execute("select value from meta where name = 'version'").fetchone()
        if found == (str(VERSION),):
            return db
        db.close()
    except duckdb.Error:
        pass  # a file of another DuckDB, or cut off: it is derived, and is made anew
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink(missing_ok=True)
    db = _connected(path)
    db.execute("insert into meta values ('version', ?)", [str(VERSION)])
    return db


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    path.parent.mkdir(parents=True, exist_ok=True)
    spill = str(path.with_suffix(".tmp"))
    db = duckdb.connect(str(path), config={"memory_limit": MEMORY, "temp_directory": spill})
    try:
        db.execute("set preserve_insertion_order = false")
        db.execute(TABLES)
    except duckdb.Error:
        db.close()
        raise
    return db


def take_in(db: duckdb.DuckDBPyConnection, parts: Parts) -> bool:
    """Bring nodes, prints and pairs up to these batches; whether anything was out of date."""
    done = dict(db.execute("select batch, key from done").fetchall())
    new = [batch for batch, (key, *_) in parts.items() if done.get(batch) != key]
    old = [batch for batch in done if batch not in parts or batch in new]
    if not new and not old:
        return False
    db.execute("begin")
    _read_fresh(db, [(batch, *parts[batch][1:]) for batch in sorted(new)])
    _replace(db, [*old, *new])
    db.executemany("delete from done where batch = ?", [[batch] for batch in (*old, *new)])
    if new:
        db.executemany("insert into done values (?, ?)", [[b, parts[b][0]] for b in new])
    db.execute("commit")
    return True


def is_loose(db: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file may hold, in blocks that are free, texts that were taken out of it."""
    return meta(db, LOOSE) is not None


def sweep(path: Path) -> None:
    """Write the file anew: DuckDB leaves what it deletes in blocks that it may use again, and of a
    notice that was withdrawn nothing is to stay.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with duckdb.connect(config={"memory_limit": MEMORY}) as db:
        for name, each, how in (("old", path, " (read_only)"), ("new", new, "")):
            quoted = str(each.absolute()).replace("'", "''")
            db.execute(f"attach '{quoted}' as {name}{how}")
        db.execute("copy from database old to new")
        db.execute("delete from new.meta where name = ?", [LOOSE])
    new.replace(path)


def meta(db: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """A word that was noted in the file."""
    found = db.execute("select value from meta where name = ?", [name]).fetchone()
    return str(found[0]) if found else None


def set_meta(db: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Note a word."""
    db.execute("insert or replace into meta values (?, ?)", [name, value])


def owner_of(buyer: str) -> str:
    """A buyer's name as it is compared: script, width, brackets and spaces make no other buyer.

    >>> owner_of("東湖縣公安局（本級）") == owner_of("东湖县公安局 (本级)")
    True
    """
    return "".join(char for char in simplify(buyer) if char.isalnum())


def _read_fresh(db: duckdb.DuckDBPyConnection, batches: Iterable[tuple[int, Path, Path]]) -> None:
    """The sections of these batches into the table `fresh`; a buyer that was not read has none."""
    db.execute(
        "create or replace temp table fresh (batch integer, notice varchar, number integer, "
        "name varchar, owner varchar, letters integer, prints bigint[])"
    )
    for batch, sections, notices in batches:
        told = db.execute(
            "select id, buyer from read_parquet(?) where readable and buyer is not null",
            [str(notices)],
        ).fetchall()
        rows = [{"notice": id, "owner": owner_of(buyer)} for id, buyer in told]
        schema = pa.schema([("notice", pa.string()), ("owner", pa.string())])
        db.register("owners", pa.Table.from_pylist([r for r in rows if r["owner"]], schema=schema))
        db.execute(_FRESH, [batch, str(sections)])
        db.unregister("owners")


def _replace(db: duckdb.DuckDBPyConnection, batches: Sequence[int]) -> None:
    """The sections of these batches by the fresh ones; nodes come and go with their sections."""
    db.execute("create or replace temp table redone as select unnest(?::integer[]) as batch",
               [list(batches)])  # fmt: skip
    db.execute(
        "create or replace temp table coming as "
        "select *, md5_number_lower(name) as node, md5_number_lower(owner) as owned from fresh"
    )
    db.execute("delete from section where batch in (from redone)")
    db.execute("insert into section select batch, notice, number, node from coming")
    db.execute(
        "create or replace temp table going as "
        "select id from node where id not in (select node from section)"
    )
    db.execute(
        "create or replace temp table born as select node, any_value(owned) as owner, "
        "any_value(letters) as letters, any_value(prints) as prints "
        "from coming where node not in (select id from node) group by node"
    )
    db.execute(
        "create or replace temp table touched as select print from print "
        "where node in (from going) union select unnest(prints) from born"
    )
    if db.execute("select 1 from going limit 1").fetchone():
        set_meta(db, LOOSE, "yes")
    _add_pairs(db, -1)
    db.execute("delete from print where node in (from going)")
    db.execute("delete from compared where first in (from going) or second in (from going)")
    db.execute("delete from node where id in (from going)")
    db.execute("insert into node select node, owner, letters from born")
    db.execute("insert into print select unnest(prints), node from born")
    _add_pairs(db, 1)
    _tidy(db)


def _add_pairs(db: duckdb.DuckDBPyConnection, sign: int) -> None:
    """What the touched prints add to pairs now, or, with -1, what they added before."""
    (count,) = db.execute("select count(*) from touched").fetchone() or (0,)
    pieces = -(-count // PIECE)
    for piece in range(pieces):
        db.execute(
            "create or replace temp table piece as select print from touched "
            "where hash(print) % ? = ?", [pieces, piece]
        )  # fmt: skip
        db.execute(_FEW, [sign])


def _tidy(db: duckdb.DuckDBPyConnection) -> None:
    """Each pair once, and none that adds up to nothing."""
    db.execute(
        "create or replace table pair as select first, second, sum(shared)::integer as shared "
        "from pair group by first, second having sum(shared) <> 0"
    )
