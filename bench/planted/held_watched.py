"""Figures of what is watched held against the truth, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from duckdb import DuckDBPyConnection

from bench.planted import truth_watched as told
from bench.planted.held import NUMBERS, Differs, differing
from bench.planted.truth import Cells, Truth
from tenderlight.figures import Figure, Row, make_figure

WATCHED: dict[str, Callable[[Truth], Cells]] = {
    "capacities": told.capacities,
    "person-archive": told.person_archive,
    "targets-quoted": told.targets_quoted,
    "red-lists": told.red_lists,
    "rules-quoted": told.rules_quoted,
    "sensitive-sites": told.sensitive_sites,
    "mismatches": told.mismatches,
    "specifications": told.specifications,
}
"""The truth of each."""
SUPPLIERS = 50
QUOTED = ("targets-quoted", "red-lists", "rules-quoted")
COUNTED_UNDER = (*QUOTED, "capacities", "mismatches")
"""Figures whose lines under others are called by their buyer and date."""


def watched_cells(figure: Figure) -> Cells:
    """Every number that is not nothing, by line and column."""
    return {
        (_line(figure, row), column.id): cell.value
        for row in figure.rows
        for column, cell in zip(figure.columns, row.cells, strict=True)
        if column.kind in NUMBERS and isinstance(cell.value, int | Decimal) and cell.value
    }


def _line(figure: Figure, row: Row) -> str:
    cells = {column.id: cell for column, cell in zip(figure.columns, row.cells, strict=True)}
    if figure.name == "person-archive" and row.under == "suppliers":
        return f"suppliers:{cells['what'].value}"
    if figure.name == "specifications":
        return str(cells["text"].value)[: told.BEGINS]
    if figure.name not in COUNTED_UNDER or row.under is None:
        return row.id
    parts = [row.under, str(cells["buyer"].value or ""), str(cells["date"].value or "")]
    if figure.name in QUOTED:
        parts.append(str(cells["sentence"].more or cells["sentence"].value))
    return "|".join(parts)


def watched_differences(con: DuckDBPyConnection, truth: Truth, name: str) -> list[Differs]:
    """Every cell of a figure that is not as planted, those that are missing among them."""
    planted = {key: value for key, value in WATCHED[name](truth).items() if value}
    counted = watched_cells(make_figure(con, name))
    if name == "person-archive":
        planted = _listed(planted, counted)
    return list(differing(name, planted, counted))


def _listed(planted: Cells, counted: Cells) -> Cells:
    """Without suppliers that are not listed: of those that tie the ones that are shown stay."""
    purchases = {
        line: value
        for (line, column), value in planted.items()
        if column == "purchases" and line.startswith("suppliers:")
    }
    if len(purchases) <= SUPPLIERS:
        return planted
    least = sorted(purchases.values(), reverse=True)[SUPPLIERS - 1]
    sure = {line for line, value in purchases.items() if value > least}
    tied = {line for line, _ in counted if purchases.get(line) == least}
    kept = sure | set(sorted(tied)[: SUPPLIERS - len(sure)])
    return {key: value for key, value in planted.items() if key[0] not in purchases.keys() - kept}
