"""The division in which a notice's buyer sits: every clue is weighed, the best one is cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from tenderlight.model import Cited, Fields, Place, Reading, Statement
from tenderlight.places.clues import (
    REGION,
    SITE,
    SOURCE,
    Clue,
    from_addresses,
    from_field,
    from_labels,
    from_opening,
    from_statement,
)
from tenderlight.places.divisions import level_of, lineage
from tenderlight.places.english import from_english
from tenderlight.places.names import narrow
from tenderlight.places.surroundings import above_buyer, from_oversight, from_venues

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


def find_place(reading: Reading, fields: Fields, stated: Statement | None) -> Place | None:
    """Province and finest division of the buyer, each with the passage that names it.

    The buyer 青岛市黄岛区教育局 gives 370000 and 370211. A county that no list has gives its
    prefecture. The rule names what was read, what agrees and what differs:
    `buyer; also title, manifest`. None where nothing names a division.
    """
    year = _year(fields)
    clues = list(_clues(reading, fields, stated, year)) or list(from_opening(reading, year))
    if not clues:
        return None
    province = _province(clues)
    cited = next(clue for clue in clues if narrow(clue.codes, frozenset([province])))
    county, finer = _finest(province, clues)
    return Place(
        province=Cited(value=province, at=cited.at, rule=_reasons(cited, province, clues)),
        county=Cited(
            value=county,
            at=(finer or cited).at,
            rule=_reasons(finer or cited, county, clues),
        ),
    )


def _year(fields: Fields) -> int | None:
    printed = fields.published.value[:4] if fields.published else ""
    return int(printed) if re.fullmatch("[0-9]{4}", printed) else None


def _clues(
    reading: Reading, fields: Fields, stated: Statement | None, year: int | None
) -> Iterator[Clue]:
    """All clues, most reliable kinds first."""
    found = chain(
        from_field("buyer", fields.buyer, year),
        from_addresses(reading, fields, year),
        from_english(reading),
        from_labels("region", REGION, reading, year),
        from_field("title", fields.title, year),
        from_field("project", fields.project_name, year),
        from_labels("site", SITE, reading, year),
        from_statement(stated, year),
        above_buyer(reading, fields, year),
        from_oversight(reading, year),
        from_venues(reading, year),
        from_labels("portal", SOURCE, reading, year),
        from_field("agency", fields.agency, year),
    )
    order = list(WEIGHTS)
    return iter(sorted(found, key=lambda clue: order.index(clue.rule)))


def _province(clues: Iterable[Clue]) -> str:
    """The province for which most speaks; a name that several places share speaks in parts.

    A kind of clue counts once, and so does a short name: a title that repeats 四川外国语大学 says
    no more than that buyer's name, and the university is in Chongqing. Clues that may be another
    body's have no say where the buyer's own name, address or region tells the province.
    """
    clues = list(clues)
    if any(each.rule in SEAT and len({code[:2] for code in each.codes}) == 1 for each in clues):
        clues = [each for each in clues if each.rule not in NEARBY]
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for clue in clues:
        weight = WEIGHTS[clue.rule][0 if clue.full else 1]
        source = clue.rule if clue.full or clue.rule == "manifest" else clue.at.text
        provinces = {code[:2] for code in clue.codes}
        for province in provinces:
            share = weight / len(provinces)
            votes[province][source] = max(share, votes[province].get(source, 0))
    best = max(votes, key=lambda province: sum(votes[province].values()))
    return f"{best}0000"


def _finest(province: str, clues: list[Clue]) -> tuple[str, Clue | None]:
    """Narrow down from the province, clue by clue; what contradicts a better one is passed."""
    current, cited = province, None
    provincial = any(
        clue.rule == "buyer" and clue.full and clue.codes == {province} for clue in clues
    )
    for clue in clues:
        if clue.rule in ("agency", "text"):
            continue
        if provincial and clue.rule not in SEAT and province[:2] not in ("11", "12", "31", "50"):
            continue
        if clue.rule in NEARBY and not _undisputed(clue, current, clues):
            continue
        inner = narrow(clue.codes, frozenset([current]))
        if len(inner) == 1 and inner != {current}:
            (finer,) = inner
            if clue.rule == "portal" and level_of(finer) == "county":
                continue
            current, cited = finer, clue
    return current, cited


def _undisputed(clue: Clue, current: str, clues: list[Clue]) -> bool:
    """Whether no clue of the same kind names another place within what is known."""
    alike = [each.codes for each in clues if each.rule == clue.rule]
    inner = [codes for codes in alike if narrow(codes, frozenset([current]))]
    return all(any(_agree(clue.codes, code) for code in codes) for codes in inner)


def _reasons(cited: Clue, code: str, clues: list[Clue]) -> str:
    """What was read, what agrees with it and what differs, in a few words."""
    others = [clue for clue in clues if clue.rule != cited.rule]
    agree = dict.fromkeys(clue.rule for clue in others if _agree(clue.codes, code))
    differ = dict.fromkeys(clue.rule for clue in others if clue.rule not in agree)
    parts = [cited.rule]
    if agree:
        parts.append(f"also {', '.join(agree)}")
    if differ:
        parts.append(f"differs: {', '.join(differ)}")
    return "; ".join(parts)


def _agree(codes: frozenset[str], code: str) -> bool:
    """True where one of the codes is the division, lies within it or holds it."""
    return any(code in lineage(each) or each in lineage(code) for each in codes)
