"""All sums of a notice together: budget, ceiling, awards and lots, held against each other."""

from __future__ import annotations

from typing import NamedTuple

from tenderlight.fields.awards import find_awards
from tenderlight.fields.budget import find_budget, find_ceiling
from tenderlight.fields.shapes import Layout
from tenderlight.model import Award, Cited, Lot, Money, Problem, Reading, Rival, Unsettled


class Sums(NamedTuple):
    """What a notice says of money, and what speaks against it."""

    budget: Cited[Money] | None
    ceiling: Cited[Money] | None
    awards: tuple[Award, ...]
    by_lot: tuple[Lot, ...]
    unsettled: tuple[Unsettled, ...]
    rivals: tuple[Rival, ...]
    problems: tuple[Problem, ...]


def find_sums(reading: Reading, layout: Layout, notice_type: str | None) -> Sums:
    """Budget, ceiling, awards and the lots' own sums, each certain or marked."""
    budget = find_budget(reading, layout)
    ceiling = find_ceiling(reading, layout)
    found = find_awards(reading, layout, notice_type)
    return Sums(
        budget=budget.value,
        ceiling=ceiling.value,
        awards=found.awards,
        by_lot=(),
        unsettled=(*budget.unsettled, *ceiling.unsettled),
        rivals=(*budget.rivals, *ceiling.rivals, *found.rivals),
        problems=(*budget.problems, *ceiling.problems, *found.problems),
    )
