"""Two notices held against each other: of one purchase, of two, or not to be told."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from tenderlight.grouping import Pair, Reason, pair
from tenderlight.purchases.alike import Alike, same_buyer, same_name
from tenderlight.purchases.numbers import Known, is_extended
from tenderlight.purchases.sign import Sign, round_of
from tenderlight.purchases.times import (
    AGAIN,
    REPOST,
    STAGES,
    cannot_follow,
    days_between,
    may_follow,
)
from tenderlight.purchases.wording import likeness

OLDEST = 1_600
"""Days after which a number is no longer the same purchase's: numbers are used again."""
REWORDED = 0.4
"""Share of sentences in common from which one notice is the other, printed again: on the reposts
of `bench/purchases` it is above 0.5, between notices of one buyer on other things below 0.3."""


_OPENING = ("prequalification", "tender", "single_source", "correction")


class Two:
    """What two notices have in common, each thing worked out when it is first asked for."""

    def __init__(self, a: Sign, b: Sign) -> None:
        self.a, self.b = a, b

    @cached_property
    def number(self) -> tuple[Known, Known] | None:
        """The number that both print."""
        return _common(self.a, self.b, "number")

    @cached_property
    def extended(self) -> tuple[Known, Known] | None:
        """A number of one that is a number of the other with a little behind it."""
        return _common(self.a, self.b, "extended")

    @cached_property
    def numbers_differ(self) -> bool:
        """Both print numbers of the same kind, and none in common."""
        kinds = {each.kind for each in self.a.numbers} & {each.kind for each in self.b.numbers}
        told = kinds & {"project", "plan", "intention"}
        return bool(told) and self.number is None and self.extended is None

    @cached_property
    def buyer(self) -> Alike:
        """The buyers; unknown where one is the other's agency: then a label was misread."""
        a, b = self.a, self.b
        if a.buyer_code and a.buyer_code == b.buyer_code:
            return Alike.SAME
        found = same_buyer(a.buyer, b.buyer)
        crossed = (a.buyer and a.buyer == b.agency) or (b.buyer and b.buyer == a.agency)
        return Alike.UNKNOWN if found is Alike.OTHER and crossed else found

    @cached_property
    def name(self) -> Alike:
        """The names of the projects."""
        buyer = self.a.buyer or self.b.buyer
        return same_name(self.a.name.core, self.b.name.core, buyer)

    @cached_property
    def days(self) -> int | None:
        """From the first to the second."""
        return days_between(self.a.date, self.b.date)

    @cached_property
    def in_time(self) -> bool | None:
        """Whether one can follow the other in one round; None where a date is missing."""
        if self.days is None or self.a.type is None or self.b.type is None:
            return None
        return may_follow(self.a.type, self.b.type, self.days)

    @cached_property
    def too_far(self) -> bool:
        """Whether the days between them are too many for one purchase."""
        if self.days is None or self.a.type is None or self.b.type is None:
            return False
        return cannot_follow(self.a.type, self.b.type, self.days)

    @cached_property
    def words(self) -> float | None:
        """Share of sentences in common."""
        return likeness(self.a.lines, self.b.lines)

    @cached_property
    def reworded(self) -> bool:
        """Whether they share so many sentences that one is the other again."""
        return self.words is not None and self.words >= REWORDED

    @cached_property
    def sum(self) -> Decimal | None:
        """An uneven sum that both state of the same thing (and supplier)."""
        here = {(s.field in ("budget", "ceiling"), s.supplier, s.amount) for s in self.a.sums}
        for each in self.b.sums:
            mine = (each.field in ("budget", "ceiling"), each.supplier, each.amount)
            if each.amount and each.amount >= 1000 and mine in here:
                return each.amount
        return None

    @cached_property
    def budgets_differ(self) -> bool:
        """Both state the budget of the whole, and not the same."""
        one, other = _budget(self.a), _budget(self.b)
        return one is not None and other is not None and one != other

    @cached_property
    def awards_differ(self) -> bool:
        """Both name suppliers with prices, and no supplier is named by both."""
        one = {s.supplier for s in self.a.sums if s.supplier and s.rank in (None, 1)}
        other = {s.supplier for s in self.b.sums if s.supplier and s.rank in (None, 1)}
        return bool(one and other) and not one & other

    @cached_property
    def other_time(self) -> Reason | None:
        """They say that they are of other years, phases, batches."""
        a, b = self.a.name, self.b.name
        kinds = {each[0] for each in a.parts} & {each[0] for each in b.parts}
        one, other = ({p for p in name.parts if p[0] in kinds} for name in (a, b))
        if kinds and not one & other:
            return Reason(rule="phase", first="、".join(a.parts), second="、".join(b.parts))
        if a.years and b.years and (a.years[-1] < b.years[0] or b.years[-1] < a.years[0]):
            return Reason(rule="year", first=str(a.years[0]), second=str(b.years[0]))
        return None

    @cached_property
    def maybe_other_time(self) -> Reason | None:
        """Only one names a second phase or batch, or a year that the other one's day is not in."""
        a, b = self.a, self.b
        here, there = a.name.parts, b.name.parts
        if any(each[1:] != "1" for each in set(here) ^ set(there)):
            return Reason(rule="phase", first="、".join(here), second="、".join(there))
        for one, other in ((a, b), (b, a)):
            if one.name.years and not other.name.years and other.date:
                year = int(other.date[:4])
                if not one.name.years[0] - 1 <= year <= one.name.years[-1] + 1:
                    return Reason(rule="year", first=a.date[:4], second=b.date[:4])
        return None

    @cached_property
    def again(self) -> bool:
        """One opens a further round, some time after the other."""
        a, b = (self.a, self.b) if (self.days or 0) >= 0 else (self.b, self.a)
        days = abs(self.days or 0)
        if b.type not in _OPENING or a.type not in (*_OPENING, "termination"):
            return False
        if round_of(b) > max(round_of(a), 1):
            return days <= AGAIN
        return a.type == "termination" and days <= AGAIN // 2

    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for them, in the order of its weight."""
        a, b, found = self.a, self.b, []
        if common := self.number or self.extended:
            found.append(Reason(rule="number", first=common[0].printed, second=common[1].printed))
        if self.name >= Alike.NEAR:
            found.append(Reason(rule="name", first=a.name.printed, second=b.name.printed))
        if self.buyer >= Alike.NEAR:
            found.append(Reason(rule="buyer", first=a.buyer, second=b.buyer))
        if self.sum is not None:
            found.append(Reason(rule="sum", first=f"{self.sum:f}", second=f"{self.sum:f}"))
        if self.reworded:
            share = f"{self.words or 0:.0%}"
            found.append(Reason(rule="text", first=share, second=share))
        if self.in_time or self.again:
            found.append(Reason(rule="dates", first=a.date, second=b.date))
        return tuple(found)


def compare(first_id: str, a: Sign, second_id: str, b: Sign) -> Pair | None:
    """Whether two notices are of one purchase, with the reasons; None where nothing tells.

    >>> from tenderlight.purchases.marks import read_name
    >>> from tenderlight.purchases.numbers import read_numbers
    >>> number, name = read_numbers("XN-YXGA-2018-0317"), read_name("云溪县公安局虹膜采集设备")
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
    if two.buyer is Alike.OTHER and (two.number or two.name is Alike.SAME):
        if two.number and (two.name >= Alike.NEAR and (two.reworded or two.sum)):
            return None
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
    if two.numbers_differ:
        return _although_numbers_differ(two)
    return _without_numbers(two)


