"""Other ways to find the same texts: MinHash-LSH, and lines that are the same to the letter."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from bench.specifications.made import Planted
from tenderlight.corpus.likeness.work import owner_of
from tenderlight.plain import simplify

Pairs = list[tuple[str, str]]
ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-peers-likeness" / "bin" / "python"
SCRIPT = Path(__file__).with_name("peer_script.py")
THRESHOLDS = (0.2, 0.3, 0.5)
"""Of the Jaccard likeness: 0.5 is the usual one, lower ones find more edited copies."""
LINES = (3, 5)
"""Lines in common."""
SHORTEST = 12
"""Characters of a line that counts: what is shorter is a heading or a number."""
COMMONEST = 20
"""Buyers that may have a line, as with us."""


def minhash(notices: Sequence[Planted]) -> dict[str, Pairs]:
    """The pairs of different buyers by each threshold; none where datasketch is not there."""
    if not PYTHON.exists():
        return {}
    texts = {notice.id: simplify("".join(notice.clauses)) for notice in notices}
    asked = json.dumps({"texts": texts, "thresholds": THRESHOLDS})
    done = subprocess.run(
        [str(PYTHON), str(SCRIPT)], input=asked, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)["pairs"]
    return {
        f"MinHash-LSH (datasketch), {threshold}": _of_two_buyers(notices, told[str(threshold)])
        for threshold in THRESHOLDS
    }


def lines(notices: Sequence[Planted]) -> dict[str, Pairs]:
    """The pairs of different buyers with so many lines in common that few buyers have."""
    has: defaultdict[str, set[str]] = defaultdict(set)
    buyer = {notice.id: owner_of(notice.buyer) for notice in notices}
    for notice in notices:
        for clause in notice.clauses:
            if len(clause) >= SHORTEST:
                has[simplify(clause)].add(notice.id)
    shared: defaultdict[tuple[str, str], int] = defaultdict(int)
    for ids in has.values():
        if len({buyer[id] for id in ids}) <= COMMONEST:
            for one, other in combinations(sorted(ids), 2):
                shared[one, other] += 1
    return {
        f"{most} equal lines": _of_two_buyers(
            notices, [pair for pair, count in shared.items() if count >= most]
        )
        for most in LINES
    }


def _of_two_buyers(notices: Sequence[Planted], pairs: Pairs) -> Pairs:
    by_id = {notice.id: notice for notice in notices}
    kept = []
    for one, other in pairs:
        first, second = by_id[one], by_id[other]
        is_one = first.purchase == second.purchase
        if not is_one and owner_of(first.buyer) != owner_of(second.buyer):
            kept.append((one, other))
    return kept
