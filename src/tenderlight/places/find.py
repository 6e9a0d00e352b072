"""The division in which a notice's buyer sits: every clue is weighed, the best one is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from tenderlight.places.english import from_english
from tenderlight.places.names import narrow
from tenderlight.places.surroundings import above_buyer, from_oversight, from_venues
from tenderlight.places.weighing import WEIGHTS, agree, confidence, finest, province_of

ZONED = ("buyer", "address", "region", "manifest")
"""What says that the buyer sits in a zone; the title does where the buyer names no place."""


def find_place(reading: Reading, fields: Fields, stated: Statement | None) -> Place | None:
    """Province and finest division of the buyer, each with the passage that names it.

    The buyer 青岛市黄岛区教育局 gives 370000 and 370211, codes of the year of the notice. A county
    that no list has gives its prefecture. The rule names what was read, what agrees and what
    differs: `buyer; also title, manifest`. None where nothing names a division, or only a name
    that places in several provinces share.
    """
    year = year_of(fields, stated)
    clues = sorted_clues(reading, fields, stated, year)
    province = province_of(clues)
    if province is None:
        clues += from_opening(reading, year)
        province = province_of(clues)
    return _place(province, clues) if province else None


def year_of(fields: Fields, stated: Statement | None) -> int | None:
    """The year of a notice: of its publication, else of its manifest's date, else of its opening.

    >>> year_of(Fields(), Statement(line="", date="2014-03-01"))
    2014
    """
    dates = (
        fields.published.value if fields.published else None,
        stated.date if stated else None,
        fields.opening.value if fields.opening else None,
    )
    years = (re.match(r"(?:19|20)[0-9]{2}(?![0-9])", each) for each in dates if each)
    return next((int(year[0]) for year in years if year), None)


def sorted_clues(
    reading: Reading, fields: Fields, stated: Statement | None, year: int | None
) -> list[Clue]:
    """All clues, most reliable kinds first."""
    order = list(WEIGHTS)
    found = _clues(reading, fields, stated, year)
    return sorted(found, key=lambda clue: order.index(clue.rule))


def _clues(
    reading: Reading, fields: Fields, stated: Statement | None, year: int | None
) -> Iterator[Clue]:
    return chain(
        from_field("buyer", fields.buyer, year),
        from_addresses(reading, fields, year),
        from_english(reading, fields.buyer),
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


def _place(province: str, clues: Sequence[Clue]) -> Place:
    county, finer = finest(province, clues)
    within = frozenset([province])
    cited = next(c for c in clues if narrow(c.codes, within) or narrow(c.others, within))
    return Place(
        province=Cited(value=province, at=cited.at, rule=_reasons(cited, province, clues)),
        county=Cited(
            value=county, at=(finer or cited).at, rule=_reasons(finer or cited, county, clues)
        ),
        confidence=confidence(county, clues),
        zone=_zone(county, clues),
    )


def _zone(county: str, clues: Sequence[Clue]) -> Cited[str] | None:
    """The zone, or division of the Corps, in which the buyer sits."""
    rules = ZONED if any(c.rule == "buyer" for c in clues) else (*ZONED, "title", "project")
    for clue in clues:
        if clue.zone and clue.rule in rules and agree(clue.codes, county):
            return Cited(value=clue.zone, at=clue.at, rule=clue.rule)
    return None


def _reasons(cited: Clue, code: str, clues: Sequence[Clue]) -> str:
    """What was read, what agrees with it and what differs, in a few words."""
    others = [clue for clue in clues if clue.rule != cited.rule]
    also = dict.fromkeys(c.rule for c in others if agree(c.codes, code) or agree(c.others, code))
    differ = dict.fromkeys(clue.rule for clue in others if clue.rule not in also)
    parts = [f"{cited.rule} ({cited.why})" if cited.why else cited.rule]
    if also:
        parts.append(f"also {', '.join(also)}")
    if differ:
        parts.append(f"differs: {', '.join(differ)}")
    return "; ".join(parts)
