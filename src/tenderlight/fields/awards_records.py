"""Records of awards as printed in tables: names below a column's name, or across a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tenderlight.fields.awards_suppliers import find_suppliers
from tenderlight.fields.awards_words import (
    BIDDER,
    CANDIDATE,
    SETTLED,
    WHOLE,
    WINNER,
    Role,
    find_role,
    named_rank,
)
from tenderlight.fields.money_amounts import find_amounts, parse_unit, unit_above
from tenderlight.fields.shapes import Cell, Grid, Layout
from tenderlight.fields.whole_tables import whole_tables
from tenderlight.plain import simplify


class Printed(NamedTuple):
    """A stretch of the text, and the label or column name above it."""

    start: int
    end: int
    label: str = ""
    level: int = 0


class Record(NamedTuple):
    """One supplier with what stands beside it; `level` says how sure it is that it won."""

    supplier: Printed
    level: int
    price: Printed | None = None
    lot: Printed | None = None
    rank: int | None = None
    rule: str = "label"
    others: tuple[Printed, ...] = ()
    """Prices that other places print for the same supplier and lot."""


_NO_WINNERS = re.compile(
    r"业绩|未中标|未成交|未入围|未进入|落标|否决|废标|无效|不合格|项目管理(?!有限|咨询|公司|集团|中心)|主要人员|开标记录|开标一览|唱标|项目负责人|异议"
)
OF_BIDDERS = re.compile(
    r"得分|打分|评分|评审(?!结果|情况)|评委|专家|评标委员会|资格|符合性|标的|报价一览|参与|其他投标|递交|报名|投标人名单|代理|采购人|委托"
)
_HEADING_OF_SCORES = re.compile(
    r"得分|评分|资格|符合性|打分|是否|理由|原因|业绩|规格|型号|品牌|数量|单价"
)
_WON = re.compile(r"^是否(?:中标|成交|中选|入围)|^(?:中标|成交|评审)(?:情况|结果|状态)$")
_YES = re.compile(r"是|√|中标|成交|中选|入围")
_OF_GOODS = re.compile(r"品牌|型号|规格|单价")
_UNIT_ALONE = re.compile(r"\(?(?:单位:?)?(?:人民币)?(?:[百千]?万|亿)?元\)?")
_TOTAL = re.compile(r"合计|总计|小计")
_MOST_COLUMNS = 200
"""A guard: no table of awards is so wide, and every column is held against all others."""
_RANK_CELL = re.compile(
    r"\d{1,2}|第[一二三四五六七八九十\d]{1,2}(?:名|顺位|(?:中标|成交)?候选人?)?"
)


def find_records(layout: Layout) -> list[Record]:
    """All records in tables whose columns or rows are named; winners and others."""
    return [record for grid in whole_tables(layout) for record in in_grid(layout, grid)]


def in_grid(layout: Layout, grid: Grid) -> Iterator[Record]:
    """The records of one table."""
    around = " ".join(layout.headings(grid.section)) + _line_before(layout, grid.start)
    if _NO_WINNERS.search(around) or (grid.rows and len(grid.rows[0]) > _MOST_COLUMNS):
        return
    for number, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            role = role_of(cell)
            if cell is None or role is None or role.kind != "supplier":
                continue
            if column and row[column - 1] is cell:
                continue
            if names := _across(row, column, role):
                yield from _by_column(grid, number, names, role)
            elif _is_column_name(grid, number, column, role):
                yield from _below(grid, number, column, role, around, unit_above(layout, grid))


def is_of_losers(around: str) -> bool:
    """True under headings of past contracts, rejected bids and the like."""
    return _NO_WINNERS.search(around) is not None


def _line_before(layout: Layout, start: int) -> str:
    """The last line before a table, which may be its caption; a paragraph is none."""
    ahead = layout.plain[max(0, start - 60) : start].rstrip("\n")
    _, broken, line = ahead.rpartition("\n")
    return f" {line}" if broken or start <= 60 else ""


def role_of(cell: Cell | None) -> Role | None:
    """What a cell announces, None for values and for long cells."""
    return find_role(cell.plain) if cell is not None and len(cell.plain) <= 40 else None


def _is_column_name(grid: Grid, number: int, column: int, role: Role) -> bool:
    """True where the cell below holds a name, or one of the next cells of a table of lots."""
    header = grid.rows[number]
    others = (role_of(cell) for cell in header if cell and cell is not header[column])
    if number not in grid.headers and not any(others):
        return False
    right = header[column + 1] if column + 1 < len(header) else None
    if right and right is not header[column] and find_suppliers(right.text):
        return False
    for row in grid.rows[number + 1 : number + 4]:
        cell = row[column] if column < len(row) else None
        if cell and cell is not header[column] and find_suppliers(cell.text, role.level == WINNER):
            return True
    return False


def _below(
    grid: Grid, number: int, column: int, role: Role, around: str, caption: str
) -> Iterator[Record]:
    header = grid.rows[number]
    names = [
        Role("price", SETTLED) if _tells_sums(grid, number, place) else role_of(cell)
        for place, cell in enumerate(header)
    ]
    titles = "".join(cell.plain for cell in header if cell)
    caption = caption or _unit_row(grid, number)
    level = column_level(role, names, titles, around)
    if level is None:
        return
    seen: set[tuple[int, int]] = set()
    won = next(
        (i for i, c in enumerate(header) if c and not names[i] and _WON.search(c.plain)), None
    )
    for row in grid.rows[number + 1 :]:
        cell = row[column] if column < len(row) else None
        if cell is None:
            continue
        if (other := role_of(cell)) and other.kind == "supplier":
            return
        if (row[0] and _TOTAL.match(row[0].plain)) or (won is not None and not _has_won(row, won)):
            continue
        price = _best_price(header, row, names, caption)
        lot = next(
            (_printed(c) for c, r in zip(row, names, strict=False) if r and r.kind == "lot" and c),
            None,
        )
        place = (cell.start, lot.start if lot and price else 0)
        if place in seen or (price and (cell.start, price.start) in seen):
            continue
        seen |= {place, (cell.start, 0)} | ({(cell.start, price.start)} if price else set())
        if level == BIDDER and _OF_GOODS.search(titles):
            price = None
        rank = role.rank or _rank_in(row, names)
        if role.rank and price is None:
            price = _price_below(grid, number, column)
        spans = find_suppliers(cell.text, role.level == WINNER)
        for start, end, own in ranked(cell.text, spans):
            supplier = Printed(cell.start + start, cell.start + end)
            yield Record(supplier, level, price, lot, rank or own, rule="column")


def _unit_row(grid: Grid, number: int) -> str:
    """The unit that a second row of a header holds alone: `（万元）`."""
    below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
    units = {cell.plain for cell in below if cell and _UNIT_ALONE.fullmatch(cell.plain)}
    return units.pop() if len(units) == 1 else ""


def ranked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int | None]]:
    """The spans of names, each with the rank that is printed before it: `第二名：…`."""
    at = 0
    for start, end in spans:
        yield start, end, named_rank(simplify(text[at:start]))
        at = end


def _with_unit(label: str, caption: str) -> str:
    """A column's name with the unit that stands above the whole table, if it has none."""
    return label if not caption or parse_unit(label) else f"{label}({caption})"


