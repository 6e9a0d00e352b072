"""A join that could give other groups, or tell another story of the same notices, has a version.

Where one of these fails: raise `VERSION` of that kind in corpus/joining/, run `make accept`, and
the diff says what is joined differently now.
"""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from bench.purchases.made import make_world
from bench.purchases.printed import sign_of
from tenderlight.corpus.joining.kind import Kind, Seen
from tenderlight.corpus.joining.organisations import ORGANISATIONS
from tenderlight.corpus.joining.purchases import PURCHASES
from tenderlight.grouping import group
from tenderlight.organisations import node_of
from tests.corpus.test_corpus_path import compare

GOLDEN = Path(__file__).parent / "golden"
PAIRS = Path(__file__).parents[2] / "bench" / "organisations_pairs.tsv"


def joined(kind: Kind, nodes: dict[str, Any]) -> list[Any]:
    """Every pair with its reasons, and what is told of every group."""
    keys = {id: set(kind.keys(content)) for id, content in nodes.items()}
    pairs = [
        found
        for one, other in combinations(sorted(nodes), 2)
        if keys[one] & keys[other]
        and (found := kind.compare(one, nodes[one], other, nodes[other])) is not None
    ]
    places = {id: place for place, id in enumerate(nodes)}
    groups = group(nodes, pairs)
    seen = {id: Seen(id=id, place=place, content=nodes[id]) for id, place in places.items()}
    told = [kind.tell(sorted(map(seen.__getitem__, ids), key=placed)) for ids in groups]
    return [{id: sorted(found) for id, found in keys.items()}, pairs, told]


def placed(seen: Seen) -> int:
    return seen.place


def test_purchases_are_what_their_version_gave(request: pytest.FixtureRequest) -> None:
    signs = {draft.id: sign_of(draft) for draft in make_world(30, seed=11).drafts}
    answer = joined(PURCHASES, signs)
    compare(GOLDEN / "invented.txt", f"purchases@{PURCHASES.version}", answer, request)


def test_organisations_are_what_their_version_gave(request: pytest.FixtureRequest) -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))[::4]
    nodes = {}
    for row in rows:
        for side in ("first", "second"):
            node = node_of(row[side], row[f"{side}_division"] or None, row[f"{side}_code"] or None)
            nodes[node.id] = node
    answer = joined(ORGANISATIONS, nodes)
    compare(GOLDEN / "invented.txt", f"organisations@{ORGANISATIONS.version}", answer, request)
