"""Items: the goods and services of a notice, row by row as its tables print them.

A table of items has a column of names and one of quantities, unit prices, brands or models. A row
合计 is no item, and a first column that spans rows is a category. Tables of suppliers, lots and
experts have names too, but none of the other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from tenderlight.capitals import NUMERALS, parse_numeral
from tenderlight.fields.items_labels import find_labelled_items
from tenderlight.fields.items_stacked import find_stacked_rows
from tenderlight.fields.money_amounts import Unit, find_amounts, parse_unit
from tenderlight.fields.shapes import Cell, Layout
from tenderlight.model import Cited, Item, Money, Passage, Reading
from tenderlight.plain import simplify

Column = Literal["name", "brand", "model", "quantity", "unit", "price"]

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (
        "quantity",
        re.compile(
            r"^(?:采购|货物|标的|服务|计划|设备|需求|预计|合同|产品|中标|成交)?(?:数量|数目|采购量|工程量)(?:及单位|/单位|和单位|单位)?$"
        ),
    ),
    ("unit", re.compile(r"^(?:计量|计价|数量)?单位$")),
    ("price", re.compile(r"单价|^(?:最高)?限价$|^参考价格?$|^控制价$|^投标限价$")),
    ("brand", re.compile(r"品牌|厂牌|商标|制造商|生产厂家?$")),
    ("model", re.compile(r"^(?!简要|技术|主要).{0,4}(?:规格|型号)(?!描述)")),
    (
        "name",
        re.compile(
            r"^(?:采购|中标|成交|主要)?(?:货物|产品|设备|物资|物品|标的物?|服务|商品|材料|仪器|系统|器材|品目|采购条目|"
            r"配置|软件|分项|子项|清单|采购内容)?(?:名称|品名)$|"
            r"^(?:品名|货物|产品|设备|标的|品种|车型|物品|采购标的|采购品目|采购内容|设备清单|货物或服务名称|"
            r"货物/服务名称|货物服务名称|名称及规格|项目内容|服务内容|标的内容)$"
        ),
    ),
)
_NO_ITEMS = re.compile(
    r"^(?:.*[:：]$|合计|总计|共计|小计|备注|注[:：]|说明|总价|大写|/$|-+$|\d+$|无$|序号|其他要求)"
)
_NOT_NAMES = re.compile(r"序|编号|包号|标段|:|\d|金额|预算|内容$|时间|日期|企业|公司|供应商")
_OF_OTHERS = re.compile(r"业绩|人员|设备一览|资格|评分|打分|证书")
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,16}[)\]]|[:*★]")
_FOREIGN = re.compile(r"/?[a-z .]{3,40}$")
_QUANTITY = re.compile(r"(\d[\d,]{0,14}(?:\.\d{1,6})?)\s*([^\d\s,.。;()]{0,6})")
_NUMERAL = re.compile(rf"([{NUMERALS}两]{{1,5}})\s*([^\d\s,.。;()]{{1,3}})$")
_NOTHING = re.compile(r"[/\\\-—]+$|无$|详见|见附件|见招标")
_LONGEST_NAME = 120


class Columns(NamedTuple):
    """Where in a table's rows each thing stands; -1: nowhere."""

    name: int
    brand: int = -1
    model: int = -1
    quantity: int = -1
    unit: int = -1
    price: int = -1


def find_items(reading: Reading, layout: Layout) -> tuple[Item, ...]:
    """All rows of all tables of items, else what labels such as 标的名称 say.

    `| 双目相机 | 12 | 台 |` under `| 名称 | 数量 | 单位 |` gives one item of 12 台.
    """
    items: list[Item] = []
    seen: set[tuple[str, ...]] = set()
    for rows in _tables(layout):
        found = [item for item in _in_rows(reading, rows) if item]
        names = tuple(item.name.value for item in found)
        if found and names not in seen:
            seen.add(names)
            items += found
    return tuple(items) or find_labelled_items(reading, layout, parse_quantity)


def _tables(layout: Layout) -> Iterator[Sequence[Sequence[Cell | None]]]:
    for grid in layout.tables:
        others = _OF_OTHERS.search(" ".join(layout.headings(grid.section)))
        if grid.kind == "table" and not others:
            yield grid.rows
    yield from find_stacked_rows(layout, _column)


def _in_rows(reading: Reading, rows: Sequence[Sequence[Cell | None]]) -> Iterator[Item | None]:
    columns: Columns | None = None
    header: Sequence[Cell | None] = ()
    done: set[int] = set()
    for row in rows:
        if found := find_columns(row):
            columns, header = found, row
        elif columns:
            name = row[columns.name] if columns.name < len(row) else None
            if name is not None and name.start not in done:
                done.add(name.start)
                yield _item(reading, header, row, columns)


