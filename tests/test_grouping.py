"""Groups follow from their pairs alone, and nothing stands in one that is kept apart."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tenderlight.grouping import DECIDED, Pair, group, pair

NODES = "abcdefgh"
PAIRS = st.lists(
    st.builds(
        lambda one, other, same, strength: pair(one, other, same, strength),
        st.sampled_from(NODES),
        st.sampled_from(NODES),
        st.booleans(),
        st.sampled_from([50, 70, 90, DECIDED]),
    ).filter(lambda p: p.first != p.second),
    max_size=24,
)


def surest(pairs: list[Pair]) -> dict[tuple[str, str], Pair]:
    """Of each two nodes the pair that counts: the surest, of equals the one that keeps apart."""
    best: dict[tuple[str, str], Pair] = {}
    for each in sorted(pairs, key=lambda p: (p.strength, not p.same)):
        best[each.first, each.second] = each
    return best


@given(pairs=PAIRS)
def test_every_node_is_in_one_group_whatever_the_order_of_the_pairs(pairs: list[Pair]) -> None:
    groups = group(NODES, pairs)
    assert sorted(node for each in groups for node in each) == list(NODES)
    shuffled = list(pairs)
    random.Random(len(pairs)).shuffle(shuffled)
    assert group(reversed(NODES), shuffled) == groups


@given(pairs=PAIRS)
def test_two_that_are_decided_to_be_apart_are_never_in_one_group(pairs: list[Pair]) -> None:
    of = {node: each for each in group(NODES, pairs) for node in each}
    for each in surest(pairs).values():
        if each.strength == DECIDED and not each.same:
            assert of[each.first] != of[each.second]


@given(pairs=PAIRS.map(lambda pairs: [p for p in pairs if p.strength < DECIDED]))
def test_no_rule_is_broken_where_nobody_decided(pairs: list[Pair]) -> None:
    of = {node: each for each in group(NODES, pairs) for node in each}
    for each in surest(pairs).values():
        if not each.same:
            assert of[each.first] != of[each.second]


def test_a_decision_joins_what_a_rule_keeps_apart() -> None:
    pairs = [pair("a", "b", False, 99), pair("a", "b", True, DECIDED)]
    assert group("ab", pairs) == (("a", "b"),)


def test_a_long_chain_is_grouped_in_no_time() -> None:
    nodes = [f"{n:05}" for n in range(30_000)]
    pairs = [pair(one, other, True, 80) for one, other in pairwise(nodes)]
    assert group(nodes, pairs) == (tuple(nodes),)
