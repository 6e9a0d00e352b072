"""Prose in two columns: a white strip down the page with full lines on both sides of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tenderlight.reading.grid import Cell
from tenderlight.reading.pages.grids import Grid
from tenderlight.reading.pages.words import WordLine

_STRIP = 1.0
"""Ems: the white between the columns."""
_WIDE = 12.0
"""Ems: a narrower column holds the cells of a table."""
_LINES = 6
"""So many lines on each side; on a page after one with columns there, one."""
_FULL = 0.5
"""The share of lines on each side that reach the end of their column."""
_SLACK = 2.0
_SAME = 2.0
"""Points by which lines may begin apart at one margin."""


@dataclass(frozen=True, slots=True)
class ProseColumns:
    """A stretch of a page: a grid of one row, and where its right column begins."""

    grid: Grid
    start: float


@dataclass(frozen=True, slots=True)
class _Part:
    """Words side by side with no wide gap between them."""

    x0: float
    x1: float
    middle: float


def find_prose_columns(
    lines: Sequence[WordLine], before: float | None = None
) -> tuple[ProseColumns, ...]:
    """Where prose stands in two columns, from top to bottom of a page.

    `before` is where the right column began on the page before: there a few lines are enough.
    """
    parts = list(_parts(lines))
    if len(parts) < 2:
        return ()
    em = median(line.em for line in lines)
    starts = [before] if before is not None else []
    starts += _common_starts(parts, em)
    for start in starts:
        least = 1 if start == before else _LINES
        found = tuple(
            ProseColumns(_grid(run, start, em), start)
            for run in _runs(parts, start - _STRIP * em, start - _SAME)
            if _is_prose(run, start, em, least)
        )
        if found:
            return found
    return ()


def _parts(lines: Sequence[WordLine]) -> Iterator[_Part]:
    for line in lines:
        x0, x1 = line.words[0].x0, line.words[0].x1
        for word in line.words[1:]:
            if word.x0 - x1 >= _STRIP * line.em:
                yield _Part(x0, x1, line.middle)
                x0 = word.x0
            x1 = max(x1, word.x1)
        yield _Part(x0, x1, line.middle)


def _common_starts(parts: Sequence[_Part], em: float) -> list[float]:
    """Where lines begin far right of the left margin, the most common place first."""
    margin = min(part.x0 for part in parts)
    places: list[list[float]] = []
    for x0 in sorted(part.x0 for part in parts if part.x0 > margin + _WIDE * em):
        if places and x0 - places[-1][0] <= _SAME:
            places[-1].append(x0)
        else:
            places.append([x0])
    common = sorted((place for place in places if len(place) >= _LINES), key=len, reverse=True)
    return [place[0] for place in common[:3]]


def _runs(parts: Sequence[_Part], left: float, right: float) -> Iterator[list[_Part]]:
    """The parts between those that reach into the strip from `left` to `right`."""
    run: list[_Part] = []
    for part in parts:
        if part.x0 < right and part.x1 > left:
            if run:
                yield run
            run = []
        else:
            run.append(part)
    if run:
        yield run


def _is_prose(run: Sequence[_Part], start: float, em: float, least: int) -> bool:
    sides = (
        [part for part in run if part.x0 < start - _SAME],
        [part for part in run if part.x0 >= start - _SAME],
    )
    return all(_is_full(side, em, least) for side in sides)


def _is_full(side: Sequence[_Part], em: float, least: int) -> bool:
    """Whether lines fill a column: there are enough, wide enough, and most reach its end."""
    if len(side) < least:
        return False
    if least == 1:
        return True
    left, right = min(part.x0 for part in side), max(part.x1 for part in side)
    full = sum(right - part.x1 < _SLACK * em for part in side)
    begins = sum(part.x0 - left < (_SLACK + 0.5) * em for part in side)
    return right - left > _WIDE * em and full >= _FULL * len(side) and begins >= 0.8 * len(side)


def _grid(run: Sequence[_Part], start: float, em: float) -> Grid:
    middle = start - _STRIP * em / 2
    xs = (min(part.x0 for part in run) - 1, middle, max(part.x1 for part in run) + 1)
    ys = (run[0].middle - 0.7 * em, run[-1].middle + 0.7 * em)
    return Grid(xs, ys, ((Cell(0, 0, 1, 1), Cell(0, 1, 1, 1)),))
