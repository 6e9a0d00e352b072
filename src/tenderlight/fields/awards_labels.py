"""Awards told by labels one after another: a supplier, its price, its lot, its rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tenderlight.fields.awards_records import (
    OF_BIDDERS,
    Printed,
    Record,
    is_of_losers,
    role_of,
)
from tenderlight.fields.awards_suppliers import find_suppliers
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
from tenderlight.fields.shapes import Grid, Layout
from tenderlight.plain import simplify

_PRICED = re.compile(r"[\d０-９壹贰叁肆伍陆柒捌玖拾]|下浮|折")
_OF_RESULTS = re.compile(r"中标|成交|中选")


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
    records: list[Record] = []
    waiting: Printed | None = None
    price_first = False
    lot: Printed | None = None
    rank: int | None = None
    for labelled in _labels(layout):
        role, at = labelled.role, (labelled.start, labelled.end, labelled.label)
        if role.kind == "lot":
            lot = Printed(*at)
        elif role.kind == "rank":
            rank = named_rank(simplify(labelled.value))
        elif role.kind == "supplier":
            if found := _suppliers(labelled, waiting, lot, rank):
                records += found
                waiting, rank = None, None
        elif _PRICED.search(labelled.value):
            price = Printed(*at, role.level)
            price_first = price_first or (not records and role.level != WHOLE)
            if price_first or not records:
                waiting = price
            elif (last := records[-1]).price is None or last.price.level < role.level:
                records[-1] = last._replace(price=price)
    if waiting and records and records[-1].price is None and waiting.level != WHOLE:
        records[-1] = records[-1]._replace(price=waiting)
    return records


def _labels(layout: Layout) -> list[Labelled]:
    """Labels of lines and of table rows, in the order of the text."""
    found = []
    for pair in layout.pairs:
        if pair.kind in ("cell", "column"):
            continue
        if role := find_role("".join(simplify(pair.label).split())):
            around = " ".join(layout.headings(pair.section))
            rank = named_rank(pair.group)
            found.append(Labelled(pair.start, pair.end, role, pair.label, pair.value, around, rank))
    for grid in layout.tables:
        if grid.kind == "table":
            found += _in_rows(grid, " ".join(layout.headings(grid.section)))
    return sorted(found, key=lambda labelled: labelled.start)


def _in_rows(grid: Grid, around: str) -> Iterator[Labelled]:
    """A label with the cell to its right; `第一中标候选人` at the left of a row ranks it."""
    seen: set[int] = set()
    for row in grid.rows:
        cells = distinct(row)
        rank: int | None = None
        for label, value in pairwise(cells):
            role = role_of(label)
            rank = rank or named_rank(label.plain[:12])
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
    return [
        Record(
            Printed(labelled.start + start, labelled.start + end),
            level,
            price,
            lot,
            role.rank or labelled.rank or rank,
        )
        for start, end in find_suppliers(labelled.value, role.level == WINNER)
    ]
