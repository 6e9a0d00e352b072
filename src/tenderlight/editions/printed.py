"""A figure as an edition prints it: `figures.Figure` read back from JSON.

Yuan are text in JSON, so that no digit is lost; a `Decimal` and a text cannot be told apart there.
"""

from __future__ import annotations

import msgspec


class PrintedColumn(msgspec.Struct, frozen=True):
    """One column."""

    id: str
    en: str
    zh: str
    kind: str = "text"


class PrintedCell(msgspec.Struct, frozen=True):
    """One cell."""

    value: str | int | None = None
    key: str | None = None
    of: int | None = None
    zh: str | None = None
    more: str | None = None
    organisation: str | None = None
    notice: str | None = None


class PrintedRow(msgspec.Struct, frozen=True):
    """One line."""

    id: str
    cells: tuple[PrintedCell, ...]
    under: str | None = None
    total: bool = False


class PrintedPoint(msgspec.Struct, frozen=True):
    """One mark of a chart."""

    x: str
    en: str
    zh: str
    value: str | int
    key: str | None = None


class PrintedSeries(msgspec.Struct, frozen=True):
    """Marks of one colour."""

    id: str
    en: str
    zh: str
    points: tuple[PrintedPoint, ...]


class PrintedChart(msgspec.Struct, frozen=True):
    """The chart."""

    kind: str
    series: tuple[PrintedSeries, ...] = ()


class PrintedCoverage(msgspec.Struct, frozen=True):
    """One line of the coverage."""

    id: str
    en: str
    zh: str
    count: int
    key: str | None = None


class Printed(msgspec.Struct, frozen=True):
    """The figure: what a comparison and a check need of it."""

    name: str
    en: str
    zh: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    coverage: tuple[PrintedCoverage, ...]
    chart: PrintedChart
    digest: str = ""
    """Of how it is counted."""
