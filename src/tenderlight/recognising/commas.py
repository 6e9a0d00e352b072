"""Commas in figures that were taken for stops: they reach below the figures.

On a bad scan at 150 dots an inch a comma is two pixels and the model guesses. Where it hesitates a
tail is looked for; that none is seen says nothing, for tails fade first. The model's doubt is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tenderlight.recognising.edges import Edge, rows_of
from tenderlight.recognising.seen import Seen

Grey = NDArray[np.uint8]

BELOW = 0.1
"""Of a figure's height: a comma reaches further below the figures than this."""

Line = Sequence[tuple[Seen, Edge]]


def with_commas(line: Line, crop: Grey) -> list[tuple[Seen, Edge]]:
    """The line, its commas between figures as they are printed."""
    chosen = list(line)
    for at in range(1, len(line) - 1):
        seen, edge = line[at]
        if seen.text != "." or "," not in seen.others:
            continue
        before, after = line[at - 1], line[at + 1]
        if not (before[0].text.isdecimal() and after[0].text.isdecimal()):
            continue
        if _has_tail(crop, edge, (before[1], after[1])):
            chosen[at] = seen._replace(text=",", confidence=seen.likely(",")), edge
    return chosen


def _has_tail(crop: Grey, edge: Edge, figures: tuple[Edge, Edge]) -> bool:
    """Whether what is printed between two edges reaches below the figures beside it."""
    mark = rows_of(crop, edge)
    beside = [rows for rows in (rows_of(crop, figure) for figure in figures) if rows]
    if mark is None or not beside:
        return False
    bottom = min(rows[1] for rows in beside)
    high = bottom - min(rows[0] for rows in beside)
    return mark[1] - bottom > max(1.0, BELOW * high)
