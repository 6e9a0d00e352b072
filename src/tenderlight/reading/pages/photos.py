"""Photographs in a scanned page: what cannot be read cannot be masked, so it is covered as a whole.

Copies of identity cards, portraits and photographs of places are pasted into tender documents.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Pixels

_DPI = 36.0
"""A pixel is two points: letters blur into their line, a portrait still has forty by fifty."""
_DARKER = 25
"""Of 255, than paper: what counts as printed on."""
_TEXTURE = 6.0
"""Deviation of brightness over seven pixels: in a photograph more, in a shaded cell nothing."""
_WINDOW = (7, 7)
_DENSE = 11
"""Pixels, 22 points, that must be printed on in both directions; print has paper between lines."""
_SMALLEST = 30.0
"""Points, of the shorter side; a portrait on an identity card has 65."""
_ROOM = 3.0
"""Points around it that are covered, too."""
_RED = 60
"""How much redder than anything else a seal is; skin is half of that."""

Area = tuple[float, float, float, float]
Mask = NDArray[np.uint8]


def find_photos(pixels: Pixels, dpi: float, words: Iterable[Area]) -> tuple[Area, ...]:
    """Where photographs are, in points: left, top, right, bottom.

    `words` are the lines that were read, in points; what shows them is never part of one.

    >>> find_photos(np.full((400, 300, 3), 255, np.uint8), 200.0, ())
    ()
    """
    height, width = pixels.shape[:2]
    size = max(round(width * _DPI / dpi), 1), max(round(height * _DPI / dpi), 1)
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    mask = _printed(small)
    unit = _DPI / 72
    for left, top, right, bottom in words:
        mask[
            max(int(top * unit), 0) : int(bottom * unit) + 1,
            max(int(left * unit), 0) : int(right * unit) + 1,
        ] = 0
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    dense = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((_DENSE, _DENSE), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(dense, connectivity=8)
    boxes = ((x / unit, y / unit, (x + w) / unit, (y + h) / unit) for x, y, w, h, _ in stats[1:])
    return tuple(
        _with_room(box, width * 72 / dpi, height * 72 / dpi)
        for box in boxes
        if min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST
    )


def _printed(small: Pixels) -> Mask:
    """1 where something with texture is printed that is no seal."""
    red = small[:, :, 0].astype(np.int16) - small[:, :, 1:].max(axis=2)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    paper = float(np.percentile(grey, 75))
    grey[red > _RED] = paper
    mean = cv2.blur(grey, _WINDOW)
    spread = np.sqrt(np.maximum(cv2.blur(grey * grey, _WINDOW) - mean * mean, 0.0))
    return ((grey < paper - _DARKER) & (spread > _TEXTURE)).astype(np.uint8)


def _with_room(box: Area, width: float, height: float) -> Area:
    left, top, right, bottom = box
    return (
        max(float(left) - _ROOM, 0.0),
        max(float(top) - _ROOM, 0.0),
        min(float(right) + _ROOM, width),
        min(float(bottom) + _ROOM, height),
    )
