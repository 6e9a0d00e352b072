"""A notice's text laid out as the document it came from, with its cited passages marked.

The corpus gives masked text and blocks with their coordinates; this gives lines and tables made of
pieces, and a template only has to walk through them. Long documents come in sheets, so that a
browser never gets more than it can lay out at once.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from tenderlight.model import Block

SHEET = 120_000
"""Characters on one sheet: some 60 printed pages, which a telephone lays out in under a second."""
WIDEST = 60
"""Columns drawn at most; a table made to be wider than that is cut off, its text stays in cells."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A passage to mark: its place in the text, and the value that was read from it."""

    id: str
    start: int
    end: int


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text under the same marks. `first` are those that begin here."""

    text: str
    marks: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True, tag="line"):
    """A paragraph or heading. `kind` is a block's: `title`, `heading`, `text`, or `furniture`."""

    kind: str
    pieces: tuple[Piece, ...]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A table cell; without lines it fills a gap."""

    lines: tuple[Line, ...] = ()
    row_span: int = 1
    column_span: int = 1


class Table(msgspec.Struct, frozen=True, kw_only=True, tag="table"):
    """Rows of cells that line up, gaps filled."""

    rows: tuple[tuple[Cell, ...], ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown at once: from the first block to the last, and on which page each begins."""

    number: int
    of: int
    parts: tuple[Line | Table | PageBreak, ...]


class PageBreak(msgspec.Struct, frozen=True, kw_only=True, tag="page"):
    """Here a page of the printed document, or another part of it, begins."""

    page: int | None
    part: str


def sheet_ends(blocks: Sequence[Block]) -> list[int]:
    """Behind which character each sheet ends."""
    return [sheet[-1].end for sheet in cut(blocks) if sheet]


def sheet_of(ends: Sequence[int], start: int) -> int:
    """On which sheet, counted from 1, a character stands: of sheets that end there.

    >>> sheet_of([10, 20], 9), sheet_of([10, 20], 10), sheet_of([10, 20], 20)
    (1, 2, 1)
    """
    number = bisect.bisect_right(ends, start)
    return number + 1 if number < len(ends) else 1


def cut(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks in sheets of about `SHEET` characters; a block is never cut in two."""
    sheets: list[list[Block]] = [[]]
    for block in blocks:
        if sheets[-1] and block.end - sheets[-1][0].start > SHEET:
            sheets.append([])
        sheets[-1].append(block)
    return sheets


def lay_out(text: str, blocks: Sequence[Block], marks: Iterable[Mark], number: int = 1) -> Sheet:
    """One sheet of the document, counted from 1; a number beyond the last gives the last."""
    sheets = cut(blocks)
    number = min(max(number, 1), len(sheets))
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.id))
    return Sheet(
        number=number,
        of=len(sheets),
        parts=tuple(_parts(text, sheets[number - 1], ordered)),
    )


def _parts(
    text: str, blocks: Sequence[Block], marks: Sequence[Mark]
) -> Iterator[Line | Table | PageBreak]:
    pieces = pieces_of(text, blocks, marks)
    here: tuple[str, int | None] = ("body", None)
    for key, together in groupby(blocks, key=_kept_together):
        run = list(together)
        there = (run[0].part, run[0].page)
        if there != here:
            here = there
            yield PageBreak(part=there[0], page=there[1])
        if key[0] == "table":
            yield table_of(run, pieces)
        elif key[0] == "furniture":
            yield _furniture(run, pieces)
        else:
            yield from (Line(kind=_kind(block), pieces=pieces[block.start]) for block in run)


def _kept_together(block: Block) -> tuple[str, int, str, int | None]:
    if block.table is not None and block.row is not None and block.column is not None:
        return ("table", block.table, block.part, block.page)
    return ("furniture" if block.furniture else "line", 0, block.part, block.page)


def _kind(block: Block) -> str:
    return block.kind if block.kind in ("title", "heading") else "text"


def _furniture(run: Sequence[Block], pieces: dict[int, tuple[Piece, ...]]) -> Line:
    joined: list[Piece] = []
    for block in run:
        joined += [Piece(" · "), *pieces[block.start]] if joined else pieces[block.start]
    return Line(kind="furniture", pieces=tuple(joined))


def pieces_of(
    text: str, blocks: Sequence[Block], marks: Sequence[Mark]
) -> dict[int, tuple[Piece, ...]]:
    """Each block's text cut where a mark begins or ends, by the block's start.

    >>> blocks, mark = [Block(0, 5)], Mark(id="budget_cny", start=2, end=4)
    >>> [piece.text for piece in pieces_of("预算12元", blocks, [mark])[0]]
    ['预算', '12', '元']
    """
    pieces, waiting, open_marks = {}, 0, list[Mark]()
    for block in blocks:
        while waiting < len(marks) and marks[waiting].start < block.end:
            open_marks.append(marks[waiting])
            waiting += 1
        open_marks = [mark for mark in open_marks if mark.end > block.start]
        pieces[block.start] = _cut_block(text, block, open_marks)
    return pieces


def _cut_block(text: str, block: Block, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    edges = {block.start, block.end}
    for mark in marks:
        edges |= {max(mark.start, block.start), min(mark.end, block.end)}
    pieces, waiting, here = [], 0, list[Mark]()
    for start, end in pairwise(sorted(edges)):
        while waiting < len(marks) and marks[waiting].start <= start:
            here.append(marks[waiting])
            waiting += 1
        here = [mark for mark in here if mark.end > start]
        names = tuple(mark.id for mark in here)
        begun = tuple(mark.id for mark in here if mark.start == start)
        pieces.append(Piece(text[start:end], names, begun))
    return tuple(pieces)


def table_of(blocks: Sequence[Block], pieces: dict[int, tuple[Piece, ...]]) -> Table:
    """A table again, from cells that know their row and column; cells out of order are sorted."""
    cells: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        cells.setdefault((block.row or 0, min(block.column or 0, WIDEST - 1)), []).append(block)
    rows: list[tuple[Cell, ...]] = []
    busy: dict[int, int] = {}
    for row, places in groupby(sorted(cells), key=lambda place: place[0]):
        busy = {column: until for column, until in busy.items() if until > row}
        rows.append(_row_of(row, [(column, cells[row, column]) for _, column in places],
                            busy, pieces))  # fmt: skip
    return Table(rows=tuple(rows))


def _row_of(
    row: int,
    cells: Sequence[tuple[int, list[Block]]],
    busy: dict[int, int],
    pieces: dict[int, tuple[Piece, ...]],
) -> tuple[Cell, ...]:
    """The cells of one row; `busy` says until which row a cell from above fills a column."""
    out: list[Cell] = []
    next_column = 0
    for column, blocks in cells:
        out += [Cell()] * sum(gap not in busy for gap in range(next_column, column))
        rows_down = min(max(blocks[0].row_span, 1), 500)
        across = min(max(blocks[0].column_span, 1), WIDEST - column)
        lines = tuple(Line(kind=_kind(block), pieces=pieces[block.start]) for block in blocks)
        out.append(Cell(lines=lines, row_span=rows_down, column_span=across))
        if rows_down > 1:
            busy |= dict.fromkeys(range(column, column + across), row + rows_down)
        next_column = column + across
    return tuple(out)
