"""The tables of a built corpus, many times over: each copy is of other notices, buyers, days.

Nothing of it was read from a document: it only shows how long figures take. Copy 0 are the rows as
they were built, so that the answers of reviewers still belong to them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from tenderlight.corpus import Corpus
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.write import joined_parts
from tenderlight.corpus.schemas import EVENT, JOINED, SCHEMAS
from tenderlight.corpus.state import State, load_state, save_state
from tenderlight.places import divisions

PER_BATCH = 1_000
CIRCLES = 500
"""Buyers and suppliers of their own: every so many copies the same ones buy again."""
ONCE = ("run", "withdrawn")
NOTICE = "if({k} = 0, {id}, left({id}, 10) || printf('%06x', {k}))"
PURCHASE = "if({k} = 0, {id}, left({id}, 11) || printf('%06x', {k}))"
ORGANISATION = "if({g} = 0, {id}, left({id}, 19) || printf('%06x', {g}))"
NODE = "if({g} = 0, {id}, left({id}, 18) || printf('%06x', {g}))"
NAME = "{id} || {g}"
YEAR = "{id} + {k} % 15 - 7"
DAY = "((left({id}, 4)::integer + {k} % 15 - 7)::varchar || substr({id}, 5))"
SHA = "if({k} = 0, {id}, left({id}, 58) || printf('%06x', {k}))"
COUNTY = """if({id} is null, null,
    county[1 + ((hash({id}) % 1000003)::bigint + 37 * {g}) % len(county)])"""
PROVINCE = """left(county[1 + ((hash(coalesce(county_code, {id})) % 1000003)::bigint
    + 37 * {g}) % len(county)], 2) || '0000'"""
CHANGED: Mapping[tuple[str, str], str] = {
    ("notice", "id"): NOTICE,
    ("notice", "buyer"): NAME,
    ("notice", "year"): YEAR,
    ("notice", "published"): DAY,
    ("notice", "county_code"): COUNTY,
    ("notice", "province_code"): PROVINCE,
    ("party", "name"): NAME,
    ("party", "division_code"): COUNTY,
    ("member", "published"): DAY,
    ("purchase", "id"): PURCHASE,
    ("purchase", "year"): YEAR,
    ("purchase", "first"): DAY,
    ("purchase", "last"): DAY,
    ("organisation", "id"): ORGANISATION,
    ("organisation", "name"): NAME,
    ("spelling", "name"): NAME,
    ("deployment", "county_code"): COUNTY,
    ("award", "supplier"): NAME,
    ("lead", "first_buyer"): NAME,
}
ANYWHERE: Mapping[str, str] = {
    "notice": NOTICE,
    "copy_of": NOTICE,
    "replaces": NOTICE,
    "capture": NOTICE,
    "case_id": NOTICE,
    "purchase": PURCHASE,
    "organisation": ORGANISATION,
    "node": NODE,
    "sha256": SHA,
}
LEADS = """select left(md5(s.notice || s.number || k // 8), 16) || printf('%06x', k) as id,
    left(md5(s.notice || s.number || k // 8), 16) as family, 300 as shared,
    0.9::decimal(4, 3) as share, 40 as rare, {one} as first_notice, s.number as first_number,
    n.buyer || k % {circles} as first_buyer, {two} as second_notice, s.number as second_number,
    n.buyer || (k + 1) % {circles} as second_buyer, false as same_agency
from section s join notice n on n.id = s.notice, range({copies} - 1) t(k) where k % 8 <> 7"""


def make_wide(source: Path, to: Path, notices: int) -> int:
    """Write a corpus with at least so many notices out of a small built one; how many it has."""
    small = Corpus.open(source)
    con = small.connect()
    (base,) = con.execute("select count(*) from notice").fetchone() or (0,)
    copies = -(-notices // base)
    folder, state = Folder(to), load_state(small.folder.state)
    shutil.copytree(source, to, ignore=shutil.ignore_patterns("tables", "joined", "second"))
    per = max(1, PER_BATCH // base)
    con.execute(f"create table counties as select {_counties()} as county")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: _write_batch(con.cursor(), folder, *one), _batches(copies, per)))
    _write_beside(con, folder, copies)
    save_state(folder.state, _state(state, copies, per, base))
    return copies * base


def _batches(copies: int, per: int) -> Iterator[tuple[int, int, int]]:
    for batch, first in enumerate(range(0, copies, per)):
        yield batch, first, min(first + per, copies)


def _write_batch(
    con: duckdb.DuckDBPyConnection, folder: Folder, batch: int, first: int, end: int
) -> None:
    paths = {name: folder.table(name, batch, key_of(batch)) for name in SCHEMAS}
    for kind in JOINED:
        paths |= joined_parts(folder, f"{kind}/{batch:06}", key_of(batch))
    for name, path in paths.items():
        columns = {**SCHEMAS, **{n: c for t in JOINED.values() for n, c in t.items()}}[name]
        until = min(end, 1) if name in ONCE else end
        if name in JOINED["organisation"]:
            until = min(end, CIRCLES)
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = _rows(name, columns, first, max(until, first), batch)
        con.execute(f"copy ({rows}) to '{path}' (format parquet, compression zstd)")


def _rows(name: str, columns: Mapping[str, Any], first: int, end: int, batch: int) -> str:
    told = ", ".join(f"{_changed(name, column)} as {column}" for column in columns)
    if name == "notice":
        told = told.replace("batch as batch", f"{batch}::integer as batch")
        told = told.replace(
            "number as number", f"(number + (k - {first}) * 1000)::integer as number"
        )
    order = "order by k" + (", number" if name == "notice" else "")
    return f"select {told} from {name}, range({first}, {end}) t(k), counties {order}"


def _changed(table: str, column: str) -> str:
    rule = CHANGED.get((table, column)) or ANYWHERE.get(column)
    if rule is None:
        return column
    return rule.format(id=f"{table}.{column}", k="k", g=f"(k % {CIRCLES})")


def _write_beside(con: duckdb.DuckDBPyConnection, folder: Folder, copies: int) -> None:
    events = ", ".join(
        f"{NOTICE.format(id='notice', k='k') if c == 'notice' else c} as {c}" for c in EVENT
    )
    con.execute(
        f"copy (select {events} from event, range({copies}) t(k)) to '{folder.events}' "
        "(format parquet, compression zstd)"
    )
    leads = LEADS.format(
        one=NOTICE.format(id="s.notice", k="k"),
        two=NOTICE.format(id="s.notice", k="(k + 1)"),
        circles=CIRCLES,
        copies=copies,
    )
    con.execute(f"copy ({leads}) to '{folder.likeness}' (format parquet, compression zstd)")


def _state(state: State, copies: int, per: int, base: int) -> State:
    some = next(iter(state.batches.values()))
    batches = {
        batch: msgspec.structs.replace(some, key=key_of(batch), captures=(end - first) * base)
        for batch, first, end in _batches(copies, per)
    }
    joined = {f"{kind}/{batch:06}": key_of(batch) for kind in JOINED for batch in batches}
    return msgspec.structs.replace(state, batches=batches, indexed={}, joined=joined)


def key_of(batch: int) -> str:
    """A key like those of real batches."""
    return f"{batch:012x}" * 5


def _counties() -> str:
    codes = sorted({d.code for d in divisions() if d.code[:2] < "70" and d.code[2:] != "0000"})
    return "[" + ", ".join(f"'{code}'" for code in codes) + "]"
