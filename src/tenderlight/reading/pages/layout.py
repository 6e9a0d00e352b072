"""From single pages to a document: tables that go on overleaf, headers that repeat, headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from tenderlight.reading.pages.grids import Grid
from tenderlight.reading.pages.lines import Piece, runs_on
from tenderlight.reading.pages.overleaf import Tables, go_on
from tenderlight.reading.writing import Line

_EDGE = 0.11
"""The share of a page's height, above and below, in which headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"[-—–－~·\s]*(?:第\s*)?[\dIVXivx一二三四五六七八九十]{1,5}\s*页?(?:\s*[/,，、共of]{1,3}\s*(?:共|第)?\s*\d{1,4}\s*页?)?[-—–－~·\s]*"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_HEADING_CHARACTERS = 40


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
    tables = Tables(_bottom(sheets, repeated))
    lines: list[Line] = []
    before: tuple[Piece, Line] | None = None
    for sheet in sheets:
        furniture = [_is_repeated(sheet, piece, repeated) for piece in sheet.pieces]
        own = [piece for piece, is_own in zip(sheet.pieces, furniture, strict=True) if not is_own]
        parts = tables.parts(sheet.grids, own)
        for piece, is_furniture in zip(sheet.pieces, furniture, strict=True):
            line = _line(sheet, piece, size, is_furniture)
            if before and own and piece is own[0] and runs_on(before[0], piece):
                go_on(before[1], piece, sheet.number)
                before = piece, before[1]
                continue
            if piece.table is None or parts[piece.table].take(piece, line):
                lines.append(line)
            if not is_furniture:
                before = piece, line
        for part in parts:
            part.finish()
    for table in tables.all:
        table.settle()
    return [line for line in lines if line.text]


def _bottom(sheets: list[Sheet], repeated: set[tuple[int, str]]) -> float:
    """How far down the pages are printed, headers and footers aside."""
    bottoms = [grid.ys[-1] for sheet in sheets for grid in sheet.grids]
    bottoms += [
        piece.bottom
        for sheet in sheets
        for piece in sheet.pieces
        if not _is_repeated(sheet, piece, repeated)
    ]
    return max(bottoms, default=0.0)


def _line(sheet: Sheet, piece: Piece, size: float, furniture: bool) -> Line:
    line = Line(piece.text, page=sheet.number, furniture=furniture, ink=piece.ink)
    large = piece.size > 1.2 * size and len(piece.text) <= _HEADING_CHARACTERS
    if large and piece.cell is None and not piece.latin:
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
