"""Awards in tables that have lost their cells: column names on lines, then values on lines.

How many columns there are is told by the first name of an organisation: it stands as far behind
its column's name as there are columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tenderlight.fields.awards_records import (
    Printed,
    Record,
    column_level,
    is_of_losers,
)
from tenderlight.fields.awards_suppliers import find_suppliers, is_organisation
from tenderlight.fields.awards_words import WINNER, Role, find_role, named_rank
from tenderlight.fields.shapes import Layout, Line

_MOST_COLUMNS = 14
_LONGEST_NAME = 28
_NAME = re.compile(r"(?:[\u4e00-\u9fffa-z/()\[\]（）、%\s+或]|(?<=单位):){2,28}$")
_LEADER = re.compile(r"(?:联合体)?(?:牵头人|牵头单位|主体|主办人)(?:名称)?:")
_MEMBER = re.compile(r"(?:联合体)?成员(?:单位|方)?\s?[\d一二三]?(?:名称)?:")
_NTH = re.compile(r"第[一二三四五六七八九十\d]{1,2}名?")
"""What stands before a ranked name in its row."""
_LONGEST_ROW = 24
_FIRST = frozenset(("序号", "排序", "包号", "名次", "排名"))
"""Names of columns that stand first."""
_ENDS = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")


def find_stacked(layout: Layout) -> list[Record]:
    """All records of such tables, in the order of the text."""
    lines = _joined(layout)
    texts = ["".join(layout.plain[line.start : line.end].split()) for line in lines]
    records: list[Record] = []
    after = 0
    for index, text in enumerate(texts):
        if index < after or len(text) > _LONGEST_NAME or text[-1:] == ":":
            continue
        role = find_role(text)
        if role is None or role.kind != "supplier":
            continue
        if table := _table_at(texts, index):
            found = list(_rows(layout, lines, texts, index, role, *table))
            after = table[0] + 2 * table[1] if found else after
            records += found
    return records


def _joined(layout: Layout) -> list[Line]:
    """The lines outside of tables, those of one consortium joined to one."""
    lines: list[Line] = []
    for line in layout.lines:
        if line.block.table is not None:
            continue
        if lines and _LEADER.match(layout.plain, lines[-1].start, lines[-1].end):
            leads = layout.plain[lines[-1].end - 1] == ":"
            if leads or _MEMBER.match(layout.plain, line.start, line.end):
                lines[-1] = Line(lines[-1].start, line.end, lines[-1].section, lines[-1].block)
                continue
        lines.append(line)
    return lines


def _is_name(text: str) -> bool:
    leader = _LEADER.match(text)
    return is_organisation(_MEMBER.split(text[leader.end() :])[0] if leader else text)


def _table_at(texts: Sequence[str], index: int) -> tuple[int, int] | None:
    """First line and width of the table whose column of names is named at `index`."""
    start = index
    while start > 0 and index - start < _MOST_COLUMNS and _may_name(texts[start - 1]):
        if texts[start] in _FIRST and texts[start - 1] not in _FIRST:
            break
        start -= 1
    for at in range(index + 2, min(index + _MOST_COLUMNS + 1, len(texts))):
        if not _is_name(texts[at]):
            continue
        width = at - index
        for first in range(start, index + 1):
            header = texts[first : first + width]
            row = texts[first + width : at]
            if (
                first + width > index
                and all(map(_may_name, header))
                and not any(find_role(cell) for cell in row if not _NTH.fullmatch(cell))
            ):
                return first, width
        return None
    return None


def _may_name(text: str) -> bool:
    return bool(_NAME.match(text)) and not is_organisation(text) and not _ENDS.match(text)


def _rows(
    layout: Layout,
    lines: Sequence[Line],
    texts: Sequence[str],
    index: int,
    role: Role,
    start: int,
    width: int,
) -> Iterator[Record]:
    header = texts[start : start + width]
    around = " ".join(layout.headings(lines[index].section)) + " " + texts[max(start - 1, 0)]
    if is_of_losers(around):
        return
    names = [find_role(name) for name in header]
    level = column_level(role, names, "".join(header), around)
    if level is None:
        return
    for at in _row_starts(texts, start, width, index - start):
        row = lines[at : at + width]
        name = row[index - start]
        price = _price(layout, row, names, header)
        lot = next(
            (Printed(*_span(c)) for c, r in zip(row, names, strict=True) if r and r.kind == "lot"),
            None,
        )
        rank = next(
            (n for line in texts[at : at + 2] if len(line) < 9 and (n := named_rank(line))), None
        )
        for first, last in find_suppliers(layout.text[name.start : name.end], level == WINNER):
            supplier = Printed(name.start + first, name.start + last)
            yield Record(supplier, level, price, lot, role.rank or rank, rule="lines")


def _row_starts(texts: Sequence[str], start: int, width: int, column: int) -> Iterator[int]:
    """Where rows start: a width further on, or at the next running number before a name."""
    at, number = start + width, 1
    while at + width <= len(texts):
        if not _is_name(texts[at + column]):
            numbered = texts[start] == "序号" and column > 0
            ahead = range(at - width + 1, min(at + _LONGEST_ROW, len(texts) - width))
            fits = (i for i in ahead if texts[i] == str(number) and _is_name(texts[i + column]))
            found = next(fits, None) if numbered else None
            if found is None:
                return
            at = found
        yield at
        at, number = at + width, number + 1


def _price(
    layout: Layout, row: Sequence[Line], names: Sequence[Role | None], header: Sequence[str]
) -> Printed | None:
    prices = [
        Printed(line.start, line.end, label, role.level)
        for line, role, label in zip(row, names, header, strict=True)
        if role and role.kind == "price"
    ]
    return max(prices, key=lambda price: price.level, default=None)


def _span(line: Line) -> tuple[int, int]:
    return line.start, line.end