def _tells_sums(grid: Grid, number: int, column: int) -> bool:
    """True for a column 成交结果 whose cells are sums and not yes or no."""
    name = grid.rows[number][column]
    if name is None or not _WON.search(name.plain):
        return False
    below = (row[column] for row in grid.rows[number + 1 : number + 4] if column < len(row))
    return any(a.value for cell in below if cell for a in find_amounts(cell.text[:60]))


def _has_won(row: Sequence[Cell | None], won: int) -> bool:
    cell = row[won] if won < len(row) else None
    return cell is not None and _YES.match(cell.plain) is not None


def _price_below(grid: Grid, number: int, column: int) -> Printed | None:
    """The price of a candidate in a row of prices further down its column."""
    for row in grid.rows[number + 1 :]:
        label = next((c for c in row[:column] if (r := role_of(c)) and r.kind == "price"), None)
        value = row[column] if column < len(row) else None
        if label and value and (role := role_of(label)):
            return _printed(value, label.text, role.level)
    return None


def column_level(role: Role, names: Sequence[Role | None], titles: str, around: str) -> int | None:
    """How sure a column of names is; None for tables of scores, goods and mere bidders."""
    if role.level != BIDDER:
        return role.level
    settled = any(r and r.kind == "price" and r.level in (SETTLED, WHOLE) for r in names)
    if settled and _OF_GOODS.search(titles):
        return BIDDER
    if settled:
        return WINNER
    if re.search(r"是否(?:中标|成交|中选)", titles):
        return WINNER
    if _HEADING_OF_SCORES.search(titles) or OF_BIDDERS.search(around):
        return BIDDER if any(r and r.kind == "rank" for r in names) else None
    return WINNER if re.search(r"中标|成交|中选", around) else BIDDER


