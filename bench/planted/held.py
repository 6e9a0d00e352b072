"""Figures of the built corpus held against the truth, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from bench.planted import truth as told
from bench.planted import truth_ranked
from bench.planted.truth import Cells, Truth
from tenderlight.figures import Figure, make_figure

NUMBERS = ("count", "money", "share", "average", "percent")
RANKED = 100
TRUTHS: dict[str, Callable[[Truth], Cells]] = {
    "technologies-by-year": told.technologies_by_year,
    "divisions": told.divisions,
    "money": told.money,
    "item-money": told.item_money,
    "targets": partial(told.quoted, what="targets"),
    "sites": partial(told.quoted, what="sites"),
    "deployment": told.deployment,
    "quantities": told.quantities,
    "buyers": truth_ranked.buyers,
    "suppliers": truth_ranked.suppliers,
    "checked": told.checked,
    "counties": told.counties,
}
"""The truth of each figure."""
BY_NAME = ("buyers", "suppliers")
"""Figures of organisations: their lines are called by the name in their first cell."""


class Differs(NamedTuple):
    """A cell that is not as planted."""

    figure: str
    line: str
    column: str
    planted: int | Decimal
    counted: int | Decimal

    def __str__(self) -> str:
        place = f"{self.figure} / {self.line} / {self.column}"
        return f"{place}: planted {self.planted}, counted {self.counted}"


def cells_of(figure: Figure) -> Cells:
    """Every number of a figure that is not nothing, by line and column."""
    by_name = figure.name in BY_NAME
    return {
        (str(row.cells[0].value) if by_name else row.id, column.id): cell.value
        for row in figure.rows
        for column, cell in zip(figure.columns, row.cells, strict=True)
        if column.kind in NUMBERS and isinstance(cell.value, int | Decimal) and cell.value
    }


def differences(con: DuckDBPyConnection, truth: Truth, name: str) -> list[Differs]:
    """Every cell of a figure that is not as planted, those that are missing among them."""
    counted = cells_of(make_figure(con, name))
    planted = {key: value for key, value in TRUTHS[name](truth).items() if value}
    if name in BY_NAME:
        planted = _first_lines(planted, counted)
    return list(differing(name, planted, counted))


def _first_lines(planted: Cells, counted: Cells) -> Cells:
    """The lines of a ranked table: the largest, and of those that tie the ones that are shown."""
    lines = {line for line, _ in planted}
    order = sorted(lines, key=partial(_rank, planted), reverse=True)
    if len(order) <= RANKED:
        return planted
    least = _rank(planted, order[RANKED - 1])
    shown = {line for line, _ in counted}
    sure = {line for line in order if _rank(planted, line) > least}
    tied = {line for line in shown & lines if _rank(planted, line) == least}
    kept = sure | set(sorted(tied)[: RANKED - len(sure)])
    return {key: value for key, value in planted.items() if key[0] in kept}


def _rank(cells: Cells, line: str) -> tuple[int | Decimal, int | Decimal]:
    return cells.get((line, "purchases"), 0), cells.get((line, "award"), 0)


def differing(name: str, planted: Cells, counted: Cells) -> Iterator[Differs]:
    """Every cell that is not in both with the same number."""
    for line, column in sorted(planted.keys() | counted.keys()):
        true, found = planted.get((line, column), 0), counted.get((line, column), 0)
        if true != found:
            yield Differs(name, line, column, true, found)
