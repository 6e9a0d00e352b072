"""From a page's characters to its lines: inside a table cell by cell, outside paragraph-wise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tenderlight.reading.grid import Cell
from tenderlight.reading.pages.grids import Grid
from tenderlight.reading.pages.inked import first_width, tidy
from tenderlight.reading.pages.page import Character, Page
from tenderlight.reading.writing import Ink

_BEGINS = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十百\d０-９]{1,3}(?:[.．]\d{1,3}){0,4}\s*[、.．)）:：]|\d{1,2}(?:\.\d{1,2})+"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部包]|[①-⑳●■◆★▲※☑□√·•-]|[^，。；,;：:]{2,16}[：:])"
)
"""What begins a paragraph of its own: a number, a mark, a label with its colon."""
_LEADERS = re.compile(r"[.．·…]{4,}")
_LABEL = re.compile(r"^[^，。；：:]{2,16}[：:]")
_WIDE_GAP = 2.5
"""Characters: words farther apart stand in columns of their own."""
_GAP = 1.5
"""Characters: words farther apart are set apart on purpose."""
_MARGINS = 12.0
"""Characters: a narrower page shows too little of where its margins are."""
_ENDS = re.compile(r"[。；：;:！？!?]$")
_PADDING = 5.4
"""Points between a cell's text and its border, as word processors set it."""


@dataclass(slots=True)
class Piece:
    """A stretch of one line, or a whole paragraph once lines are joined, and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    table: int | None = None
    cell: Cell | None = None
    size: float = 0.0
    """The height of its characters; Latin letters of a Chinese text are set in a taller box."""
    latin: bool = False
    ink: list[Ink | None] = field(default_factory=list)
    """For each character of `text` where it stands; None for a space that was put in between."""
    gapped: bool = False
    """Whether words stand far apart in it, as in the rows of a table."""
    flush: bool = False
    """Whether it begins at the left margin, and no paragraph begins with such words."""
    full: bool = False
    """Whether its last line reaches the right margin, and no sentence ends there."""

    def add(self, between: str, text: str, ink: list[Ink | None]) -> None:
        """Put text after this one's, `between` in the middle."""
        self.text += between + text
        self.ink += [None] * len(between) + ink

    @property
    def middle(self) -> float:
        """The height on the page of its middle."""
        return (self.top + self.bottom) / 2


_Placed = tuple[float, float, list[Piece]]
"""Where lines begin, from the top and from the left, and the lines."""


def page_lines(page: Page, grids: tuple[Grid, ...], columns: tuple[Grid, ...] = ()) -> list[Piece]:
    """What the page says from top to bottom, each table at its place, row by row.

    `table` is the number of the grid on this page. `columns` are grids in whose cells prose stands:
    it is read column by column.
    """
    pieces = list(_pieces(page.characters, (*grids, *columns)))
    free = _paragraphs(_rows(piece for piece in pieces if piece.cell is None))
    lines: list[_Placed] = [(line.top, line.x0, [line]) for line in free]
    for number, grid in enumerate(grids):
        in_grid = [piece for piece in pieces if piece.table == number]
        lines.append((grid.ys[0], grid.xs[0], _table_lines(in_grid, grid)))
    for number, grid in enumerate(columns, len(grids)):
        lines = _in_columns([piece for piece in pieces if piece.table == number], grid, lines)
    return [line for _, _, group in sorted(lines, key=lambda group: group[:2]) for line in group]


