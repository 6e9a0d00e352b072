"""The texts behind numbers: read of the notices that are shown, not of all that are counted.

A fact that holds among all notices holds among some of them too, unless it compares them (a share,
a median). So the facts are asked of the notices in question alone; and where what comes back does
not count and add up to what all notices gave, of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from tenderlight.figures.asked import Asked
from tenderlight.figures.figure import Proof
from tenderlight.figures.proof import EARLIEST, PROOF, WITHIN_NOTICE, proof_of

EARLIEST_OF = """select row_id, arg_min(f.notice, m.nth) as notice
    from facts f join marked m on m.id = f.notice where f.column_id = $column group by row_id"""
COUNTED_OF = """select w.row_id, count(*), sum(f.measure)
    from facts f join wanted_fact w on w.row_id = f.row_id and w.notice = f.notice
    where f.column_id = $column group by all"""
FIRSTS = f"""select f.row_id, count(*) over same, sum(f.measure) over same, {PROOF}
    from facts f join wanted_fact w on w.row_id = f.row_id and w.notice = f.notice
    join notice n on n.id = f.notice where f.column_id = $column
    window same as (partition by f.row_id) qualify row_number() over (
        partition by f.row_id order by {WITHIN_NOTICE}) = 1"""  # noqa: S608 - our own words
ONLY_WANTED = "id in (select notice from wanted_fact)"
IN_TURN = """select f.notice, m.nth, count(*) as facts, sum(f.measure) as total from facts f
    join marked m on m.id = f.notice where f.row_id = $row and f.column_id = $column
    group by f.notice, m.nth"""
WHOLE = "select coalesce(sum(facts), 0)::bigint, count(*), coalesce(sum(total), 0) from in_turn"
TURN = """select * from (
        select notice, facts, total, (sum(facts) over (order by nth) - facts)::bigint as before
        from in_turn
    ) where before < $until and before + facts > $offset order by before"""
OF_CELL = (
    f"select {PROOF} from facts f join notice n on n.id = f.notice "  # noqa: S608
    f"where f.row_id = $row and f.column_id = $column order by {EARLIEST}"
)
OF_NOTICES = (
    f"select {PROOF} from facts f join notice n on n.id = f.notice "  # noqa: S608
    "where f.row_id = $row and f.column_id = $column and f.notice in (select unnest($notices)) "
    f"order by {EARLIEST}"
)
ONLY_NOTICES = "id in (select unnest($notices))"


class Opened(NamedTuple):
    """Facts behind a number, and what all of them come to."""

    found: Sequence[Sequence[Any]]
    """As rows of `PROOF`, earliest first."""
    facts: int
    notices: int
    total: Any


class _Turn(NamedTuple):
    """The notices of one page, what all notices say of them, and how many facts lie before."""

    notices: list[str]
    told: dict[str, tuple[int, Any]]
    before: int
    facts: int
    all_notices: int
    total: Any


class Firsts:
    """Gives the earliest notice behind every cell of a column, from the table `facts`."""

    def __init__(self, cursor: DuckDBPyConnection, asked: Asked) -> None:
        self._cursor, self._asked = cursor, asked

    def __call__(self, column: str) -> Mapping[str, Proof]:
        """By row."""
        given = {"column": column}
        sql, values = self._asked.sql(EARLIEST_OF)
        self._cursor.execute(f"create or replace temp table wanted_fact as {sql}", values | given)
        found = self._cursor.execute(COUNTED_OF, given).fetchall()
        expected = {row: (count, total) for row, count, total in found}
        some = self._read(column, ONLY_WANTED)
        if {row: told for row, (told, _) in some.items()} != expected:
            some = self._read(column, "")
        question = self._asked.question
        return {row: proof_of(question, column, each) for row, (_, each) in some.items()}

    def _read(self, column: str, only: str) -> dict[str, tuple[tuple[int, Any], Sequence[Any]]]:
        sql, values = self._asked.sql(FIRSTS, self._asked.facts, only=only)
        found = self._cursor.execute(sql, values | {"column": column}).fetchall()
        return {row: ((count, total), proof) for row, count, total, *proof in found}


def read_cell(
    con: DuckDBPyConnection, asked: Asked, row: str, column: str, limit: int | None, offset: int
) -> Opened:
    """The facts of a cell, from `offset` on and so many."""
    given = {"row": row, "column": column}
    if limit is not None:
        turn = _in_turn(con, asked, given, limit, offset)
        whole = turn.facts, turn.all_notices, turn.total
        sql, values = asked.sql(OF_NOTICES, asked.facts, only=ONLY_NOTICES)
        found = con.execute(sql, values | given | {"notices": turn.notices}).fetchall()
        if _told(found) == turn.told:
            begin = offset - turn.before
            return Opened(found[begin : begin + limit], *whole)
    sql, values = asked.sql(OF_CELL, asked.facts)
    found = con.execute(sql, values | given).fetchall()
    until = len(found) if limit is None else offset + limit
    whole = len(found), len({each[0] for each in found}), sum(each[4] for each in found)
    return Opened(found[offset:until], *whole)


def _in_turn(
    con: DuckDBPyConnection, asked: Asked, given: Mapping[str, str], limit: int, offset: int
) -> _Turn:
    """Counted by the database: behind one number there may be a million notices."""
    sql, values = asked.sql(IN_TURN, asked.facts)
    con.execute(f"create or replace temp table in_turn as {sql}", {**values, **given})
    facts, notices, total = con.execute(WHOLE).fetchone() or (0, 0, 0)
    cut = {"offset": offset, "until": offset + limit}
    found = con.execute(TURN, cut).fetchall()
    told = {notice: (count, its) for notice, count, its, _ in found}
    before = found[0][3] if found else offset
    return _Turn(list(told), told, before, facts, notices, total)


def _told(found: Sequence[Sequence[Any]]) -> dict[str, tuple[int, Any]]:
    told: dict[str, tuple[int, Any]] = {}
    for notice, _, _, _, measure, *_ in found:
        count, total = told.get(notice, (0, 0))
        told[notice] = (count + 1, total + measure)
    return told
