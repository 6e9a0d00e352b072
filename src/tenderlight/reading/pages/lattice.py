"""The lines of ruled tables in a picture of a page, as if a program had drawn them.

Lines that meet make a table. Every border of it between two crossings is looked at by itself: a
line broken by noise stays whole, a stroke of a character beside a line is no border.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Pixels
from tenderlight.reading import limits
from tenderlight.reading.pages.page import Ruling
from tenderlight.reading.pages.strokes import (
    Grey,
    Mask,
    Stroke,
    Traces,
    find_strokes,
    without_colour,
)

_DPI = 200.0
"""Finer pictures are looked at in this resolution: the thinnest line is a pixel wide in it."""
_SHORTEST = (16.0, 11.0)
"""Points, of a horizontal and of a vertical line: characters of a text have shorter strokes."""
_ALONE = 60.0
"""Points: a horizontal line that meets no other is kept from this length on."""
_TOUCH = 4.0
"""Points between the end of a line and the line that it meets."""
_LEVEL = 2.4
"""Points: lines nearer to each other are one border."""
_SMALLEST = (40.0, 14.0)
"""Points: width and height of a table; large characters look like smaller ones."""
_BORDER, _REACHED = 0.7, 0.5
"""The shares of a border and of each of its ends that must be seen: strokes of characters are as
long as two thirds of a low row, but do not reach from border to border."""
_END = 2.5
"""Points: the ends of a border."""
_FAINT, _WHOLE = 0.15, 0.97
"""A border of which less is seen counts if all of it may be there and its line goes on clearly
elsewhere in the table: grey hairlines under noise."""


Counts = NDArray[np.int64]


class _Lean(NamedTuple):
    """How the lines of one direction lean in a table, and where they are when they do not."""

    slope: float
    middle: float


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
    found = _rulings(without_colour(pixels), unit)
    if not _has_table(found):
        coloured = _rulings(np.asarray(pixels.min(axis=2), np.uint8), unit)
        found = coloured if _has_table(coloured) else found
    return tuple(Ruling(*(value / unit for value in ruling)) for ruling in found)


def _has_table(rulings: Sequence[Ruling]) -> bool:
    return any(ruling.x0 == ruling.x1 for ruling in rulings)


def _rulings(grey: Grey, unit: float) -> list[Ruling]:
    """The same in pixels; `unit` is how many of them a point has."""
    across = find_strokes(grey, unit, _SHORTEST[0])
    down = find_strokes(np.ascontiguousarray(grey.T), unit, _SHORTEST[1])
    rulings: list[Ruling] = []
    for flat, upright in _tables(across.strokes, down.strokes, unit):
        if flat and upright:
            rulings += _table(flat, upright, across, down, unit)
        else:
            rulings += (_flat(line) for line in flat if line.end - line.start > _ALONE * unit)
    return rulings if len(rulings) <= limits.RULINGS else []


def _flat(line: Stroke) -> Ruling:
    return Ruling(line.start, line.at, line.end, line.at)


def _tables(
    across: list[Stroke], down: list[Stroke], unit: float
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of level and upright lines that meet."""
    meet = _meetings(across, down, _TOUCH * unit)
    rows, columns = set(range(len(across))), set(range(len(down)))
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    while rows:
        group: tuple[list[Stroke], list[Stroke]] = ([], [])
        waiting = [(True, rows.pop())]
        while waiting:
            level, index = waiting.pop()
            if level:
                group[0].append(across[index])
                met = columns.intersection(np.flatnonzero(meet[index]).tolist())
                columns -= met
            else:
                group[1].append(down[index])
                met = rows.intersection(np.flatnonzero(meet[:, index]).tolist())
                rows -= met
            waiting += ((not level, other) for other in met)
        groups.append(group)
    return groups


def _meetings(across: list[Stroke], down: list[Stroke], reach: float) -> NDArray[np.bool_]:
    """Which level line meets which upright one."""
    flat = np.array([line[:3] for line in across], np.float64).reshape(-1, 3, 1)
    upright = np.array([line[:3] for line in down], np.float64).reshape(-1, 3)
    at, start, end = upright.T
    crossed = (flat[:, 1] - reach <= at) & (at <= flat[:, 2] + reach)
    return np.asarray(
        crossed & (start - reach <= flat[:, 0]) & (flat[:, 0] <= end + reach), np.bool_
    )


