"""What a laid-out notice is made of: lines, sections, cells, tables and pairs."""

from __future__ import annotations

from typing import Literal

import msgspec

from tenderlight.model import Block

PairKind = Literal["cell", "column", "line", "below", "inline"]


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line of the notice: a block, trimmed, or a part of it before the next heading."""

    start: int
    end: int
    section: int
    """Index of the innermost section it lies in, -1 before the first."""
    block: Block


class Section(msgspec.Struct, frozen=True, array_like=True):
    """A numbered heading and what follows it, up to the next heading."""

    title: str
    """Without its number, simplified, without white space: `采购人信息`."""
    start: int
    level: int
    """1 for `一、`, 2 for `（一）` and `1.`; 0 for a heading without a number."""
    parent: int
    """Index of the section of a higher level that holds it, -1 if none."""


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """A table's cell; a cell that spans rows or columns stands in all of its places."""

    text: str
    start: int
    end: int
    plain: str
    """`simplify`ed text without white space: what labels and units are compared with."""


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table with its spans expanded. None: an empty cell."""

    number: int
    kind: Literal["table", "lines", "spaced"]
    """`lines`: one cell per line in the text; `spaced`: cells kept apart by wide spaces."""
    rows: tuple[tuple[Cell | None, ...], ...]
    headers: tuple[int, ...] = ()
    """Rows that name the columns below them, up to the next of them."""
    start: int
    end: int
    section: int = -1


class Pair(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A label and the value that it announces."""

    label: str
    """As printed, without numbering and colon: `中标价（元）`."""
    key: str
    """See `labels.label_key`: `中标价`."""
    field: str = ""
    """The field the label announces (a key of `labels._WORDS`), `""` if none."""
    value: str
    """As printed."""
    start: int
    end: int
    label_start: int
    kind: PairKind
    section: int = -1
    group: str = ""
    """A label before the label: `第一中标候选人` before `单位名称`. Simplified."""
    table: int | None = None
    """`Grid.number`, for the kinds cell and column."""
    row: int | None = None
    """For the kind column: the grid's row, or its column where the labels stand at the left."""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as lines, sections, tables and pairs, all in the order of the text."""

    text: str
    plain: str
    """`simplify(text)`: the same length, so that a place in it is a place in the text."""
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    tables: tuple[Grid, ...]
    pairs: tuple[Pair, ...]
    by_field: dict[str, tuple[Pair, ...]]

    def of(self, field: str) -> tuple[Pair, ...]:
        """The pairs whose label announces a field, first first."""
        return self.by_field.get(field, ())

    def headings(self, section: int) -> tuple[str, ...]:
        """The titles around a place, innermost first: `("采购人信息", "凡对本次公告…")`."""
        titles = []
        while section >= 0:
            titles.append(self.sections[section].title)
            section = self.sections[section].parent
        return tuple(titles)
