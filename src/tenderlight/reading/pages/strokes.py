"""The straight strokes in a picture of a page, longer than those of characters.

A stroke is where a row of pixels is darker than the rows above and below it, over a stretch that
no character has. Print in colour is light in its brightest channel, so a seal has none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Pixels
from tenderlight.reading import limits

_BREAK = 1.2
"""Points: what noise may take out of a line; characters of a text are farther apart."""
_ALONG = (2.0, 6.0)
"""Points over which the ink is averaged, against noise; the second to see what is faint."""
_CONTRAST = (0.14, 0.07)
"""A line's share of the contrast between ink and paper: a hairline is a third of a pixel wide."""
_CHANCE = (3.5, 3.0)
"""How many times as dark as noise makes it by chance."""
_COLOUR = 0.4
"""How much lighter full colour makes a pixel: the red of seals is a fifth darker than paper."""

_LEAST = 8
"""Pixels: a picture that is smaller has no lines."""

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]


class Stroke(NamedTuple):
    """A straight line: where it runs (`at`), from where to where along the other axis; pixels."""

    at: float
    start: float
    end: float
    slope: float = 0.0


@dataclass(frozen=True, slots=True)
class Traces:
    """The long level lines of a picture."""

    mask: Mask
    """1 where one passes."""
    faint: Mask
    """1 where one may pass, too faint to tell from a row of characters by itself."""
    strokes: list[Stroke]


def without_colour(pixels: Pixels) -> Grey:
    """How light a picture is, print in colour as light as paper; black print over it stays."""
    lightest = np.asarray(pixels.max(axis=2), np.uint8)
    colour = lightest - np.asarray(pixels.min(axis=2), np.uint8)
    return np.asarray(cv2.addWeighted(lightest, 1.0, colour, _COLOUR, 0.0), np.uint8)


def find_strokes(grey: Grey, unit: float, shortest: float) -> Traces:
    """The level lines of a picture from `shortest` points on; `unit` is pixels in a point."""
    if min(grey.shape) < _LEAST:
        return Traces(np.zeros_like(grey), np.zeros_like(grey), [])
    noise, contrast = _noise(grey), _contrast(grey)
    clear, faint = (
        _ridge(
            grey, unit, along, max(share * contrast, chance * noise / math.sqrt(along * unit), 3)
        )
        for along, share, chance in zip(_ALONG, _CONTRAST, _CHANCE, strict=True)
    )
    broken, length = round(_BREAK * unit) | 1, max(round((shortest + _ALONG[0]) * unit), 3)
    closed = cv2.morphologyEx(clear, cv2.MORPH_CLOSE, np.ones((1, broken), np.uint8))
    mask = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    strokes = []
    for label in range(1, min(count, limits.RULINGS)):
        x, y, width, height = (int(value) for value in stats[label, :4])
        slope = _slope(labels[y : y + height, x : x + width] == label) if width > 5 * height else 0
        strokes.append(Stroke(float(middles[label][1]) + 0.5, x, x + width, slope))
    return Traces(np.asarray(mask, np.uint8), faint, strokes)


def _ridge(grey: Grey, unit: float, along: float, threshold: float) -> Mask:
    """1 where a stroke passes: darker than above and below, and darker than chance."""
    mean = cv2.blur(grey, (max(round(along * unit), 3) | 1, 1)).astype(np.int16)
    best = np.full(mean.shape, -255, np.int16)
    for reach in (max(round(1.1 * unit), 2), max(round(2.6 * unit), 4)):
        padded = np.pad(mean, ((reach, reach), (0, 0)), mode="edge")
        beside = np.minimum(padded[: -2 * reach], padded[2 * reach :])
        np.maximum(best, beside - mean, out=best)
    return np.asarray(best > threshold, np.uint8)


def _noise(grey: Grey) -> float:
    """How much pixels side by side differ, of which most are paper."""
    return float(np.percentile(np.abs(np.diff(grey[::3].astype(np.int16), axis=1)), 60)) * 1.05


def _contrast(grey: Grey) -> float:
    """How much darker ink is than paper."""
    paper, ink = (float(value) for value in np.percentile(grey[::3, ::3], (60, 0.5)))
    return paper - ink


def _slope(pixels: NDArray[np.bool_]) -> float:
    """How a line leans: pixels down for each pixel to the right."""
    ys, xs = np.nonzero(pixels)
    xs = xs - xs.mean()
    spread = float(np.dot(xs, xs))
    return float(np.dot(xs, ys - ys.mean())) / spread if spread else 0.0
