"""All sums of a notice together: budget, ceiling, awards and lots, held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from tenderlight.fields.awards import find_awards
from tenderlight.fields.budget import SettledSum, find_budget, find_ceiling
from tenderlight.fields.budget_choice import is_likely
from tenderlight.fields.budget_lists import OF_LOTS
from tenderlight.fields.lots_stated import find_by_lot
from tenderlight.fields.money_printed import plain_sum
from tenderlight.fields.shapes import Layout
from tenderlight.model import (
    Award,
    Cited,
    Lot,
    Money,
    Passage,
    Problem,
    Reading,
    Rival,
    Unsettled,
)

_FAR = 1000
"""An award a thousand times its budget, or a budget so many times all awards, has a wrong unit."""


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
    """Budget, ceiling, awards and the lots' own sums, each certain or marked.

    An award a thousand times the budget cannot be right: what no purchase costs is left out, or
    both where either may be, and a problem shows them.
    """
    budget = find_budget(reading, layout)
    ceiling = find_ceiling(reading, layout)
    found = find_awards(reading, layout, notice_type)
    by_lot = find_by_lot(reading, layout, budget.statements, ceiling.statements)
    totals = [
        _against_lots("budget", budget, [lot.budget for lot in by_lot]),
        _against_lots("ceiling", ceiling, [lot.ceiling for lot in by_lot]),
    ]
    budget, awards, implausible = _plausible(budget, found.awards)
    return Sums(
        budget=budget.value,
        ceiling=ceiling.value,
        awards=awards,
        by_lot=by_lot,
        unsettled=(*budget.unsettled, *ceiling.unsettled),
        rivals=(
            *(*budget.rivals, *ceiling.rivals, *found.rivals),
            *(rival for total in totals for rival in total.rivals),
        ),
        problems=(
            *(*budget.problems, *ceiling.problems, *found.problems, *implausible),
            *(problem for total in totals for problem in total.problems),
        ),
    )


def _against_lots(field: str, whole: SettledSum, lots: Sequence[Cited[Money] | None]) -> SettledSum:
    """What the lots come to, where each is stated and they do not come to the whole."""
    sums = [lot for lot in lots if lot is not None]
    if whole.value is None or whole.value.rule in (OF_LOTS, "own lot", "correction"):
        return SettledSum(None)
    if len(sums) < max(len(lots), 2) or len({lot.value.currency for lot in sums}) > 1:
        return SettledSum(None)
    money = Money(
        amount=sum((lot.value.amount for lot in sums), Decimal(0)), currency=sums[0].value.currency
    )
    if money.amount == whole.value.value.amount:
        return SettledSum(None)
    rival = Rival(
        field=field, value=plain_sum(money), at=sums[0].at, rule="whole before the sum of its lots"
    )
    problem = Problem(
        code="fields.lots-total",
        what=f"{len(sums)} lots come to {plain_sum(money)}, the whole that is printed is "
        f"{whole.value.at.text}",
        hint="The whole was taken. Compare with the original.",
        where=field,
    )
    return SettledSum(None, (problem,), (rival,))


def _plausible(
    budget: SettledSum, awards: tuple[Award, ...]
) -> tuple[SettledSum, tuple[Award, ...], tuple[Problem, ...]]:
    """Budget and awards without those whose unit cannot be right beside the other's."""
    if budget.value is None or budget.value.value.currency != "CNY":
        return budget, awards, ()
    whole = budget.value.value.amount
    far = [n for n, award in enumerate(awards) if _yuan(award) > whole * _FAR]
    if not far:
        return budget, awards, ()
    problem = _implausible(budget.value.at, awards[far[0]].printed)
    if not is_likely(whole):
        marked = Unsettled(field="budget", at=budget.value.at, why="unclear")
        unsettled = (*budget.unsettled, marked)
        budget = budget._replace(value=None, unsettled=unsettled)
    if all(is_likely(_yuan(awards[n])) for n in far) and budget.value is None:
        return budget, awards, (problem,)
    kept = tuple(_unclear(award) if n in far else award for n, award in enumerate(awards))
    return budget, kept, (problem,)


def _yuan(award: Award) -> Decimal:
    return award.amount.amount if award.amount and award.amount.currency == "CNY" else Decimal(0)


def _unclear(award: Award) -> Award:
    return msgspec.structs.replace(award, amount=None, why="unclear")


def _implausible(budget: Passage, award: Passage | None) -> Problem:
    return Problem(
        code="fields.amounts-implausible",
        what=f"An award of {award.text if award else ''} cannot be paid from a budget of "
        f"{budget.text}: a unit is wrong.",
        hint="Read both units in the original; what cannot be right was left out.",
        where="awards",
    )