def _table(
    flat: list[Stroke], upright: list[Stroke], across: Traces, down: Traces, unit: float
) -> list[Ruling]:
    """The borders of one table, each from crossing to crossing where it can be seen."""
    left, right = min(line.start for line in flat), max(line.end for line in flat)
    top, bottom = min(line.start for line in upright), max(line.end for line in upright)
    if right - left < _SMALLEST[0] * unit or bottom - top < _SMALLEST[1] * unit:
        return []
    tilt = _Lean(_slope(flat), (left + right) / 2)
    lean = _Lean(_slope(upright), (top + bottom) / 2)
    ys = _levels((_moved(line, tilt) for line in flat), _LEVEL * unit)
    xs = _levels((_moved(line, lean) for line in upright), _LEVEL * unit)
    if len(xs) * len(ys) > limits.CROSSINGS:
        return []
    rows, columns = _Borders(across, tilt, lean, unit), _Borders(down, lean, tilt, unit)
    for _ in range(3):
        ys, xs = rows.seen_levels(ys, xs), columns.seen_levels(xs, ys)
    level = [Ruling(start, y, end, y) for y, start, end in rows.seen(ys, xs)]
    return level + [Ruling(x, start, x, end) for x, start, end in columns.seen(xs, ys)]


def _slope(lines: list[Stroke]) -> float:
    """How a table's lines lean together, told from its longer ones."""
    longest = sorted(lines, key=lambda line: line.start - line.end)[:9]
    return float(median(line.slope for line in longest))


def _moved(line: Stroke, lean: _Lean) -> tuple[float, float]:
    """Where a line would pass the middle of its table, and its length."""
    return line.at - lean.slope * ((line.start + line.end) / 2 - lean.middle), line.end - line.start


def _levels(places: Iterable[tuple[float, float]], near: float) -> list[float]:
    """The borders of a table: lines at almost the same place are one."""
    groups: list[list[tuple[float, float]]] = []
    for place in sorted(places):
        if groups and place[0] - groups[-1][-1][0] <= near:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(at * size for at, size in group) / sum(s for _, s in group) for group in groups]


class _Borders:
    """Looks at the borders of one direction among the long lines of a picture.

    Lines may lean a little: a level is where one passes the table's middle.
    """

    def __init__(self, traces: Traces, lean: _Lean, other: _Lean, unit: float) -> None:
        self.traces, self.lean, self.other, self.unit = traces, lean, other, unit
        self._seen: dict[float, tuple[Counts, Counts]] = {}

    def seen_levels(self, levels: list[float], crossings: list[float]) -> list[float]:
        """The levels on which at least one border is seen."""
        return [
            level
            for level in levels
            if any(self._is_seen(level, a, b, 1.0) for a, b in pairwise(crossings))
        ]

    def seen(self, levels: list[float], crossings: list[float]) -> list[tuple[float, float, float]]:
        """The borders that are seen, those that go on joined: level, start and end."""
        found: list[tuple[float, float, float]] = []
        for level in levels:
            for start, end in pairwise(crossings):
                if not self._is_seen(level, start, end, _FAINT):
                    continue
                if found and found[-1][0] == level and found[-1][2] == start:
                    found[-1] = (level, found[-1][1], end)
                else:
                    found.append((level, start, end))
        return found

    def _is_seen(self, level: float, start: float, end: float, faint: float) -> bool:
        """Whether there is a border between two crossings; a share of `faint` may do."""
        shift = self.other.slope * (level - self.other.middle)
        margin = min(1.5 * self.unit, (end - start) / 4)
        first = max(round(start + shift + margin), 0)
        last = min(round(end + shift - margin) + 1, self.traces.mask.shape[1])
        if first >= last:
            return False
        clear, perhaps = self._counts(level)
        share = _share(clear, first, last)
        ends = min(max(round(_END * self.unit), 1), last - first)
        reached = min(_share(clear, first, first + ends), _share(clear, last - ends, last))
        if share >= _BORDER and reached >= _REACHED:
            return True
        return share >= faint and _share(perhaps, first, last) >= _WHOLE

    def _counts(self, level: float) -> tuple[Counts, Counts]:
        """Along a level, how many places up to each have a line, and how many may have one."""
        if level not in self._seen:
            traces = self.traces
            self._seen[level] = self._count(traces.mask, level), self._count(traces.faint, level)
        return self._seen[level]

    def _count(self, mask: Mask, level: float) -> Counts:
        along = np.arange(mask.shape[1])
        at = level - 0.5 + self.lean.slope * (along - self.lean.middle)
        reach = max(round(0.9 * self.unit), 2)
        seen = np.zeros(along.shape, np.bool_)
        for offset in range(-reach, reach + 1):
            places = np.clip(np.rint(at + offset), 0, mask.shape[0] - 1).astype(np.intp)
            seen |= mask[places, along] > 0
        return np.concatenate(([0], np.cumsum(seen)))


def _share(counts: Counts, first: int, last: int) -> float:
    return float(counts[last] - counts[first]) / (last - first)
