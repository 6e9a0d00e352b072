"""Series of charts that several figures draw."""

from __future__ import annotations

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Label, Point, Series
from tenderlight.figures.names import Names
from tenderlight.figures.tallies import Tallies, cell_key


def by_technology(
    sums: Tallies, column: str, label: Label, lines: list[str], names: Names
) -> Series:
    """One point for each technology that has something in a column; none for the sum line."""
    points = tuple(
        Point(
            x=line,
            en=names.technology(line).en,
            zh=names.technology(line).zh,
            value=sums.total(line, column),
            key=cell_key(line, column),
        )
        for line in lines
        if line != ALL and sums.total(line, column)
    )
    return Series(id=column, en=label.en, zh=label.zh, points=points)
