"""What two notices have in common, and what sets them apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Generic, TypeVar

from tenderlight.grouping import Reason
from tenderlight.purchases.alike import Alike, same_buyer, same_name
from tenderlight.purchases.numbers import Known, is_beside, is_extended
from tenderlight.purchases.sign import Sign, round_of
from tenderlight.purchases.times import AGAIN, cannot_follow, days_between, may_follow
from tenderlight.purchases.wording import likeness

REWORDED = 0.4
"""Share of sentences in common from which text speaks for a pair. In `bench/purchases` (seed 1)
95 % of the reposts have 0.56 or more and 4 % of the notices of other purchases that share a key
have this much, so it never decides alone. Reposts in another layout share less: 0.21 to 0.54 in
the invented development set."""


_HOW: dict[str, Callable[[Known, Known], bool]] = {
    "number": lambda one, other: one.core == other.core,
    "extended": is_extended,
    "beside": is_beside,
}
_OPENING = ("prequalification", "tender", "single_source", "correction")


T = TypeVar("T")


class Once(Generic[T]):
    """A value that is worked out when it is first asked for: `cached_property` without its lock,
    which costs more than most of what is worked out here.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, two: Any, owner: type | None = None) -> T:
        found = two.__dict__[self._name] = self._work(two)
        return found


class Two:
    """What two notices have in common, each thing worked out when it is first asked for."""

    def __init__(self, a: Sign, b: Sign) -> None:
        self.a, self.b = a, b

    @Once
    def number(self) -> tuple[Known, Known] | None:
        """The number that both print. One plan can stand over several purchases, each with its own
        project number: then it says nothing.
        """
        common = _common(self.a, self.b, "number")
        if common and "project" not in (common[0].kind, common[1].kind) and self._own_numbers:
            return common if self.name >= Alike.NEAR else None
        return common

    @Once
    def _own_numbers(self) -> bool:
        """Both print project numbers."""
        kinds = ({each.kind for each in sign.numbers} for sign in (self.a, self.b))
        return all("project" in each for each in kinds)

    @Once
    def extended(self) -> tuple[Known, Known] | None:
        """A number of one that is a number of the other with a little behind it."""
        return _common(self.a, self.b, "extended")

    @Once
    def beside(self) -> bool:
        """They are of two lots of one purchase, each with a number of its own, about one time."""
        a, b = self.a, self.b
        lots = set(a.name.lots), set(b.name.lots)
        near = self.days is not None and abs(self.days) <= AGAIN
        return near and all(lots) and not lots[0] & lots[1] and _common(a, b, "beside") is not None

    @Once
    def numbers_differ(self) -> bool:
        """Both print numbers of the same kind, and none in common."""
        kinds = {each.kind for each in self.a.numbers} & {each.kind for each in self.b.numbers}
        told = kinds & {"project", "plan", "intention"}
        return bool(told) and self.number is None and self.extended is None

    @Once
    def buyer(self) -> Alike:
        """The buyers; unknown where one is the other's agency: then a label was misread."""
        a, b = self.a, self.b
        if a.buyer_code and a.buyer_code == b.buyer_code:
            return Alike.SAME
        found = same_buyer(a.buyer, b.buyer)
        crossed = (a.buyer and a.buyer == b.agency) or (b.buyer and b.buyer == a.agency)
        if found >= Alike.NEAR and self.elsewhere:
            return Alike.UNKNOWN if self.number else Alike.OTHER
        return Alike.UNKNOWN if found is Alike.OTHER and crossed else found

    @Once
    def elsewhere(self) -> bool:
        """Whether they sit in different provinces or prefectures: there are several 鼓楼区."""
        a, b = self.a.division, self.b.division
        if not a or not b:
            return False
        return a[:2] != b[:2] or (a[2:4] != "00" != b[2:4] and a[2:4] != b[2:4])

    @Once
    def name(self) -> Alike:
        """The names of the projects."""
        buyer = max(self.a.buyer, self.b.buyer, key=lambda name: (len(name), name))
        return same_name(self.a.name.core, self.b.name.core, buyer)

    @Once
    def days(self) -> int | None:
        """From the first to the second."""
        return days_between(self.a.date, self.b.date)

    @Once
    def in_time(self) -> bool | None:
        """Whether one can follow the other in one round; None where a date is missing."""
        if self.days is None or self.a.type is None or self.b.type is None:
            return None
        return may_follow(self.a.type, self.b.type, self.days)

    @Once
    def too_far(self) -> bool:
        """Whether the days between them are too many for one purchase."""
        if self.days is None or self.a.type is None or self.b.type is None:
            return False
        return cannot_follow(self.a.type, self.b.type, self.days)

    @Once
    def words(self) -> float | None:
        """Share of sentences in common."""
        return likeness(self.a.lines, self.b.lines)

    @Once
    def reworded(self) -> bool:
        """Whether they share so many sentences that one is the other again."""
        return self.words is not None and self.words >= REWORDED

    @Once
    def sum(self) -> Decimal | None:
        """An uneven sum that both state of the same thing (and supplier)."""
        here = {(s.field in ("budget", "ceiling"), s.supplier, s.amount) for s in self.a.sums}
        for each in self.b.sums:
            mine = (each.field in ("budget", "ceiling"), each.supplier, each.amount)
            if each.amount and each.amount >= 1000 and mine in here:
                return each.amount
        return None

    @Once
    def budgets_differ(self) -> bool:
        """Both state the budget of the whole, and not the same."""
        one, other = budget_of(self.a), budget_of(self.b)
        return one is not None and other is not None and one != other

    @Once
    def awards_differ(self) -> bool:
        """Both name suppliers with prices, and no supplier is named by both."""
        one = {s.supplier for s in self.a.sums if s.supplier and s.rank in (None, 1)}
        other = {s.supplier for s in self.b.sums if s.supplier and s.rank in (None, 1)}
        return bool(one and other) and not one & other

    @Once
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

    @Once
    def maybe_other_time(self) -> Reason | None:
        """Only one names a second phase or batch, or a year that the other one's day is not in.

        The number of a notice without a day says its year.
        """
        a, b = self.a, self.b
        here, there = a.name.parts, b.name.parts
        if any(each[1:] != "1" for each in set(here) ^ set(there)):
            return Reason(rule="phase", first="、".join(here), second="、".join(there))
        for one, other in ((a, b), (b, a)):
            named = () if other.name.years else one.name.years
            years = named or (() if one.date else _given(one))
            if years and other.date and not years[0] - 1 <= int(other.date[:4]) <= years[-1] + 1:
                first, second = (str(years[0]), other.date[:4])[:: 1 if one is a else -1]
                return Reason(rule="year", first=first, second=second)
        return None

    @Once
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
        if self.beside and not common:
            lots = "、".join(a.name.lots), "、".join(b.name.lots)
            found.append(Reason(rule="lots", first=lots[0], second=lots[1]))
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


def budget_of(sign: Sign) -> Decimal | None:
    """The budget that a notice states of the whole."""
    return next((s.amount for s in sign.sums if s.field == "budget" and s.number < 0), None)


def _given(sign: Sign) -> tuple[int, ...]:
    """The years that its project numbers print, the first first."""
    years = {each.year for each in sign.numbers if each.kind == "project"}
    return tuple(sorted(year for year in years if year is not None))


def _common(a: Sign, b: Sign, how: str) -> tuple[Known, Known] | None:
    for mine in a.numbers:
        for other in b.numbers:
            if _HOW[how](mine, other):
                return mine, other
    return None
