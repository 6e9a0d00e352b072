"""Sums of items held against each other: quantity, price of one, price of all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from tenderlight.model import Item, Problem

_FAR = Decimal(9)
"""A discount or a tax makes a row's total differ from its product, but not ninefold: then a unit
was misread or misprinted, and no one of the two sums is certain."""


def settle_sums(items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items; sums of a row that are ninefold apart are left out, and a problem shows them."""
    settled: list[Item] = []
    problems: list[Problem] = []
    for number, item in enumerate(items):
        problem = _disagreement(item, number)
        if problem is not None:
            problems.append(problem)
            item = msgspec.structs.replace(item, unit_price=None, total=None)
        settled.append(item)
    return tuple(settled), tuple(problems)


def _disagreement(item: Item, number: int) -> Problem | None:
    if not (item.quantity and item.unit_price and item.total):
        return None
    product = item.quantity.value * item.unit_price.value.amount
    whole = item.total.value.amount
    if item.unit_price.value.currency != item.total.value.currency or not (product and whole):
        return None
    if max(product, whole) < _FAR * min(product, whole):
        return None
    return Problem(
        code="fields.item-sums-disagree",
        what=f"{item.quantity.at.text[:20]} at {item.unit_price.at.text[:30]} cannot cost "
        f"{item.total.at.text[:30]}: neither sum was taken.",
        hint="Read quantity, price and unit of this row in the original.",
        where=f"items.{number}",
    )
