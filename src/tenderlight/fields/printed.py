"""Of a document that is partly a scan, what is printed as text counts before what was seen."""

from __future__ import annotations

import msgspec

from tenderlight.fields.excerpt import excerpt, moved
from tenderlight.fields.parts import Finder
from tenderlight.model import Fields, Reading

PREFERRED = (
    *("project_number", "buyer", "agency", "published", "opening", "budget", "ceiling", "awards"),
    "items",
)
"""Values that a misread character makes wrong. What a title says may stand on a scanned cover
alone, and is taken from all of the document."""


def find_printed_first(reading: Reading, find: Finder) -> Fields:
    """The values of a document; where its text states one, a scanned page is not asked."""
    whole = find(reading)
    guessed = {(sheet.part, sheet.page) for sheet in reading.sheets if sheet.recognised}
    kept = [block for block in reading.blocks if (block.part, block.page) not in guessed]
    if not guessed or not kept or len(kept) == len(reading.blocks):
        return whole
    text, back = excerpt(reading, kept)
    printed = moved(find(text), back)
    changes = {name: value for name in PREFERRED if (value := getattr(printed, name))}
    known = {(problem.code, problem.where) for problem in whole.problems}
    more = tuple(p for p in printed.problems if (p.code, p.where) not in known)
    return msgspec.structs.replace(whole, **changes, problems=(*whole.problems, *more))
