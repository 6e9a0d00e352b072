"""Print that the detecting model passed over: single figures, the number before a heading.

The model was made for lines, and a lone `0` or `一、` is often too little for it. What ink remains
outside its boxes, and is no drawn line and no speck, is given to the line it stands beside, or
becomes a line of its own.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.recognising.finding import LINES, Region

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]

INK_SHARE = 0.56
"""Height of print in a box of the detecting model, which leaves room around it."""
RULE = 10.0
"""Millimetres: a longer straight stroke is a drawn line. A `一` of 22 point print has 7."""
SPECK = 0.45
"""Of the height of print: what is smaller in both directions is a speck or a stop."""
TALLEST = 2.2
"""Heights of print: what is higher is a drawing."""
NEAR = 1.7
"""Heights of print between a line and what belongs to it."""
ROOM = 0.35
"""Heights of print that are left around what becomes a line of its own."""


class Rest(NamedTuple):
    """Lines that grew, and new ones, of which the reader should be sure before it believes them."""

    lines: list[Region]
    new: list[Region]


def add_remaining(grey: Grey, regions: list[Region], dpi: float) -> Rest:
    """The lines with what remains beside them, and what remains by itself."""
    if not regions:
        return Rest(regions, [])
    high = INK_SHARE * float(np.median([region.bottom - region.top for region in regions]))
    ink, rules = _ink_and_rules(grey, dpi)
    for region in regions:
        ink[region.top : region.bottom, region.left : region.right] = 0
    grown, new = list(regions), []
    for piece in _pieces(ink, high):
        at = _beside(piece, grown, rules)
        if at is None:
            new.append(_roomy(piece, high, grey.shape))
        else:
            grown[at] = _joined(grown[at], piece)
    return Rest(grown, new)


def _ink_and_rules(grey: Grey, dpi: float) -> tuple[Mask, Mask]:
    """Where print is, and where drawn lines are."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = (grey <= level).astype(np.uint8)
    long = max(8, round(RULE / 25.4 * dpi))
    level_lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    plumb_lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    rules = cv2.dilate(cv2.max(level_lines, plumb_lines), np.ones((5, 5), np.uint8))
    dark[rules > 0] = 0
    return np.asarray(dark, np.uint8), np.asarray(plumb_lines, np.uint8)


def _pieces(ink: Mask, high: float) -> list[Region]:
    """What hangs together in the ink, or nearly: boxes of the size of print."""
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    near = np.ones((max(1, round(0.6 * high)),) * 2, np.uint8)
    joined = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, near)
    found = []
    for left, top, width, height, area in cv2.connectedComponentsWithStats(joined)[2][1:]:
        if max(width, height) < SPECK * high or height > TALLEST * high:
            continue
        if area < SPECK * SPECK * high * high / 4:
            continue
        found.append(Region(int(left), int(top), int(left + width), int(top + height)))
    return found[:LINES]


def _beside(piece: Region, regions: list[Region], rules: Mask) -> int | None:
    """The line on whose level the piece stands, close by and with no drawn line between."""
    best, nearest = None, float("inf")
    for index, region in enumerate(regions):
        high = INK_SHARE * (region.bottom - region.top)
        gap = max(region.left - piece.right, piece.left - region.right, 0)
        inside = region.top <= (piece.top + piece.bottom) / 2 <= region.bottom
        if not inside or gap > NEAR * high or gap >= nearest or piece.bottom - piece.top > 2 * high:
            continue
        middle = (piece.top + piece.bottom) // 2
        left, right = sorted((piece.left, piece.right, region.left, region.right))[1:3]
        if rules[middle, left : right + 1].any():
            continue
        best, nearest = index, gap
    return best


def _joined(region: Region, piece: Region) -> Region:
    room = round(ROOM * INK_SHARE * (region.bottom - region.top) / 2)
    return Region(
        max(0, min(region.left, piece.left - room)),
        min(region.top, piece.top),
        max(region.right, piece.right + room),
        max(region.bottom, piece.bottom),
    )


def _roomy(piece: Region, high: float, shape: tuple[int, ...]) -> Region:
    room = round(ROOM * high)
    middle, half = (piece.top + piece.bottom) / 2, max(piece.bottom - piece.top, high) / 2
    return Region(
        max(0, piece.left - room),
        max(0, round(middle - half) - room),
        min(shape[1], piece.right + room),
        min(shape[0], round(middle + half) + room),
    )
