"""Figures that list the largest first: buyers and suppliers by their number of purchases."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut
from tenderlight.figures.tallies import Tallies, cell_key

LONGEST = 100
"""Lines of a ranked table: what a reader will look through."""

DRAWN = 20
"""Bars of its chart."""

NOT_SURVEILLANCE = LeftOut(
    id="not-surveillance",
    en="notices that buy no surveillance",
    zh="未采购监控手段的公告",
    notices="select id from counted where surveillance is not true",
)
"""What buyers and suppliers leave out alike."""

ORGANISATIONS = "select id, name from organisation"
"""What the lines of a table of organisations are called."""

BEYOND = f"""select notice from facts where column_id = 'purchases' and row_id not in (
    select row_id from facts group by row_id having bool_or(column_id = 'purchases')
    order by count(*) filter (column_id = 'purchases') desc,
        coalesce(sum(measure) filter (column_id = 'award'), 0) desc, row_id limit {LONGEST}
)"""  # noqa: S608 - a number of our own
"""The notices of those who are not listed."""


def ranked(*columns: Column) -> Callable[[Tallies, Names], Layout]:
    """The lines with the most `purchases`, then the largest `award`, by their own names."""

    def lay_out(sums: Tallies, names: Names) -> Layout:
        found = sorted(sums.rows("purchases"), key=lambda line: -sums.total(line, "award"))
        lines = sorted(found, key=lambda line: -sums.total(line, "purchases"))[:LONGEST]
        rows = tuple(
            Row(id=line, cells=(_name(line, names), *_numbers(sums, line, columns[1:])))
            for line in lines
        )
        points = tuple(
            Point(
                x=line,
                en=names.called(line),
                zh=names.called(line),
                value=sums.total(line, "purchases"),
                key=cell_key(line, "purchases"),
            )
            for line in lines[:DRAWN]
        )
        series = Series(id="purchases", en=columns[1].en, zh=columns[1].zh, points=points)
        chart = Chart(kind="bars", series=(series,), y=Label(en="Purchases", zh="采购项目数"))
        return Layout(columns=columns, rows=rows, chart=chart)

    return lay_out


def _name(line: str, names: Names) -> Cell:
    called = names.called(line)
    return Cell(value=called, organisation=line if called != line else None)


def _numbers(sums: Tallies, line: str, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    return tuple(
        sums.sum(line, column.id) if column.kind == "money" else sums.cell(line, column.id)
        for column in columns
    )
