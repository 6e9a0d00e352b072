"""The section of `make bench` about purchases, and what in it is below its floor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.purchases.joined import Score, join, score
from bench.purchases.made import make_world
from bench.purchases.measured import Measured, measure
from tenderlight.fields import find_fields
from tenderlight.places import find_place
from tenderlight.purchases import Sign, find_sign
from tenderlight.reading import read_document

Floors = dict[str, float]
TUNED, KEPT_BACK = (1, 2), 3
"""Seeds with which rules were mended, and the one that nothing was mended by."""
_HEAD = """## Purchases

Pairs of notices that belong to one purchase, over all pairs of the set. The generated sets have
5,000 invented purchases each (bench/purchases/made.py): life cycles, reposts, second addresses,
corrections, re-tenders, lots, frameworks, and beside them what is easily taken for the same: the
next year, another phase, a sibling county or school, the same again. The notices of the first 500
purchases are printed as pages and read; the rest start from fields. Generator and rules have the
same author: expect less of notices that nobody here has seen. `whole`: purchases with all their
notices and no other. Sums are counted over the true groups: right if a field's total is exact.

| set | purchases | notices | precision | recall | whole | budget | award | contract |
|---|---:|---:|---:|---:|---:|---:|---:|---:|"""


def section(floors: Floors, shared: Path) -> tuple[str, list[str]]:
    """The generated sets and the invented notices, joined."""
    text, short = [_HEAD], []
    for seed in (*TUNED, KEPT_BACK):
        name = f"seed {seed}" + (", kept back" if seed == KEPT_BACK else "")
        found = measure(make_world(5_000, seed), pages=500)
        text.append(_row(name, found))
        short += _below(name, found.score, floors)
        for field, (right, of) in found.totals.items():
            if right < floors["totals"] * of:
                short.append(f"purchases, {name}: {field} right of {right} of {of}")
    if (shared / "invented" / "groups.json").exists():
        result = invented(shared / "invented")
        text.append(
            "\nThe 134 invented notices of the development set, with life cycles and reposts: "
            f"precision {result.precision:.4f}, recall {result.recall:.4f}.\n"
        )
        short += _below("invented", result, floors)
    return "\n".join(text) + "\n", short


def invented(folder: Path) -> Score:
    """The labelled invented notices: life cycles and reposts."""
    signs = {path.stem: _sign(path) for path in sorted(folder.glob("*.html"))}
    groups = json.loads((folder / "groups.json").read_text(encoding="utf-8"))
    return score(join(signs).groups, _truth(groups))


def _truth(groups: dict[str, list[dict[str, list[dict[str, str]]]]]) -> Iterator[set[str]]:
    """Life cycles with the reposts of their notices; reposts of others by themselves."""
    sets = [{notice["id"] for notice in each["notices"]} for each in groups["life_cycles"]]
    for pair in groups["duplicates"]:
        both = set(pair)
        mine = next((each for each in sets if each & both), None)
        if mine is None:
            sets.append(both)
        else:
            mine |= both
    yield from sets


def _sign(path: Path) -> Sign:
    reading = read_document(path.read_bytes(), path.name)
    fields = find_fields(reading, None)
    return find_sign(reading, fields, find_place(reading, fields, None))


def _row(name: str, found: Measured) -> str:
    sums = [found.totals.get(field, (0, 0)) for field in ("budget", "award", "contract")]
    return (
        f"| {name} | {found.purchases:,} | {found.notices:,} | {found.score.precision:.4f} "
        f"| {found.score.recall:.4f} | {found.whole:,} | "
        + " | ".join(f"{right:,} of {of:,}" for right, of in sums)
        + " |"
    )


def _below(name: str, found: Score, floors: Floors) -> list[str]:
    short = []
    if found.precision < floors["precision"]:
        short.append(f"purchases, {name}: precision {found.precision:.4f}")
    if found.recall < floors["recall"]:
        short.append(f"purchases, {name}: recall {found.recall:.4f}")
    return short
