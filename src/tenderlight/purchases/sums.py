"""Which of the sums that the notices of a purchase state are counted: each thing once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from tenderlight.purchases.history import in_order
from tenderlight.purchases.purchase import Entry, Member, WhyNot
from tenderlight.purchases.sign import Sign, Stated, SumField
from tenderlight.purchases.times import days_between

INVITING = ("intention", "prequalification", "tender", "single_source", "correction", "other")
"""Types of notices that set a budget; later ones only repeat it."""
SUPPLEMENT = 30
"""Days within which a second contract of one supplier for one lot, without a number of its own, is
the first one put right; after them it is a further contract."""


MOST = 1_000
"""Sums of one field in one purchase that are held against each other; more is a price list, or an
attempt to keep us busy."""
FIELDS: tuple[SumField, ...] = ("budget", "ceiling", "award", "contract")


class Line(msgspec.Struct, kw_only=True):
    """A sum on the way to being counted or not."""

    stated: Stated
    entry: Entry
    sign: Sign
    place: int
    """Of its notice in the order of time."""
    why_not: WhyNot = ""
    by: str | None = None
    """The notice because of which it does not count."""

    @property
    def open(self) -> bool:
        """Whether nothing speaks against it yet."""
        return not self.why_not

    @property
    def certain(self) -> bool:
        """Whether it is a sum, and not only words that mean one."""
        return self.stated.amount is not None

    def give_way(self, why: WhyNot, by: Line | None = None) -> None:
        """It does not count."""
        self.why_not, self.by = why, by.entry.notice if by else None


def count_sums(members: Sequence[Member], history: Sequence[Entry]) -> list[Line]:
    """Every sum that the notices state, with the reason why it does not count where it does not."""
    lines = [
        Line(stated=stated, entry=entry, sign=member.sign, place=place)
        for place, (member, entry) in enumerate(zip(in_order(members), history, strict=True))
        for stated in member.sign.sums
    ]
    _name_lots(lines)
    for line in lines:
        if line.entry.copy_of:
            line.give_way("copy")
            line.by = line.entry.copy_of
    for field in FIELDS:
        for line in [x for x in lines if x.open and x.stated.field == field][MOST:]:
            line.give_way("too-many")
    for field in ("budget", "ceiling"):
        _settle_budgets([each for each in lines if each.stated.field == field])
    terminations = [
        (place, member.sign, history[place])
        for place, member in enumerate(in_order(members))
        if member.sign.type == "termination"
    ]
    whole = _counted(lines, "budget")
    _settle_awards([x for x in lines if x.stated.field == "award"], terminations, whole)
    _settle_contracts([x for x in lines if x.stated.field == "contract"], _counted(lines, "award"))
    for line in lines:
        if line.open and not line.certain:
            line.give_way("unsettled")
    return lines


def _name_lots(lines: Sequence[Line]) -> None:
    """A further round for one lot may not name it: its budget is that of the lot.

    Then what the round states of no lot is of this one.
    """
    budgets = [x for x in lines if x.stated.field == "budget" and x.certain]
    for later in budgets:
        if later.stated.lot or later.entry.round == 1:
            continue
        first = [x for x in budgets if x.entry.round < later.entry.round]
        lots = {x.stated.lot for x in first if x.stated.lot and _same_sum(x, later)}
        if len(lots) != 1 or any(not x.stated.lot and _same_sum(x, later) for x in first):
            continue
        for each in lines:
            if each.entry.round == later.entry.round and not each.stated.lot:
                each.stated = msgspec.structs.replace(each.stated, lot=min(lots))


def _same_sum(one: Line, other: Line) -> bool:
    return one.stated.amount == other.stated.amount


def _settle_budgets(lines: Sequence[Line]) -> None:
    """The last budget that is invited with counts; the whole before its lots."""
    invited = [each for each in lines if each.entry.type in INVITING]
    if any(each.open and each.certain for each in invited):
        for each in lines:
            if each.open and each.entry.type not in INVITING:
                each.give_way("repeated")
    _doubtful_give_way(lines, lambda a, b: a.stated.lot == b.stated.lot)
    for earlier, later in _pairs(lines):
        if earlier.stated.lot != later.stated.lot or not later.open:
            continue
        if _says_nothing_new(earlier, later):
            later.give_way("repeated", earlier)
        elif earlier.entry.round < later.entry.round:
            earlier.give_way("tried-again", later)
        else:
            earlier.give_way("corrected" if later.entry.type == "correction" else "replaced", later)
    _whole_or_lots(lines)


def _says_nothing_new(earlier: Line, later: Line) -> bool:
    """A correction that corrects something else, or was printed again, changes no budget; neither
    does an award that has none.
    """
    if not later.certain and later.entry.type not in INVITING:
        return True
    both = earlier.entry.type == later.entry.type == "correction"
    same_round = earlier.entry.round == later.entry.round
    return both and same_round and earlier.open and _same_sum(earlier, later)


def _whole_or_lots(lines: Sequence[Line]) -> None:
    """A whole and its lots are one sum. The whole gives way where a later correction states lots,
    and an intention's to the lots of a tender; but only to most of it.
    """
    whole = next((x for x in lines if x.open and x.certain and not x.stated.lot), None)
    lots = [each for each in lines if each.open and each.stated.lot]
    if whole is None or not lots:
        return
    amounts = [x.stated.amount for x in lots if x.stated.amount is not None]
    if whole.stated.amount in amounts:
        whole.give_way("repeated")
    if amounts and (whole.stated.amount or Decimal(0)) <= max(amounts):
        return  # no whole is smaller than its part: it is of a lot that the page does not name
    later = [x for x in lots if x.entry.type != "intention" and x.certain]
    sum_of_lots = sum((x.stated.amount or Decimal(0) for x in later), Decimal(0))
    half = (whole.stated.amount or Decimal(0)) / 2
    corrected = [x for x in later if x.entry.type == "correction" and x.place > whole.place]
    if (corrected or whole.entry.type == "intention") and later and sum_of_lots >= half:
        whole.give_way("whole-of-parts", (corrected or later)[0])
        return
    for each in lots:
        each.give_way("part-of-the-whole", whole)


def _settle_awards(
    lines: Sequence[Line],
    terminations: Sequence[tuple[int, Sign, Entry]],
    budget: Decimal | None,
) -> None:
    """What suppliers are to be paid: of each lot the last that was said of it."""
    for each in lines:
        if each.open and (each.entry.type == "candidates" or (each.stated.rank or 1) > 1):
            each.give_way("candidate")
    for each in lines:
        for place, sign, entry in terminations:
            same_round = entry.round == each.entry.round
            if each.open and place > each.place and same_round and _fails(sign, each, lines):
                each.give_way("terminated")
                each.by = entry.notice
    _doubtful_give_way(lines, _same_award)
    for earlier, later in _pairs(lines):
        same_round = earlier.entry.round == later.entry.round
        if same_round and _overlap(earlier, later) and _is_said_again(earlier, later):
            later.give_way("repeated", earlier)
    for earlier, later in _pairs(lines):
        if _overlap(earlier, later):
            _settle_two_awards(earlier, later, lines, budget)


def _settle_two_awards(
    earlier: Line, later: Line, lines: Sequence[Line], budget: Decimal | None
) -> None:
    """Of two awards that may be for the same lot, the earlier one may have to give way.

    Where no lot is printed and the suppliers differ, both count as long as the budget holds them.
    """
    again = earlier.entry.round < later.entry.round
    same_lot = earlier.stated.lot == later.stated.lot
    if later.entry.type == "correction":
        earlier.give_way("corrected", later)
    elif (
        (same_lot and (again or earlier.stated.lot))
        or earlier.stated.supplier == later.stated.supplier
        or not _fit(lines, budget)
    ):
        earlier.give_way("tried-again" if again else "replaced", later)


def _settle_contracts(lines: Sequence[Line], awarded: Decimal | None) -> None:
    """Every contract counts once; an acceptance says again what its contract says.

    Two of one supplier without numbers to tell them apart both count where the award holds them.
    """
    contracts = [each for each in lines if each.entry.type == "contract"]
    for each in lines:
        if each.open and each.entry.type != "contract" and _has_contract(each, contracts):
            each.give_way("repeated")
    _doubtful_give_way(lines, _same_award)
    for earlier, later in _pairs(lines):
        if not _overlap(earlier, later):
            continue
        mine, theirs = _contracts(earlier.sign), _contracts(later.sign)
        if not _same_supplier(earlier, later):
            if mine & theirs and later.certain and _same_sum(earlier, later):
                earlier.give_way("replaced", later)  # another member of a consortium
            continue
        if mine and theirs and not mine & theirs:
            continue
        days = days_between(earlier.entry.date, later.entry.date) or 0
        said_again = earlier.stated.amount == later.stated.amount and not (mine or theirs)
        soon = days <= SUPPLEMENT and not _fit(lines, awarded)
        if mine & theirs or soon or said_again:
            earlier.give_way("replaced", later)


def _doubtful_give_way(lines: Sequence[Line], same: Callable[[Line, Line], bool]) -> None:
    """What is no certain sum gives way to a certain one of the same thing."""
    certain = [each for each in lines if each.open and each.certain]
    for each in lines:
        if each.open and not each.certain:
            other = next((x for x in certain if x is not each and same(each, x)), None)
            if other is not None:
                each.give_way("repeated", other)


def _pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Open lines of two notices, the earlier first; looked at while lines give way."""
    opened = [each for each in lines if each.open]
    return [
        (earlier, later) for later in opened for earlier in opened if earlier.place < later.place
    ]


