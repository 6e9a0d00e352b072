"""Awards told by labels one after another: a supplier, its price, its lot, its rank."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from tenderlight.fields.awards_records import (
    OF_BIDDERS,
    Printed,
    Record,
    is_of_losers,
    ranked,
    role_of,
)
from tenderlight.fields.awards_suppliers import find_suppliers, is_organisation
from tenderlight.fields.awards_words import (
    BIDDER,
    CANDIDATE,
    WHOLE,
    WINNER,
    Role,
    find_role,
    named_rank,
)
from tenderlight.fields.grids import distinct
from tenderlight.fields.shapes import Grid, Layout, Pair
from tenderlight.plain import simplify

_PRICED = re.compile(
    r"[\d０-９壹贰叁肆伍陆柒捌玖拾]|下浮|折|[详見见]{1,2}.{0,8}(?:附件|公告|文件|附表)"
)
_NAME_AND_PRICE = re.compile(r"(?:中标|成交|中选|供应).{0,6}(?:及|、|和|与).{0,6}(?:金额|价)")
_RESULT = re.compile(r"(?:中标|成交|中选|评标|采购)结果:?")
_OF_RESULTS = re.compile(r"中标|成交|中选")


_COUNTED = re.compile(r"\s*\(?(?P<number>\d{1,3})\s?[、.)]\s{0,4}")
_MOST_NAMES = 60


class Labelled(NamedTuple):
    """A label that concerns an award, and its value."""

    start: int
    end: int
    role: Role
    label: str
    value: str
    around: str
    rank: int | None


def find_labelled(layout: Layout) -> list[Record]:
    """All records of labels and values, the price behind its supplier or before it."""
    groups: list[list[Record]] = []
    waiting = lot = None
    price_first = False
    rank: int | None = None
    for labelled in _labels(layout):
        role, at = labelled.role, (labelled.start, labelled.end, labelled.label)
        if role.kind == "lot":
            lot = Printed(*at)
        elif role.kind == "rank":
            rank = named_rank(simplify(labelled.value))
        elif role.kind == "supplier":
            rank = rank or named_rank(simplify(labelled.value[:8]))
            if found := _suppliers(labelled, waiting, lot, rank):
                groups.append(found)
                waiting, rank = None, None
        elif both := _both(labelled):
            groups.append([both])
        elif _PRICED.search(labelled.value):
            price = Printed(*at, role.level)
            price_first = price_first or (not groups and role.level != WHOLE)
            waiting = price if price_first or not groups else waiting
            if groups and not price_first:
                place = _place(groups)
                groups[place] = _priced(groups[place], price)
    if waiting and groups and waiting.level != WHOLE and groups[-1][0].price is None:
        groups[-1] = _priced(groups[-1], waiting)
    return [record for group in groups for record in group]


def _place(groups: list[list[Record]]) -> int:
    """Whose price comes next: the last winner's who has none, else the last name's."""
    last = len(groups) - 1
    if groups[last][0].level == WINNER:
        return last
    for place in range(last, max(last - 6, -1), -1):
        if groups[place][0].level == WINNER and groups[place][0].price is None:
            return place
    return last


def _priced(group: list[Record], price: Printed) -> list[Record]:
    """The names of one value with a price, unless they have a better one."""
    return [
        record._replace(price=price)
        if record.price is None or record.price.level < price.level
        else record
        for record in group
    ]


def _labels(layout: Layout) -> list[Labelled]:
    """Labels of lines and of table rows, in the order of the text."""
    found = []
    ranks = _ranked_cells(layout)
    places = [start for start, _, _ in ranks]
    for pair in layout.pairs:
        if pair.kind in ("cell", "column"):
            continue
        if role := find_role("".join(simplify(pair.label).split())):
            around = " ".join(layout.headings(pair.section))
            rank = named_rank(pair.group)
            cell = bisect_right(places, pair.label_start) - 1
            if rank is None and cell >= 0 and pair.end <= ranks[cell][1]:
                rank = ranks[cell][2]
            end = _end_of_list(layout, pair) if role.kind == "supplier" else pair.end
            value = layout.text[pair.start : end]
            found.append(Labelled(pair.start, end, role, pair.label, value, around, rank))
    for grid in layout.tables:
        if grid.kind == "table":
            found += _in_rows(grid, " ".join(layout.headings(grid.section)))
    return sorted(found, key=lambda labelled: labelled.start)


def _end_of_list(layout: Layout, pair: Pair) -> int:
    """Where a list of names below their label ends: each a line, numbered 1, 2, 3.

    `入围供应商：`, below it `1、甲城印务有限公司`, `2、乙城印务有限公司`.
    """
    end = pair.end
    if pair.table is not None or pair.kind != "below":
        return end
    place = bisect_right(layout.lines, pair.start, key=attrgetter("start")) - 1
    for number, line in enumerate(layout.lines[place : place + _MOST_NAMES], 1):
        counted = _COUNTED.match(layout.plain, line.start, line.end)
        if counted is None or int(counted["number"]) != number:
            break
        if not is_organisation(layout.plain[counted.end() : line.end].strip(" ;。,")):
            break
        end = line.end
    return end


def _ranked_cells(layout: Layout) -> list[tuple[int, int, int]]:
    """Start, end and rank of the cells of rows that `第一名` opens, also where it spans them."""
    found = set()
    for grid in layout.tables:
        for row in grid.rows if grid.kind == "table" else ():
            rank = named_rank(row[0].plain[:12]) if row and row[0] else None
            if rank is not None:
                found |= {(cell.start, cell.end, rank) for cell in distinct(row[1:])}
    return sorted(found)


def _in_rows(grid: Grid, around: str) -> Iterator[Labelled]:
    """A label with the cell to its right; `第一中标候选人` at the left of a row ranks it."""
    seen: set[int] = set()
    first = grid.headers[0] if grid.headers else len(grid.rows)
    for number, row in enumerate(grid.rows):
        cells = distinct(row)
        rank: int | None = None
        for label, value in pairwise(cells):
            role = role_of(label)
            if role is None and _RESULT.fullmatch(label.plain) and is_organisation(value.text):
                role = Role("supplier", WINNER)
            rank = rank or named_rank(label.plain[:12])
            if number > first and label.plain in ("成交", "中标", "中选", "入围"):
                continue
            if role is None or not value.plain or role_of(value) or value.start in seen:
                continue
            seen.add(value.start)
            yield Labelled(value.start, value.end, role, label.text, value.text, around, rank)


def _suppliers(
    labelled: Labelled, price: Printed | None, lot: Printed | None, rank: int | None
) -> list[Record]:
    around, role = labelled.around, labelled.role
    if is_of_losers(around) or (role.level == BIDDER and OF_BIDDERS.search(around)):
        return []
    level = role.level
    if level == BIDDER and _OF_RESULTS.search(around):
        level = WINNER
    elif labelled.rank:
        level = max(level, CANDIDATE)
    if price is not None and price.level == WHOLE:
        price = None
    spans = find_suppliers(labelled.value, role.level == WINNER)
    return [
        Record(
            Printed(labelled.start + start, labelled.start + end),
            level,
            price,
            lot,
            role.rank or own or labelled.rank or rank,
        )
        for start, end, own in ranked(labelled.value, spans)
    ]


def _both(labelled: Labelled) -> Record | None:
    """`成交供应商及成交金额：甲城科技有限公司，12万元`: a name and its price in one value."""
    if not _NAME_AND_PRICE.search(simplify(labelled.label)):
        return None
    spans = find_suppliers(labelled.value)
    if len(spans) != 1:
        return None
    start, end = spans[0]
    price = Printed(labelled.start + end, labelled.end, labelled.label, labelled.role.level)
    return Record(Printed(labelled.start + start, labelled.start + end), WINNER, price)
