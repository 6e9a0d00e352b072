"""Tables of items that have lost their cells, row by row.

Nothing says where a row ends but what stands in it: a table is as wide as makes numbers stand
under 数量 and 单价, words under 名称, and 1, 2, 3 under 序号. A row that lacks a cell throws the
next one out of step: of such rows only name and quantity are taken, where they are certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderlight.fields.items_columns import column_key, column_of
from tenderlight.fields.items_heads import Head, find_head, fits, is_name, is_over
from tenderlight.fields.items_tokens import (
    FITS,
    Token,
    as_cells,
    find_tokens,
    is_count,
    is_measured,
    is_number,
    is_words,
)
from tenderlight.fields.shapes import Cell, Layout

_MOST_HEADS = 100
"""So many tables of a document are tried: more are an attempt to keep us busy."""
_LONGEST_CELL = 60

Row = tuple[Cell | None, ...]
Found = list[Token | None]


def find_stacked_rows(layout: Layout) -> list[list[Row]]:
    """Such tables as rows of cells, the row of names first."""
    if "数量" not in layout.plain:
        return []
    tokens = find_tokens(layout)
    tables: list[list[Row]] = []
    after = tried = 0
    names: list[str] = []
    for index, token in enumerate(tokens):
        if index < after or len(token.plain) > 14 or column_of(token.plain) != "quantity":
            continue
        tried += 1
        head = find_head(layout, tokens, index, names) if tried <= _MOST_HEADS else None
        if head is None:
            continue
        names = [column_key(t.plain) for t in tokens[head.first : head.first + head.width]]
        rows = [as_cells(layout, tokens[head.first : head.first + head.width])]
        after = head.first + head.width
        for until, row in _rows(tokens, head):
            rows.append(as_cells(layout, row))
            after = until
        tables.append(rows)
    return tables


def _rows(tokens: Sequence[Token], head: Head) -> Iterator[tuple[int, Found]]:
    """The rows, whole or short, each with the place after it."""
    at = head.first + head.width
    if head.by_line:
        yield from _lined(tokens, at, head)
        return
    if head.numbered == 0 and tokens[at].plain in ("1", "01", "001"):
        yield from _numbered(tokens, at, head)
        return
    while fits(tokens, at, head):
        at += head.width
        row = tokens[at - head.width : at]
        if not _in_step(tokens, at, head):
            if (doubtful := _doubtful(row, head)) is not None:
                yield at, doubtful
            break
        yield at, list(row)
    yield from _spanned(tokens, at, head)


def _lined(tokens: Sequence[Token], at: int, head: Head) -> Iterator[tuple[int, Found]]:
    """Rows of which each is a line."""
    while at < len(tokens) and not is_over(tokens[at].plain, begins=True):
        end = at + 1
        while end < len(tokens) and tokens[end].line == tokens[at].line:
            end += 1
        row = tokens[at:end]
        whole = len(row) == head.width and fits(tokens, at, head)
        if not whole and not 1 < len(row) < head.width:
            return
        found: Found | None = list(row) if whole else _short(row, head)
        if found is not None:
            yield end, found
        at = end


def _numbered(tokens: Sequence[Token], at: int, head: Head) -> Iterator[tuple[int, Found]]:
    """Rows that begin with 1, 2, 3: one that does not reach to the next number lacks cells."""
    number = 1
    while at < len(tokens):
        number += 1
        last = min(at + 2 * head.width + 1, len(tokens) - 1)
        names = (n for n in range(at, last) if column_of(tokens[n].plain) == "quantity")
        until = next(names, last)  # the names are printed anew before the next row
        starts = [n for n in range(at + 1, until) if _is_start(tokens, n, number)]
        until, row = _numbered_row(tokens, at, starts, head)
        if row is not None:
            yield until, row
        if not starts or until == at:
            return
        at = until


def _numbered_row(
    tokens: Sequence[Token], at: int, starts: Sequence[int], head: Head
) -> tuple[int, Found | None]:
    """The row before the next number, and where that is; `starts` are the places it may be at."""
    until = at + head.width
    if fits(tokens, at, head) and (not starts or until in starts):
        row = tokens[at:until]
        certain = bool(starts) or not _goes_on(tokens, until, head)
        return until, list(row) if certain else _doubtful(row, head)
    if not starts:
        return at, None
    short = len(starts) == 1 and starts[0] - at < head.width
    return starts[-1], _short(tokens[at : starts[-1]], head) if short else None


def _is_start(tokens: Sequence[Token], at: int, number: int) -> bool:
    """Whether a row of that number may begin here: words follow it."""
    plain = tokens[at].plain.rstrip(".、")
    return plain.isdigit() and int(plain) == number and is_words(tokens[at + 1].plain)


def _goes_on(tokens: Sequence[Token], at: int, head: Head) -> bool:
    """Whether numbers follow though no row begins: the last row's end is then not certain."""
    for token in tokens[at : at + head.width]:
        if is_over(token.plain, begins=True) or is_name(token.plain):
            return False
        if is_count(token.plain) or is_number(token.plain):
            return True
    return False