def _in_columns(pieces: list[Piece], grid: Grid, others: list[_Placed]) -> list[_Placed]:
    """Prose column by column, the tables in each column with it; and what stands outside."""
    paragraphs: list[Piece] = []
    inside: list[_Placed] = []
    for column, (left, right) in enumerate(pairwise(grid.xs)):
        prose = [piece for piece in pieces if piece.cell and piece.cell.column == column]
        for piece in prose:
            piece.table = piece.cell = None
        here = [(p.top, p.x0, [p]) for p in _overflowing(paragraphs, _paragraphs(_rows(prose)))]
        tables = [o for o in others if left <= o[1] < right and grid.ys[0] < o[0] < grid.ys[-1]]
        here = sorted([*here, *tables], key=lambda placed: placed[:2])
        others = [other for other in others if other not in tables]
        paragraphs = [piece for *_, group in here for piece in group]
        inside.append((grid.ys[0], left, paragraphs))
    return [*others, *inside]


def _overflowing(above: list[Piece], below: list[Piece]) -> list[Piece]:
    """The paragraphs of a column, without the first if it is the rest of the last column's."""
    if not above or not below or not runs_on(above[-1], below[0]):
        return below
    rest = below.pop(0)
    above[-1].add(seam(above[-1].text, rest.text), rest.text, rest.ink)
    above[-1].full = rest.full
    return below


def runs_on(last: Piece, first: Piece) -> bool:
    """Whether the last paragraph of a column or page goes on in the first of the next."""
    return (
        last.table is None
        and first.table is None
        and last.full
        and first.flush
        and abs(last.size - first.size) < 0.15 * last.size
    )


def _pieces(characters: Iterable[Character], grids: tuple[Grid, ...]) -> Iterable[Piece]:
    """Runs of characters that stand beside one another in the same cell, or outside all tables."""
    piece: Piece | None = None
    last: Character | None = None
    for character in characters:
        if character.text in "\r\n":
            if piece:
                yield piece
            piece = last = None
            continue
        if character.made or character.text.isspace():
            if piece:
                piece.add(" ", "", [])
            continue
        table, cell = _where(character, grids)
        if piece and (piece.table, piece.cell) == (table, cell) and _follows(piece, character):
            if last and _is_printed_twice(last, character):
                continue
            _append(piece, character)
        else:
            if piece:
                yield piece
            piece = Piece(*character[:5], table, cell, *_size(character), _ink(character))
        last = character
    if piece:
        yield piece


def _size(character: Character) -> tuple[float, bool]:
    return character.bottom - character.top, character.text.isascii()


def _ink(character: Character) -> list[Ink | None]:
    _, left, top, right, bottom, _, confidence = character
    return [Ink(left, top, right, bottom, confidence)] * len(character.text)


def _where(character: Character, grids: tuple[Grid, ...]) -> tuple[int | None, Cell | None]:
    x, y = (character.x0 + character.x1) / 2, (character.top + character.bottom) / 2
    for number, grid in enumerate(grids):
        if (cell := grid.cell_at(x, y)) is not None:
            return number, cell
    return None, None


def _follows(piece: Piece, character: Character) -> bool:
    """Whether a character stands on the piece's line and not before its end."""
    middle = (character.top + character.bottom) / 2
    gap = character.x0 - piece.x1
    return piece.top <= middle <= piece.bottom and -piece.size < gap < _WIDE_GAP * piece.size


def _is_printed_twice(last: Character, character: Character) -> bool:
    """Bold print is sometimes the same character twice, a little apart."""
    return last.text == character.text and abs(last.x0 - character.x0) < 0.15 * (
        character.bottom - character.top
    )


def _append(piece: Piece, character: Character) -> None:
    piece.add("", character.text, _ink(character))
    piece.gapped |= character.x0 - piece.x1 > _GAP * piece.size
    piece.x1 = max(piece.x1, character.x1)
    if piece.latin and not character.text.isascii():
        piece.latin, piece.size = False, character.bottom - character.top
    piece.top, piece.bottom = min(piece.top, character.top), max(piece.bottom, character.bottom)