def find_columns(row: Sequence[Cell | None]) -> Columns | None:
    """The columns that a row names, if it is the head of a table of items."""
    places: dict[Column, int] = {}
    for number, cell in enumerate(row):
        column = _column(cell.plain) if cell else None
        if column and (column not in places):
            places[column] = number
    if "name" not in places and len(places) > 1 and (place := _unnamed(row, places)) is not None:
        places["name"] = place
    if "name" not in places or len(places) < 2:
        return None
    if "quantity" not in places and len(places) < 3:
        return None
    return Columns(
        name=places["name"],
        brand=places.get("brand", -1),
        model=places.get("model", -1),
        quantity=places.get("quantity", -1),
        unit=places.get("unit", -1),
        price=places.get("price", -1),
    )


def _unnamed(row: Sequence[Cell | None], places: dict[Column, int]) -> int | None:
    """The column of names under a name of its own, such as 设备/软件: that before the others."""
    first = min(places.values())
    if "quantity" not in places or first == 0 or len(row) > 12:
        return None
    cell = row[first - 1]
    if cell is None or not 1 < len(cell.plain) <= 12 or _NOT_NAMES.search(cell.plain):
        return None
    return first - 1


@lru_cache(maxsize=4096)
def _column(label: str) -> Column | None:
    key = _FOREIGN.sub("", _BRACKETS.sub("", label))
    if not 1 < len(key) <= 16:
        return None
    return next((column for column, pattern in _COLUMNS if pattern.search(key)), None)


def _item(
    reading: Reading, header: Sequence[Cell | None], row: Sequence[Cell | None], columns: Columns
) -> Item | None:
    name = _cell(row, columns.name)
    if name is None or _NO_ITEMS.match(name.plain) or len(name.plain) > _LONGEST_NAME:
        return None
    beside = [_cell(row, place) for place in columns[1:]]
    if all(cell is None or cell is name for cell in beside):
        return None
    quantity, counted = _quantity(reading, _cell(row, columns.quantity))
    unit = _text(reading, _cell(row, columns.unit))
    cited = _text(reading, name)
    if cited is None:
        return None
    return Item(
        name=cited,
        brand=_text(reading, _cell(row, columns.brand)),
        model=_text(reading, _cell(row, columns.model)),
        quantity=quantity,
        unit=unit or counted,
        unit_price=_unit_price(reading, _cell(header, columns.price), _cell(row, columns.price)),
    )


def _cell(row: Sequence[Cell | None], place: int) -> Cell | None:
    cell = row[place] if 0 <= place < len(row) else None
    return cell if cell and cell.plain else None


def _passage(reading: Reading, cell: Cell) -> Passage:
    lead = len(cell.text) - len(cell.text.lstrip())
    return reading.passage(cell.start + lead, cell.start + len(cell.text.rstrip()))


def _text(reading: Reading, cell: Cell | None) -> Cited[str] | None:
    if cell is None or _NOTHING.match(cell.plain):
        return None
    at = _passage(reading, cell)
    return Cited(value=" ".join(at.text.split()), at=at, rule="column")


def _quantity(
    reading: Reading, cell: Cell | None
) -> tuple[Cited[Decimal] | None, Cited[str] | None]:
    if cell is None:
        return None, None
    number, unit = parse_quantity(cell.text)
    at = _passage(reading, cell)
    return (
        Cited(value=number, at=at, rule="column") if number is not None else None,
        Cited(value=unit, at=at, rule="column") if unit else None,
    )


def parse_quantity(printed: str) -> tuple[Decimal | None, str | None]:
    """A number and the unit behind it, where both are printed in one cell.

    >>> parse_quantity("1，500米"), parse_quantity("两套"), parse_quantity("一批")
    ((Decimal('1500'), '米'), (Decimal('2'), '套'), (Decimal('1'), '批'))
    """
    folded = simplify(printed).strip()
    if match := _QUANTITY.match(folded):
        return Decimal(match.group(1).replace(",", "")), match.group(2) or None
    if match := _NUMERAL.match(folded):
        try:
            return Decimal(parse_numeral(match.group(1).replace("两", "二"))), match.group(2)
        except ValueError:
            return None, None
    return None, None


def _unit_price(reading: Reading, label: Cell | None, cell: Cell | None) -> Cited[Money] | None:
    """The price of one, where its unit is printed with it or in the column's name."""
    if label is None or cell is None:
        return None
    unit = parse_unit(label.plain)
    whole = Unit(unit.scale, unit.currency) if unit and unit.kind != "rate" else None
    amounts = find_amounts(cell.text.split("/")[0], whole)
    if len(amounts) != 1 or amounts[0].value is None:
        return None
    at = reading.passage(cell.start + amounts[0].start, cell.start + amounts[0].end)
    money = Money(amount=amounts[0].value, currency=amounts[0].currency)
    return Cited(value=money, at=at, rule="column")
