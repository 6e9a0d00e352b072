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
from tenderlight.recognising.grain import without_grain

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]

COLOURFUL = 42
"""Between the brightest and the darkest channel of a point that has a colour: seals have 100 to
190, yellowed paper 30 before the paper's own colour is taken off."""
SMALLEST_SEAL = 7.0
"""Millimetres; the smallest are square stamps with a person's name."""
LARGEST_SEAL = 75.0
"""Of the shorter side; several that touch are taken for one."""
ROUND = 0.62
"""Of the outline's hull: its area against that of a circle of the same circumference. A circle has
1, a square 0.79, three circles in a row 0.69, a line of print 0.3."""
RING = 0.4
"""Share of the hull that is drawn in the colour: of a ring all, of three in a row 0.44."""
WHOLE = 0.6
"""One stroke, the ring or frame, is as high and as wide as this share of the hull's shorter side;
a block of red print is made of short ones."""
FAINTEST = 35
"""Percentile of a seal's own brightness from which it counts as paper; below are points in which
print shows through."""
UNEVEN = 16
"""Difference of grey between the paper's brightest and darkest places that is a shadow."""
PALE = 96
"""Range of grey below which a page is stretched to full contrast."""


def grey_of(pixels: Pixels, dpi: float) -> Grey:
    """The page as one grey picture without its seals."""
    clean = _white_paper(pixels)
    grey = np.asarray(cv2.cvtColor(clean, cv2.COLOR_RGB2GRAY), np.uint8)
    seals = find_seals(clean, dpi)
    if seals.any():
        grey = _without(grey, clean, seals)
    return without_grain(_stretched(_evenly_lit(grey, dpi)), dpi)


def find_seals(pixels: Pixels, dpi: float) -> Mask:
    """Where seals stand: 1 inside the outline of each."""
    found = np.zeros(pixels.shape[:2], np.uint8)
    scale = min(1.0, 75 / dpi)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    coloured = _coloured(np.asarray(small, np.uint8))
    if not coloured.any():
        return found
    per_mm = dpi * scale / 25.4
    strokes = cv2.connectedComponentsWithStats(_closed(coloured, 0.3 * per_mm))[2][1:]
    contours, _ = cv2.findContours(
        _closed(coloured, 2.0 * per_mm), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    for contour in contours:
        hull = cv2.convexHull(contour)
        if _is_seal(hull, coloured, strokes, per_mm):
            cv2.fillConvexPoly(found, np.round(hull / scale).astype(np.int32), 1)
    return np.asarray(cv2.dilate(found, _disc(dpi / 25.4)), np.uint8)


def _coloured(pixels: Pixels) -> Mask:
    """Where ink has a clear colour."""
    difference = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
    return np.asarray(difference > COLOURFUL, np.uint8)


def _closed(mask: Mask, radius: float) -> Mask:
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _disc(radius)), np.uint8)


def _is_seal(hull: NDArray[Any], coloured: Mask, strokes: NDArray[Any], per_mm: float) -> bool:
    left, top, width, height = cv2.boundingRect(hull)
    shorter = min(width, height)
    if not SMALLEST_SEAL * per_mm <= shorter <= LARGEST_SEAL * per_mm:
        return False
    around = cv2.arcLength(hull, True)
    if 4 * np.pi * cv2.contourArea(hull) < ROUND * around * around:
        return False
    border = np.zeros_like(coloured)
    cv2.polylines(border, [hull], True, 1, 1)
    if float(cv2.dilate(coloured, _disc(1))[border > 0].mean()) < RING:
        return False
    inside = strokes[(strokes[:, 0] >= left - 1) & (strokes[:, 1] >= top - 1)]
    inside = inside[
        (inside[:, 0] + inside[:, 2] <= left + width + 1)
        & (inside[:, 1] + inside[:, 3] <= top + height + 1)
    ]
    return bool((inside[:, 2:4].min(axis=1) >= WHOLE * shorter).any())


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


def _without(grey: Grey, pixels: Pixels, seals: Mask) -> Grey:
    """The page with the ink of its seals as bright as paper; all other points as they are."""
    brightest = pixels.max(axis=2)
    ink = (cv2.dilate(_coloured(pixels), _disc(1)) > 0) & (seals > 0)
    if not ink.any():
        return grey
    light, dark = float(np.percentile(brightest[ink], FAINTEST)), float(brightest.min())
    if light - dark < 30:
        return np.where(ink, brightest, grey)
    bleached = (brightest.astype(np.float32) - dark) * (255 / (light - dark))
    return np.where(ink, np.clip(bleached, 0, 255).astype(np.uint8), grey)


def _evenly_lit(grey: Grey, dpi: float) -> Grey:
    """The page without the shadow that a scanner's lid or a book's back leaves."""
    scale = min(1.0, 18 / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.medianBlur(cv2.dilate(small, _disc(3)), 9), (0, 0), 5)
    darkest, lightest = (float(value) for value in np.percentile(paper, (2, 98)))
    if lightest - darkest < UNEVEN or darkest < 90:
        return grey
    light = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = grey.astype(np.float32) * (lightest / np.maximum(light, 1)).astype(np.float32)
    return np.asarray(np.clip(even, 0, 255), np.uint8)


def _stretched(grey: Grey) -> Grey:
    """The page with black ink on white paper, if its contrast was low."""
    dark, light = (float(value) for value in np.percentile(grey[::2, ::2], (0.5, 80)))
    if light - dark < 24 or (dark < PALE and light > 200):
        return grey
    stretched = (grey.astype(np.float32) - dark) * (255 / (light - dark))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)
