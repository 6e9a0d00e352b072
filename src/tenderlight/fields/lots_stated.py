"""What a notice states of each of its lots: name, title, budget and ceiling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tenderlight.fields.budget_lists import OF_LOTS
from tenderlight.fields.budget_statements import listed_lots
from tenderlight.fields.budget_words import BUDGET, CEILING, Statement, Words
from tenderlight.fields.lots import LINE_LOT, LOT, lot_key
from tenderlight.fields.money import read_price
from tenderlight.fields.money_amounts import parse_unit, unit_above
from tenderlight.fields.shapes import Cell, Grid, Layout
from tenderlight.fields.whole_tables import whole_tables
from tenderlight.model import Cited, Lot, Money, Reading

_LOT_COLUMN = re.compile(
    r"^(?:采购|合同|招标)?(?:包|标段|标包|标项|分包|包组|包件|分标|采购包|合同包)(?:号|编号|序号|组)?$"
)
_TITLE = re.compile(
    r"^(?:采购|合同|招标)?(?:包|标段|标包|标项|分包|包组|包件|采购包|合同包)(?:名称|内容)$|"
    r"^(?:项目名称|采购内容|采购标的|标的名称|招标内容)$"
)
_TITLE_PAIR = re.compile(r"^(?:包|标段|标包|标项|分包|采购包|合同包)名称$")
_TOTAL = re.compile(r"合计|总计|共计|小计")
_REACH = 300
"""How far behind a lot's name, in characters, a label may speak of it."""
_LONGEST_TITLE = 80
_MOST = 60


class Place(NamedTuple):
    """Where one thing is printed of a lot, with the sum where it is one."""

    lot: tuple[int, int]
    what: str
    start: int
    end: int
    money: Money | None = None


def find_by_lot(
    reading: Reading,
    layout: Layout,
    budgets: Sequence[Statement],
    ceilings: Sequence[Statement],
) -> tuple[Lot, ...]:
    """The lots of a purchase in the order of their names; none where fewer than two are stated.

    `| 包1 | 视频监控 | 120 |` below `| 包号 | 包名称 | 预算金额（万元） |` is lot 包1, its title
    and its budget of 1,200,000.
    """
    places = list(_in_tables(layout))
    places += _told(layout, BUDGET, budgets)
    places += _told(layout, CEILING, ceilings)
    places += _titles(layout)
    lots: dict[str, dict[str, Place]] = {}
    for place in sorted(places, key=lambda place: place.lot):
        key = lot_key(layout.text[slice(*place.lot)])
        if key and (key in lots or len(lots) < _MOST):
            lots.setdefault(key, {}).setdefault(place.what, place)
    if len(lots) < 2:
        return ()
    return tuple(_lot(reading, found) for found in lots.values())


def _lot(reading: Reading, found: dict[str, Place]) -> Lot:
    first = next(iter(found.values()))
    name = reading.passage(*first.lot)
    title = found.get("title")
    at = reading.passage(title.start, title.end) if title else None
    return Lot(
        name=Cited(value=" ".join(name.text.split()), at=name),
        title=Cited(value=" ".join(at.text.split()), at=at) if at else None,
        budget=_sum(reading, found.get("budget")),
        ceiling=_sum(reading, found.get("ceiling")),
    )


def _sum(reading: Reading, place: Place | None) -> Cited[Money] | None:
    if place is None or place.money is None:
        return None
    return Cited(value=place.money, at=reading.passage(place.start, place.end), rule="lot")


def _in_tables(layout: Layout) -> Iterator[Place]:
    """Rows of tables that have a column of lots."""
    tables = [*whole_tables(layout), *(g for g in layout.tables if g.kind == "lines")]
    for grid in tables:
        for number, row in enumerate(grid.rows[:-1]):
            names = [cell.plain if cell and len(cell.plain) <= 24 else "" for cell in row]
            column = next((i for i, name in enumerate(names) if _is_lot_column(name)), None)
            if column is not None:
                yield from _rows(layout, grid, number, column, names)
                break


def _is_lot_column(name: str) -> bool:
    return _LOT_COLUMN.match(name) is not None


def _rows(
    layout: Layout, grid: Grid, header: int, column: int, names: Sequence[str]
) -> Iterator[Place]:
    caption = unit_above(layout, grid)
    for row in grid.rows[header + 1 :]:
        cell = row[column] if column < len(row) else None
        if cell is None or not _is_name(cell):
            continue
        lot = (cell.start, cell.end)
        yield Place(lot, "name", *lot)
        for name, value in zip(names, row, strict=False):
            if value is not None and value is not cell and value.plain:
                yield from _of_column(lot, name, value, caption)


def _is_name(cell: Cell) -> bool:
    """True for a lot's name or a short number; totals are none."""
    short = len(cell.plain) <= 12 and not _TOTAL.search(cell.plain)
    return short and bool(
        LOT.search(cell.plain)
        or re.fullmatch(r"[a-z]|\d{1,3}|[一二三四五六七八九十]{1,3}", cell.plain)
    )


def _of_column(lot: tuple[int, int], name: str, value: Cell, caption: str) -> Iterator[Place]:
    if _TITLE.match(name) and len(value.plain) <= _LONGEST_TITLE:
        yield Place(lot, "title", value.start, value.end)
        return
    for words in (BUDGET, CEILING):
        if not words.label.search(name):
            continue
        unit = parse_unit(name) or (parse_unit(caption) if caption else None)
        price = read_price(value.text, unit)
        if price.money is not None:
            at = (value.start + price.start, value.start + price.end)
            yield Place(lot, words.field, *at, price.money)
        return


def _told(layout: Layout, words: Words, statements: Sequence[Statement]) -> Iterator[Place]:
    """Sums behind a label near a lot's name, and lists of lots behind one label."""
    for statement in statements:
        if statement.lot_at and statement.money and statement.stage != "before":
            yield Place(
                statement.lot_at, words.field, statement.start, statement.end, statement.money
            )
        elif statement.rule == OF_LOTS:
            parts, unread = listed_lots(layout.plain, statement.start, None)
            for part in parts if not unread else ():
                if part.lot_at and part.money:
                    yield Place(part.lot_at, words.field, part.start, part.end, part.money)


def _titles(layout: Layout) -> Iterator[Place]:
    """`标项名称：…` behind the line that a lot's name opens."""
    titles = [
        pair
        for pair in layout.pairs
        if pair.kind != "column" and pair.key.endswith("名称") and _TITLE_PAIR.match(pair.key)
    ]
    if not titles:
        return
    named = [match.span("lot") for match in LINE_LOT.finditer(layout.plain)][:_MOST]
    for pair in titles:
        before = [lot for lot in named if lot[1] <= pair.label_start]
        if before and pair.start - before[-1][1] < _REACH and len(pair.value) <= _LONGEST_TITLE:
            yield Place(before[-1], "title", pair.start, pair.end)
