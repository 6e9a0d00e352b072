"""Drawn paths: their points, and which of them are lines of a table (GB/T 33190-2016 §9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tenderlight.reading import limits
from tenderlight.reading.package import Element, elements
from tenderlight.reading.pages.matrix import Matrix
from tenderlight.reading.pages.page import Ruling, ruling

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_THIN = 2.5
"""Points: a filled box thinner than this is a drawn line."""
_STRAIGHT = 1.0
_CURVE = 8
"""Straight pieces that stand for one curve."""

Points = list[tuple[float, float]]


def outlines(element: Element, matrix: Matrix, *, curves: bool = True) -> list[Points]:
    """The connected pieces of a path as points on the page; a closed one ends where it began.

    Without `curves` a piece ends where a curve begins, and another begins where it ends.

    >>> from lxml import etree
    >>> path = "<P><AbbreviatedData>M 0 0 L 9 0 L 9 5 C</AbbreviatedData></P>"
    >>> outlines(etree.fromstring(path), Matrix())
    [[(0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 0.0)]]
    """
    found: list[Points] = []
    for data in elements(element, "AbbreviatedData"):
        for letter, numbers in _commands(data.text or ""):
            if letter in "SM" or not found:
                found.append([])
            if letter == "C":
                found[-1].extend(found[-1][:1])
            elif letter in "QBA" and not curves:
                found.append([(numbers[-2], numbers[-1])])
            elif letter in "QB" and found[-1]:
                found[-1].extend(_curve(found[-1][-1], numbers))
            elif numbers:
                found[-1].append((numbers[-2], numbers[-1]))
    return [[matrix.at(x, y) for x, y in points] for points in found if points]


def rulings(element: Element, matrix: Matrix) -> Iterator[Ruling]:
    """The straight lines of a path: its strokes, or a filled box that is as thin as a line."""
    stroked = element.get("Stroke") != "false"
    filled = element.get("Fill") == "true"
    for points in outlines(element, matrix, curves=False):
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from ruling(x0, y0, x1, y1, _STRAIGHT)
        elif filled:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield from ruling(min(xs), min(ys), max(xs), max(ys), _THIN)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """The letters of a path, each with its numbers; pieces that are incomplete are left out."""
    letter, numbers, count = "", list[float](), 0
    for token in _TOKEN.finditer(data):
        count += 1
        if count > limits.SEGMENTS * 3:
            return
        if token[0].isalpha():
            letter, numbers = token[0].upper(), []
            if letter == "C":
                yield "C", []
            continue
        numbers.append(max(min(float(token[0]), 1e6), -1e6))
        if letter in _TAKES and len(numbers) == _TAKES[letter]:
            yield letter, numbers
            letter, numbers = ("L" if letter in "SM" else letter), []


def _curve(start: tuple[float, float], numbers: list[float]) -> Points:
    """Points along a Bézier curve of two or three further points."""
    bends = [start, *zip(numbers[0::2], numbers[1::2], strict=True)]
    points: Points = []
    for step in range(1, _CURVE + 1):
        t, level = step / _CURVE, bends
        while len(level) > 1:
            level = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(level)
            ]
        points.append(level[0])
    return points
