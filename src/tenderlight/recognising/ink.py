"""A page's colours as one grey picture: paper white, print dark, seals gone.

A seal is drawn over print in a clear colour. Where it stands, the brightest of the three channels
is taken: in that the seal is as bright as the paper, and print under it stays dark. Print in colour
elsewhere, a red heading for one, is left as it is.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Pixels

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]

COLOURFUL = 42
"""Between the brightest and the darkest channel of a point that has a colour: seals have 100 to
190, yellowed paper 30 before the paper's own colour is taken off."""
SMALLEST_SEAL = 7.0
"""Millimetres; the smallest are square stamps with a person's name."""
LARGEST_SEAL = 75.0
ROUND = 0.8
"""Of a seal's hull: its area against that of a circle of the same circumference. A square has
0.79, a circle 1, a line of print 0.3."""
RING = 0.5
"""Share of the hull's border that has the colour: a ring or frame, not a block of red print."""
PALE = 96
"""Range of grey below which a page is stretched to full contrast."""


def grey_of(pixels: Pixels, dpi: float) -> Grey:
    """The page as one grey picture without its seals."""
    clean = _white_paper(pixels)
    grey = cv2.cvtColor(clean, cv2.COLOR_RGB2GRAY)
    seals = find_seals(clean, dpi)
    if seals.any():
        brightest = clean.max(axis=2)
        grey = np.where(seals > 0, _darkened(brightest, seals), grey)
    return _stretched(np.asarray(grey, np.uint8))


def find_seals(pixels: Pixels, dpi: float) -> Mask:
    """Where seals stand: 1 inside the outline of each."""
    found = np.zeros(pixels.shape[:2], np.uint8)
    scale = min(1.0, 75 / dpi)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    coloured = ((small.max(axis=2) - small.min(axis=2)) > COLOURFUL).astype(np.uint8)
    if not coloured.any():
        return found
    per_mm = dpi * scale / 25.4
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, _disc(2.0 * per_mm))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        if _is_seal(hull, coloured, per_mm):
            cv2.fillConvexPoly(found, np.round(hull / scale).astype(np.int32), 1)
    return np.asarray(cv2.dilate(found, _disc(dpi / 25.4)), np.uint8)


def _is_seal(hull: NDArray[Any], coloured: Mask, per_mm: float) -> bool:
    _, _, width, height = cv2.boundingRect(hull)
    if min(width, height) < SMALLEST_SEAL * per_mm or max(width, height) > LARGEST_SEAL * per_mm:
        return False
    around = cv2.arcLength(hull, True)
    if 4 * np.pi * cv2.contourArea(hull) < ROUND * around * around:
        return False
    border = np.zeros_like(coloured)
    cv2.polylines(border, [hull], True, 1, max(1, round(1.5 * per_mm)))
    ink = cv2.dilate(coloured, np.ones((3, 3), np.uint8))
    return float(ink[border > 0].mean()) >= RING


def _disc(radius: float) -> Mask:
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _white_paper(pixels: Pixels) -> Pixels:
    """Take the paper's own colour off, so that only ink has one."""
    paper = np.percentile(pixels[::8, ::8].reshape(-1, 3), 80, axis=0)
    if paper.min() < 60 or paper.min() >= 250:
        return pixels
    scaled = pixels * (255 / np.maximum(paper, 1)).astype(np.float32)
    return np.asarray(np.clip(scaled, 0, 255), np.uint8)


def _darkened(brightest: Grey, seals: Mask) -> Grey:
    """Stretch the brightest channel inside seals: what was left of them becomes paper."""
    inside = brightest[seals > 0]
    dark, light = (float(value) for value in np.percentile(inside, (1, 40)))
    light = min(light, 235.0)
    if light - dark < 30:
        return brightest
    stretched = (brightest.astype(np.float32) - dark) * (255 / (light - dark))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)


def _stretched(grey: Grey) -> Grey:
    """The page with black ink on white paper, if its contrast was low."""
    dark, light = (float(value) for value in np.percentile(grey[::2, ::2], (0.5, 80)))
    if light - dark < 24 or (dark < PALE and light > 200):
        return grey
    stretched = (grey.astype(np.float32) - dark) * (255 / (light - dark))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)
