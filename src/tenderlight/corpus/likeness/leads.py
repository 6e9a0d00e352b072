"""From compared pairs to leads: one for each two purchases, gathered into families."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tenderlight.corpus.likeness.rules import SHARED_LETTERS

LEAD: dict[str, pa.DataType] = {
    "id": pa.string(),
    "family": pa.string(),  # leads that are linked by common texts have one
    "shared": pa.int32(),  # letters in common runs
    "share": pa.decimal128(4, 3),  # of the shorter text
    "rare": pa.int32(),  # letters, estimated, of wording that few buyers use
    "first_notice": pa.string(),
    "first_number": pa.int32(),  # of its sections
    "first_buyer": pa.string(),
    "second_notice": pa.string(),
    "second_number": pa.int32(),
    "second_buyer": pa.string(),
    "same_agency": pa.bool_(),
}
"""One row for each lead, those with the most rare wording first. Written as a whole."""
PIECE = 50_000


class Known(NamedTuple):
    """Parts of the tables that leads are told from; `notice` must be there."""

    notice: Sequence[Path]
    member: Sequence[Path] = ()
    party: Sequence[Path] = ()
    spelling: Sequence[Path] = ()


_COLUMNS = {
    "member": ("notice", "purchase"),
    "party": ("notice", "role", "node"),
    "spelling": ("organisation", "node"),
}
"""Of tables that may have no parts yet, the columns that are read here."""
_BELONGS = """
create or replace temp view belongs as
select n.id as notice, b.organisation, coalesce(m.purchase,
    case when length(n.project_number) >= 6
        then upper(replace(n.project_number, ' ', '')) else '#' || n.id end) as purchase
from notice n left join member m on m.notice = n.id left join (
    select p.notice, min(s.organisation) as organisation
    from party p join spelling s using (node) where p.role = 'buyer' group by p.notice
) b on b.notice = n.id"""
"""The purchase that a notice was joined to, or where nothing was joined, its project number's; and
the organisation that its buyer was joined to."""

_LEADS = """
create or replace temp table lead as
with alike as (
    select p.first, p.second, p.rare, c.shared, c.share
    from promising p join compared c using (first, second) where c.shared >= {least}
),
told as (  -- the sections of these texts, each text once for each purchase: where it came first
    select s.node, s.notice, s.number, n.buyer, n.agency, n.published, b.purchase,
        b.organisation
    from section s join notice n on n.id = s.notice join belongs b on b.notice = s.notice
    where s.node in (select first from alike) or s.node in (select second from alike)
    qualify row_number() over (
        partition by s.node, b.purchase order by n.published nulls last, s.notice, s.number) = 1
),
few as (
    select * from told qualify row_number() over (
        partition by node order by published nulls last, notice, number) <= 5
),
matched as (
    select a, b, k.rare, k.shared, k.share, k.first, k.second
    from alike k join few a on a.node = k.first join few b on b.node = k.second
    where a.purchase <> b.purchase and coalesce(a.organisation <> b.organisation, true)
    qualify row_number() over (partition by k.first, k.second order by
        coalesce(a.published, '9') || a.notice, coalesce(b.published, '9') || b.notice) = 1
),
ordered as (
    select rare, shared, share, first, second, least(x, y) as one, greatest(x, y) as other
    from (select *, {one} as x, {other} as y from matched)
)
select rare, shared, share, first, second, one, other from ordered
qualify row_number() over (
    partition by least(one.purchase, other.purchase), greatest(one.purchase, other.purchase)
    order by rare desc, shared desc, one.notice, other.notice, one.number, other.number) = 1
"""
_SIDE = """struct_pack(day := coalesce({0}.published, '9'), notice := {0}.notice,
    number := {0}.number, purchase := {0}.purchase, buyer := {0}.buyer, agency := {0}.agency)"""


def make_leads(db: duckdb.DuckDBPyConnection, known: Known, out: Path) -> int:
    """Write all leads; how many there are.

    Two notices of one purchase are never a lead, nor are two whose buyers are one organisation.
    """
    for name, parts in zip(Known._fields, known, strict=True):
        none = ", ".join(f"null::varchar as {column}" for column in _COLUMNS.get(name, ()))
        told = _parts(parts) if parts else f"select {none} where false"
        db.execute(f"create or replace temp view {name} as {told}")
    db.execute(_BELONGS)
    db.execute(_LEADS.format(least=SHARED_LETTERS, one=_SIDE.format("a"), other=_SIDE.format("b")))
    families = _families(db.execute("select first, second from lead").fetchall())
    rows = db.execute(
        "select rare, shared, share, first, one.notice, one.number, one.buyer, other.notice, "
        "other.number, other.buyer, coalesce(one.agency = other.agency, false) from lead "
        "order by rare desc, shared desc, one.notice, other.notice, one.number, other.number"
    )
    return _save(rows, families, out)


def no_leads(out: Path) -> None:
    """Write that there are none."""
    pq.write_table(pa.Table.from_pylist([], schema=pa.schema(list(LEAD.items()))), out)


def _parts(paths: Sequence[Path]) -> str:
    files = ", ".join("'" + str(path.absolute()).replace("'", "''") + "'" for path in paths)
    return f"from read_parquet([{files}])"


def _save(rows: duckdb.DuckDBPyConnection, families: dict[int, int], out: Path) -> int:
    schema = pa.schema(list(LEAD.items()))
    new, count = out.with_name(f".{out.name}.new"), 0
    with pq.ParquetWriter(new, schema, compression="zstd") as file:
        while found := rows.fetchmany(PIECE):
            told = [
                {
                    "id": _name(f"{row[4]}/{row[5]} {row[7]}/{row[8]}"),
                    "family": _name(str(families[row[3]])),
                    "rare": row[0],
                    "shared": row[1],
                    "share": row[2],
                    "first_notice": row[4],
                    "first_number": row[5],
                    "first_buyer": row[6],
                    "second_notice": row[7],
                    "second_number": row[8],
                    "second_buyer": row[9],
                    "same_agency": row[10],
                }
                for row in found
            ]
            file.write_table(pa.Table.from_pylist(told, schema=schema))
            count += len(told)
    new.replace(out)
    return count


def _name(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()[:12]


def _families(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """For each node the least node that it is linked to.

    >>> _families([(5, 7), (7, 2), (8, 9)])
    {5: 2, 7: 2, 2: 2, 8: 8, 9: 8}
    """
    above: dict[int, int] = {}

    def head(node: int) -> int:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for first, second in pairs:
        one, other = sorted((head(first), head(second)))
        above[other] = one
    return {node: head(node) for node in above}
