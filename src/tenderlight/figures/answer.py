"""Answer a question from the tables, and open a number in the answer.

The table, the keys of its cells and the list behind each number come from the one query of facts
that the figure's file defines, so they cannot disagree.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from duckdb import DuckDBPyConnection
from msgspec.structs import replace

from tenderlight.corpus.reviewing.error import measured_error
from tenderlight.figures.asked import Asked
from tenderlight.figures.coverage import BEHIND, coverage, coverage_keys, covered, errors_of
from tenderlight.figures.figure import Behind, Figure, Proof, Published
from tenderlight.figures.names import Names
from tenderlight.figures.opened import Firsts, Opened, read_cell
from tenderlight.figures.proof import EARLIEST, PROOF, measured, proof_of
from tenderlight.figures.question import Question
from tenderlight.figures.tallies import Tallies
from tenderlight.model import Refused
from tenderlight.technologies import Definitions

CELLS = "select row_id, column_id, sum(measure) from facts group by all order by all"
FACTS_OF_COVERAGE = (
    f"select {PROOF} from covered f join notice n on n.id = f.notice "  # noqa: S608
    f"where f.column_id = $column order by {EARLIEST} limit $limit offset $offset"
)
COUNT_OF_COVERAGE = """select count(*) from covered f join notice n on n.id = f.notice
    where f.column_id = $column"""
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
    with con.cursor() as cursor:
        asked = asked.laid_in(cursor)
        _work_out(cursor, asked)
        found = cursor.execute(CELLS).fetchall()
        lines = coverage(cursor, asked)
        errors = measured_error(cursor)
        searched = _searched(cursor, asked) if question.maps else ()
        called = dict(cursor.execute(question.labels).fetchall()) if question.labels else {}
        names = Names(definitions, called)
        told = errors_of(cursor, asked, errors, names)
        sums = {(row, column): measured(question, column, total) for row, column, total in found}
        tallies = Tallies(sums, errors, searched, Firsts(cursor, asked))
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


def _work_out(cursor: DuckDBPyConnection, asked: Asked) -> None:
    """Make the tables `facts`, without texts, and `behind`: once for cells, coverage, errors."""
    known = "where notice in (select id from notice)" if asked.question.counted_as else ""
    slim = f"select row_id, column_id, notice, measure from facts {known}"  # noqa: S608
    sql, values = asked.sql(slim, asked.facts)
    cursor.execute(f"create or replace temp table facts as {sql}", values)
    sql, values = asked.sql("select * from behind", BEHIND)
    cursor.execute(f"create or replace temp table behind as {sql}", values)


def open_key(
    con: DuckDBPyConnection, asked: Asked, key: str, limit: int | None, offset: int
) -> Behind:
    """The notices behind a number, earliest first; refuses a key that opens nothing."""
    question = asked.question
    kind, _, name = key.partition("/")
    row, _, column = name.rpartition("/")
    with con.cursor() as cursor:
        laid = asked.laid_in(cursor)
        if kind == "coverage":
            opened = _read_line(cursor, laid, name, limit, offset)
        else:
            opened = read_cell(cursor, laid, row, column, limit, offset)
    if kind not in ("cell", "coverage") or not opened.facts:
        raise _no_such_key(con, asked.on(con), key)
    return Behind(
        total=measured(question, column, opened.total),
        facts=opened.facts,
        notices=opened.notices,
        proofs=tuple(proof_of(question, column, each) for each in opened.found),
    )


def _read_line(
    cursor: DuckDBPyConnection, asked: Asked, name: str, limit: int | None, offset: int
) -> Opened:
    """The notices of a line of the coverage, each of which counts once."""
    named = (asked.facts, *covered(asked))
    sql, values = asked.sql(FACTS_OF_COVERAGE, *named)
    cut = {"column": name, "limit": limit, "offset": offset}
    found = cursor.execute(sql, values | cut).fetchall()
    if limit is None and not offset:
        return Opened(found, len(found), len(found), len(found))
    sql, values = asked.sql(COUNT_OF_COVERAGE, *named)
    (count,) = cursor.execute(sql, values | {"column": name}).fetchone() or (0,)
    return Opened(found, count, count, count)


def open_all(
    con: DuckDBPyConnection, asked: Asked, most: int
) -> Iterator[tuple[str, tuple[Proof, ...]]]:
    """Every key of the figure with what `open_key` gives for it, its facts worked out once.

    Lines of the coverage with more than `most` notices are left out.
    """
    with con.cursor() as cursor:
        asked = asked.laid_in(cursor)
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
        yield key, tuple(proof_of(question, column, each) for _, column, *each in group)


def _searched(cursor: DuckDBPyConnection, asked: Asked) -> tuple[str, ...]:
    """The divisions of which there are notices in the scope: the others were not searched."""
    sql, values = asked.sql(SEARCHED)
    return tuple(code for (code,) in cursor.execute(sql, values).fetchall())


def _beside(sums: Tallies, published: Published) -> Published:
    """A comparison, without the key of our number where this corpus has none there."""
    return published if sums.opens(published.cell) else replace(published, cell=None)


def _no_such_key(con: DuckDBPyConnection, asked: Asked, key: str) -> Refused:
    every = "select distinct 'cell/' || row_id || '/' || column_id from facts"
    sql, values = asked.sql(every, asked.facts)
    keys = [row[0] for row in con.cursor().execute(sql, values).fetchall()]
    keys += coverage_keys(asked.question)
    near = difflib.get_close_matches(key, sorted(keys)[:5000], n=3, cutoff=0.3)
    instead = f"Near it: {', '.join(near)}." if near else f"It has {len(keys)} keys."
    hint = f"{instead} `make_figure` gives the key of every number."
    return Refused(f"The figure {asked.question.name!r} has nothing under the key {key!r}.", hint)
