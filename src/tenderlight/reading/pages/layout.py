"""From single pages to a document: tables that go on overleaf, headers that repeat, headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from tenderlight.reading.pages.grids import Grid
from tenderlight.reading.pages.lines import Piece
from tenderlight.reading.writing import Line

_EDGE = 0.11
"""The share of a page's height, above and below, in which headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"[-—–－~·\s]*(?:第\s*)?[\dIVXivx一二三四五六七八九十]{1,5}\s*页?(?:\s*[/,，、共of]{1,3}\s*(?:共|第)?\s*\d{1,4}\s*页?)?[-—–－~·\s]*"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_HEADING_CHARACTERS = 40
_SAME_COLUMNS = 4.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page read by itself: its tables, and its lines from top to bottom."""

    number: int
    height: float
    grids: tuple[Grid, ...]
    pieces: list[Piece]


def lay_out(sheets: list[Sheet]) -> list[Line]:
    """The lines of a document in reading order, headers and footers marked as furniture."""
    repeated = _repeated(sheets)
    size = median([piece.size for sheet in sheets for piece in sheet.pieces] or [0.0])
    lines: list[Line] = []
    tables = 0
    open_table: tuple[Grid, int, int] | None = None
    for sheet in sheets:
        places, open_table, tables = _places(sheet, repeated, open_table, tables)
        for piece in sheet.pieces:
            lines.append(_line(sheet, piece, places, size, _is_repeated(sheet, piece, repeated)))
    return [line for line in lines if line.text]


def _places(
    sheet: Sheet,
    repeated: set[tuple[int, str]],
    open_table: tuple[Grid, int, int] | None,
    tables: int,
) -> tuple[list[tuple[int, int]], tuple[Grid, int, int] | None, int]:
    """Each grid's table number and the rows before it, and the table that may go on overleaf."""
    grids = sheet.grids
    own = [piece for piece in sheet.pieces if not _is_repeated(sheet, piece, repeated)]
    places: list[tuple[int, int]] = []
    for number, grid in enumerate(grids):
        first = number == 0 and bool(own) and own[0].table == 0
        if open_table and first and _same_columns(open_table[0], grid):
            places.append(open_table[1:])
        else:
            places.append((tables, 0))
            tables += 1
    goes_on = bool(own) and own[-1].table is not None and own[-1].table == len(grids) - 1
    if not goes_on:
        return places, None, tables
    table, before = places[-1]
    return places, (grids[-1], table, before + len(grids[-1].ys) - 1), tables


def _same_columns(one: Grid, other: Grid) -> bool:
    return len(one.xs) == len(other.xs) and all(
        abs(x - y) < _SAME_COLUMNS for x, y in zip(one.xs, other.xs, strict=True)
    )


def _line(
    sheet: Sheet, piece: Piece, places: list[tuple[int, int]], size: float, furniture: bool
) -> Line:
    line = Line(piece.text, page=sheet.number, furniture=furniture, ink=piece.ink)
    if piece.cell is not None and piece.table is not None:
        table, before = places[piece.table]
        line.kind, line.table, line.row = "cell", table, before + piece.cell.row
        line.column = piece.cell.column
        line.row_span, line.column_span = piece.cell.row_span, piece.cell.column_span
    elif piece.size > 1.2 * size and len(piece.text) <= _HEADING_CHARACTERS and not piece.latin:
        line.kind = "heading"
    return line


def _band(sheet: Sheet, piece: Piece) -> int:
    """-1 in the page's head, 1 in its foot, 0 between."""
    if piece.table is not None:
        return 0
    if piece.bottom < sheet.height * _EDGE:
        return -1
    return int(piece.top > sheet.height * (1 - _EDGE))


def _repeated(sheets: list[Sheet]) -> set[tuple[int, str]]:
    """What stands in the head or foot of three pages or more, its numbers aside."""
    counts = Counter(
        {
            (sheet.number, band, _key(piece.text))
            for sheet in sheets
            for piece in sheet.pieces
            if (band := _band(sheet, piece))
        }
    )
    by_text = Counter((band, text) for _, band, text in counts)
    return {key for key, count in by_text.items() if count >= min(3, max(2, len(sheets)))}


def _is_repeated(sheet: Sheet, piece: Piece, repeated: set[tuple[int, str]]) -> bool:
    band = _band(sheet, piece)
    if not band:
        return False
    return (band, _key(piece.text)) in repeated or bool(_PAGE_NUMBER.fullmatch(piece.text))


def _key(text: str) -> str:
    return _DIGITS.sub("#", text)
