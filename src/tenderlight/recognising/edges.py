"""Where each character of a line begins and ends: the model's steps, made exact by the ink.

The model tells about where a character stands, to an eighth of its height. The line's ink is cut
into runs of inked columns; a run belongs to the character whose centre is nearest, and a run that
several share is cut where least ink is between their centres.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Counts = NDArray[np.int64]

Edge = tuple[float, float]

FAINT = 0.4
"""How far towards the paper a point may be and still be ink: serifs are fainter than stems."""
PALEST = 0.65
"""The same from the darkest point of a line, where tails of commas are looked for."""
RULED = 0.9
"""Share of a row or column that is ink in a drawn line, not in print."""
AWAY = 0.5
"""What a cut away from the middle costs, against a column full of ink."""


def find_edges(crop: Grey, centres: Sequence[float]) -> list[Edge]:
    """For characters at these centres, from left to right, the left and right edge of their ink."""
    if not centres:
        return []
    ink = _ink(crop)
    cuts = _cuts(ink, centres, crop.shape[0])
    return [
        _inked(ink, left, right, centre)
        for (left, right), centre in zip(pairwise(cuts), centres, strict=True)
    ]


def _ink(crop: Grey) -> Counts:
    """How much ink each column has; ruled lines that run through the whole crop are no ink."""
    level, _ = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = float(np.median(crop))
    dark = crop <= max(level, level + FAINT * (paper - level))
    dark[dark.mean(axis=1) > RULED] = False
    ink = np.asarray(dark.sum(axis=0), np.int64)
    ink[ink > RULED * crop.shape[0]] = 0
    return ink


def _cuts(ink: Counts, centres: Sequence[float], height: int) -> list[int]:
    """Where the line is cut: between neighbouring centres at the column with the least ink."""
    between = [_thinnest(ink, left, right, height) for left, right in pairwise(centres)]
    return [0, *between, len(ink)]


def _thinnest(ink: Counts, left: float, right: float, height: int) -> int:
    """The column with least ink between two centres, the nearer to the middle the better."""
    start = max(0, int(left))
    columns = np.arange(start, max(start + 1, min(int(right) + 1, len(ink))))
    away = np.abs(columns + 0.5 - (left + right) / 2) / max(1.0, right - left)
    return int(columns[np.argmin(ink[columns] / height + AWAY * away * away)])


def _inked(ink: Counts, left: int, right: int, centre: float) -> Edge:
    inked = np.nonzero(ink[left:right])[0]
    if not len(inked):
        return float(min(left, centre)), float(max(right, centre))
    return float(left + inked[0]), float(left + inked[-1] + 1)


def rows_of(crop: Grey, edge: Edge) -> tuple[int, int] | None:
    """The first and last row with ink between two edges, faint ink too; None if there is none."""
    columns = crop[:, max(0, int(edge[0])) : int(np.ceil(edge[1]))]
    if not columns.size:
        return None
    faintest = PALEST * float(np.median(crop)) + (1 - PALEST) * float(crop.min())
    inked = np.nonzero((columns < faintest).any(axis=1))[0]
    return (int(inked[0]), int(inked[-1])) if len(inked) else None
