"""Figures whose lines each quote the first passage: who is watched, and where."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout
from tenderlight.figures.tallies import Tallies, cell_key


def quoted(kind: str, en: str, zh: str) -> Callable[[Tallies, Names], Layout]:
    """A line for each target or site: notices, then date, buyer and passage of the earliest."""
    columns = (
        Column(id=kind, en=en, zh=zh),
        Column(id="notices", en="Notices", zh="公告数", kind="count"),
        Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
        Column(id="date", en="First", zh="最早", kind="date"),
        Column(id="buyer", en="Buyer", zh="采购人"),
        Column(id="sentence", en="Passage", zh="原文", kind="quote"),
    )

    def lay_out(sums: Tallies, names: Names) -> Layout:
        rows, points = [], []
        for line in sums.rows("notices"):
            label = names.of(kind, line)
            notices, buyers = sums.cell(line, "notices"), sums.cell(line, "buyers")
            proof = sums.proof(line, "notices")
            cells = (Cell(value=label.en, zh=label.zh), notices, buyers, *proof)
            rows.append(Row(id=line, cells=cells))
            points.append(
                Point(
                    x=line,
                    en=label.en,
                    zh=label.zh,
                    value=sums.total(line, "notices"),
                    key=cell_key(line, "notices"),
                )
            )
        series = Series(id="notices", en="Notices", zh="公告数", points=tuple(points))
        chart = Chart(kind="bars", series=(series,), y=Label(en="Notices", zh="公告数"))
        return Layout(columns=columns, rows=tuple(rows), chart=chart)

    return lay_out
