"""The lines of ruled tables in a picture of a page, as if a program had drawn them.

A line is where a row of pixels is darker than the rows above and below it, over a stretch that no
character has. Print in colour is light in its brightest channel, so a seal is no line. Of a table
every border between two crossings is looked at by itself: a line broken by noise stays whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Pixels
from tenderlight.reading import limits
from tenderlight.reading.pages.page import Ruling

_DPI = 200.0
"""Finer pictures are looked at in this resolution: the thinnest line is a pixel wide in it."""
_SHORTEST = (16.0, 11.0)
"""Points, of a horizontal and of a vertical line: characters of a text have shorter strokes."""
_ALONE = 60.0
"""Points: a horizontal line that meets no other is kept from this length on."""
_BREAK = 3.0
"""Points: what noise or a dash may take out of a line."""
_TOUCH = 4.0
"""Points between the end of a line and the line that it meets."""
_LEVEL = 2.4
"""Points: lines nearer to each other are one border."""
_SMALLEST = (40.0, 14.0)
"""Points: width and height of a table; large characters look like smaller ones."""
_BORDER = 0.5
"""The share of a border that must be seen. A row of characters shows less than 0.2 of one."""

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]


class _Stroke(NamedTuple):
    """A straight line: where it runs (`at`), from where to where along the other axis; pixels."""

    at: float
    start: float
    end: float
    slope: float = 0.0


@dataclass(frozen=True, slots=True)
class _Traces:
    """The long lines of one direction: the pixels they have, and how they lean."""

    mask: Mask
    strokes: list[_Stroke]


def find_rulings(pixels: Pixels, dpi: float) -> tuple[Ruling, ...]:
    """The lines of a page's tables, and its other long level lines, in points.

    The picture must be upright and its lines level (`straighten`). A page with more lines than a
    table can have is a drawing, and has none.

    >>> page = np.full((300, 400, 3), 255, np.uint8)
    >>> page[100:102, 50:350] = page[200:202, 50:350] = 0
    >>> page[100:202, 50:52] = page[100:202, 200:202] = page[100:202, 348:350] = 0
    >>> len(find_rulings(page, 200.0))
    5
    """
    scale = min(_DPI / dpi, 1.0)
    if scale < 1.0:
        size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    unit = dpi * scale / 72
    found = _rulings(np.asarray(pixels.max(axis=2), np.uint8), unit)
    if not _has_table(found):
        coloured = _rulings(np.asarray(pixels.min(axis=2), np.uint8), unit)
        found = coloured if _has_table(coloured) else found
    return tuple(Ruling(*(value / unit for value in ruling)) for ruling in found)


def _has_table(rulings: Sequence[Ruling]) -> bool:
    return any(ruling.x0 == ruling.x1 for ruling in rulings)


def _rulings(grey: Grey, unit: float) -> list[Ruling]:
    """The same in pixels; `unit` is how many of them a point has."""
    across = _traces(grey, unit, _SHORTEST[0])
    down = _traces(np.ascontiguousarray(grey.T), unit, _SHORTEST[1])
    if len(across.strokes) * len(down.strokes) > limits.CROSSINGS:
        return []
    rulings: list[Ruling] = []
    for flat, upright in _tables(across.strokes, down.strokes, unit):
        if flat and upright:
            rulings += _table(flat, upright, across.mask, down.mask, unit)
        else:
            rulings += (_flat(line) for line in flat if line.end - line.start > _ALONE * unit)
    return rulings


def _traces(grey: Grey, unit: float, shortest: float) -> _Traces:
    """The long level lines of a picture."""
    ridge = _ridge(grey, unit)
    broken, length = round(_BREAK * unit) | 1, max(round(shortest * unit), 3)
    closed = cv2.morphologyEx(ridge, cv2.MORPH_CLOSE, np.ones((1, broken), np.uint8))
    mask = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    strokes = []
    for label in range(1, min(count, limits.RULINGS)):
        x, y, width, height = (int(value) for value in stats[label, :4])
        slope = _slope(labels[y : y + height, x : x + width] == label) if width > 5 * height else 0
        strokes.append(_Stroke(float(middles[label][1]) + 0.5, x, x + width, slope))
    return _Traces(np.asarray(mask, np.uint8), strokes)


def _ridge(grey: Grey, unit: float) -> Mask:
    """1 where a level stroke passes: darker than above and below, and darker than chance."""
    along = max(round(4 * unit), 3) | 1
    mean = cv2.blur(grey, (along, 1)).astype(np.int16)
    best = np.full(mean.shape, -255, np.int16)
    for reach in (max(round(1.1 * unit), 2), max(round(2.6 * unit), 4)):
        padded = np.pad(mean, ((reach, reach), (0, 0)), mode="edge")
        beside = np.minimum(padded[: -2 * reach], padded[2 * reach :])
        np.maximum(best, beside - mean, out=best)
    return (best > _threshold(grey, along)).astype(np.uint8)


def _threshold(grey: Grey, along: int) -> float:
    """How much darker a line is than its surroundings: more than noise is, even where it is faint.

    The noise is that between pixels side by side, of which most are paper.
    """
    paper, ink = (float(value) for value in np.percentile(grey[::3, ::3], (60, 0.5)))
    steps = np.abs(np.diff(grey[::3].astype(np.int16), axis=1))
    noise = float(np.percentile(steps, 60)) * 1.05
    return max(0.14 * (paper - ink), 3.5 * noise / math.sqrt(along), 6.0)


def _slope(pixels: NDArray[np.bool_]) -> float:
    """How a line leans: pixels down for each pixel to the right."""
    ys, xs = np.nonzero(pixels)
    xs = xs - xs.mean()
    spread = float(np.dot(xs, xs))
    return float(np.dot(xs, ys - ys.mean())) / spread if spread else 0.0


def _flat(line: _Stroke) -> Ruling:
    return Ruling(line.start, line.at, line.end, line.at)


def _tables(
    across: list[_Stroke], down: list[_Stroke], unit: float
) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """Groups of level and upright lines that meet."""
    reach = _TOUCH * unit
    groups: list[tuple[list[_Stroke], list[_Stroke]]] = []
    free = set(range(len(down)))
    waiting = list(range(len(across)))
    while waiting:
        flat, upright, queue = [], [], [(True, waiting.pop(0))]
        while queue:
            level, index = queue.pop()
            if level:
                flat.append(across[index])
                met = [n for n in free if _meet(across[index], down[n], reach)]
                free.difference_update(met)
                queue += [(False, n) for n in met]
            else:
                upright.append(down[index])
                met = [n for n in waiting if _meet(across[n], down[index], reach)]
                waiting = [n for n in waiting if n not in met]
                queue += [(True, n) for n in met]
        groups.append((flat, upright))
    return groups


def _meet(flat: _Stroke, upright: _Stroke, reach: float) -> bool:
    return (
        flat.start - reach <= upright.at <= flat.end + reach
        and upright.start - reach <= flat.at <= upright.end + reach
    )


def _table(
    flat: list[_Stroke], upright: list[_Stroke], across: Mask, down: Mask, unit: float
) -> list[Ruling]:
    """The borders of one table, each from crossing to crossing where it can be seen."""
    left, right = min(line.start for line in flat), max(line.end for line in flat)
    top, bottom = min(line.start for line in upright), max(line.end for line in upright)
    if right - left < _SMALLEST[0] * unit or bottom - top < _SMALLEST[1] * unit:
        return []
    tilt, lean = _lean(flat), _lean(upright)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    ys = _levels((_moved(line, tilt, middle_x) for line in flat), _LEVEL * unit)
    xs = _levels((_moved(line, lean, middle_y) for line in upright), _LEVEL * unit)
    rows = _Borders(across, tilt, middle_x, lean, middle_y, unit)
    columns = _Borders(down, lean, middle_y, tilt, middle_x, unit)
    for _ in range(3):
        ys, xs = rows.seen_levels(ys, xs), columns.seen_levels(xs, ys)
    level = [Ruling(start, y, end, y) for y, start, end in rows.seen(ys, xs)]
    return level + [Ruling(x, start, x, end) for x, start, end in columns.seen(xs, ys)]


def _lean(lines: list[_Stroke]) -> float:
    """How a table's lines lean together, told from its longer ones."""
    longest = sorted(lines, key=lambda line: line.start - line.end)[:9]
    return float(median(line.slope for line in longest))


