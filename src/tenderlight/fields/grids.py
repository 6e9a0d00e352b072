"""Tables as grids with their spans expanded, and the labels and values in them.

Three readings of a table, by its geometry: columns named by a header row; rows of label and value
side by side, two or four to a row; labels at the left with one column per candidate or lot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter

from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.parties import ABOUT_A_PARTY, CONTEXTUAL, contextual_field, named_party
from tenderlight.fields.shapes import Cell, Grid, Line, Pair, Section
from tenderlight.model import Block, Reading

_ORDINAL_FIELDS = frozenset({"ordinal", "lot", "rank"})
_COLUMN_FIELDS = frozenset({"item_name", "brand", "model", "quantity", "unit", "unit_price"})
_RANK = re.compile(r"第?[一二三四五1-5](?:名|中标候选人|成交候选人|候选人|标段|标包|包)?$")
_AFTER = re.compile(r"(?:更正|变更|修改|调整|修正)后|现(?:内容|为|文)")
_BEFORE = re.compile(r"(?:更正|变更|修改|调整|修正)前|原(?:内容|公告|文)")
_LONGEST_LABEL = 24
_NAME = re.compile(r".{4}(?:公司|集团|学院|学校|医院|研究院|局)$")
"""A value and no column's name."""
_SHORT_WORD = re.compile(r"[\u4e00-\u9fff()/、\[\]元万%]{2,16}:?$")
_PLACE = attrgetter("row", "column")
_MOST_CELLS = 200_000
"""A guard against spans such as `rowspan=65000`: a larger grid is not expanded."""


def find_tables(reading: Reading, plain: str, lines: Sequence[Line]) -> list[Grid]:
    """All tables of the body, spans expanded, header rows recognised."""
    blocks = [block for block in reading.blocks if block.table is not None and not block.furniture]
    section_at = {line.start: line.section for line in lines}
    grids: list[Grid] = []
    by_table: dict[int, list[Block]] = {}
    for block in blocks:
        if block.table is not None:
            by_table.setdefault(block.table, []).append(block)
    for members in by_table.values():
        rows = _expand(reading.text, plain, members)
        first = members[0]
        grids.append(
            Grid(
                number=len(grids),
                kind="table",
                rows=rows,
                headers=find_headers(rows),
                start=first.start,
                end=members[-1].end,
                section=section_at.get(first.start, -1),
            )
        )
    return grids


def _expand(text: str, plain: str, blocks: Sequence[Block]) -> tuple[tuple[Cell | None, ...], ...]:
    anchors = []
    for (row, column), members in groupby(blocks, key=_PLACE):
        parts = list(members)
        if row is not None and column is not None:
            cell = make_cell(text, plain, parts[0].start, parts[-1].end)
            anchors.append((row, column, parts[0].row_span, parts[0].column_span, cell))
    height = max((row + 1 for row, *_ in anchors), default=0)
    width = max((column + span for _, column, _, span, _ in anchors), default=0)
    if height * width > _MOST_CELLS:
        return ()
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for row, column, row_span, column_span, cell in anchors:
        if row_span == column_span == 1:
            grid[row][column] = grid[row][column] or cell
            continue
        for r in range(row, min(row + row_span, height)):
            for c in range(column, min(column + column_span, width)):
                grid[r][c] = grid[r][c] or cell
    return tuple(tuple(row) for row in grid)


def make_cell(text: str, plain: str, start: int, end: int) -> Cell:
    """A cell over a stretch of the text."""
    return Cell(text[start:end], start, end, "".join(plain[start:end].split()))


def find_headers(rows: Sequence[Sequence[Cell | None]]) -> tuple[int, ...]:
    """The rows that name the columns below them."""
    headers: list[int] = []
    for number, row in enumerate(rows[:-1]):
        below = headers and headers[-1] == number - 1
        if is_header(row) and not below and not _is_pair(row, rows[number + 1]):
            headers.append(number)
    return tuple(headers)


def _is_pair(row: Sequence[Cell | None], following: Sequence[Cell | None]) -> bool:
    """True for two cells above a row of label and value: what stands there names no columns."""
    cells = distinct(following)
    return len(distinct(row)) == 2 and bool(cells) and bool(_field(cells[0]))


def is_header(row: Sequence[Cell | None]) -> bool:
    """True where most cells are label words, at least two, and none is a value or `label:`.

    A row of label, value, label, value has as many values as labels and is no header.
    """
    cells = distinct(row)
    if len(cells) < 2:
        return False
    fields = [_field(cell) for cell in cells]
    known = len(fields) - fields.count(None)
    if known < 2 or any(cell.plain.endswith(":") for cell in cells):
        return False
    if any(len(cell.plain) > 3 * _LONGEST_LABEL for cell in cells):
        return False
    if all(_RANK.match(cell.plain) for cell in cells[1:]):
        return False
    if _names_party(cells, fields):
        return False
    if any(
        field is None and _NAME.search(cell.plain)
        for field, cell in zip(fields, cells, strict=True)
    ):
        return False
    if len(cells) == 2:
        return known == 2
    if fields[0] in _ORDINAL_FIELDS and all(_is_word(cell) for cell in cells):
        return True
    return known / len(cells) > 0.5


def _names_party(cells: Sequence[Cell], fields: Sequence[str | None]) -> bool:
    """True for `采购人 | 名称 | 东湖县看守所`: whose, what, and the value."""
    if len(cells) != 3 or fields[2] is not None:
        return False
    party, key = named_party(cells[0].plain), plain_key(cells[1].plain)
    return bool(party) and (key in CONTEXTUAL or (party != "supplier" and key in ABOUT_A_PARTY))


