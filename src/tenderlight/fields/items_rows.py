"""One row of a table of items as an item."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from tenderlight.fields.items_cells import (
    cell_at,
    read_count,
    read_sum,
    read_words,
    split_brand_model,
)
from tenderlight.fields.items_columns import Column, Columns
from tenderlight.fields.makers import find_maker
from tenderlight.fields.shapes import Cell
from tenderlight.model import Cited, Item, Money, Reading

_NO_ITEMS = re.compile(
    r"^(?:.*[:：]$|合计|总计|共计|小计|备注|注[:：]|说明|总价|大写|[(（]大写|/$|-+$|\d+$|无$|序号|其他要求|"
    r"投标总|税金$|税率|以上合|…+$|\.{3,}$)"
)
_LONGEST_NAME = 120


class Row(NamedTuple):
    """A row below its names."""

    cells: Sequence[Cell | None]
    head: Sequence[Cell | None]
    columns: Columns
    unit: str = ""
    """The unit printed above the table for all of its sums."""
    lot: Cell | None = None
    """The lot in whose part of the table it stands."""
    shared: Collection[int] = ()
    """Starts of cells that span several rows: a sum in one is that of all of them."""
    numbers: Collection[str] = ()
    """The purchase's own numbers: glued to a name they are no part of it."""

    def cell(self, column: Column) -> Cell | None:
        """What stands in a column, None where there is none or it is empty."""
        return cell_at(self.cells, self.columns.get(column))

    def named(self, column: Column) -> Cell | None:
        """How the column is called here."""
        return cell_at(self.head, self.columns.get(column))


def read_row(reading: Reading, row: Row) -> Item | None:
    """The item of a row; None for sums, notes and rows that have nothing but a name."""
    name = row.cell("name")
    if name is None or _NO_ITEMS.match(name.plain) or len(name.plain) > _LONGEST_NAME:
        return None
    beside = [row.cell(column) for column in row.columns if column not in ("name", "lot")]
    if "listed" not in row.columns and all(cell is None or cell is name for cell in beside):
        return None
    cited = _without_number(reading, read_words(reading, name), row.numbers)
    if cited is None:
        return None
    brand, model = _brand_and_model(reading, row)
    quantity, counted = read_count(reading, row.cell("quantity"), row.named("quantity"))
    lot = row.cell("lot") or row.lot
    return Item(
        name=cited,
        brand=brand,
        model=model,
        quantity=quantity,
        unit=read_words(reading, row.cell("unit")) or counted,
        unit_price=read_sum(reading, row.named("price"), row.cell("price"), row.unit),
        total=_total(reading, row),
        origin=read_words(reading, row.cell("origin")),
        maker=find_maker(brand.value if brand else None, model.value if model else None),
        lot=read_words(reading, lot) if lot and lot is not name else None,
    )


def _brand_and_model(reading: Reading, row: Row) -> tuple[Cited[str] | None, Cited[str] | None]:
    both = split_brand_model(reading, row.cell("brand_model"))
    brand = read_words(reading, row.cell("brand") or row.cell("maker")) or both[0]
    return brand, read_words(reading, row.cell("model")) or both[1]


def _total(reading: Reading, row: Row) -> Cited[Money] | None:
    cell = row.cell("total")
    if cell is None or cell.start in row.shared:
        return None
    return read_sum(reading, row.named("total"), cell, row.unit)


def _without_number(
    reading: Reading, name: Cited[str] | None, numbers: Collection[str]
) -> Cited[str] | None:
    """`视频会议系统XN-12` without the number of the purchase."""
    if name is None:
        return None
    for number in numbers:
        if len(number) > 4 and name.at.text.endswith(number) and len(name.at.text) > len(number):
            at = reading.passage(name.at.start, name.at.end - len(number))
            return Cited(value=" ".join(at.text.split()), at=at, rule=name.rule)
    return name
