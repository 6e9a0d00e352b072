"""Changes, lots, items and numbers of a notice: values with others under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenderlight.fields.makers import makers
from tenderlight.web.value import Value, Where
from tenderlight.web.words import MONEY, Label, label_of


def change_values(row: Mapping[str, Any], where: Where) -> Iterator[Value]:
    """Each change of a correction; under it what was and what is now."""
    for number, change in enumerate(row.get("changes") or ()):
        yield from _with_parts(change, ("what", "was", "now"), f"changes.{number}", where)


def lot_values(row: Mapping[str, Any], where: Where) -> Iterator[Value]:
    """Each lot by name; under it its title and its own sums."""
    for number, lot in enumerate(row.get("by_lot") or ()):
        names = ("name", "title", "budget_cny", "ceiling_cny")
        yield from _with_parts(lot, names, f"by_lot.{number}", where)


def _with_parts(
    told: Mapping[str, Any], names: tuple[str, ...], key: str, where: Where
) -> Iterator[Value]:
    """The first of some values, and the others under it."""
    group = {"changes": "changes", "by_lot": "lots"}[key.partition(".")[0]]
    for place, name in enumerate(names):
        id = f"{key}.{name}"
        if told.get(name) is not None:
            yield Value(
                id=id,
                group=group,
                label=label_of("part", f"{group}.{name}"),
                value=str(told[name]),
                money=name in MONEY,
                under=f"{key}.{names[0]}" if place else None,
                **where.of(id, id),
            )


def item_values(row: Mapping[str, Any], where: Where) -> Iterator[Value]:
    """Each item in one line; under it its total, its origin and who makes it."""
    for number, item in enumerate(row["items"]):
        said = [item.get("brand"), item.get("model")]
        amount = f"{item['quantity']} {item.get('unit') or ''}" if item.get("quantity") else None
        price = f"¥{item['unit_price_cny']}" if item.get("unit_price_cny") else None
        id = f"items.{number}.name"
        passage = where.of(id, id) or where.of(f"items.{number}", id)
        yield Value(
            id=id,
            group="items",
            label=label_of("field", "item"),
            value=" · ".join(str(part) for part in (item["name"], *said, amount, price) if part),
            **passage,
        )
        for name in ("total_cny", "origin", "maker"):
            if item.get(name):
                yield _part_of_item(item, number, name, where)


def _part_of_item(item: Mapping[str, Any], number: int, name: str, where: Where) -> Value:
    """The maker is known by the brand, else by the model: that is its passage."""
    id, known = f"items.{number}.{name}", {each.id: each for each in makers()}
    maker = known.get(item[name]) if name == "maker" else None
    printed = ("brand", "model") if name == "maker" else (name,)
    passages = (where.of(f"items.{number}.{each}", id) for each in printed)
    return Value(
        id=id,
        group="items",
        label=label_of("part", f"items.{name}"),
        value=str(item[name]),
        meaning=Label(maker.en, maker.zh) if maker else None,
        money=name in MONEY,
        under=f"items.{number}.name",
        **next((passage for passage in passages if passage), {}),
    )


def number_values(row: Mapping[str, Any], where: Where) -> Iterator[Value]:
    """The other numbers under which the purchase is known."""
    for place, told in enumerate(row.get("numbers") or ()):
        id = f"numbers.{place}.number"
        yield Value(
            id=id,
            group="numbers",
            label=label_of("number_kind", told["kind"]),
            value=told["number"],
            **where.of(id, id),
        )
