"""What the ranked tables of buyers and suppliers must come to, from the plan alone."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from bench.planted.plan import Draft
from bench.planted.truth import Cells, Truth


def buyers(truth: Truth) -> Cells:
    """Everybody who buys means to watch people, by name."""
    buying = truth.buying("#")
    sets: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in buying:
        sets[draft.project.buyer, "notices"].add(draft.id)
        sets[draft.project.buyer, "purchases"].add(draft.project.id)
        sets[draft.project.buyer, "technologies"] |= draft.buys
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    cells |= {key: len(found) for key, found in sets.items()}
    for field, draft, each in truth.sums({draft.project.id for draft in buying}):
        if each is None or each.amount is None:
            cells[draft.project.buyer, "without"] += 1
        else:
            cells[draft.project.buyer, field] += each.amount
    return dict(cells)


def suppliers(truth: Truth) -> Cells:
    """Everybody who won a purchase of means to watch people, by name."""
    wanted = {draft.project.id for draft in truth.buying("#")}
    purchases: defaultdict[str, set[str]] = defaultdict(set)
    of: defaultdict[str, set[str]] = defaultdict(set)
    for draft in truth.drafts:
        if draft.project.id in wanted and draft.type in ("award", "contract"):
            for name in winners(draft):
                purchases[name].add(draft.project.id)
                of[name].add(draft.project.buyer)
    cells: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    cells |= {(name, "purchases"): len(found) for name, found in purchases.items()}
    cells |= {(name, "buyers"): len(found) for name, found in of.items()}
    for each in truth.world.sums:
        if each.project.id in wanted and each.supplier:
            if each.amount is None:
                cells[each.supplier, "without"] += 1
            else:
                cells[each.supplier, each.field] += each.amount
    return dict(cells)


def winners(draft: Draft) -> set[str]:
    """Every member of every winner."""
    return {name for lot in draft.won for name in lot.suppliers}
