"""From pairs to groups: what is the same, what must stay apart, and what a person decided. Pure.

Purchases and organisations are grouped alike. A pair says that two nodes are the same, or that they
cannot be, and gives its reasons. Groups are a function of the pairs alone: the order in which
notices came in changes nothing, so a group that is worked out again from all pairs that touch it is
the group that a build from nothing would make.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that speaks for or against a pair."""

    rule: str
    """A stable word: `number`, `name`, `buyer`, `branch`, `decision`."""
    first: str = ""
    """What the first of the two says, masked where it is shown."""
    second: str = ""


class Pair(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Two nodes held against each other. `first` sorts before `second`."""

    first: str
    second: str
    same: bool
    """False: these two are never in one group."""
    strength: int
    """1 to 100: pairs that are surer come first. A person's decision has `DECIDED`."""
    reasons: tuple[Reason, ...] = ()


DECIDED = 1_000
"""The strength of what a person decided: it comes before, and outweighs, every rule."""


def pair(first: str, second: str, same: bool, strength: int, *reasons: Reason) -> Pair:
    """A pair with its nodes in order; the sides of its reasons change places with them.

    >>> pair("b", "a", True, 90, Reason(rule="number", first="XN-1", second="XN1")).reasons[0].first
    'XN1'
    """
    if first > second:
        first, second = second, first
        reasons = tuple(Reason(rule=r.rule, first=r.second, second=r.first) for r in reasons)
    return Pair(first=first, second=second, same=same, strength=strength, reasons=reasons)


def group(nodes: Iterable[str], pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """The groups, each sorted, sorted by their first nodes; nodes without a pair are alone.

    The surest pairs join first. Two groups are not joined where any pair says that a node of one
    and a node of the other cannot be the same. Only a decision keeps apart what a decision joins.

    >>> same = pair("a", "b", True, 90), pair("b", "c", True, 80), pair("a", "c", False, 50)
    >>> group("abcd", same)
    (('a', 'b'), ('c',), ('d',))
    """
    joined: dict[str, set[str]] = {node: {node} for node in nodes}
    known = _decided_first(p for p in pairs if p.first in joined and p.second in joined)
    apart = _apart(known)
    decided = _apart(each for each in known if each.strength >= DECIDED)
    for each in sorted(known, key=_order):
        fewer, more = sorted((joined[each.first], joined[each.second]), key=len)
        if not each.same or fewer is more:
            continue
        if _clash(fewer, more, decided if each.strength >= DECIDED else apart):
            continue
        more |= fewer
        joined.update(dict.fromkeys(fewer, more))
    whole = {id(each): each for each in joined.values()}
    return tuple(sorted(tuple(sorted(each)) for each in whole.values()))


def _decided_first(pairs: Iterable[Pair]) -> list[Pair]:
    """Of each two nodes the surest pair; what a person decided of them silences the rules."""
    best: dict[tuple[str, str], Pair] = {}
    for each in pairs:
        name = (each.first, each.second)
        if name not in best or _order(each) < _order(best[name]):
            best[name] = each
    return list(best.values())


def _order(each: Pair) -> tuple[int, bool, str, str]:
    return (-each.strength, each.same, each.first, each.second)


def _apart(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    against: dict[str, set[str]] = {}
    for each in pairs:
        if not each.same:
            against.setdefault(each.first, set()).add(each.second)
            against.setdefault(each.second, set()).add(each.first)
    return against


def _clash(fewer: set[str], more: set[str], against: dict[str, set[str]]) -> bool:
    return any(not more.isdisjoint(against.get(node, ())) for node in fewer)
