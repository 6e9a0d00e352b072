"""From single pages to a document: tables that go on overleaf, headers that repeat, headings."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

from tenderlight.reading.pdf_grid import Grid
from tenderlight.reading.pdf_lines import Piece, page_lines
from tenderlight.reading.pdf_page import Page
from tenderlight.reading.writing import Line

_EDGE = 0.11
"""The share of a page's height, above and below, in which headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"[-—–－~·\s]*(?:第\s*)?[\dIVXivx一二三四五六七八九十]{1,5}\s*页?(?:\s*[/,，、共of]{1,3}\s*(?:共|第)?\s*\d{1,4}\s*页?)?[-—–－~·\s]*"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_HEADING_CHARACTERS = 40
_SAME_COLUMNS = 4.0


def lay_out(pages: list[tuple[Page, tuple[Grid, ...]]]) -> list[Line]:
    """The lines of a document in reading order, headers and footers marked as furniture."""
    drafts = [(page, grids, page_lines(page, grids)) for page, grids in pages]
    repeated = _repeated([(page, pieces) for page, _, pieces in drafts])
    size = median([piece.size for _, _, pieces in drafts for piece in pieces] or [0.0])
    lines: list[Line] = []
    tables = 0
    open_table: tuple[Grid, int, int] | None = None
    for page, grids, pieces in drafts:
        places, open_table, tables = _places(grids, pieces, repeated, page, open_table, tables)
        for piece in pieces:
            lines.append(_line(page, piece, places, size, _is_repeated(page, piece, repeated)))
    return [line for line in lines if line.text]


def _places(
    grids: tuple[Grid, ...],
    pieces: list[Piece],
    repeated: set[tuple[int, str]],
    page: Page,
    open_table: tuple[Grid, int, int] | None,
    tables: int,
) -> tuple[list[tuple[int, int]], tuple[Grid, int, int] | None, int]:
    """Each grid's table number and the rows before it, and the table that may go on overleaf."""
    own = [piece for piece in pieces if not _is_repeated(page, piece, repeated)]
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
    page: Page, piece: Piece, places: list[tuple[int, int]], size: float, furniture: bool
) -> Line:
    line = Line(piece.text, page=page.number, furniture=furniture)
    if piece.cell is not None and piece.table is not None:
        table, before = places[piece.table]
        line.kind, line.table, line.row = "cell", table, before + piece.cell.row
        line.column = piece.cell.column
        line.row_span, line.column_span = piece.cell.row_span, piece.cell.column_span
    elif piece.size > 1.2 * size and len(piece.text) <= _HEADING_CHARACTERS and not piece.latin:
        line.kind = "heading"
    return line


def _band(page: Page, piece: Piece) -> int:
    """-1 in the page's head, 1 in its foot, 0 between."""
    if piece.table is not None:
        return 0
    if piece.bottom < page.height * _EDGE:
        return -1
    return int(piece.top > page.height * (1 - _EDGE))


def _repeated(pages: list[tuple[Page, list[Piece]]]) -> set[tuple[int, str]]:
    """What stands in the head or foot of three pages or more, its numbers aside."""
    counts = Counter(
        {
            (page.number, band, _key(piece.text))
            for page, pieces in pages
            for piece in pieces
            if (band := _band(page, piece))
        }
    )
    by_text = Counter((band, text) for _, band, text in counts)
    return {key for key, count in by_text.items() if count >= min(3, max(2, len(pages)))}


def _is_repeated(page: Page, piece: Piece, repeated: set[tuple[int, str]]) -> bool:
    band = _band(page, piece)
    if not band:
        return False
    return (band, _key(piece.text)) in repeated or bool(_PAGE_NUMBER.fullmatch(piece.text))


def _key(text: str) -> str:
    return _DIGITS.sub("#", text)
