"""Which of the sums that a notice states for one field is taken, and by which rule.

A corrected sum stands before the original, the whole before its lots and parts, a sum that most
places state before others, the body before the summary table on top of it. Two sums that are
powers of ten apart are one sum with a wrong unit: only where one of them alone can be what a
purchase costs is it taken, or where most places say so; else neither is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from tenderlight.fields.budget_words import Statement
from tenderlight.model import Money

InSummary = Callable[[Statement], bool]
CORRECTED = "corrected before original"
MOST = "most places"
BODY = "body before summary table"
FIRST = "first place before later ones"
UNIT = "the sum that a purchase may cost"
NEITHER = "neither: one unit is wrong"
PARTS = "whole before its parts"

_LEAST, _MOST = Decimal(5_000), Decimal(10) ** 9
"""What purchases cost: sums outside, with one inside that differs by its unit only, are misread."""
_NEARLY = Decimal("0.8")
"""A body's sum below so much of the summary's may be a lot's: then the summary's is kept."""


class Choice(NamedTuple):
    """The statement that is taken, None where none can be, and the rule for the others."""

    taken: Statement | None
    rule: str
    others: tuple[Statement, ...] = ()
    """One of every other sum."""


def choose(wholes: Sequence[Statement], is_summary: InSummary) -> Choice:
    """One of several sums of the whole purchase.

    >>> def stated(place: int, yuan: int) -> Statement:
    ...     return Statement(place, place + 1, Money(amount=Decimal(yuan)))
    >>> choice = choose([stated(0, 1_200_000), stated(9, 12_000_000_000)], lambda _: False)
    >>> choice.taken.start, choice.rule
    (0, 'the sum that a purchase may cost')
    """
    sums: dict[Money, list[Statement]] = {}
    for statement in wholes:
        if statement.money is not None:
            sums.setdefault(_plain(statement.money), []).append(statement)
    groups = list(sums.values())
    if len(groups) < 2:
        return Choice(groups[0][0] if groups else None, FIRST)
    taken, rule = _decide(groups, is_summary)
    others = tuple(group[0] for group in groups if group is not taken)
    return Choice(taken[0] if taken else None, rule, others)


def _decide(
    groups: Sequence[list[Statement]], is_summary: InSummary
) -> tuple[list[Statement] | None, str]:
    most = max(map(len, groups))
    leading = [group for group in groups if len(group) == most]
    if any(are_units_apart(_yuan(a), _yuan(b)) for a in groups for b in groups):
        likely = [group for group in groups if is_likely(_yuan(group))]
        if len(likely) == 1:
            return likely[0], UNIT
        return (leading[0], MOST) if len(leading) == 1 else (None, NEITHER)
    if whole := _whole(groups):
        return whole, PARTS
    if len(leading) == 1:
        return leading[0], MOST
    first = groups[0]
    body = next((g for g in groups if not all(map(is_summary, g))), first)
    if body is not first and _yuan(body) >= _NEARLY * _yuan(first):
        return body, BODY
    return first, FIRST


def _whole(groups: Sequence[list[Statement]]) -> list[Statement] | None:
    """The sum that all others come to."""
    total = sum(map(_yuan, groups), Decimal(0))
    return next((g for g in groups if len(groups) > 2 and _yuan(g) * 2 == total), None)


def _yuan(group: Sequence[Statement]) -> Decimal:
    money = group[0].money
    return money.amount if money is not None else Decimal(0)


def _plain(money: Money) -> Money:
    return Money(amount=money.amount.normalize(), currency=money.currency)


def is_likely(amount: Decimal) -> bool:
    """True for what a purchase may cost, from a few thousand to a billion."""
    return _LEAST <= amount <= _MOST


def are_units_apart(one: Decimal, other: Decimal) -> bool:
    """True for the same digits in another unit: ten, ten thousand … times as much.

    >>> are_units_apart(Decimal("186.5"), Decimal("1865000.00")), are_units_apart(*[Decimal(2)] * 2)
    (True, False)
    """
    small, large = sorted((abs(one), abs(other)))
    if not small or small == large:
        return False
    ratio = large / small
    return ratio >= 10 and ratio.normalize().as_tuple().digits == (1,)
