"""What a figure is made of: columns, rows, cells that open, what was searched, and a chart."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

ColumnKind = Literal["text", "count", "money", "share", "date", "quote", "notice"]
ChartKind = Literal["bars", "lines", "map", "heat", "none"]


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A name in both languages."""

    en: str
    zh: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column. `kind` says how its cells are to be shown and aligned.

    `count` cells are whole numbers, `money` yuan, `share` a number `of` a larger one; `quote` is a
    sentence as printed, and `notice` the title of a notice.
    """

    id: str
    en: str
    zh: str
    kind: ColumnKind = "text"


class Cell(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value of a figure, and the key that opens onto the notices behind it."""

    value: str | int | Decimal | None = None
    key: str | None = None
    """For `open_cell`; its proofs add up to `value`. None for text and where there is nothing."""
    of: int | None = None
    """The whole of which a `share` is a part: `value` 25, `of` 31."""
    zh: str | None = None
    """The Chinese name, where `value` is an English label."""
    more: str | None = None
    """Something to show below the value: the sentence around a quoted passage."""
    organisation: str | None = None
    """The organisation that `value` names: a link for the desk."""
    notice: str | None = None
    """The notice that a date, a buyer or a quotation was read from: a link for the desk."""


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a figure. `under` names the row that it details, `total` marks the sum line."""

    id: str
    cells: tuple[Cell, ...]
    under: str | None = None
    total: bool = False


class Point(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One bar, dot or division of a chart. `x` is a year, a division's code or a row's id."""

    x: str
    en: str
    zh: str
    value: int | Decimal
    key: str | None = None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Points of one colour."""

    id: str
    en: str
    zh: str
    points: tuple[Point, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """How the desk may draw a figure. In a `map`, `x` is a division's code; show one series."""

    kind: ChartKind
    series: tuple[Series, ...] = ()
    x: Label | None = None
    y: Label | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many notices were searched, read, not read, or left out and why."""

    id: str
    en: str
    zh: str
    count: int
    key: str | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A table for publication, with its method and what it covers."""

    name: str
    en: str
    zh: str
    question: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    method: str
    """How it is counted: the docstring of the figure's file, as written."""
    coverage: tuple[Coverage, ...]
    chart: Chart


class FigureCard(msgspec.Struct, frozen=True, kw_only=True):
    """A figure's name and the question that it answers."""

    name: str
    en: str
    zh: str
    question: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One notice behind a number, what it adds to it, and the passage that says so."""

    notice: str
    title: str | None
    buyer: str | None
    published: str | None
    value: int | Decimal
    text: str | None
    """The passage as printed (masked); None where the number counts a document as a whole."""
    context: str | None
    """The sentence around it."""
    part: str | None
    page: int | None
    start: int | None
    end: int | None