def _doubtful(row: Sequence[Token], head: Head) -> Found | None:
    """Name and quantity of a row that may lack a cell: it, or the one below it, which is left."""
    name = head.columns["name"]
    before = row[name + 1 : head.counted]
    if name >= head.counted or any(is_count(token.plain) for token in before):
        return None
    cells: Found = [None] * head.width
    cells[name], cells[head.counted] = row[name], row[head.counted]
    return cells


def _in_step(tokens: Sequence[Token], at: int, head: Head) -> bool:
    """Whether the row before this place had all its cells: the next one fits, or none is there."""
    if at >= len(tokens) or is_over(tokens[at].plain, begins=True) or fits(tokens, at, head):
        return True
    if any(fits(tokens, at - lost, head) for lost in range(1, head.width - 1)):
        return False
    return not _goes_on(tokens, at, head) or head.counted - head.columns["name"] == 1


def _short(row: Sequence[Token], head: Head) -> Found | None:
    """Name and quantity of a row that lacks cells, where both are certain."""
    name = head.columns["name"]
    if name > 1 or (name == 1 and head.numbered != 0):
        return None
    numbered = name == 1 and row[0].plain.rstrip(".、").isdigit()
    first = 1 if numbered else 0
    if len(row) <= first or not is_words(row[first].plain):
        return None
    cells: Found = [None] * head.width
    cells[name] = row[first]
    numbers = [token for token in row[first + 1 :] if is_number(token.plain)]
    measured = [token for token in row[first + 1 :] if is_measured(token.plain)]
    sums = sum(column in head.columns for column in ("price", "total"))
    if len(measured) == 1 and "unit" not in head.columns and "model" not in head.columns:
        cells[head.counted] = measured[0]
    elif len(numbers) == 1 + sums and not measured and "model" not in head.columns:
        order = [head.columns[c] for c in ("quantity", "price", "total") if c in head.columns]
        cells[head.counted] = numbers[sorted(order).index(head.counted)]
    return cells if cells[head.counted] else None


def _spanned(tokens: Sequence[Token], at: int, head: Head) -> Iterator[tuple[int, Found]]:
    """Further rows without the cells that spanned rows: `3 | 低频治疗仪 | 1台` of six columns.

    Only where nothing stands between name and quantity, and that is printed with its unit.
    """
    name = head.columns["name"]
    if head.counted - name != 1:
        return
    while at < len(tokens):
        window = range(at + 1, min(at + head.width + 1, len(tokens)))
        found = next((n for n in window if is_measured(tokens[n].plain)), None)
        if found is None or not FITS["name"](tokens[found - 1].plain):
            return
        if is_name(tokens[found - 1].plain):
            return
        row = tokens[at : found + 1]
        if any(len(t.plain) > _LONGEST_CELL or is_over(t.plain) for t in row):
            return
        cells: Found = [None] * head.width
        cells[name], cells[head.counted] = tokens[found - 1], tokens[found]
        at = found + 1
        yield at, cells