def _rows(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces as lines: those side by side are joined from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and abs(piece.middle - rows[-1][0].middle) < 0.4 * min(
            piece.size, rows[-1][0].size
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows for line in _row(row) if line.text]


def _row(row: list[Piece]) -> list[Piece]:
    """The pieces of one row as one line, but side by side labels as one line each."""
    row.sort(key=lambda piece: piece.x0)
    lines = row[:1]
    top = min(piece.top for piece in row)
    for piece in row[1:]:
        line = lines[-1]
        gap = piece.x0 - line.x1
        if gap > line.size and _LABEL.match(piece.text) and not line.text.rstrip().endswith("："):
            lines.append(piece)
            continue
        line.add(" " if gap > 0.25 * line.size else "", piece.text, piece.ink)
        line.gapped |= piece.gapped or gap > _GAP * line.size
        line.x1 = max(line.x1, piece.x1)
        line.bottom = max(line.bottom, piece.bottom)
    for line in lines:
        line.text, line.ink = tidy(line.text, line.ink)
        line.top = top
    return lines


def _paragraphs(lines: list[Piece]) -> list[Piece]:
    """Lines joined where one runs on into the next: full to the margin, then flush left."""
    if not lines:
        return []
    right = sorted(line.x1 for line in lines)[int(len(lines) * 0.9)]
    left = min(line.x0 for line in lines)
    narrow = right - left < _MARGINS * lines[0].size
    for line in lines:
        begins = line.x0 - left < 1.2 * line.size and not _BEGINS.match(line.text)
        line.flush = begins and not line.gapped
        reaches = right - line.x1 < 1.6 * line.size and not narrow
        line.full = reaches and not line.gapped and not _ENDS.search(line.text)
    return _joined(lines, left, right)


def _table_lines(pieces: list[Piece], grid: Grid) -> list[Piece]:
    """The lines of a table's cells, row by row; a cell's wrapped lines are joined."""
    cells: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        if piece.cell is not None:
            cells.setdefault((piece.cell.row, piece.cell.column), []).append(piece)
    lines = []
    for row, column in sorted(cells):
        in_cell = _rows(cells[row, column])
        if in_cell and (cell := in_cell[0].cell) is not None:
            end = grid.xs[column + cell.column_span] - _PADDING
            right = end if grid.drawn else float("-inf")
            lines.extend(_joined(in_cell, None, right))
    return lines


def _joined(lines: list[Piece], left: float | None, right: float) -> list[Piece]:
    joined = [lines[0]]
    ends = lines[0]
    for line in lines[1:]:
        if _runs_on(ends, line, left, right):
            joined[-1].add(seam(joined[-1].text, line.text), line.text, line.ink)
            joined[-1].bottom, joined[-1].full = line.bottom, line.full
        else:
            joined.append(line)
        ends = replace(line)
    return joined


def _runs_on(line: Piece, following: Piece, left: float | None, right: float) -> bool:
    """Whether a line goes on in the next. A Chinese paragraph begins indented, so the line after
    its first stands further left; then the first may miss the margin by a little more.
    """
    indented = line.x0 - following.x0 > 1.5 * line.size
    missing = (3.2 if indented else 1.6) * line.size
    missing = max(missing, first_width(following.text, following.ink) + 0.6 * line.size)
    return (
        following.middle - line.middle > 0.4 * line.size
        and right - line.x1 < missing
        and (left is None or following.x0 - left < 1.2 * following.size)
        and following.top - line.bottom < 1.3 * line.size
        and abs(following.size - line.size) < 0.15 * line.size
        and not (line.gapped and following.gapped)
        and not _BEGINS.match(following.text)
        and not _LEADERS.search(line.text)
        and not _LEADERS.search(following.text)
    )


def seam(before: str, after: str) -> str:
    """A space between two Latin words; Chinese and numbers run on as they are.

    >>> seam("Hikvision", "camera"), seam("XN-2021-", "001"), seam("公安", "局")
    (' ', '', '')
    """
    words = before[-1:].isascii() and after[:1].isascii()
    return " " if words and before[-1:].isalpha() and after[:1].isalpha() else ""
