"""One sheet of a workbook, whatever program wrote it, and how its cells become tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tenderlight.model import Problem, Reading
from tenderlight.reading import limits
from tenderlight.reading.grid import number_tables
from tenderlight.reading.writing import Line, clean, write_reading

_UNNAMED = re.compile(r"(?:sheet|工作表|лист|tabelle|feuil|hoja|表)\s*\d*", re.IGNORECASE)
"""Names that a program gave: nobody's words."""
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
_NUMBER = re.compile(r"[-+¥￥$]?\s*\d[\d,. /年月日:：%-]*\D{0,3}")
_NAMED = 5
"""Places that a Problem names; it counts the others."""

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


class Full(Exception):
    """A workbook holds more than is read of one."""


@dataclass(slots=True)
class Room:
    """How much of a workbook may still be read, all sheets together."""

    cells: int = limits.CELLS
    characters: int = limits.CHARACTERS
    elements: int = limits.SHEET_ELEMENTS

    def take(self, text: str) -> None:
        """Room for one cell. Raises Full."""
        self.elements -= 1
        if text:
            self.cells -= 1
            self.characters -= len(text)
        if self.elements < 0 or self.cells < 0 or self.characters < 0:
            raise Full


def full(sheet: str) -> Problem:
    """The Problem of a workbook that was not read to its end."""
    return Problem(
        code="reading.cut-short",
        what=f"The workbook is too large: it was read into the sheet {sheet}, and no further.",
        hint="Split it and add its parts, or search the original by hand.",
        where=sheet,
        unread=True,
    )


@dataclass(slots=True)
class SheetCells:
    """What stands on one sheet. Rows and columns count from 0, as in the file."""

    name: str
    room: Room = field(default_factory=Room)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    """What is printed in each cell that shows something."""
    merged: list[Range] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Comments and the words of drawn boxes, in their order."""
    edges: list[str] = field(default_factory=list)
    """What is printed above and below each page."""
    hidden: bool = False
    hidden_cells: int = 0
    """Cells with something in them in hidden rows and columns."""
    lost: int = 0
    """Cells whose value is not in the file."""
    lost_at: list[str] = field(default_factory=list)
    """Where the first of them are: `清单!C5`."""

    def put(self, row: int, column: int, text: str) -> None:
        """Enter what a cell prints, unless that is nothing. Raises Full."""
        text = text[: limits.CELL_CHARACTERS]
        self.room.take(text)
        if clean(text):
            self.cells[row, column] = text

    def lose(self, row: int, column: int) -> None:
        """Take down a cell whose value is not in the file."""
        self.lost += 1
        if self.lost <= _NAMED:
            self.lost_at.append(f"{self.name}!{cell_name(row, column)}")

    def note(self, text: str) -> None:
        """Enter a comment or the words of a drawn box. Raises Full."""
        text = text[: limits.CELL_CHARACTERS]
        self.room.take(text)
        if clean(text):
            self.notes.append(text)


def write_workbook(
    sheets: Sequence[SheetCells],
    media_type: str,
    *,
    encoding: str | None = None,
    problems: tuple[Problem, ...] = (),
) -> Reading:
    """The sheets one after the other: each its name as a heading, then its tables.

    >>> price = SheetCells("清单")
    >>> price.cells.update({(0, 0): "名称", (0, 1): "单价", (2, 0): "摄像机", (2, 1): "¥12"})
    >>> reading = write_workbook([price], "application/x-invented")
    >>> reading.text.split("\\n"), reading.block_at(reading.text.index("¥")).row
    (['清单', '名称', '单价', '摄像机', '¥12'], 1)

    Empty rows and columns are dropped; a sheet with nothing on it leaves no trace.
    """
    lines: list[Line] = []
    for sheet in sheets:
        lines.extend(_lines(sheet, first=len(lines)))
    number_tables(lines)
    return write_reading(
        lines, media_type, encoding=encoding, problems=(*problems, *_problems(sheets))
    )


def _lines(sheet: SheetCells, first: int) -> Iterator[Line]:
    """`first` is a number that no earlier table has."""
    if not (sheet.cells or sheet.notes):
        return
    if name := clean(sheet.name):
        yield Line(name, kind="heading", furniture=bool(_UNNAMED.fullmatch(name)))
    spans = _spans(sheet)
    for number, rows in enumerate(_tables(sheet, spans)):
        yield from _table(spans, rows, first + number)
    for text in sheet.notes:
        yield from (Line(line) for line in _split(text))
    for text in sheet.edges:
        yield from (Line(line, furniture=True) for line in _split(text))


def _spans(sheet: SheetCells) -> dict[tuple[int, int], Range]:
    """The merged range of each cell that begins one; what they cover is not printed."""
    spans: dict[tuple[int, int], Range] = {}
    covered: set[tuple[int, int]] = set()
    by_row: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        by_row.setdefault(row, []).append(column)
    for top, left, bottom, right in sheet.merged[: limits.MERGED]:
        if (top, left) not in sheet.cells:
            continue
        spans[top, left] = (top, left, bottom, right)
        for row in _rows_between(by_row, top, bottom):
            covered.update((row, c) for c in by_row[row] if left <= c <= right)
    covered -= spans.keys()
    for place in covered:
        del sheet.cells[place]
    return spans


def _rows_between(by_row: dict[int, list[int]], top: int, bottom: int) -> list[int]:
    if bottom - top < len(by_row):
        return [row for row in range(top, bottom + 1) if row in by_row]
    return [row for row in by_row if top <= row <= bottom]


def _tables(sheet: SheetCells, spans: dict[tuple[int, int], Range]) -> list[_Rows]:
    """The sheet's rows, parted where empty rows part two tables."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in sorted(sheet.cells.items()):
        rows.setdefault(row, []).append((column, text))
    tables: list[_Rows] = []
    reached = -1
    for row, cells in rows.items():
        if not tables or (row > reached + 1 and not tables[-1].goes_on(cells)):
            tables.append(_Rows())
        tables[-1].add(row, cells)
        ends = (spans[row, column][2] for column, _ in cells if (row, column) in spans)
        reached = max(reached, row, *ends)
    return tables