def _is_word(cell: Cell) -> bool:
    return len(cell.plain) <= _LONGEST_LABEL and not any(c.isdigit() for c in cell.plain[:-4])


def _field(cell: Cell) -> str | None:
    return None if len(cell.plain) > 2 * _LONGEST_LABEL else _field_of(cell.plain)


@lru_cache(maxsize=4096)
def _field_of(words: str) -> str | None:
    """Kept because every cell is asked several times, and forms repeat."""
    return field_of(plain_key(words))


def distinct(row: Iterable[Cell | None]) -> list[Cell]:
    """The cells of a row, each once even if it spans columns, without empty ones."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells


def names_correction(name: str) -> bool:
    """True for a column `更正前内容` or `更正后内容`: its rows hold labels as values."""
    return bool(_AFTER.match(name) or _BEFORE.match(name))


def corrected_rows(grid: Grid) -> Iterator[tuple[tuple[Cell | None, ...], int]]:
    """Rows below the column names 更正前 and 更正后, each with the number of the latter column."""
    after: int | None = None
    for row in grid.rows:
        column = next((i for i, c in enumerate(row) if c and _AFTER.match(c.plain)), None)
        if column is not None and any(c and _BEFORE.match(c.plain) for c in row):
            after = column
        elif after is not None:
            yield row, after


def table_pairs(grids: Sequence[Grid], sections: Sequence[Section]) -> list[Pair]:
    """The pairs of all tables, each label of a header with each cell below it."""
    pairs: list[Pair] = []
    for grid in grids:
        if grid.headers:
            pairs += _column_pairs(grid)
        first = grid.headers[0] if grid.headers else len(grid.rows)
        if grid.kind == "table" or not grid.headers:
            pairs += _row_pairs(grid, first, sections)
    return pairs


def _column_pairs(grid: Grid) -> list[Pair]:
    pairs = []
    edges = [*grid.headers, len(grid.rows)]
    for header, until in pairwise(edges):
        names = _column_names(grid.rows[header])
        for row in range(header + 1, until):
            cells = grid.rows[row]
            if len(distinct(cells)) < 2:
                continue
            for column, (label, field) in names.items():
                cell = cells[column] if column < len(cells) else None
                if cell is not None and cell.plain:
                    pairs.append(_pair(label, field, cell, grid, "column", row))
    return pairs


def _column_names(row: Sequence[Cell | None]) -> dict[int, tuple[Cell, str]]:
    """Columns whose label announces a field that a header may name, by their number."""
    names: dict[int, tuple[Cell, str]] = {}
    seen: set[int] = set()
    for column, cell in enumerate(row):
        if cell is None or cell.start in seen:
            continue
        seen.add(cell.start)
        field = _field(cell)
        if field and field not in _COLUMN_FIELDS:
            names[column] = (cell, field)
    return names


def _row_pairs(grid: Grid, until: int, sections: Sequence[Section]) -> list[Pair]:
    pairs: list[Pair] = []
    ranked = False
    heading = ""
    for number in range(until):
        cells = distinct(grid.rows[number])
        if len(cells) == 1:
            heading = cells[0].plain[:_LONGEST_LABEL]
        if len(cells) < 2:
            continue
        if len(cells) > 2 and all(_RANK.match(cell.plain) for cell in cells[1:]):
            ranked = True
        if ranked and len(cells) > 2 and _label_field(cells[0]) is not None:
            field = _label_field(cells[0]) or ""
            row = grid.rows[number]
            for column in range(1, len(row)):
                cell = row[column]
                if cell is not None and cell is not row[column - 1]:
                    pairs.append(_pair(cells[0], field, cell, grid, "column", column))
            continue
        pairs += _side_by_side(cells, grid, heading, sections)
    return pairs


def _side_by_side(
    cells: Sequence[Cell], grid: Grid, heading: str, sections: Sequence[Section]
) -> list[Pair]:
    """Label and value next to each other; of several labels in a run the last one counts."""
    pairs = []
    group = heading
    place = 0
    while place + 1 < len(cells):
        label, value = cells[place], cells[place + 1]
        field = _label_field(label)
        if field is None:
            if not (place == 0 and len(cells) % 2 == 0 and _SHORT_WORD.match(label.plain)):
                group, place = label.plain, place + 1
                continue
            field = ""
        elif _label_field(value) is not None and place + 2 < len(cells):
            group, place = label.plain, place + 1
            continue
        elif _label_field(value) is not None:
            place += 2
            continue
        if plain_key(label.plain) in CONTEXTUAL:
            field = named_party(group) or contextual_field(grid.section, sections) or field
        pairs.append(_pair(label, field, value, grid, "cell", None, group))
        place += 2
    return pairs


def _label_field(cell: Cell) -> str | None:
    """The field of a label cell, `""` for an unknown word with a colon, None for a value."""
    field = _field(cell)
    if field is None and cell.plain.endswith(":") and len(cell.plain) <= _LONGEST_LABEL:
        return ""
    return field


def _pair(
    label: Cell, field: str, value: Cell, grid: Grid, kind: str, row: int | None, group: str = ""
) -> Pair:
    return Pair(
        label=label.text.strip().rstrip(":："),
        key=plain_key(label.plain),
        field=field,
        value=value.text,
        start=value.start,
        end=value.end,
        label_start=label.start if kind == "cell" else value.start,
        kind="cell" if kind == "cell" else "column",
        section=grid.section,
        group=group,
        table=grid.number,
        row=row,
    )
