"""Grain and specks of a bad scan, taken off before print is looked for.

Only pages with grain are touched: smoothing costs half a second, and clean print gains nothing.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

GRAINY = 5.0
"""Standard deviation of grey between neighbouring points of paper from which a page has grain; a
fresh scan has 1 to 3, a photocopy of a photocopy 10 to 20."""
SPECK = 0.55
"""Millimetres: what is smaller in both directions may be a speck. A full stop of 10 point print
has 0.4 and stands beside print; a `。` has 0.9."""
LONELY = 1.5
"""Millimetres around a speck without other ink."""


def without_grain(grey: Grey, dpi: float) -> Grey:
    """The page with smooth paper and without lonely specks; as it is if it has no grain."""
    strength = grain_of(grey)
    if strength < GRAINY:
        return grey
    smooth = cv2.fastNlMeansDenoising(grey, None, min(24.0, 1.2 * strength), 5, 11)
    return _without_specks(np.asarray(smooth, np.uint8), dpi / 25.4)


def grain_of(grey: Grey) -> float:
    """How much neighbouring points of the paper differ."""
    rows = grey[::3].astype(np.int16)
    paper = rows[:, 1:] > np.median(rows) - 40
    differences = np.abs(np.diff(rows, axis=1))[paper]
    return 1.05 * float(differences.mean()) if differences.size else 0.0


def _without_specks(grey: Grey, per_mm: float) -> Grey:
    paper = float(np.median(grey))
    dark = (grey < paper - 50).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    small = stats[:, 2:4].max(axis=1) <= max(2.0, SPECK * per_mm)
    small[0] = False
    print_ = np.isin(labels, np.nonzero(~small)[0][1:]).astype(np.uint8)
    side = 2 * round(LONELY * per_mm) + 1
    near = cv2.dilate(print_, np.ones((side, side), np.uint8))
    specks = (small[labels] & (near == 0)).astype(np.uint8)
    gone = cv2.dilate(specks, np.ones((3, 3), np.uint8)) > 0
    return np.where(gone, np.uint8(paper), grey)
