"""What is drawn on a page of a PDF: its ruled lines and where its pictures stand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tenderlight.reading import limits
from tenderlight.reading.pages.matrix import Matrix
from tenderlight.reading.pages.page import Ruling, ruling

_FORM_DEPTH = 5
_THIN = 2.5
"""Points: a filled box or a picture thinner than this is a drawn line."""
_STRAIGHT = 1.0
_NEAR = 2.0
"""Points: pictures that are nearer are one."""
_PAGE = 0.85
"""The share of a page that a picture of the whole page takes at least."""
_INVISIBLE = 3
"""The way of printing that leaves no colour (ISO 32000-1, table 106)."""
_OUTLINES = 3_000
"""Points of drawn paths; a hundred ideographs drawn as outlines have as many, a table a tenth."""

Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Drawn(NamedTuple):
    """What is drawn on a page beside its characters."""

    rulings: tuple[Ruling, ...]
    pictures: tuple[Area, ...]
    """Where pictures stand, those that touch as one."""
    pictured: float
    """How much of the page they take, from 0 to 1."""
    hidden: bool
    """Whether the characters are not meant to be seen: they lie under a picture of the page, or
    are printed in no colour, as programs for recognising scans put them."""
    outlined: bool
    """Whether so much is drawn that it may be words as outlines."""


def read_drawings(page: pdfium.PdfPage, upright: Matrix) -> Drawn:
    """The rulings and pictures of a page; `upright` turns its coordinates."""
    rulings: list[Ruling] = []
    pictures: list[Area] = []
    points = shown = hidden = under = 0
    width, height = page.get_size()
    for element, matrix in _elements(page):
        kind = raw.FPDFPageObj_GetType(element)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            invisible = raw.FPDFTextObj_GetTextRenderMode(element) == _INVISIBLE
            hidden, shown = hidden + invisible, shown + 1
            continue
        own = upright.after(_own_matrix(element, matrix))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            area = _area(own)
            if thin := list(ruling(*area, _THIN)):
                rulings.extend(thin)
                continue
            pictures.append(area)
            if _size(area) > _PAGE * width * height and not raw.FPDFPageObj_HasTransparency(
                element
            ):
                under = shown
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            points += raw.FPDFPath_CountSegments(element)
            if points <= limits.SEGMENTS:
                rulings.extend(_rulings(element, own))
    if len(rulings) > limits.RULINGS:
        rulings = []
    together = joined(pictures[: limits.PAGE_PICTURES])
    pictured = sum(map(_size, together)) / max(width * height, 1.0)
    unseen = shown > 0 and max(hidden, under) > 0.8 * shown
    return Drawn(tuple(rulings), together, pictured, unseen, points > _OUTLINES)


def joined(areas: Sequence[Area]) -> tuple[Area, ...]:
    """Areas, those that touch as one: scanners cut a page into strips.

    >>> joined([(0, 0, 90, 40), (0, 40, 90, 80), (200, 0, 210, 9)])
    ((0, 0, 90, 80), (200, 0, 210, 9))
    """
    found: list[Area] = []
    for area in areas:
        touching = [other for other in found if _touch(area, other)]
        while touching:
            found = [other for other in found if other not in touching]
            xs0, ys0, xs1, ys1 = zip(area, *touching, strict=True)
            area = min(xs0), min(ys0), max(xs1), max(ys1)
            touching = [other for other in found if _touch(area, other)]
        found.append(area)
    return tuple(sorted(found, key=lambda area: (area[1], area[0])))


def _touch(one: Area, other: Area) -> bool:
    return (
        one[0] <= other[2] + _NEAR
        and other[0] <= one[2] + _NEAR
        and one[1] <= other[3] + _NEAR
        and other[1] <= one[3] + _NEAR
    )


def _size(area: Area) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


def _area(matrix: Matrix) -> Area:
    """Where a matrix puts the unit square, in which every picture is drawn."""
    corners = [matrix.at(x, y) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _elements(page: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """The elements as they are painted, those inside forms too, each with its form's matrix."""
    count = min(raw.FPDFPage_CountObjects(page), limits.ELEMENTS)
    waiting = [
        (raw.FPDFPage_GetObject(page, index), Matrix(), 0) for index in reversed(range(count))
    ]
    seen = 0
    while waiting and seen < limits.ELEMENTS:
        element, matrix, depth = waiting.pop()
        seen += 1
        if raw.FPDFPageObj_GetType(element) != raw.FPDF_PAGEOBJ_FORM:
            yield element, matrix
        elif depth < _FORM_DEPTH:
            inner = _own_matrix(element, matrix)
            count = min(raw.FPDFFormObj_CountObjects(element), limits.ELEMENTS)
            waiting.extend(
                (raw.FPDFFormObj_GetObject(element, index), inner, depth + 1)
                for index in reversed(range(count))
            )


def _own_matrix(element: Any, outer: Matrix) -> Matrix:
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(element, own):
        return outer
    return outer.after(Matrix(own.a, own.b, own.c, own.d, own.e, own.f))


def _rulings(path: Any, upright: Matrix) -> Iterator[Ruling]:
    """The straight lines of one path: its strokes, or a filled box that is as thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    for points in _outlines(path, upright):
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from ruling(x0, y0, x1, y1, _STRAIGHT)
        elif fill.value:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield from ruling(min(xs), min(ys), max(xs), max(ys), _THIN)


def _outlines(path: Any, upright: Matrix) -> list[list[tuple[float, float]]]:
    """The points of each connected piece of a path; a closed piece ends where it began."""
    outlines: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if not outlines or raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            outlines.append([])
        outlines[-1].append(upright.at(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return outlines
