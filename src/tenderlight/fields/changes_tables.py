"""Changes in tables: a column of what was beside a column of what is now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tenderlight.fields.changes_prose import Changed, Place, trimmed, without_label
from tenderlight.fields.changes_words import AFTER, BEFORE
from tenderlight.fields.grids import distinct
from tenderlight.fields.shapes import Cell, Layout

_LONGEST_NAME = 16
_LABELLED = re.compile(
    r"\s*(?:[\d一二三四五六七八九十]{1,2}[、.]\s*)?(?P<label>[^:。;,\n\d]{2,20}):\s*"
)
_COUNT = re.compile(r"[\d.、()一二三四五六七八九十]*$")


def find_in_tables(layout: Layout) -> Iterator[Changed]:
    """The rows below a header that names both columns, in all tables."""
    for grid in layout.tables:
        columns: tuple[int, int] | None = None
        subject: Cell | None = None
        for row in grid.rows:
            cells = distinct(row)
            if (named := _columns(row)) is not None:
                columns, subject = named, None
            elif len(cells) == 1:
                subject = cells[0]
            elif columns is not None and (found := _row(layout, row, columns, subject)):
                yield found


def _columns(row: Sequence[Cell | None]) -> tuple[int, int] | None:
    """The columns of what was and of what is now, where a row names them."""
    before = _named(row, BEFORE)
    after = _named(row, AFTER)
    return (before, after) if before is not None and after is not None else None


def _named(row: Sequence[Cell | None], words: re.Pattern[str]) -> int | None:
    for column, cell in enumerate(row):
        if cell and len(cell.plain) <= _LONGEST_NAME and words.match(cell.plain.rstrip(":")):
            return column
    return None


def _row(
    layout: Layout, row: Sequence[Cell | None], columns: tuple[int, int], subject: Cell | None
) -> Changed | None:
    was, now = (row[column] if column < len(row) else None for column in columns)
    if was is now:
        return None
    what = _what(row[: min(columns)]) or _in_cell(layout, was, now)
    if what is None and subject is not None:
        what = trimmed(layout.plain, subject.start, min(subject.end, subject.start + 40))
    if what is None:
        return None
    before, after = (without_label(layout.plain, what, _place(cell)) for cell in (was, now))
    return Changed(what, before, after, "columns 更正前, 更正后")


def _what(cells: Sequence[Cell | None]) -> Place | None:
    """The cell that says what changes: the last one before the columns that is no number."""
    for cell in reversed(distinct(cells)):
        if not _COUNT.match(cell.plain):
            return cell.start, cell.end
    return None


def _in_cell(layout: Layout, *cells: Cell | None) -> Place | None:
    """The label with which what was begins: `开标时间：2022-06-01`; else its first words."""
    for cell in cells:
        if cell and (labelled := _LABELLED.match(layout.plain, cell.start, cell.end)):
            return labelled.span("label")
    for cell in cells:
        if cell and (place := trimmed(layout.plain, cell.start, min(cell.end, cell.start + 20))):
            return place
    return None


def _place(cell: Cell | None) -> Place | None:
    return (cell.start, cell.end) if cell is not None else None