def _best_price(
    header: Sequence[Cell | None],
    row: Sequence[Cell | None],
    names: Sequence[Role | None],
    caption: str,
) -> Printed | None:
    prices = [
        _printed(cell, _with_unit(name.text, caption), role.level)
        for name, cell, role in zip(header, row, names, strict=False)
        if name and cell and role and role.kind == "price" and cell.plain
    ]
    return max(prices, key=lambda price: price.level, default=None)


def _rank_in(row: Sequence[Cell | None], names: Sequence[Role | None]) -> int | None:
    for cell, role in zip(row, names, strict=False):
        ranks = role and (role.kind == "rank" or role.level == CANDIDATE)
        if cell and ranks and _RANK_CELL.fullmatch(cell.plain):
            rank = named_rank(cell.plain) or (int(cell.plain) if cell.plain.isdecimal() else None)
            if rank:
                return rank
    return next((rank for cell in row[:2] if cell and (rank := named_rank(cell.plain[:8]))), None)


def _printed(cell: Cell, label: str = "", level: int = 0) -> Printed:
    lead = len(cell.text) - len(cell.text.lstrip())
    return Printed(cell.start + lead, cell.start + len(cell.text.rstrip()), label, level)


def _across(row: Sequence[Cell | None], column: int, role: Role) -> list[int]:
    """Columns to the right that hold names, where the label stands at the left of several."""
    columns = []
    for place in range(column + 1, len(row)):
        cell = row[place]
        if cell is None or cell is row[place - 1]:
            continue
        if role_of(cell) or not find_suppliers(cell.text):
            break
        columns.append(place)
    return columns if len(columns) > 1 else []


def _by_column(grid: Grid, number: int, columns: Sequence[int], role: Role) -> Iterator[Record]:
    for column in columns:
        cell = grid.rows[number][column]
        if cell is None:
            continue
        price: Printed | None = None
        lot: Printed | None = None
        rank = None
        for row in grid.rows:
            label = next(
                (c for c in row[: columns[0]] if (r := role_of(c)) and r.kind == "price"), None
            )
            value = row[column] if column < len(row) else None
            found = role_of(label)
            if label and value and found and (price is None or found.level > price.level):
                price = _printed(value, label.text, found.level)
            first = role_of(row[0]) if row else None
            if value and first and first.kind == "lot":
                lot = _printed(value)
            if value and len(value.plain) <= 8:
                rank = rank or named_rank(value.plain)
        for start, end in find_suppliers(cell.text):
            supplier = Printed(cell.start + start, cell.start + end)
            yield Record(supplier, role.level, price, lot, rank, rule="across")