def _moved(line: _Stroke, slope: float, middle: float) -> tuple[float, float]:
    """Where a line would pass the middle of its table, and its length."""
    return line.at - slope * ((line.start + line.end) / 2 - middle), line.end - line.start


def _levels(places: Iterable[tuple[float, float]], near: float) -> list[float]:
    """The borders of a table: lines at almost the same place are one."""
    groups: list[list[tuple[float, float]]] = []
    for place in sorted(places):
        if groups and place[0] - groups[-1][-1][0] <= near:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(at * size for at, size in group) / sum(s for _, s in group) for group in groups]


@dataclass(frozen=True, slots=True)
class _Borders:
    """Looks at the borders of one direction in the mask of its long lines."""

    mask: Mask
    slope: float
    middle: float
    other_slope: float
    other_middle: float
    unit: float

    def seen_levels(self, levels: list[float], crossings: list[float]) -> list[float]:
        """The levels on which at least one border is seen."""
        return [
            level
            for level in levels
            if any(self._share(level, a, b) >= _BORDER for a, b in pairwise(crossings))
        ]

    def seen(self, levels: list[float], crossings: list[float]) -> list[tuple[float, float, float]]:
        """The borders that are seen, those that go on joined: level, start and end."""
        found: list[tuple[float, float, float]] = []
        for level in levels:
            for start, end in pairwise(crossings):
                if self._share(level, start, end) < _BORDER:
                    continue
                if found and found[-1][0] == level and found[-1][2] == start:
                    found[-1] = (level, found[-1][1], end)
                else:
                    found.append((level, start, end))
        return found

    def _share(self, level: float, start: float, end: float) -> float:
        """How much of the border between two crossings is seen."""
        shift = self.other_slope * (level - self.other_middle)
        margin = min(1.5 * self.unit, (end - start) / 4)
        along = np.arange(round(start + shift + margin), round(end + shift - margin) + 1)
        along = along[(along >= 0) & (along < self.mask.shape[1])]
        if not along.size:
            return 0.0
        at = level - 0.5 + self.slope * (along - self.middle)
        reach = max(round(0.9 * self.unit), 2)
        seen = np.zeros(along.shape, np.bool_)
        for offset in range(-reach, reach + 1):
            places = np.clip(np.rint(at + offset), 0, self.mask.shape[0] - 1).astype(np.intp)
            seen |= self.mask[places, along] > 0
        return float(seen.mean())
