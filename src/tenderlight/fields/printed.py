"""Of a document that is partly a scan, what is printed as text counts before what was seen."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from tenderlight.fields.excerpt import excerpt, moved
from tenderlight.model import Fields, Reading

PREFERRED = (
    *("project_number", "buyer", "agency", "published", "opening", "budget", "ceiling", "awards"),
    *("items", "by_lot", "unsettled", "numbers", "buyer_code", "planned", "signed", "accepted"),
    *("proposed", "changes"),
)
"""Values that a misread character makes wrong. What a title says may stand on a scanned cover
alone, and is taken from all of the document."""


def find_printed_first(reading: Reading, find: Callable[[Reading], Fields]) -> Fields:
    """The values of a document; where its text states one, a scanned page is not asked."""
    whole = find(reading)
    guessed = {(sheet.part, sheet.page) for sheet in reading.sheets if sheet.recognised}
    kept = [block for block in reading.blocks if (block.part, block.page) not in guessed]
    if not guessed or not kept or len(kept) == len(reading.blocks):
        return whole
    text, back = excerpt(reading, kept)
    printed = moved(find(text), back)
    changes = {name: value for name in PREFERRED if (value := getattr(printed, name))}
    kept_problems = [p for p in whole.problems if _field(p.where) not in changes]
    known = {(problem.code, problem.where) for problem in kept_problems}
    more = [p for p in printed.problems if (p.code, p.where) not in known]
    rivals = [rival for rival in whole.rivals if _field(rival.field) not in changes]
    return msgspec.structs.replace(
        whole,
        **changes,
        problems=(*kept_problems, *more),
        rivals=(*rivals, *(r for r in printed.rivals if _field(r.field) in changes)),
    )


def _field(where: str) -> str:
    return where.partition(".")[0]
