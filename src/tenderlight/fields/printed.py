"""Of a document that is partly a scan, what is printed as text counts before what was seen."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from typing import Any

import msgspec

from tenderlight.fields.parts import Finder, moved
from tenderlight.model import Block, Fields, Reading

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
    text, back = _of_blocks(reading, kept)
    printed = moved(find(text), back)
    changes = {name: value for name in PREFERRED if (value := getattr(printed, name))}
    known = {(problem.code, problem.where) for problem in whole.problems}
    more = tuple(p for p in printed.problems if (p.code, p.where) not in known)
    return msgspec.structs.replace(whole, **changes, problems=(*whole.problems, *more))


def _of_blocks(reading: Reading, kept: list[Block]) -> tuple[Reading, Callable[[int], int]]:
    """A reading of some blocks alone, and where a character of it stands in the whole one."""
    texts, blocks, starts, at = list[str](), list[Block](), list[int](), 0
    for block in kept:
        size = block.end - block.start
        texts.append(reading.text[block.start : block.end])
        blocks.append(msgspec.structs.replace(block, start=at, end=at + size))
        starts.append(at)
        at += size + 1

    def back(place: int) -> int:
        number = max(bisect.bisect_right(starts, place) - 1, 0)
        return place - starts[number] + kept[number].start

    made: dict[str, Any] = {"sheets": (), "stretches": (), "doubts": ()}
    text = msgspec.structs.replace(reading, text="\n".join(texts), blocks=tuple(blocks), **made)
    return text, back
