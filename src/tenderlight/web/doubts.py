"""What a notice also states of a value, and sums that are not certain: shown at the value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenderlight.web.value import Value, Where
from tenderlight.web.words import MONEY, label_of

IN_YUAN = {"budget": "budget_cny", "ceiling": "ceiling_cny", "amount": "amount_cny"}
"""Sums are exported under these names."""


def value_id(field: str) -> str:
    """The value on the page that a doubt is about.

    >>> value_id("budget"), value_id("awards.0.amount"), value_id("buyer")
    ('budget_cny', 'awards.0.amount_cny', 'buyer')
    """
    head, dot, last = field.rpartition(".")
    return f"{head}{dot}{IN_YUAN.get(last, last)}"


def doubts_of(row: Mapping[str, Any], where: Where) -> dict[str, list[Value]]:
    """Values that stand beside another, by the id of the one that they are about."""
    doubts: dict[str, list[Value]] = {}
    for number, told in enumerate(row.get("unsettled") or ()):
        about, id = value_id(told["field"]), f"unsettled.{number}"
        value = Value(
            id=id,
            group=_group(about),
            label=label_of("field", about.rpartition(".")[2]),
            value=told["printed"],
            also="unsettled",
            why=told["why"],
            **where.of(id, id),
        )
        doubts.setdefault(about, []).append(value)
    for number, told in enumerate(row.get("rivals") or ()):
        about, id = value_id(told["field"]), f"rivals.{number}"
        value = Value(
            id=id,
            group=_group(about),
            label=label_of("field", about.rpartition(".")[2]),
            value=told["value"],
            also="rival",
            rule=told["rule"],
            money=about.rpartition(".")[2] in MONEY,
            **where.of(id, id),
        )
        doubts.setdefault(about, []).append(value)
    return doubts


def _group(about: str) -> str:
    return "awards" if about.startswith("awards.") else "fields"
