"""Answer a question from the tables, and open a number in the answer.

The table, the keys of its cells and the list behind each number come from the one query of facts
that the figure's file defines, so they cannot disagree.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from duckdb import DuckDBPyConnection
from msgspec.structs import replace

from tenderlight.corpus.reviewing.error import measured_error
from tenderlight.figures.asked import Asked
from tenderlight.figures.coverage import coverage, coverage_keys, covered, errors_of
from tenderlight.figures.figure import Figure, Proof, Published
from tenderlight.figures.names import Names
from tenderlight.figures.question import Question
from tenderlight.figures.tallies import Tallies, Tally
from tenderlight.model import Refused
from tenderlight.technologies import Definitions

PROOF = """f.notice, n.title, n.buyer, n.published, f.measure, f.text, f.context, f.part, f.page,
    f.start_at, f.end_at"""
EARLIEST = """n.published nulls last, n.batch, n.number, f.notice, f.start_at nulls last,
    f.end_at, f.measure, f.context"""
CELLS = (
    f"select f.row_id, f.column_id, sum(f.measure) over cell, {PROOF} "  # noqa: S608
    "from facts f join notice n on n.id = f.notice "
    "window cell as (partition by f.row_id, f.column_id) qualify row_number() over "
    f"(partition by f.row_id, f.column_id order by {EARLIEST}) = 1 "
    "order by f.row_id, f.column_id"
)
FACTS_OF_CELL = (
    f"select {PROOF} from facts f join notice n on n.id = f.notice "  # noqa: S608
    f"where f.row_id = $row and f.column_id = $column order by {EARLIEST} limit $limit "
    "offset $offset"
)
FACTS_OF_COVERAGE = (
    f"select {PROOF} from covered f join notice n on n.id = f.notice "  # noqa: S608
    f"where f.column_id = $column order by {EARLIEST} limit $limit offset $offset"
)

ALL_FACTS = (
    f"select 'cell/' || f.row_id || '/' || f.column_id, f.column_id, {PROOF} "  # noqa: S608
    "from facts f join notice n on n.id = f.notice "
    f"order by f.row_id, f.column_id, {EARLIEST}"
)
ALL_COVERED = (
    f"select 'coverage/' || f.column_id, f.column_id, {PROOF} "  # noqa: S608
    "from covered f join notice n on n.id = f.notice "
    "qualify count(*) over (partition by f.column_id) <= $most "
    f"order by f.column_id, {EARLIEST}"
)
AT_ONCE = 10_000
"""Proofs that are fetched at once, when all are."""
SEARCHED = "select distinct province_code from counted where province_code is not null order by 1"


def answer(con: DuckDBPyConnection, asked: Asked, definitions: Definitions | None) -> Figure:
    """The figure: table, chart, method, coverage and the measured errors that it rests on."""
    question = asked.question
    with con.cursor() as cursor:  # the facts are worked out once, for the cells and the coverage
        named, values = asked.sql("select * from facts", asked.facts)
        cursor.execute(f"create temp table facts as {named}", values)
        found = cursor.execute(CELLS).fetchall()
        lines = coverage(cursor, asked)
        errors = measured_error(cursor)
        searched = _searched(cursor, asked) if question.maps else ()
        called = dict(cursor.execute(question.labels).fetchall()) if question.labels else {}
        names = Names(definitions, called)
        told = errors_of(cursor, asked, errors, names)
    sums = {
        (row, column): Tally(_measured(question, column, total), _proof(question, column, proof))
        for row, column, total, *proof in found
    }
    tallies = Tallies(sums, errors, searched)
    layout = question.lay_out(tallies, names)
    return Figure(
        name=question.name,
        en=question.en,
        zh=question.zh,
        question=question.question,
        columns=layout.columns,
        rows=layout.rows,
        chart=layout.chart,
        method=question.method,
        coverage=lines,
        given=asked.told(),
        published=tuple(_beside(tallies, each) for each in question.published),
        errors=told,
        digest=question.digest,
    )


def open_key(
    con: DuckDBPyConnection, asked: Asked, key: str, limit: int | None, offset: int
) -> tuple[Proof, ...]:
    """The notices behind a number, earliest first; refuses a key that opens nothing."""
    kind, _, name = key.partition("/")
    row, _, column = name.rpartition("/")
    cut = {"limit": limit, "offset": offset}
    if kind == "coverage":
        sql, values = asked.sql(FACTS_OF_COVERAGE, asked.facts, *covered(asked))
        values |= {"column": name, **cut}
    else:
        sql, values = asked.sql(FACTS_OF_CELL, asked.facts)
        values |= {"row": row, "column": column, **cut}
    found = con.cursor().execute(sql, values).fetchall()
    if kind not in ("cell", "coverage") or (not found and offset == 0):
        raise _no_such_key(con, asked, key)
    return tuple(_proof(asked.question, column, each) for each in found)


def open_all(
    con: DuckDBPyConnection, asked: Asked, most: int
) -> Iterator[tuple[str, tuple[Proof, ...]]]:
    """Every key of the figure with what `open_key` gives for it, its facts worked out once.

    Lines of the coverage with more than `most` notices are left out.
    """
    with con.cursor() as cursor:
        named, values = asked.sql("select * from facts", asked.facts)
        cursor.execute(f"create or replace temp table facts as {named}", values)
        yield from _by_key(asked.question, cursor.execute(ALL_FACTS))
        sql, values = asked.sql(ALL_COVERED, *covered(asked))
        yield from _by_key(asked.question, cursor.execute(sql, values | {"most": most}))


def _by_key(
    question: Question, cursor: DuckDBPyConnection
) -> Iterator[tuple[str, tuple[Proof, ...]]]:
    rows = (row for some in iter(lambda: cursor.fetchmany(AT_ONCE), []) for row in some)
    for key, group in groupby(rows, key=itemgetter(0)):
        yield key, tuple(_proof(question, column, each) for _, column, *each in group)


def _searched(cursor: DuckDBPyConnection, asked: Asked) -> tuple[str, ...]:
    """The divisions of which there are notices in the scope: the others were not searched."""
    sql, values = asked.sql(SEARCHED)
    return tuple(code for (code,) in cursor.execute(sql, values).fetchall())


def _beside(sums: Tallies, published: Published) -> Published:
    """A comparison, without the key of our number where this corpus has none there."""
    return published if sums.opens(published.cell) else replace(published, cell=None)


def _measured(question: Question, column: str, measure: Decimal | int) -> int | Decimal:
    """Yuan with two places, and anything else as a whole number where it is one."""
    value = Decimal(measure)
    if column in question.money:
        return value.quantize(Decimal("0.01"))
    return int(value) if value == value.to_integral_value() else value.normalize()


def _proof(question: Question, column: str, found: Any) -> Proof:
    notice, title, buyer, published, measure, text, context, part, page, start, end = found
    return Proof(
        notice=notice,
        title=title,
        buyer=buyer,
        published=published,
        value=_measured(question, column, measure),
        text=text,
        context=context,
        part=part,
        page=page,
        start=start,
        end=end,
    )


def _no_such_key(con: DuckDBPyConnection, asked: Asked, key: str) -> Refused:
    every = "select distinct 'cell/' || row_id || '/' || column_id from facts"
    sql, values = asked.sql(every, asked.facts)
    keys = [row[0] for row in con.cursor().execute(sql, values).fetchall()]
    keys += coverage_keys(asked.question)
    near = difflib.get_close_matches(key, sorted(keys)[:5000], n=3, cutoff=0.3)
    instead = f"Near it: {', '.join(near)}." if near else f"It has {len(keys)} keys."
    hint = f"{instead} `make_figure` gives the key of every number."
    return Refused(f"The figure {asked.question.name!r} has nothing under the key {key!r}.", hint)
