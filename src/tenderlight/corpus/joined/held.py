"""Why two notices, or two names, are one; and what a person decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import islice

import msgspec

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.decisions import Joined, Joins, read_joins, standing
from tenderlight.corpus.joining.file import JoinFile
from tenderlight.corpus.shown import masked
from tenderlight.grouping import Reason


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Why two notices, or two names, are one, or are kept apart."""

    first: str
    second: str
    same: bool
    strength: int
    reasons: tuple[Reason, ...]


def all_decisions(folder: Folder) -> tuple[tuple[Joined, bool], ...]:
    """Every decision about purchases and organisations, oldest first, and whether it stands."""
    taken = read_joins(folder.decisions)
    stand = {each.name for each in standing(taken)}
    return tuple((each, each.name in stand) for each in taken)


def decisions_about(folder: Folder, about: Joins, ids: Iterable[str]) -> tuple[Joined, ...]:
    """What stands of what was decided about any of these nodes."""
    mine = set(ids)
    taken = standing(read_joins(folder.decisions))
    return tuple(
        each for each in taken if each.about == about and mine.intersection(each.one + each.other)
    )


MOST_SEEN, MOST_HELD = 50_000, 1_000
"""Pairs of one purchase or organisation that are looked at, and the surest of them, which are told:
ten thousand notices with one number have a million."""


def held_among(folder: Folder, about: Joins, ids: Sequence[str]) -> tuple[Held, ...]:
    """The pairs among some nodes, the surest first; what their reasons quote is masked."""
    path = folder.joining(about)
    if not path.exists():
        return ()
    file = JoinFile(path, to_read=True)
    try:
        nodes = {node.number: node.id for id in ids if (node := file.find(id)) is not None}
        some = islice(file.pairs_among(nodes), MOST_SEEN)
        pairs = nsmallest(MOST_HELD, some, key=lambda p: (-p.strength, p.first, p.second))
    finally:
        file.close()
    return tuple(
        Held(
            first=each.first,
            second=each.second,
            same=each.same,
            strength=each.strength,
            reasons=tuple(
                Reason(rule=r.rule, first=masked(r.first), second=masked(r.second))
                for r in each.reasons
            ),
        )
        for each in pairs
    )
