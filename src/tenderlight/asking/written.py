"""A question in SQL: asked apart, of copies of the documented views, and its answer kept.

The copies and the answers lie in `derived/asking/` under the state of the corpus: they can be
deleted, and are when the state is another.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from tenderlight.apart.asking import HINT, AskLimits, Row, ask
from tenderlight.asking.views import KNOWN, VIEWS, View
from tenderlight.corpus import Corpus
from tenderlight.corpus.stamp import stamp_of
from tenderlight.figures.counted import SHARED
from tenderlight.model import Refused

LONGEST_ROW = 200
LONGEST_COLUMN = 60
MOST_ROWS = 1_000
MOST_COLUMNS = 60
COUNT = "count"
"""The column of a question that names none."""
COLUMN_SCHEMA = pa.schema(
    {
        "row_id": pa.string(),
        "column_id": pa.string(),
        "notice": pa.string(),
        "measure": pa.decimal128(24, 4),
        "part": pa.string(),
        "start_at": pa.int32(),
        "end_at": pa.int32(),
    }
)
WITH_PASSAGES = f"""
select a.row_id, a.column_id, a.notice, a.measure, k.text, k.context, k.part, k.page, k.start_at,
    k.end_at, a.start_at is not null and k.start_at is null as is_unknown
from {{answer}} a left join (
    select * from ({KNOWN}) where notice in (select notice from {{answer}} where start_at >= 0)
    qualify row_number() over (partition by notice, part, start_at, end_at
        order by context nulls last, page nulls last, text) = 1
) k on k.notice = a.notice and k.start_at = a.start_at and k.end_at = a.end_at
    and k.part = coalesce(a.part, 'body')"""  # noqa: S608 - pieces of our own


def facts_of_written(
    corpus: Corpus, con: DuckDBPyConnection, sql: str, limits: AskLimits | None = None
) -> str:
    """The query that reads a question's answer, which is asked if it has not been yet.

    Refuses (Refused) what is not one SELECT of what counts, takes too much, gives passages that
    stand in no notice, or more lines and columns than a table has.
    """
    stamp = stamp_of(corpus)
    folder = corpus.folder.derived / "asking"
    answer = folder / f"{stamp[:16]}-{hashlib.sha256(sql.encode()).hexdigest()[:24]}.parquet"
    if not answer.exists():
        _clear(folder, stamp[:16])
        copies = dict(_copies(con, folder, stamp[:16], sql))
        rows, _ = ask(sql, copies, limits)
        _keep(con, pa.Table.from_pylist(list(_checked(rows)), schema=COLUMN_SCHEMA), answer)
    return f"select a.* from read_parquet({_quoted(answer)}) a join counted n on n.id = a.notice"  # noqa: S608


def _clear(folder: Path, stamp: str) -> None:
    """Delete what was made for another state of the corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if not old.name.startswith(stamp) and old.is_file():
            old.unlink(missing_ok=True)


def _copies(
    con: DuckDBPyConnection, folder: Path, stamp: str, sql: str
) -> Iterator[tuple[str, Path]]:
    """Of each view that the question may name, a database that holds it and nothing else."""
    for view in VIEWS:
        if re.search(rf"\b{view.name}\b", sql, re.IGNORECASE):
            path = folder / f"{stamp}-{view.name}.duckdb"
            if not path.exists():
                _copy(con, view, path)
            yield view.name, path


def _copy(con: DuckDBPyConnection, view: View, path: Path) -> None:
    work = Path(tempfile.mkdtemp(dir=path.parent, prefix=path.stem))
    try:
        with con.cursor() as cursor:
            name = f"copy_{hashlib.sha256(str(work).encode()).hexdigest()[:12]}"
            cursor.execute(f"attach {_quoted(work / path.name)} as {name}")
            try:
                cursor.execute(f'create table {name}."{view.name}" as with {SHARED} {view.select}')
            finally:
                cursor.execute(f"detach {name}")
        (work / path.name).replace(path)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _checked(rows: list[Row]) -> Iterator[dict[str, object]]:
    """The rows as facts; refuses what can be no line of a table."""
    lines: set[str] = set()
    columns: set[str] = set()
    for row, column, notice, measure, part, start, end in rows:
        line, head = row or "none", COUNT if column is None else column
        lines.add(line)
        columns.add(head)
        if notice is None or len(line) > LONGEST_ROW or len(head) > LONGEST_COLUMN or "/" in head:
            raise Refused(f"No figure has a line {line[:80]!r} in {head[:80]!r}.", NO_LINE)
        if len(lines) > MOST_ROWS or len(columns) > MOST_COLUMNS:
            raise Refused(
                f"The answer has more than {MOST_ROWS} lines or {MOST_COLUMNS} columns.",
                "Count what belongs together in one line, or keep the largest.",
            )
        yield {
            "row_id": line,
            "column_id": head,
            "notice": notice,
            "measure": Decimal(1) if measure is None else Decimal(measure),
            "part": part,
            "start_at": start,
            "end_at": end,
        }


NO_LINE = (
    f"Each row names its notice; a line has at most {LONGEST_ROW} characters, a column at most "
    f"{LONGEST_COLUMN} and no slash."
)


def _keep(con: DuckDBPyConnection, answer: pa.Table, path: Path) -> None:
    """Look the passages up, and write the facts so that readers see all of them or none."""
    with con.cursor() as cursor:
        cursor.register("asked_answer", answer)
        query = WITH_PASSAGES.format(answer="asked_answer")
        cursor.execute(f"create temp table asked_facts as {query}")
        (unknown,) = cursor.execute(
            "select count(*) from asked_facts where is_unknown"
        ).fetchone() or (0,)
        if unknown:
            raise Refused(
                f"{unknown:,} rows name a passage that stands in no view.",
                f"Give part, start_at and end_at of one row of a view, together. {HINT}",
            )
        work = Path(tempfile.mkdtemp(dir=path.parent, prefix=path.stem)) / "facts"
        try:
            facts = "select * exclude (is_unknown) from asked_facts"
            cursor.execute(f"copy ({facts}) to {_quoted(work)} (format parquet)")
            work.replace(path)
        finally:
            shutil.rmtree(work.parent, ignore_errors=True)


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"
