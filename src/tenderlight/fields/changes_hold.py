"""A corrected opening, budget or ceiling holds in place of the one before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from tenderlight.fields.labels import field_of, label_key
from tenderlight.fields.moments import find_moment
from tenderlight.fields.money import read_price
from tenderlight.fields.money_amounts import parse_unit
from tenderlight.fields.money_printed import plain_sum
from tenderlight.model import Change, Cited, Fields, Passage, Rival
from tenderlight.plain import simplify

_CLUES = ("开标", "开启", "投标截止", "递交", "提交")
"""Of several deadlines that a correction moves, the surest first."""


def hold_corrected(fields: Fields) -> Fields:
    """The fields with what a correction says is now, where they still say what was, or nothing.

    The value before it is kept as a rival. A sum whose unit is not certain replaces nothing.
    """
    for change in sorted(fields.changes, key=_order):
        field = _field(change)
        if field is None or change.now is None:
            continue
        name, read = field
        now, own = read(change.now.at, change), getattr(fields, name)
        was = read(change.was.at, change) if change.was is not None else None
        if now is None or (own is not None and (own.value != was or own.value == now)):
            continue
        held = Cited(value=now, at=change.now.at, rule=f"corrected, {change.now.rule}")
        fields = msgspec.structs.replace(fields, **{name: held})
        if own is not None:
            rival = Rival(field=name, value=_shown(own.value), at=own.at, rule=_RULE)
            fields = msgspec.structs.replace(fields, rivals=(*fields.rivals, rival))
    return fields


_RULE = "corrected before the value it replaces"


def _order(change: Change) -> int:
    found = [number for number, clue in enumerate(_CLUES) if clue in change.what.value]
    return found[0] if found else len(_CLUES)


def _field(change: Change) -> tuple[str, Callable[[Passage, Change], Any]] | None:
    name = field_of(label_key(change.what.value))
    if name == "opening":
        return name, _moment
    return (name, _sum) if name in ("budget", "ceiling") else None


def _moment(at: Passage, change: Change) -> str | None:
    moment = find_moment(simplify(at.text), 0, len(at.text))
    return moment.value if moment is not None else None


def _sum(at: Passage, change: Change) -> Any:
    return read_price(at.text, parse_unit(change.what.at.text)).money


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else plain_sum(value)
