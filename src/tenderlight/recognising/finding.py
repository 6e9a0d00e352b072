"""Where lines of print stand on a page: the detecting model's map, and boxes around its islands."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.recognising.models import Floats, Model, scaled

Grey = NDArray[np.uint8]
Contour = NDArray[Any]

DPI = 144
"""At which lines are looked for: 10 point print is then 20 pixels high, what the model was made
for. Twice as fine finds the same lines in four times the time."""
TILE = 1280
OVERLAP = 128
ISLAND = 0.3
"""The map's value from which a point belongs to a line (the model's own setting)."""
SURE = 0.5
"""Mean value of an island that is taken for a line."""
GROW = 1.6
"""How far a box is grown beyond its island, in areas over circumferences (the model's own)."""
SLANT = 12.0
"""Degrees from which a long island is a watermark or a seal's curve: not read."""
LINES = 4_000
"""Of one picture; a full page of small print has 150."""


class Region(NamedTuple):
    """A box around a line of print, in pixels of the picture."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def length(self) -> float:
        """How often its height goes into its width."""
        return (self.right - self.left) / max(1, self.bottom - self.top)


def find_regions(grey: Grey, dpi: float, model: Model) -> list[Region]:
    """The lines of a picture, from top to bottom."""
    scale = DPI / dpi
    height, width = (max(32, round(side * scale / 32) * 32) for side in grey.shape[:2])
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    likely = _likely(np.asarray(small, np.uint8), model)
    across, down = grey.shape[1] / width, grey.shape[0] / height
    found = []
    for left, top, right, bottom in _boxes(likely):
        found.append(
            Region(
                max(0, round(left * across)),
                max(0, round(top * down)),
                min(grey.shape[1], round(right * across)),
                min(grey.shape[0], round(bottom * down)),
            )
        )
    return sorted(found, key=lambda region: (region.top, region.left))


def _likely(grey: Grey, model: Model) -> Floats:
    """How likely each point belongs to a line; looked at in tiles, white ones not at all."""
    likely = np.zeros(grey.shape, np.float32)
    for top, bottom in _cuts(grey.shape[0]):
        for left, right in _cuts(grey.shape[1]):
            tile = grey[top:bottom, left:right]
            if int(tile.max()) - int(tile.min()) < 24:
                continue
            seen = model(scaled(tile))[0, 0]
            part = likely[top:bottom, left:right]
            np.maximum(part, seen, out=part)
    return likely


def _cuts(side: int) -> list[tuple[int, int]]:
    """Cut a side into overlapping pieces that are multiples of 32 long."""
    if side <= TILE + OVERLAP:
        return [(0, side)]
    starts = range(0, side - OVERLAP, TILE - OVERLAP)
    return [(min(start, side - TILE), min(start + TILE, side)) for start in starts]


def _boxes(likely: Floats) -> list[tuple[float, float, float, float]]:
    mask = cv2.dilate((likely > ISLAND).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:LINES]:
        left, top, width, height = cv2.boundingRect(contour)
        if min(width, height) < 2 or _is_slanted(contour):
            continue
        if _certainty(likely, contour) < SURE:
            continue
        grow = GROW * width * height / (2 * (width + height))
        found.append((left - grow, top - grow, left + width + grow, top + height + grow))
    return found


def _is_slanted(contour: Contour) -> bool:
    (_, _), (one, other), angle = cv2.minAreaRect(contour)
    slant = abs((angle + 45) % 90 - 45)
    return slant > SLANT and max(one, other) > 3 * min(one, other)


def _certainty(likely: Floats, contour: Contour) -> float:
    left, top, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), np.uint8)
    cv2.drawContours(mask, [contour], -1, 1, cv2.FILLED, offset=(-left, -top))
    return float(cv2.mean(likely[top : top + height, left : left + width], mask)[0])
