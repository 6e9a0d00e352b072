"""Two notices held against each other: of one purchase, of two, or not to be told."""

from __future__ import annotations

from decimal import Decimal

from tenderlight.grouping import Pair, Reason, pair
from tenderlight.purchases.alike import Alike, names_place, near_enough
from tenderlight.purchases.sign import Sign
from tenderlight.purchases.times import REPOST, STAGES
from tenderlight.purchases.two import Two, budget_of

OLDEST = 1_600
"""Days after which a number is no longer the same purchase's: numbers are used again."""


def compare(first_id: str, a: Sign, second_id: str, b: Sign) -> Pair | None:
    """Whether two notices are of one purchase, with the reasons; None where nothing tells.

    >>> from tenderlight.purchases.marks import read_name
    >>> from tenderlight.purchases.numbers import read_numbers
    >>> number, name = read_numbers("XN-QDGA-2018-0426"), read_name("青渡县公安局虹膜采集设备")
    >>> tender = Sign(type="tender", date="2018-03-09", numbers=number, name=name)
    >>> award = Sign(type="award", date="2018-04-09", numbers=number, name=name)
    >>> found = compare("a", tender, "b", award)
    >>> found.same, found.strength, [reason.rule for reason in found.reasons]
    (True, 96, ['number', 'name', 'dates'])
    """
    two = Two(a, b)
    if found := _apart(two):
        strength, why = found
        return pair(first_id, second_id, False, strength, why)
    strength = _strength(two)
    if strength:
        return pair(first_id, second_id, True, strength, *two.reasons())
    other = _other_purchase(two)
    return pair(first_id, second_id, False, 72, other) if other else None


def _apart(two: Two) -> tuple[int, Reason] | None:
    """What cannot be one purchase, whatever else they share."""
    alike = two.number or two.name >= Alike.NEAR
    if alike and two.other_time is not None and not (two.number and two.reworded):
        return 90, two.other_time
    if two.buyer is not Alike.OTHER or not (two.number or two.name is Alike.SAME):
        return None
    # One buyer misread must not part a whole purchase: it takes another place.
    if two.elsewhere and not (two.number and two.number[0].is_selective):
        return 85, Reason(rule="buyer", first=two.a.buyer, second=two.b.buyer)
    return None


def _strength(two: Two) -> int:
    """How sure it is that they are one purchase; 0: it is not."""
    if two.number:
        return _by_number(two)
    if two.name < Alike.NEAR and not (two.reworded or two.sum):
        return 0
    if two.buyer is Alike.OTHER or two.maybe_other_time:
        return 0
    if two.extended and two.name >= Alike.NEAR:
        return 90
    if two.beside and two.name is Alike.SAME and two.buyer is Alike.SAME:
        return 86
    if two.numbers_differ:
        return _although_numbers_differ(two)
    return _without_numbers(two)


def _by_number(two: Two) -> int:
    assert two.number is not None  # noqa: S101 - asked by the caller
    if abs(two.days or 0) > OLDEST:
        return 0
    selective = two.number[0].is_selective
    if two.buyer is Alike.OTHER:
        if two.elsewhere and not names_place(two.a.name.core):
            return 0  # agencies of two provinces number alike, and all have a 视频监控系统
        called_off = {two.a.type, two.b.type} & {"contract", "acceptance"}
        supported = two.sum is not None or two.reworded or not called_off
        return 84 if selective and two.name >= Alike.NEAR and supported else 0
    if two.name >= Alike.NEAR:
        return (96 if selective else 92) + (two.buyer is Alike.SAME)
    if two.buyer is Alike.SAME:
        return 88 if selective else (80 if two.in_time else 0)
    if two.buyer is Alike.NEAR and selective:
        return 84
    supported = two.sum is not None or near_enough(two.a.name.core, two.b.name.core)
    if two.name is Alike.UNKNOWN or two.buyer is Alike.UNKNOWN:
        return 82 if selective and (supported or two.name is Alike.UNKNOWN) else 0
    return 78 if selective and supported else 0