def _overlap(one: Line, other: Line) -> bool:
    """Both still count, and may be of the same lot."""
    if not (one.open and other.open):
        return False
    return one.stated.lot == other.stated.lot or not (one.stated.lot and other.stated.lot)


def _same_award(one: Line, other: Line) -> bool:
    return one.stated.supplier == other.stated.supplier and (
        one.stated.lot == other.stated.lot or not (one.stated.lot and other.stated.lot)
    )


def _is_said_again(one: Line, other: Line) -> bool:
    return _same_award(one, other) and one.stated.amount == other.stated.amount


def _same_supplier(one: Line, other: Line) -> bool:
    """Contracts name one member of a consortium, awards all: one name may hold the other."""
    a, b = one.stated.supplier, other.stated.supplier
    return a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a))


def _has_contract(line: Line, contracts: Sequence[Line]) -> bool:
    return any(
        each.certain
        and (
            len(contracts) == 1 or _same_supplier(line, each) or line.stated.lot == each.stated.lot
        )
        for each in contracts
    )


def _contracts(sign: Sign) -> set[str]:
    return {number.core for number in sign.numbers if number.kind == "contract"}


def _fails(termination: Sign, line: Line, lines: Sequence[Line]) -> bool:
    """A termination that names no lot, where there are several, is of some other lot."""
    lots = set(termination.name.lots)
    if lots:
        return line.stated.lot in lots
    return not line.stated.lot or len({each.stated.lot for each in lines}) == 1


def _fit(lines: Sequence[Line], budget: Decimal | None) -> bool:
    """Whether all that still counts stays within the budget: then it can be of several lots."""
    total = sum((x.stated.amount or Decimal(0) for x in lines if x.open), Decimal(0))
    return budget is not None and total <= budget


def _counted(lines: Sequence[Line], field: SumField) -> Decimal | None:
    budgets = [x.stated.amount for x in lines if x.open and x.stated.field == field]
    known = [each for each in budgets if each is not None]
    return sum(known, Decimal(0)) if known else None
