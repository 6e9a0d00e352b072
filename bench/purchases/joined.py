"""Joining signs in memory, as the store does on disk, and scoring pairs against the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from tenderlight.grouping import Pair, group
from tenderlight.purchases import KEY_LIMIT, Sign, compare, keys


@dataclass(frozen=True)
class Joined:
    """The groups, and what it took to find them."""

    groups: tuple[tuple[str, ...], ...]
    pairs: dict[tuple[str, str], Pair]
    compared: int


@dataclass(frozen=True)
class Score:
    """Of all pairs of notices: those joined, those that belong together, those that are both."""

    joined: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """Of the joined pairs, those that belong together."""
        return self.both / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, those joined."""
        return self.both / self.true if self.true else 1.0


def join(signs: Mapping[str, Sign]) -> Joined:
    """Group notices by their signs: keys, pairs, groups."""
    shared: dict[str, list[str]] = defaultdict(list)
    for notice, sign in signs.items():
        for key in keys(sign):
            shared[key].append(notice)
    candidates = {
        pair
        for notices in shared.values()
        if len(notices) <= KEY_LIMIT
        for pair in combinations(sorted(notices), 2)
    }
    pairs = {}
    for first, second in sorted(candidates):
        found = compare(first, signs[first], second, signs[second])
        if found is not None:
            pairs[first, second] = found
    return Joined(_groups(signs, pairs), pairs, len(candidates))


def score(groups: Iterable[tuple[str, ...]], truth: Iterable[Iterable[str]]) -> Score:
    """Pairwise precision and recall."""
    joined = {pair for each in groups for pair in combinations(sorted(each), 2)}
    true = {pair for each in truth for pair in combinations(sorted(each), 2)}
    return Score(len(joined), len(true), len(joined & true))


def _groups(
    signs: Mapping[str, Sign], pairs: Mapping[tuple[str, str], Pair]
) -> tuple[tuple[str, ...], ...]:
    beside: dict[str, list[Pair]] = defaultdict(list)
    for each in pairs.values():
        beside[each.first].append(each)
        beside[each.second].append(each)
    groups: list[tuple[str, ...]] = []
    for nodes in _connected(signs, pairs.values()):
        mine = {id(p): p for node in nodes for p in beside[node]}
        groups += group(nodes, mine.values())
    return tuple(sorted(groups))


def _connected(nodes: Iterable[str], pairs: Iterable[Pair]) -> Iterator[frozenset[str]]:
    """The nodes that pairs saying "same" lead to from one another: each is grouped by itself."""
    beside: dict[str, list[str]] = {node: [] for node in nodes}
    for each in pairs:
        if each.same and each.first in beside and each.second in beside:
            beside[each.first].append(each.second)
            beside[each.second].append(each.first)
    seen: set[str] = set()
    for start in beside:
        if start in seen:
            continue
        reached, waiting = {start}, [start]
        while waiting:
            for node in beside[waiting.pop()]:
                if node not in reached:
                    reached.add(node)
                    waiting.append(node)
        seen |= reached
        yield frozenset(reached)
