"""Figures of the built corpus held against the truth, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl

from duckdb import DuckDBPyConnection

from bench.planted import truth as told
from bench.planted import truth_purchases as bought
from bench.planted import truth_ranked
from bench.planted.truth import Cells, Truth
from tenderlight.figures import Figure, make_figure

NUMBERS = ("count", "money", "share", "average", "percent")
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
    "programmes": bought.programmes,
    "gis-contracts": bought.gis_contracts,
    "gis-contracts?technology=dna": partial(bought.gis_contracts, technology="dna"),
    "contractors": bought.contractors,
    "buyer-supplier": bought.buyer_supplier,
    "timeline": bought.timeline,
    "timeline?technology=y-dna": partial(bought.timeline, technology="y-dna"),
    "foreign-cameras": bought.foreign_cameras,
}
"""The truth of each figure, and of some with words of its scope and parameters."""
BY_NAME = ("buyers", "suppliers", "contractors", "buyer-supplier", "foreign-cameras")
"""Figures of organisations: their lines are called by names, not by ids."""
UNNAMED = ("foreign-cameras",)
"""Of these only lines within lines are: makers are called by their ids."""


class Ranked(NamedTuple):
    """A table of the largest: how many lines it has, and by which columns they are chosen."""

    most: int
    by: tuple[str, ...]


RANKED = {
    "buyers": Ranked(100, ("purchases", "award")),
    "suppliers": Ranked(100, ("purchases", "award")),
    "contractors": Ranked(100, ("divisions", "purchases")),
    "buyer-supplier": Ranked(1_000, ("purchases",)),
}


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
    """Every number of a figure that is not nothing, by line and column; of a timeline its days."""
    names = _names(figure) if figure.name in BY_NAME else {}
    return {
        (names.get(row.id, row.id), column.id): number
        for row in figure.rows
        for column, cell in zip(figure.columns, row.cells, strict=True)
        if (number := _number(cell.value, column.kind, dated=figure.name == "timeline"))
    }


def _number(value: object, kind: str, *, dated: bool) -> int | Decimal | None:
    if dated and kind == "date" and isinstance(value, str):
        return int(value[:10].replace("-", ""))
    return value if kind in NUMBERS and isinstance(value, int | Decimal) else None


def _names(figure: Figure) -> dict[str, str]:
    """What lines are called: an organisation by its name, alone or in a pair, or within a line."""
    names: dict[str, str] = {}
    for row in figure.rows:
        first, second = (str(cell.value) for cell in row.cells[:2])
        head, _, tail = row.id.rpartition("@")
        if ">" in row.id:
            names[row.id] = f"{first}>{second}"
        elif row.under:
            is_place = tail.isdecimal() and len(tail) == 6
            names[row.id] = f"{names.get(head, head)}@{tail if is_place else first}"
        elif figure.name not in UNNAMED and not row.total and row.id != "others":
            names[row.id] = first
    return names


def differences(con: DuckDBPyConnection, truth: Truth, name: str) -> list[Differs]:
    """Every cell of a figure that is not as planted, those that are missing among them.

    `timeline?technology=dna` is the figure asked with these words.
    """
    figure, _, words = name.partition("?")
    counted = cells_of(make_figure(con, figure, None, dict(parse_qsl(words))))
    planted = {key: value for key, value in TRUTHS[name](truth).items() if value}
    if figure in RANKED:
        planted = _first_lines(planted, counted, RANKED[figure])
    if figure == "buyer-supplier":
        listed = {line for line, _ in planted if ">" in line}
        planted = {k: v for k, v in bought.buyer_supplier(truth, listed).items() if v}
    return list(differing(name, planted, counted))


def _first_lines(planted: Cells, counted: Cells, ranked: Ranked) -> Cells:
    """The lines of a ranked table: the largest, and of those that tie the ones that are shown."""
    rank = partial(_rank, planted, ranked.by)
    lines = {line for line, _ in planted if line != "*" and "@" not in line}
    order = sorted(lines, key=rank, reverse=True)
    if len(order) <= ranked.most:
        return planted
    least = rank(order[ranked.most - 1])
    shown = {line for line, _ in counted}
    sure = {line for line in order if rank(line) > least}
    tied = {line for line in shown & lines if rank(line) == least}
    kept = {"*"} | sure | set(sorted(tied)[: ranked.most - len(sure)])
    return {key: value for key, value in planted.items() if key[0].partition("@")[0] in kept}


def _rank(cells: Cells, by: tuple[str, ...], line: str) -> tuple[int | Decimal, ...]:
    return tuple(cells.get((line, column), 0) for column in by)


def differing(name: str, planted: Cells, counted: Cells) -> Iterator[Differs]:
    """Every cell that is not in both with the same number."""
    for line, column in sorted(planted.keys() | counted.keys()):
        true, found = planted.get((line, column), 0), counted.get((line, column), 0)
        if true != found:
            yield Differs(name, line, column, true, found)
