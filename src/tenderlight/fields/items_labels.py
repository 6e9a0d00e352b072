"""Items named by labels: `中标标的名称：离心机一套`, then `中标标的数量：1套`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Cited, Item, Reading
from tenderlight.plain import simplify

_NAME = re.compile(r"^(?:中标|成交|采购|主要)?(?:标的物?|货物|产品|设备|采购标的)(?:名称)?$")
_QUANTITY = re.compile(r"数量$")
_LONGEST_NAME = 80
_REACH = 6
"""A quantity further than so many labels behind a name is that of something else."""
_NOT_NAMED = re.compile(r"详见|见附件|^\W+$|如下|招标文件")

ParseQuantity = Callable[[str], tuple[Decimal | None, str | None]]


def find_labelled_items(
    reading: Reading, layout: Layout, parse_quantity: ParseQuantity
) -> tuple[Item, ...]:
    """Items whose name and quantity stand behind labels of their own."""
    items: list[Item] = []
    last: tuple[int, Pair] | None = None
    for number, pair in enumerate(layout.pairs):
        if pair.kind == "column":
            continue
        key = re.sub(r"[\s(（].*", "", simplify(pair.label))
        if _NAME.match(key) and len(pair.value) <= _LONGEST_NAME:
            last = None if _NOT_NAMED.search(pair.value) else (number, pair)
        elif last and _QUANTITY.search(key) and number - last[0] <= _REACH:
            count, unit = parse_quantity(pair.value)
            if count is not None:
                items.append(_item(reading, last[1], pair, count, unit))
            last = None
    return tuple(items)


def _item(reading: Reading, name: Pair, amount: Pair, count: Decimal, unit: str | None) -> Item:
    at = reading.passage(amount.start, amount.end)
    return Item(
        name=Cited(
            value=" ".join(name.value.split()),
            at=reading.passage(name.start, name.end),
            rule="label",
        ),
        quantity=Cited(value=count, at=at, rule="label"),
        unit=Cited(value=unit, at=at, rule="label") if unit else None,
    )
