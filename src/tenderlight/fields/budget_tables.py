"""Budgets and ceilings in the columns of a table: one row per lot or per purchase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tenderlight.fields.budget_words import Statement, Words
from tenderlight.fields.grids import corrected_rows
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.lots import lot_key, own_lot
from tenderlight.fields.money import Price, read_price
from tenderlight.fields.money_amounts import parse_unit, unit_above
from tenderlight.fields.shapes import Cell, Grid, Layout
from tenderlight.model import Money

_OF_GOODS = re.compile(r"^数量$|^单位$|型号")
_LOTS = re.compile(r"标项|包号|标段|分包|采购包|包组|合同包")
_TOTAL = ("合计", "总计", "共计", "小计")


def find_column_sum(layout: Layout, words: Words) -> Statement | None:
    """The sum of a column, its 合计 if it has one; None if a cell of it cannot be read.

    Columns beside a unit price hold the prices of goods and are left alone.
    """
    unread: Statement | None = None
    for grid in layout.tables:
        for header, names in enumerate(grid.rows[:-1]):
            columns = [
                column
                for column, cell in enumerate(names)
                if cell and len(cell.plain) <= 24 and _names(cell, words)
            ]
            if not columns or _is_of_goods([cell.plain for cell in names if cell]):
                continue
            for column in columns:
                if found := _column(layout, grid, header, column, words):
                    if found.money is not None:
                        return found
                    unread = unread or found
    return unread


def _names(cell: Cell, words: Words) -> bool:
    """True for a column's name that announces the field: 预算金额, or a bare 预算（万元）."""
    if not any(sign in cell.plain for sign in words.signs):
        return False
    return bool(words.label.search(cell.plain)) or field_of(plain_key(cell.plain)) == words.field


def _is_of_goods(names: Sequence[str]) -> bool:
    """True for tables of unit prices, and for those that count goods and not lots."""
    if any("单价" in name for name in names):
        return True
    return any(map(_OF_GOODS.search, names)) and not any(map(_LOTS.search, names))


def find_corrected(layout: Layout, words: Words) -> Statement | None:
    """The sum in the column 更正后 of a row that names the field."""
    for grid in layout.tables:
        for row, after in corrected_rows(grid):
            if found := _corrected_in(row, after, words):
                return found
    return None


def _corrected_in(row: Sequence[Cell | None], after: int, words: Words) -> Statement | None:
    cell = row[after] if after < len(row) else None
    label = next((c for c in row[:after] if c and words.label.match(c.plain)), None)
    if cell is None or label is None or len(label.plain) > 24:
        return None
    price = read_price(cell.text, parse_unit(label.plain), words.field)
    if price.money is None:
        return None
    return _statement(cell, price, price.money, "correction")._replace(stage="after")


def _column(layout: Layout, grid: Grid, header: int, column: int, words: Words) -> Statement | None:
    name = grid.rows[header][column]
    unit = parse_unit(name.plain) if name else None
    if unit is None and (caption := unit_above(layout, grid)):
        unit = parse_unit(caption)
    sums: list[tuple[Cell, Price]] = []
    own = own_lot(layout)
    for row in grid.rows[header + 1 :]:
        cell = row[column] if column < len(row) else None
        first = row[0].plain if row and row[0] else ""
        if cell is None or not cell.plain or (sums and cell is sums[-1][0]):
            continue
        price = read_price(cell.text, unit, words.field)
        if price.money is None:
            told = price.kind != "none" or price.why == "elsewhere"
            return _statement(cell, price, None, "column") if told else None
        if first.startswith(_TOTAL):
            return _statement(cell, price, price.money, "total of the column")
        if own and any(c and lot_key(c.plain) == own for c in row[:2]) and len(first) < 12:
            return _statement(cell, price, price.money, "own lot")
        sums.append((cell, price))
    if not sums:
        return None
    total = sum((p.money.amount for _, p in sums if p.money), Decimal(0))
    if total < 500 or len({p.money.currency for _, p in sums if p.money}) > 1:
        return None
    cell, price = sums[0]
    rule = "sum of the column" if len(sums) > 1 else "column"
    return _statement(cell, price, Money(amount=total), rule)


def _statement(cell: Cell, price: Price, money: Money | None, rule: str) -> Statement:
    start, end = cell.start + price.start, cell.start + price.end
    return Statement(start, end, money, price.problem, rule=rule, why=price.why, other=price.other)
