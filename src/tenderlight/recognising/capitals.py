"""Capitals that differ from their small letters in size alone: `C` and `c`, `X` and `x`.

In a number of capitals and figures the model hesitates between them. Their height beside the
figures and other capitals of the same word can be measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from tenderlight.recognising.edges import Edge, rows_of
from tenderlight.recognising.seen import Seen

Grey = NDArray[np.uint8]

ALIKE = "cosuvwxz"
TALL = 0.88
"""Of the height of figures and capitals: small letters have 0.65 to 0.75."""

Line = Sequence[tuple[Seen, Edge]]


def with_capitals(line: Line, crop: Grey) -> list[tuple[Seen, Edge]]:
    """The line, its look-alike letters as tall as they are printed."""
    chosen = list(line)
    for at, (seen, edge) in enumerate(line):
        twin = seen.text.swapcase()
        if seen.text.lower() not in ALIKE or twin not in seen.others:
            continue
        tall = _is_tall(line, at, crop)
        if tall is not None and tall != seen.text.isupper():
            chosen[at] = seen._replace(text=twin, confidence=seen.likely(twin)), edge
    return chosen


def _is_tall(line: Line, at: int, crop: Grey) -> bool | None:
    """Whether a letter is as tall as the figures and capitals of its word; None if it has none."""
    start, end = at, at + 1
    while start > 0 and _is_latin(line[start - 1][0].text):
        start -= 1
    while end < len(line) and _is_latin(line[end][0].text):
        end += 1
    beside = [
        rows_of(crop, edge)
        for n, (seen, edge) in enumerate(line[start:end], start)
        if n != at and seen.text.lower() not in ALIKE and not seen.text.islower()
    ]
    heights = [bottom - top + 1 for top, bottom in filter(None, beside)]
    rows = rows_of(crop, line[at][1])
    if not heights or rows is None:
        return None
    return rows[1] - rows[0] + 1 >= TALL * median(heights)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