@dataclass(slots=True)
class _Rows:
    """The rows of one table, and the columns in which its cells begin."""

    rows: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    columns: set[int] = field(default_factory=set)

    def add(self, row: int, cells: list[tuple[int, str]]) -> None:
        self.rows[row] = cells
        self.columns.update(column for column, _ in cells)

    def goes_on(self, cells: list[tuple[int, str]]) -> bool:
        """Whether a row after empty ones belongs to it: it holds a number and no new column.

        A row of words begins a table of its own.
        """
        return (
            len(cells) > 1
            and self.columns.issuperset(column for column, _ in cells)
            and any(_NUMBER.fullmatch(text.strip()) for _, text in cells)
        )


def _table(spans: dict[tuple[int, int], Range], table: _Rows, number: int) -> Iterator[Line]:
    """One table. Rows and columns in which no cell begins are dropped, and spans with them."""
    rows, columns = sorted(table.rows), sorted(table.columns)
    if len(columns) == 1:
        for cells in table.rows.values():
            yield from (Line(line) for line in _split(cells[0][1]))
        return
    row_at = {row: place for place, row in enumerate(rows)}
    column_at = {column: min(place, limits.COLUMNS) for place, column in enumerate(columns)}
    for row, cells in table.rows.items():
        for column, text in cells:
            _, _, bottom, right = spans.get((row, column), (row, column, row, column))
            place = column_at[column]
            for line in _split(text):
                yield Line(
                    line,
                    kind="cell",
                    table=number,
                    row=row_at[row],
                    column=place,
                    row_span=_within(rows, row, bottom),
                    column_span=max(
                        min(_within(columns, column, right), limits.COLUMNS - place), 1
                    ),
                )


def _within(places: list[int], first: int, last: int) -> int:
    """How many of the sorted numbers lie from `first` to `last`."""
    return 1 if first == last else bisect_right(places, last) - bisect_left(places, first)


def _split(text: str) -> Iterator[str]:
    for piece in _BREAKS.split(text):
        if line := clean(piece):
            yield line


def _problems(sheets: Sequence[SheetCells]) -> Iterator[Problem]:
    for sheet in sheets:
        if sheet.hidden and sheet.cells:
            yield _hidden(f"The sheet {sheet.name} is hidden in the workbook", sheet.name)
        if sheet.hidden_cells:
            yield _hidden(
                f"{sheet.hidden_cells} cells of the sheet {sheet.name} are hidden with their row "
                "or column",
                sheet.name,
            )
    if lost := sum(sheet.lost for sheet in sheets):
        yield Problem(
            code="reading.no-value",
            what=f"{lost} cells are empty here because their value is not in the file: formulas "
            "that were never calculated, or texts that were lost.",
            hint="Open the file in a spreadsheet program, let it calculate, save it, and add that.",
            where=", ".join([place for sheet in sheets for place in sheet.lost_at][:_NAMED]),
            unread=True,
        )


def _hidden(what: str, where: str) -> Problem:
    return Problem(
        code="reading.hidden",
        what=f"{what}. What stands there was read all the same.",
        hint="Say so where you quote from it: who opens the file does not see it at first.",
        where=where,
    )


def cell_name(row: int, column: int) -> str:
    """A cell as people call it, counted from 0.

    >>> cell_name(4, 2), cell_name(0, 701)
    ('C5', 'ZZ1')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
