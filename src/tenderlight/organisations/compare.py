"""Two organisations held against each other: one, or never one, and why. Chinese as Chinese.

Names are compared part by part, never by likeness: one character makes another county or another
company. What is only likely is a lead (a strength below 70) and joins nothing.
"""

from __future__ import annotations

from tenderlight.grouping import Pair, Reason, pair
from tenderlight.organisations.anatomy import Anatomy
from tenderlight.organisations.generic import is_generic
from tenderlight.organisations.keys import without_form
from tenderlight.organisations.nodes import Node, names_of
from tenderlight.organisations.sites import Meeting, meet

STRONG, MEDIUM, WEAK = 90, 70, 50
"""From these strengths on. What is below MEDIUM is shown to people and joins nothing."""
CAPS = {
    **{"words": 92, "short": 92, "english": 92, "brand": 82, "former": 80, "context": 76},
    "merged": 62,  # an office that was made of several is none of them
}
"""How sure a pair can be whose name had to be read by such a rule."""
MEETINGS = {"same": 96, "renamed": 84, "partly": 66, "nowhere": 90}
LEGAL = {
    frozenset({"limited", "joint-stock"}): 76,
    frozenset({"limited", "company"}): 76,
    frozenset({"company", "joint-stock"}): 72,
}
"""A company that became one of shares, an enterprise that became a company: one, most likely."""


def compare(a: Node, b: Node) -> Pair | None:
    """Whether two nodes are one organisation, cannot be, or None: nothing certain either way.

    >>> from tenderlight.organisations.nodes import node_of
    >>> one = compare(node_of("上海市公安局奉贤分局"), node_of("奉贤区公安局"))
    >>> one.same, one.strength, [reason.rule for reason in one.reasons]
    (True, 92, ['name', 'place', 'words'])
    >>> two = compare(node_of("山东移动"), node_of("中国移动通信集团广东有限公司"))
    >>> two.same, [reason.rule for reason in two.reasons]
    (False, ['place'])
    """
    if a.id == b.id:
        return None
    ours, theirs = names_of(a), names_of(b)
    found = _by_names(ours, theirs)
    if a.code and b.code:
        if a.code != b.code:
            found = False, 97, (_of("code", a.code, b.code),)
        else:
            found = _with_one_code(_of("code", a.code, b.code), ours[0], theirs[0], found)
    if found is None:
        return None
    same, strength, reasons = found
    told = (r if r.first or r.second else _of(r.rule, a.printed, b.printed) for r in reasons)
    return pair(a.id, b.id, same, strength, *told)


Found = tuple[bool, int, tuple[Reason, ...]]


def _of(rule: str, first: str = "", second: str = "") -> Reason:
    return Reason(rule=rule, first=first, second=second)


def _with_one_code(
    reason: Reason, one: Anatomy, other: Anatomy, found: Found | None
) -> Found | None:
    """One code outweighs two names, but parts and branches often print that of their whole.

    A branch is not its company, an office is in one place, 公安局交警大队 only a lead to 公安局.
    """
    if found is None:
        if one.form != other.form:
            return None
        part = one.plain.startswith(other.plain) or other.plain.startswith(one.plain)
        return True, 60 if part else 90, (reason,)
    same, _, reasons = found
    if same:
        return True, 99, (reason, *reasons)
    if one.form != "company" or any(each.rule == "branch" for each in reasons):
        return found
    return True, 90, (reason,)


def _by_names(ours: tuple[Anatomy, ...], theirs: tuple[Anatomy, ...]) -> Found | None:
    """The names of today first; another that is printed beside them joins where they do not."""
    found = _names(ours[0], theirs[0])
    if found and found[0]:
        return found
    for one in ours:
        for other in theirs:
            if one is ours[0] and other is theirs[0]:
                continue
            was = _names(one, other)
            if was and was[0] and was[1] >= MEDIUM:
                return True, min(was[1], 85), (_of("beside", one.plain, other.plain),)
    return found


def _names(one: Anatomy, other: Anatomy) -> Found | None:
    if one.form != other.form:
        return None
    if one.form == "foreign":
        return _foreign(one, other)
    if one.core != other.core or not one.core:
        return None
    found = _companies(one, other) if one.form == "company" else _offices(one, other)
    if found is None or not found[0]:
        return found
    rules = sorted({*one.rules} ^ {*other.rules} | {*one.rules, *other.rules} & {"context"})
    strength = min(found[1], *(CAPS[rule] for rule in rules), 96)
    return True, strength, (*found[2], *map(_of, rules))


def _foreign(one: Anatomy, other: Anatomy) -> Found | None:
    if one.plain == other.plain:
        return True, 92, (_of("name"),)
    if without_form(one.plain) == without_form(other.plain):
        return True, 60, (_of("legal-form"),)
    return None


def _offices(one: Anatomy, other: Anatomy) -> Found | None:
    """Offices of one name, and branches of one group: their places decide."""
    meeting = meet(one, other)
    if one.form == "family" and one.spot.said != other.spot.said:
        return False, 92, (_of("branch"),)
    if meeting.outcome == "apart":
        return False, 90, (_of("place", meeting.first, meeting.second),)
    own = one.form == "family" or not is_generic(one.core)
    if meeting.outcome == "nowhere":
        return (True, MEETINGS["nowhere"], (_of("name"),)) if own else None
    if meeting.outcome == "unknown":
        return (True, 60, (_of("name"),)) if own else None
    return True, _met(meeting), (_of("name"), _where(meeting))


def _companies(one: Anatomy, other: Anatomy) -> Found | None:
    """Companies of one name: their branches, their places, their legal forms."""
    if _branches_differ(one, other):
        return False, 92, (_of("branch"),)
    meeting = meet(one, other)
    if meeting.outcome == "apart":
        return False, 80, (_of("place", meeting.first, meeting.second),)
    strength = _met(meeting) if meeting.outcome not in ("unknown", "nowhere") else 94
    reasons = [_of("name")]
    if meeting.outcome == "unknown":
        strength = 60
    if one.legal != other.legal:
        strength = min(strength, LEGAL[frozenset({one.legal, other.legal})])
        reasons.append(_of("legal-form", one.legal, other.legal))
    if one.bracketed != other.bracketed:
        strength = min(strength, 60)
        reasons.append(_of("brackets"))
    if meeting.first or meeting.second:
        reasons.append(_where(meeting))
    return True, strength, tuple(reasons)


def _branches_differ(one: Anatomy, other: Anatomy) -> bool:
    if one.branch != other.branch or one.branch_spot.said != other.branch_spot.said:
        return True
    return one.branch_spot.said and one.branch_spot.stem != other.branch_spot.stem


def _met(meeting: Meeting) -> int:
    return 60 if meeting.outcome == "several" else MEETINGS[meeting.outcome]


def _where(meeting: Meeting) -> Reason:
    return _of("place", meeting.first, meeting.second)
