"""How a figure looks that was written in SQL: lines by columns, in the order of their size."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.asking.saved import Written
from tenderlight.asking.written import COUNT
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout
from tenderlight.figures.tallies import Tallies, cell_key

DRAWN = 30
"""Lines of its chart."""


def layout_of_written(written: Written) -> Callable[[Tallies, Names], Layout]:
    """The answer as a table; years as lines or columns stand in their order."""

    def lay_out(sums: Tallies, names: Names) -> Layout:
        heads = _ordered(sums.columns())
        lines = sums.rows(*heads)
        if all(_is_year(line) for line in lines):
            lines = sorted(lines)
        rows = tuple(
            Row(id=line, cells=(Cell(value=line), *(_cell(sums, written, line, h) for h in heads)))
            for line in lines
        )
        return Layout(
            columns=(Column(id="line", en="Line", zh="行"), *_columns(written, heads)),
            rows=rows,
            chart=_chart(sums, lines[:DRAWN], heads),
        )

    return lay_out


def _columns(written: Written, heads: list[str]) -> tuple[Column, ...]:
    labels = {head: Label(en=head, zh=head) for head in heads}
    if COUNT in labels:
        labels[COUNT] = Label(en="Number", zh="数量")
    return tuple(
        Column(id=id, en=label.en, zh=label.zh, kind="money" if written.money else "count")
        for id, label in labels.items()
    )


def _cell(sums: Tallies, written: Written, line: str, head: str) -> Cell:
    return sums.sum(line, head) if written.money else sums.cell(line, head)


def _chart(sums: Tallies, lines: list[str], heads: list[str]) -> Chart:
    if len(heads) == 1:
        points = tuple(_point(sums, line, heads[0], line) for line in lines)
        series = (Series(id=heads[0], en=heads[0], zh=heads[0], points=points),)
        return Chart(kind="bars", series=series)
    drawn = tuple(
        Series(
            id=line,
            en=line,
            zh=line,
            points=tuple(_point(sums, line, h, h) for h in heads if sums.total(line, h)),
        )
        for line in lines
    )
    return Chart(kind="heat", series=drawn)


def _point(sums: Tallies, line: str, head: str, x: str) -> Point:
    value = sums.total(line, head)
    return Point(x=x, en=x, zh=x, value=value, key=cell_key(line, head))


def _ordered(heads: set[str]) -> list[str]:
    return sorted(heads, key=lambda head: (not _is_year(head), head))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()
