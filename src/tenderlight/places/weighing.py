"""Clues weighed: the province for which most speaks, the finest division in it, how sure it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tenderlight.places.clues import Clue
from tenderlight.places.divisions import MUNICIPALITIES, level_of, lineage
from tenderlight.places.names import common, narrow

WEIGHTS = {
    "buyer": (10, 5),
    "address": (6, 4),
    "region": (6, 4),
    "title": (4, 2),
    "project": (4, 2),
    "site": (3, 2),
    "manifest": (6, 6),
    "above": (6, 4),
    "oversight": (2, 1),
    "venue": (2, 1),
    "loose address": (3, 2),
    "manifest title": (3, 2),
    "portal": (2, 2),
    "host": (2, 2),
    "agency": (2, 2),
    "text": (1, 1),
}
"""How far a clue speaks for a province, by its full and its short name.

The order is of reliability as the field knows it: the buyer's own name is better proof than the
portal's field. In this order a clue may also say which prefecture and county of that province.
"""
SEAT = {"buyer", "address", "region", "manifest"}
"""Where a province's own body sits is not where its project lies."""
NEARBY = {"above", "oversight", "venue", "loose address"}
"""Each may be of another body, so those of one kind must agree."""
PROVINCE_ONLY = {"agency", "text"}
NO_COUNTY = {"portal", "host"}
"""A county's purchases are published on its prefecture's platform and on others'."""
DOUBT = 4.0
"""What speaks against every answer before anything is read: weight of clues that may be missing."""
COARSER = 0.25
"""How far a clue that names only what holds a division speaks for that division."""
CONFIDENCE = ((0.0, 60), (0.3, 85), (0.5, 92), (0.6, 97))
"""From which score on the finest division is how likely right, in percent.

Measured by `python -m bench.places_bench --calibrate` on 264 labelled notices, each placed from
every subset of its kinds of clues (0.89, 0.95, 0.95, 0.99), and put lower, since those notices were
at hand while the rules were made.
"""
ONLY_PROVINCE = 30
"""Where a province is all that is known and the buyer's name does not say it: 0.28 measured. The
province is right then (0.99), and most such buyers sit in one of its counties."""


def province_of(clues: Sequence[Clue]) -> str | None:
    """The province for which most speaks; a name that several places share speaks in parts.

    A kind of clue counts once, and so does a short name: a title that repeats 四川外国语大学 says
    no more than that buyer's name, and the university is in Chongqing. Clues that may be another
    body's have no say where the buyer's own name, address or region tells the province. None where
    as much speaks for two and no clue names one of them alone.
    """
    if any(each.rule in SEAT and len({code[:2] for code in each.codes}) == 1 for each in clues):
        clues = [each for each in clues if each.rule not in NEARBY]
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for clue in clues:
        weight = _weight(clue)
        source = clue.rule if clue.full or clue.rule == "manifest" else clue.at.text
        provinces = sorted({code[:2] for code in clue.codes})
        for province in provinces:
            share = weight / len(provinces)
            votes[province][source] = max(share, votes[province].get(source, 0))
    sums = {province: round(sum(of.values()), 6) for province, of in sorted(votes.items())}
    most = [province for province, votes_for in sums.items() if votes_for == max(sums.values())]
    if len(most) == 1:
        return f"{most[0]}0000"
    alone = ({code[:2] for code in clue.codes} for clue in clues)
    named = (province for only in alone if len(only) == 1 for province in only)
    first = next((province for province in named if province in most), None)
    return f"{first}0000" if first else None


def _weight(clue: Clue) -> int:
    return WEIGHTS[clue.rule][0 if clue.full or clue.leads else 1]


def finest(province: str, clues: Sequence[Clue]) -> tuple[str, Clue | None]:
    """Narrow down from the province, clue by clue; what contradicts a better one is passed.

    A clue that leaves several counties open is asked again when others have said more: the 鼓楼区
    of a buyer is found when its address names Nanjing.
    """
    current, cited = province, None
    asked = [clue for clue in clues if _may_narrow(clue, province, clues)]
    for _ in range(4):  # the province, its prefecture, a county: each round goes a level down
        before = current
        for clue in asked:
            finer = _finer(clue, current)
            county = level_of(finer) == "county" and clue.rule in NO_COUNTY
            nearby = clue.rule in NEARBY and not _undisputed(clue, current, clues)
            if finer != current and not county and not nearby:
                current, cited = finer, clue
        if current == before:
            break
    return current, cited


def _may_narrow(clue: Clue, province: str, clues: Sequence[Clue]) -> bool:
    """Whether a clue may say more than the province; a provincial body's project may not."""
    if clue.rule in PROVINCE_ONLY:
        return False
    provincial = any(
        each.rule == "buyer" and each.full and each.codes == {province} for each in clues
    )
    return clue.rule in SEAT or not provincial or province[:2] in MUNICIPALITIES


def _finer(clue: Clue, current: str) -> str:
    """The finest division within the current one that a clue names for certain."""
    within = frozenset([current])
    inner = narrow(clue.codes, within) or narrow(clue.others, within)
    return common(inner) or current


def _undisputed(clue: Clue, current: str, clues: Sequence[Clue]) -> bool:
    """Whether no clue of the same kind names another place within what is known."""
    alike = [each.codes for each in clues if each.rule == clue.rule]
    inner = [codes for codes in alike if narrow(codes, frozenset([current]))]
    return all(any(agree(clue.codes, code) for code in codes) for codes in inner)


def agree(codes: frozenset[str], code: str) -> bool:
    """True where one of the codes is the division, lies within it or holds it."""
    return any(code in lineage(each) or each in lineage(code) for each in codes)


def score(code: str, clues: Sequence[Clue]) -> float:
    """How much of what the clues say speaks for a division: 0 to just below 1.

    Each kind of clue counts once, by its best. What names the division or a part of it counts in
    full, what names only its province or prefecture in part, what names another place against it.
    """
    best: dict[str, tuple[float, float]] = {}
    for clue in clues:
        weight = _weight(clue)
        named = len(narrow(clue.codes, frozenset([code]))) / max(1, len(clue.codes))
        coarse = COARSER if not named and agree(clue.codes | clue.others, code) else 0.0
        said = (weight * (named or coarse), 0.0 if named or coarse else float(weight))
        best[clue.rule] = max(best.get(clue.rule, said), said)
    speaks = sum(said[0] for said in best.values())
    against = sum(said[1] for said in best.values())
    return speaks / (speaks + against + DOUBT) if speaks else 0.0


def confidence(code: str, clues: Sequence[Clue]) -> int:
    """How likely the finest division is right, in percent: its score, as it was measured."""
    if level_of(code) == "province" and not any(
        each.rule == "buyer" and each.codes == {code} for each in clues
    ):
        return ONLY_PROVINCE
    found = score(code, clues)
    return max(percent for least, percent in CONFIDENCE if found >= least)
