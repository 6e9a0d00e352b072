"""What is read only in notices that buy the means to watch people: figures, rules, mismatches."""

from __future__ import annotations

from typing import NamedTuple

from tenderlight.model import Condition, Item, Mismatch, Quantity
from tenderlight.technologies.checks import find_mismatches
from tenderlight.technologies.definition import Clause, Measure
from tenderlight.technologies.prepared import Prepared
from tenderlight.technologies.quantities import find_quantities, rows_of
from tenderlight.technologies.rules import find_conditions
from tenderlight.technologies.sieve import Hit, Sieve


class Watched(NamedTuple):
    """Each in the order of the text."""

    quantities: tuple[Quantity, ...] = ()
    conditions: tuple[Condition, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()


def find_watched(notice: Prepared, searcher: Sieve, hits: dict[int, list[Hit]]) -> Watched:
    """The quantities of a notice, its rules quoted whole, and figures in it that do not agree."""
    reading, plain, fields = notice.reading, notice.plain, notice.fields
    quantities: list[Quantity] = []
    conditions: list[Condition] = []
    rows: dict[str, list[Item]] = {}
    for index in sorted(hits):
        definition = searcher.definitions[index]
        if not isinstance(definition, (Measure, Clause)):
            continue
        readable = [hit for hit in hits[index] if not reading.block_at(hit.start).furniture]
        if isinstance(definition, Measure):
            rows[definition.id] = rows_of(fields.items, definition, readable)
            quantities += find_quantities(reading, plain, fields.items, definition, readable)
        else:
            conditions += find_conditions(notice, definition, readable)
    quantities.sort(key=lambda one: (one.at.start, one.what))
    conditions.sort(key=lambda one: (one.at.start, one.id))
    stated = tuple(quantities)
    mismatches = find_mismatches(reading, plain, fields, stated, rows)
    return Watched(stated, tuple(conditions), mismatches)
