"""How far a page lies askew: the angle at which its ink falls into rows.

Rows of print and drawn lines fill few levels of the page when they are level, and smear over all
of them when they are not. So the ink's points are turned by an angle, counted by level, and the
angle is taken at which neighbouring levels differ most.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Doubles = NDArray[np.float64]

STEEPEST = 10.0
"""Degrees to either side that are tried; scanners' feeders give up to three."""
SMALLEST = 0.1
"""Degrees that are left alone: three pixels over a page's width, less harm than drawing it anew."""
SIDE = 1_000
"""Pixels of the longer side at which ink is looked at."""
POINTS = 120_000
"""Points of ink that are looked at, evenly chosen."""
FEW = 400
"""With fewer points there is nothing to level by."""


class Level(NamedTuple):
    """An angle, and how clearly the ink falls into rows (or columns) at it."""

    skew: float
    """Degrees clockwise by which the page has to be turned."""
    clearness: float


def find_skew(grey: Grey) -> float:
    """Degrees clockwise by which a page has to be turned so that its lines run level, or upright.

    A page that lies on its side is as level as one that stands: both directions are tried.
    """
    down, across = _points(grey)
    if len(down) < FEW:
        return 0.0
    level = max(_best(down, across), _best(across, -down), key=lambda found: found.clearness)
    return 0.0 if abs(level.skew) < SMALLEST else round(level.skew, 2)


def _points(grey: Grey) -> tuple[Doubles, Doubles]:
    """Where the ink's edges are: their distances down and across from the middle."""
    scale = min(1.0, SIDE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(small, (31, 31)).astype(np.int16)
    down, across = np.nonzero(small.astype(np.int16) < paper - 20)
    every = max(1, len(down) // POINTS)
    middle = small.shape[0] / 2, small.shape[1] / 2
    return down[::every] - middle[0], across[::every] - middle[1]


def _best(down: Doubles, across: Doubles) -> Level:
    """The angle that fills the fewest levels: tried coarsely, then finely around the best."""
    found = Level(0.0, 0.0)
    step, reach = 0.5, STEEPEST
    while step >= 0.02:
        angles = np.arange(found.skew - reach, found.skew + reach + step / 2, step)
        found = max((_at(down, across, float(angle)) for angle in angles), key=lambda x: x[1])
        step, reach = step / 5, step
    return found


def _at(down: Doubles, across: Doubles, skew: float) -> Level:
    slope = np.deg2rad(skew)
    levels = down * np.cos(slope) + across * np.sin(slope)
    counts = np.bincount((levels - levels.min()).astype(np.int64)).astype(np.float64)
    return Level(skew, float(np.square(np.diff(counts)).sum() / len(down)))