def _by_number(two: Two) -> int:
    assert two.number is not None  # noqa: S101 - asked by the caller
    if abs(two.days or 0) > OLDEST:
        return 0
    selective = two.number[0].is_selective
    if two.name >= Alike.NEAR:
        return (96 if selective else 92) + (two.buyer is Alike.SAME)
    if two.buyer is Alike.SAME:
        return 88 if selective else (80 if two.in_time else 0)
    if two.buyer is Alike.NEAR and selective:
        return 84
    supported = two.sum is not None or two.reworded
    if two.name is Alike.UNKNOWN or two.buyer is Alike.UNKNOWN:
        return 82 if selective and (supported or two.name is Alike.UNKNOWN) else 0
    return 78 if selective and supported else 0


def _although_numbers_differ(two: Two) -> int:
    """Portals give numbers of their own; intentions and contracts have theirs; rounds get new."""
    a, b = two.a, two.b
    near = two.days is not None and abs(two.days) <= REPOST
    if a.type == b.type and near and not (two.budgets_differ or two.awards_differ):
        if two.reworded and (two.sum is not None or two.name >= Alike.NEAR):
            return 88
        if two.name >= Alike.NEAR and two.sum is not None and two.buyer >= Alike.NEAR:
            return 84
    if two.name < Alike.NEAR or two.buyer < Alike.NEAR:
        return 0
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
    if two.name >= Alike.NEAR and two.buyer >= Alike.NEAR and same:
        return 79 + same + surer if same == 2 else 77 + surer
    if two.name >= Alike.NEAR and two.buyer is Alike.UNKNOWN:
        same_place = two.a.division == two.b.division != ""
        agency = two.a.agency == two.b.agency != ""
        supported = two.sum is not None or two.reworded
        return 76 + surer if supported or (same and (same_place or agency)) else 0
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
        return Reason(rule="sum", first=_plain(_budget(a)), second=_plain(_budget(b)))
    if not two.numbers_differ or two.again or two.reworded or two.sum is not None:
        return None
    if two.maybe_other_time:
        return two.maybe_other_time
    if a.name.lots != b.name.lots:
        return None
    if a.type == b.type and a.type is not None and STAGES[a.type] != 3:
        if two.budgets_differ and abs(two.days or 0) > REPOST:
            return Reason(rule="sum", first=_plain(_budget(a)), second=_plain(_budget(b)))
        if two.awards_differ and abs(two.days or 0) > REPOST and a.type == "award":
            return Reason(rule="supplier", first=a.suppliers[0], second=b.suppliers[0])
    return None


def _common(a: Sign, b: Sign, how: str) -> tuple[Known, Known] | None:
    for mine in a.numbers:
        for other in b.numbers:
            if mine.core == other.core if how == "number" else is_extended(mine, other):
                return mine, other
    return None


def _budget(sign: Sign) -> Decimal | None:
    return next((s.amount for s in sign.sums if s.field == "budget" and s.number < 0), None)


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _far_apart(two: Two) -> bool:
    """Whether the sums are too different for one purchase: budgets by a third, or one supplier is
    paid more than the budget.
    """
    one, other = _budget(two.a), _budget(two.b)
    if one and other and two.a.name.lots == two.b.name.lots:
        return min(one, other) * 10 < max(one, other) * 7
    if one and not two.a.name.lots:
        return _most_paid(two.b) > one * Decimal("1.05")
    if other and not two.b.name.lots:
        return _most_paid(two.a) > other * Decimal("1.05")
    return False


def _most_paid(sign: Sign) -> Decimal:
    return max((s.amount for s in sign.sums if s.supplier and s.amount), default=Decimal(0))
