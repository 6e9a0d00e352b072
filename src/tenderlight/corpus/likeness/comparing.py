"""Lay the texts of promising pairs beside each other, each pair once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from tenderlight.corpus.likeness.rules import (
    FEWEST_PRINTS,
    RARE,
    WEIGHT,
)
from tenderlight.specifications import compare
from tenderlight.specifications.prints import COARSEST, RATES

AT_ONCE = 5_000
"""Pairs whose texts are in memory together: about 30 MB."""
Ticks = Callable[[int], None]
Pairs = Sequence[tuple[int, int]]

_RATE = " ".join(f"when greatest(a.letters, b.letters) <= {most} then {rate}"
                 for most, rate in RATES)  # fmt: skip
_ENOUGH = " or ".join(f"rare >= {most} and rare >= {part} * shorter" for most, part in RARE)
PROMISING = f"""
create or replace temp table promising as
select * from (
    select p.first, p.second, least(a.letters, b.letters) as shorter,
        (p.shared * case {_RATE} else {COARSEST} end / {WEIGHT})::integer as rare
    from pair p join node a on a.id = p.first join node b on b.id = p.second
    where p.shared >= {FEWEST_PRINTS * WEIGHT}
) where {_ENOUGH}
"""  # noqa: S608 - constants of ours
"""Pairs with enough rare wording in common. The prints of the coarser rate are in both texts."""
_TEXTS = """
with chosen as (
    select node, min(struct_pack(batch := batch, notice := notice, number := number)) as place
    from section
    where node in (select first from asked) or node in (select second from asked)
    group by node
)
select c.node, c.place.batch, c.place.notice, c.place.number from chosen c"""


def compare_pairs(
    db: duckdb.DuckDBPyConnection, parts: Mapping[int, Path], tick: Ticks | None = None
) -> int:
    """Compare the promising pairs that were never compared; how many there were.

    `parts` are the batches' parts of the table `section`. What was compared is remembered as long
    as both texts are there. Can be killed between two pieces.
    """
    db.execute(PROMISING)
    count = 0
    while asked := _next(db):
        _keep(db, asked, _texts(db, parts))
        count += len(asked)
        if tick:
            tick(len(asked))
    return count


def _keep(db: duckdb.DuckDBPyConnection, asked: Pairs, texts: Mapping[int, str]) -> None:
    """Remember what each pair of texts has in common. One by one, rows would take longer."""
    found = [compare(texts.get(first, ""), texts.get(second, "")) for first, second in asked]
    columns = {
        "first": pa.array([first for first, _ in asked], pa.uint64()),
        "second": pa.array([second for _, second in asked], pa.uint64()),
        "shared": pa.array([each.shared for each in found], pa.int32()),
        "share": pa.array([round(each.share, 3) for each in found], pa.float64()),
    }
    db.register("told", pa.table(columns))
    db.execute("insert into compared from told")
    db.unregister("told")


def _next(db: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    db.execute(
        "create or replace temp table asked as select first, second from promising "
        "anti join compared using (first, second) order by first, second limit ?",
        [AT_ONCE],
    )
    return db.execute("select first, second from asked").fetchall()


def _texts(db: duckdb.DuckDBPyConnection, parts: Mapping[int, Path]) -> dict[int, str]:
    """The text of each node that is asked for, masked, from one of the sections that have it."""
    db.execute(f"create or replace temp table wanted as {_TEXTS}")
    batches = [batch for (batch,) in db.execute("select distinct batch from wanted").fetchall()]
    files = [str(parts[batch]) for batch in sorted(batches)]
    found = db.execute(
        "select w.node, s.text from read_parquet(?) s "
        "join wanted w on w.notice = s.notice and w.number = s.number",
        [files],
    )
    return dict(found.fetchall())
