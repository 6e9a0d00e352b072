"""What figures of money share: sums of several kinds by technology and year, side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Column, Label, Row
from tenderlight.figures.names import year_label, years_of
from tenderlight.figures.tallies import Tallies


class Kind(NamedTuple):
    """One kind of sum: its column, and what its three columns are called."""

    id: str
    sums: Label
    with_one: Label
    without: Label


def money_columns(kinds: tuple[Kind, ...]) -> tuple[Column, ...]:
    """The columns: the line's name; of each kind the sum, how many have one, how many have none."""
    columns = [Column(id="technology", en="Technology, year", zh="技术、年份")]
    for kind in kinds:
        named = f"{kind.id}-with", f"{kind.id}-without"
        en, zh = f"{kind.sums.en}, yuan", f"{kind.sums.zh}（元）"
        columns += [
            Column(id=kind.id, en=en, zh=zh, kind="money"),
            Column(id=named[0], en=kind.with_one.en, zh=kind.with_one.zh, kind="count"),
            Column(id=named[1], en=kind.without.en, zh=kind.without.zh, kind="share"),
        ]
    return tuple(columns)


def money_lines(
    sums: Tallies,
    columns: tuple[Column, ...],
    called: Callable[[str], Label],
) -> tuple[Row, ...]:
    """A line for each technology, the sum line first, and below it one for each of its years."""
    found = sums.rows(*(column.id for column in columns[1:]))
    rows = []
    for subject in subjects_of(found):
        cells = _cells(sums, subject, called(subject), columns)
        rows.append(Row(id=subject, cells=cells, total=subject == ALL))
        for year in years_under(subject, found):
            line = f"{subject}:{year}"
            cells = _cells(sums, line, year_label(year), columns)
            rows.append(Row(id=line, cells=cells, under=subject))
    return tuple(rows)


def subjects_of(rows: list[str]) -> list[str]:
    """The technologies among the lines, the sum line first.

    >>> subjects_of(["iris", "iris:2019", "*"])
    ['*', 'iris']
    """
    return sorted((row for row in rows if ":" not in row), key=lambda row: row != ALL)


def years_under(subject: str, rows: list[str]) -> list[str]:
    """The years in which a technology has a line.

    >>> years_under("iris", ["iris", "iris:2021", "iris:2019", "dna:2020"])
    ['2019', '2021']
    """
    years = {row.rpartition(":")[2] for row in rows if row.rpartition(":")[0] == subject}
    return [year for year in years_of(years) if year in years]


def _cells(sums: Tallies, line: str, label: Label, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    cells = [Cell(value=label.en, zh=label.zh if label.zh != label.en else None)]
    for column in columns[1:]:
        if column.kind == "money":
            cells.append(sums.sum(line, column.id))
        elif column.kind == "share":
            cells.append(sums.share(line, column.id, column.id.removesuffix("out")))
        else:
            cells.append(sums.cell(line, column.id))
    return tuple(cells)
