"""One page of a PDF as pdfium shows it: characters with their boxes, and the lines drawn on it.

Coordinates are points from the page's top left corner, turned so that its words are upright.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tenderlight.reading import limits
from tenderlight.reading.glyphs import symbol, unify
from tenderlight.reading.pages.page import Character, Page, Ruling

_FORM_DEPTH = 5
_THIN = 2.5
"""Points: a filled box thinner than this is a drawn line."""
_STRAIGHT = 1.0
_SHORTEST = 1.5
_TALL = 40.0
"""Points: a character that takes more is large print, or its font is wrong about it."""
_ANGLES = 200
"""Characters looked at to see which way up a page is."""
_HYPHENS = frozenset("\x02\ufffe")
"""What pdfium makes of a hyphen at the end of a line."""


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: _Matrix) -> _Matrix:
        """The matrix that does `first`, then this one."""
        e, f = self.at(first.e, first.f)
        return _Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Read page `number`, counted from 1. Raises PdfiumError if the page is damaged."""
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            turn = _turn(text_page, page.get_rotation())
            upright = _upright(page.get_bbox(), turn)
            count = text_page.count_chars()
            kept = range(min(count, limits.PAGE_CHARACTERS))
            characters = tuple(_character(text_page, index, upright) for index in kept)
        finally:
            text_page.close()
        rulings, pictured = _drawings(page, upright)
        width, height = page.get_size()
        turned = (turn - page.get_rotation()) % 360
        if turned % 180:
            width, height = height, width
    finally:
        page.close()
    cut = count > len(kept)
    return Page(number, width, height, characters, rulings, pictured, cut, turned)


def _turn(text_page: pdfium.PdfTextPage, rotation: int) -> int:
    """By how much to turn the page so that most of its words are upright.

    Wide tables are often set sideways on an upright page, so the page's rotation says too little.
    """
    count = text_page.count_chars()
    step = max(count // _ANGLES, 1)
    angles = Counter(
        round(raw.FPDFText_GetCharAngle(text_page, index) / (math.pi / 2)) % 4
        for index in range(0, count, step)
        if not raw.FPDFText_IsGenerated(text_page, index)
    )
    if not angles:
        return rotation
    return int((4 - angles.most_common(1)[0][0]) % 4 * 90)


def _upright(bounds: tuple[float, float, float, float], turn: int) -> _Matrix:
    """From the page's own coordinates to points from the turned page's top left corner."""
    left, bottom, right, top = bounds
    return {
        90: _Matrix(0, 1, 1, 0, -bottom, -left),
        180: _Matrix(-1, 0, 0, 1, right, -bottom),
        270: _Matrix(0, -1, -1, 0, top, right),
    }.get(turn, _Matrix(1, 0, 0, -1, -left, top))


def _character(text_page: pdfium.PdfTextPage, index: int, upright: _Matrix) -> Character:
    code = raw.FPDFText_GetUnicode(text_page, index)
    text = symbol(unify(chr(code))) if 0 < code < 0x110000 else "\ufffd"
    text = "-" if text in _HYPHENS else text
    left, bottom, right, top = _box(text_page, index)
    ends = upright.at(left, bottom), upright.at(right, top)
    (x0, x1), (y0, y1) = sorted((ends[0][0], ends[1][0])), sorted((ends[0][1], ends[1][1]))
    return Character(text, x0, y0, x1, y1, raw.FPDFText_IsGenerated(text_page, index) == 1)


def _box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """The room that the font gives a character, as high for 一 as for 国.

    Some fonts state a room of many times their size; then the ink's own box is taken.
    """
    room = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, index, room)
    if room.top - room.bottom < _TALL:
        return room.left, room.bottom, room.right, room.top
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    ink = max(right.value - left.value, top.value - bottom.value)
    if room.top - room.bottom < 4 * ink:
        return room.left, room.bottom, room.right, room.top
    return left.value, bottom.value, right.value, top.value


def _drawings(page: pdfium.PdfPage, upright: _Matrix) -> tuple[tuple[Ruling, ...], bool]:
    """The page's rulings, and whether pictures cover a good part of it."""
    rulings: list[Ruling] = []
    pictured, points = 0.0, 0
    for element, matrix in _elements(page):
        kind = raw.FPDFPageObj_GetType(element)
        own = _own_matrix(element, matrix)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += abs(own.a * own.d - own.b * own.c)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            points += raw.FPDFPath_CountSegments(element)
            if points <= limits.SEGMENTS:
                rulings.extend(_rulings(element, upright.after(own)))
    if len(rulings) > limits.RULINGS:
        rulings = []
    width, height = page.get_size()
    return tuple(rulings), pictured > width * height * 0.3


def _elements(page: pdfium.PdfPage) -> Iterator[tuple[Any, _Matrix]]:
    """The page's elements, those inside forms too, each with its form's matrix."""
    waiting = [
        (raw.FPDFPage_GetObject(page, index), _Matrix(), 0)
        for index in range(min(raw.FPDFPage_CountObjects(page), limits.ELEMENTS))
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
                for index in range(count)
            )


def _own_matrix(element: Any, outer: _Matrix) -> _Matrix:
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(element, own):
        return outer
    return outer.after(_Matrix(own.a, own.b, own.c, own.d, own.e, own.f))


def _rulings(path: Any, upright: _Matrix) -> Iterator[Ruling]:
    """The straight lines of one path: its strokes, or a filled box that is as thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    for points in _outlines(path, upright):
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from _ruling(x0, y0, x1, y1, _STRAIGHT)
        elif fill.value:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield from _ruling(min(xs), min(ys), max(xs), max(ys), _THIN)


def _outlines(path: Any, upright: _Matrix) -> list[list[tuple[float, float]]]:
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


def _ruling(x0: float, y0: float, x1: float, y1: float, thin: float) -> Iterator[Ruling]:
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if y1 - y0 <= thin and x1 - x0 >= _SHORTEST and x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        yield Ruling(x0, middle, x1, middle)
    elif x1 - x0 <= thin and y1 - y0 >= _SHORTEST:
        middle = (x0 + x1) / 2
        yield Ruling(middle, y0, middle, y1)
