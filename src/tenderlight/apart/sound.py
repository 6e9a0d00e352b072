"""Whether what came back from a process apart can be what it says it is.

Types are checked as it is decoded. Here: places within the text, in order, and numbers that are
numbers. A reader that was taken over can still lie about its document; it cannot make us stumble.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from tenderlight.apart.words import Asked, Failed, Found
from tenderlight.model import Block, Problem, Reading, Sheet, Stretch
from tenderlight.pictures import Recognised
from tenderlight.reading import limits

_CODE = re.compile(r"reading\.[a-z][a-z-]{1,60}")
_PROBLEMS = 100_000
_SAID = 4_000
"""Characters of a message, a name; ours have 300."""
_PLACE = 1 << 31


def is_sound(found: Found, payloads: Sequence[bytes]) -> bool:
    """Whether a reading, and the documents inside, hang together."""
    reading = found.reading
    return (
        len(reading.text) <= limits.CHARACTERS
        and len(reading.blocks) <= limits.BLOCKS
        and not reading.parts
        and len(found.members) == len(payloads)
        and all(len(name) <= _SAID and _said(problem) for name, problem in found.members)
        and len(reading.problems) <= _PROBLEMS
        and all(map(_said, reading.problems))
        and _blocks(reading.blocks, len(reading.text))
        and all(map(_sheet, reading.sheets))
        and _in_order(((s.start, s.end) for s in reading.stretches), len(reading.text))
        and all(map(_stretch, reading.stretches))
        and _in_order(((d.start, d.end) for d in reading.doubts), len(reading.text))
        and _has_blocks(reading)
    )


def is_refusal(failed: Failed) -> bool:
    """Whether a reader could have refused a document in these words."""
    longest = max(len(failed.what), len(failed.hint))
    return bool(_CODE.fullmatch(failed.code)) and longest <= _SAID


def is_picture(asked: Asked, pixels: bytes, document: str) -> bool:
    """Whether a picture is of the document with this digest, and has as many pixels as it says."""
    return (
        asked.name.startswith(f"{document}#")
        and asked.width > 0
        and asked.height > 0
        and 0 < asked.dpi < _PLACE
        and len(asked.name) <= _SAID
        and 3 * asked.width * asked.height == len(pixels)
    )


def is_recognised(seen: Recognised) -> bool:
    """Whether an answer of the recogniser has a place for every character."""
    return (
        seen.turn in (0, 90, 180, 270)
        and math.isfinite(seen.skew)
        and max(len(seen.engine), len(seen.sha256)) <= _SAID
        and sum(len(line.text) for line in seen.lines) <= limits.CHARACTERS
        and all(
            len(line.edges) == 2 * len(line.text) == 2 * len(line.confidence)
            and all(map(math.isfinite, (line.left, line.top, line.right, line.bottom, *line.edges)))
            for line in seen.lines
        )
    )


def _has_blocks(reading: Reading) -> bool:
    """What is in the text is in a block; stretches and doubts lie in one."""
    return bool(reading.blocks) or not (reading.text or reading.stretches or reading.doubts)


def _said(problem: Problem | None) -> bool:
    return problem is None or (
        bool(_CODE.fullmatch(problem.code))
        and max(len(problem.what), len(problem.hint), len(problem.where)) <= _SAID
    )


def _blocks(blocks: Iterable[Block], length: int) -> bool:
    """One after the other with a line break between, to the very end, in places that exist."""
    end = -1
    for block in blocks:
        if block.start != end + 1 or block.end < block.start:
            return False
        end = block.end
        if block.table is not None or block.page is not None:
            places = (block.page or 0, block.table or 0, block.row or 0, block.column or 0)
            spans = (block.row_span, block.column_span)
            if not (min(places) >= 0 and max(places + spans) < _PLACE and min(spans) > 0):
                return False
    return end in (length, -1)


def _in_order(places: Iterable[tuple[int, int]], length: int) -> bool:
    last = 0
    for start, end in places:
        if not last <= start <= end <= length:
            return False
        last = end
    return True


def _stretch(stretch: Stretch) -> bool:
    count = stretch.end - stretch.start
    return (
        len(stretch.edges) == 2 * count
        and len(stretch.confidence) in (0, count)
        and max(map(abs, (stretch.page, stretch.top, stretch.bottom, *stretch.edges))) < _PLACE
    )


def _sheet(sheet: Sheet) -> bool:
    numbers = (sheet.width, sheet.height, sheet.skew, *(n for box in sheet.covered for n in box))
    return (
        0 < sheet.page < _PLACE
        and sheet.turn in (0, 90, 180, 270)
        and all(math.isfinite(n) and abs(n) < _PLACE for n in numbers)
        and min(sheet.width, sheet.height) >= 0
    )
