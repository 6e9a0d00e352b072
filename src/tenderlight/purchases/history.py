"""The notices of a purchase in their order: which round each belongs to, and which are reposts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from tenderlight.model import NoticeType
from tenderlight.purchases.alike import Alike, same_name
from tenderlight.purchases.purchase import Entry, Member
from tenderlight.purchases.sign import Sign, round_of
from tenderlight.purchases.times import REPOST, STAGES, days_between
from tenderlight.purchases.wording import likeness

REPRINTED = 0.4
"""Share of sentences from which a notice of the same type in the same purchase, a few days later,
is a repost: 95 % of those of `bench/purchases` (seed 1) share 0.56 or more."""
SOON = 7
"""Days within which a tender after a failed round can still be a repost of the first one."""
CORRECTED_AGAIN = 0.8
"""Corrections of one purchase share most of their sentences: a repost shares nearly all."""


MOST_BEFORE = 150
"""Notices of one type, the latest ones, of which another can be a repost: no purchase has as many,
and to hold each of ten thousand against all others takes minutes."""


def tell_history(members: Sequence[Member]) -> tuple[Entry, ...]:
    """Every notice in the order of time, with its round and what it is a repost of."""
    entries: list[Entry] = []
    seen: defaultdict[NoticeType | None, deque[tuple[Entry, Sign]]] = defaultdict(
        lambda: deque(maxlen=MOST_BEFORE)
    )
    current, failed = 1, False
    for member in in_order(members):
        sign = member.sign
        opens = failed and sign.type in ("tender", "single_source", "prequalification")
        original = _original(sign, seen[sign.type], SOON if opens else REPOST)
        if original is None:
            if round_of(sign) > current:
                current, failed = round_of(sign), False
            elif opens:
                current, failed = current + 1, False
        entry = Entry(
            notice=member.notice,
            date=sign.date,
            type=sign.type,
            round=original.round if original else min(round_of(sign) or current, current),
            copy_of=original.notice if original else None,
        )
        failed = failed or (sign.type == "termination" and not sign.name.lots)
        entries.append(entry)
        if original is None:
            seen[sign.type].append((entry, sign))
    return tuple(entries)


def in_order(members: Sequence[Member]) -> list[Member]:
    """By day, stage and place in the ledger. A notice without a day has that of the notice that it
    prints again, or else follows the stages and rounds before it.

    >>> one = Member(notice="a", order=1, sign=Sign(type="award", date="2018-04-09"))
    >>> two = Member(notice="b", order=0, sign=Sign(type="tender"))
    >>> [each.notice for each in in_order((one, two))]
    ['b', 'a']
    """
    dated = [(_turn(m.sign), m.sign) for m in members if m.sign.date]
    alike: defaultdict[NoticeType | None, list[Sign]] = defaultdict(list)
    for _, sign in dated:
        alike[sign.type].append(sign)

    def when(member: Member) -> tuple[str, tuple[int, int], int, str]:
        sign, turn = member.sign, _turn(member.sign)
        day = sign.date or sign.signed
        if not day:
            twins = (s.date for s in alike[sign.type][:MOST_BEFORE] if is_repost(s, sign))
            twin = next(twins, "")
            after = (other.date for at, other in dated if at[0] == turn[0] and at > turn)
            before = (other.date for at, other in dated if at < turn)
            day = min((twin, *after)) if twin else max(before, default="")
        return (day, turn, member.order, member.notice)

    return sorted(members, key=when)


def _turn(sign: Sign) -> tuple[int, int]:
    """The round and the stage of a notice; a correction of an award stands behind the award."""
    stage = STAGES[sign.type] * 2 if sign.type is not None else 6
    if sign.type == "correction" and any(each.field == "award" for each in sign.sums):
        stage = STAGES["award"] * 2 + 1
    return max(round_of(sign), 1), stage


def _original(sign: Sign, seen: Iterable[tuple[Entry, Sign]], most: int) -> Entry | None:
    for entry, other in seen:
        if is_repost(other, sign) and abs(days_between(other.date, sign.date) or 0) <= most:
            return entry
    return None


def is_repost(original: Sign, sign: Sign) -> bool:
    """Whether a notice of the same purchase is another one printed again, with small differences.

    >>> award = Sign(type="award", date="2018-04-09", lines=(1, 2, 3, 4))
    >>> is_repost(award, Sign(type="award", date="2018-04-10", lines=(1, 2, 3, 5)))
    True
    """
    days = days_between(original.date, sign.date)
    if original.type != sign.type or (days is not None and abs(days) > REPOST):
        return False
    if round_of(original) != round_of(sign) or _lots(original) != _lots(sign):
        return False
    if _contradict(original, sign):
        return False
    words = likeness(original.lines, sign.lines) or 0.0
    if sign.type == "correction":
        return words >= CORRECTED_AGAIN and _fields(original) == _fields(sign)
    if words >= REPRINTED:
        return True
    near = days is None or abs(days) <= 10
    name = same_name(original.name.core, sign.name.core, sign.buyer)
    return (
        near and name is not Alike.OTHER and (_share(original, sign) or sign.type == "termination")
    )


def _lots(sign: Sign) -> set[str]:
    of_awards = {each.lot for each in sign.sums if each.supplier and each.lot}
    return set(sign.name.lots) | of_awards | {each.lot for each in sign.numbers if each.lot}


def _contradict(one: Sign, other: Sign) -> bool:
    """Whether they state different sums of the same thing, or other suppliers or contracts."""
    here = {(s.field, s.number >= 0, s.lot, s.supplier): s.amount for s in one.sums if s.amount}
    for each in other.sums:
        key = (each.field, each.number >= 0, each.lot, each.supplier)
        if each.amount and here.get(key, each.amount) != each.amount:
            return True
    if one.suppliers and other.suppliers and not set(one.suppliers) & set(other.suppliers):
        return True
    mine, theirs = ({n.core for n in s.numbers if n.kind == "contract"} for s in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _fields(sign: Sign) -> tuple[str, set[str]]:
    return sign.opening, {each.field for each in sign.sums}


def _share(one: Sign, other: Sign) -> bool:
    here = {(s.field, s.supplier, s.amount) for s in one.sums if s.amount}
    return any((s.field, s.supplier, s.amount) in here for s in other.sums)