def _although_numbers_differ(two: Two) -> int:
    """Portals give numbers of their own; intentions and contracts have theirs; rounds get new."""
    a, b = two.a, two.b
    near = two.days is not None and abs(two.days) <= REPOST
    certain = two.sum is not None or (two.name is Alike.SAME and two.buyer is Alike.SAME)
    if a.type == b.type and near and not (two.budgets_differ or two.awards_differ):
        of_office = two.buyer is Alike.NEAR and not certain
        if two.reworded and (two.sum is not None or two.name >= Alike.NEAR) and not of_office:
            return 88
        if two.name >= Alike.NEAR and two.sum is not None and two.buyer >= Alike.NEAR:
            return 84
    if two.name < Alike.NEAR or two.buyer < Alike.NEAR:
        return 0
    if not certain:
        return 0  # a sibling thing, or an office of the buyer: its number is its own
    if two.again and not two.budgets_differ:
        return 80
    award_side = {a.type, b.type} <= {"candidates", "award", "contract", "acceptance"}
    if award_side and a.type != b.type and two.sum is not None and two.in_time:
        return 84
    if "intention" in (a.type, b.type) and two.in_time and not two.budgets_differ:
        return 78
    return 0


def _without_numbers(two: Two) -> int:
    """One of them prints no number."""
    if two.in_time is False and not two.again:
        return 0
    if (two.awards_differ and not two.reworded) or _far_apart(two):
        return 0
    if two.a.type == two.b.type and two.budgets_differ and not two.reworded:
        return 0
    same = (two.name is Alike.SAME) + (two.buyer is Alike.SAME)
    surer = 5 * (two.sum is not None) + 2 * two.reworded - min(abs(two.days or 60) // 30, 6)
    surer -= 3 * two.budgets_differ
    shared = two.sum is not None or two.reworded
    if two.buyer is Alike.SAME and two.name >= Alike.NEAR:
        return 79 + same + surer if same == 2 else 77 + surer
    if two.buyer is Alike.NEAR and two.name is Alike.SAME and shared:
        return 77 + surer  # an office and its head both buy desks: the name alone says little
    if two.name >= Alike.NEAR and two.buyer is Alike.UNKNOWN:
        same_place = two.a.division == two.b.division != ""
        agency = two.a.agency == two.b.agency != ""
        named = names_place(two.a.name.core) and (two.reworded or same_place or agency)
        supported = (two.sum is not None or named) and not two.elsewhere
        return 76 + surer if supported and (same or two.sum is not None) else 0
    if two.buyer is Alike.SAME and two.sum is not None and two.reworded:
        return 74
    return 0


def _other_purchase(two: Two) -> Reason | None:
    """The same buyer buys the same again: at another time, or beside it for another sum."""
    a, b = two.a, two.b
    if two.number or two.extended or two.name is not Alike.SAME or two.buyer is not Alike.SAME:
        return None
    if two.too_far and not two.again:
        return Reason(rule="dates", first=a.date, second=b.date)
    if _far_apart(two) and not two.again and "correction" not in (a.type, b.type):
        return Reason(rule="sum", first=_plain(budget_of(a)), second=_plain(budget_of(b)))
    if not two.numbers_differ or two.again or two.reworded or two.sum is not None:
        return None
    if two.maybe_other_time:
        return two.maybe_other_time
    if a.name.lots != b.name.lots:
        return None
    if a.type == b.type and a.type is not None and STAGES[a.type] != 3:
        if two.budgets_differ and abs(two.days or 0) > REPOST:
            return Reason(rule="sum", first=_plain(budget_of(a)), second=_plain(budget_of(b)))
        if two.awards_differ and abs(two.days or 0) > REPOST and a.type == "award":
            return Reason(rule="supplier", first=a.suppliers[0], second=b.suppliers[0])
    return None


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _far_apart(two: Two) -> bool:
    """Whether the sums are too different for one purchase: budgets by a third, or one supplier is
    paid more than the budget.
    """
    one, other = budget_of(two.a), budget_of(two.b)
    if one and other and two.a.name.lots == two.b.name.lots:
        return min(one, other) * 10 < max(one, other) * 7
    if one and not two.a.name.lots:
        return _most_paid(two.b) > one * Decimal("1.05")
    if other and not two.b.name.lots:
        return _most_paid(two.a) > other * Decimal("1.05")
    return False


def _most_paid(sign: Sign) -> Decimal:
    paid = (s.amount for s in sign.sums if s.supplier and s.amount and s.rank in (None, 1))
    return max(paid, default=Decimal(0))
