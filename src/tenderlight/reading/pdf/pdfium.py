"""One page of a PDF as pdfium shows it: characters with their boxes, and the lines drawn on it.

Coordinates are points from the page's top left corner, turned so that its words are upright.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tenderlight.reading import limits
from tenderlight.reading.glyphs import symbol, unify
from tenderlight.reading.pages.matrix import Matrix
from tenderlight.reading.pages.page import Character, Page
from tenderlight.reading.pdf.drawings import Drawn, read_drawings

_TALL = 40.0
"""Points: a character that takes more is large print, or its font is wrong about it."""
_PICTURED = 0.3
"""The share of a page that its pictures take before it may be a scan."""
_FLAT = 6.0
"""Points: a character that takes less is very small print, or the room is its ink's only."""
_ANGLES = 200
"""Characters looked at to see which way up a page is, and whether its fonts have keys."""
_HYPHENS = frozenset("\x02\ufffe")
"""What pdfium makes of a hyphen at the end of a line."""


class Shown(NamedTuple):
    """A page with the characters that its file states, and what else is on it."""

    page: Page
    drawn: Drawn
    unmapped: float
    """The share of characters whose font does not say which they are."""


def read_page(document: pdfium.PdfDocument, number: int) -> Shown:
    """Read page `number`, counted from 1. Raises PdfiumError if the page is damaged."""
    page = _flat(document, number)
    try:
        text_page = page.get_textpage()
        try:
            turn = _turn(text_page, page.get_rotation())
            upright = _upright(page.get_bbox(), turn)
            count = text_page.count_chars()
            kept = range(min(count, limits.PAGE_CHARACTERS))
            characters = tuple(_character(text_page, index, upright) for index in kept)
            unmapped = _unmapped(text_page)
        finally:
            text_page.close()
        drawn = read_drawings(page, upright)
        width, height = page.get_size()
        turned = (turn - page.get_rotation()) % 360
        if turned % 180:
            width, height = height, width
    finally:
        page.close()
    cut, pictured = count > len(kept), drawn.pictured > _PICTURED
    return Shown(
        Page(number, width, height, characters, drawn.rulings, pictured, cut, turned),
        drawn,
        unmapped,
    )


def _flat(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """A page, the values of its fields, stamps and free text made part of what it prints."""
    page = document[number - 1]
    count = min(raw.FPDFPage_GetAnnotCount(page), limits.ANNOTATIONS)
    if not any(_prints(page, index) for index in range(count)):
        return page
    flat = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    if not flat:
        return page
    page.close()
    return document[number - 1]


def _prints(page: pdfium.PdfPage, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    kind: int = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)


def _unmapped(text_page: pdfium.PdfTextPage) -> float:
    count = text_page.count_chars()
    looked = [
        raw.FPDFText_HasUnicodeMapError(text_page, index) == 1
        for index in range(0, count, max(count // _ANGLES, 1))
        if not raw.FPDFText_IsGenerated(text_page, index)
    ]
    return looked.count(True) / max(len(looked), 1)


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


def _upright(bounds: tuple[float, float, float, float], turn: int) -> Matrix:
    """From the page's own coordinates to points from the turned page's top left corner."""
    left, bottom, right, top = bounds
    return {
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }.get(turn, Matrix(1, 0, 0, -1, -left, top))


def _character(text_page: pdfium.PdfTextPage, index: int, upright: Matrix) -> Character:
    code = raw.FPDFText_GetUnicode(text_page, index)
    text = symbol(unify(chr(code))) if 0 < code < 0x110000 else "\ufffd"
    text = "-" if text in _HYPHENS else text
    left, bottom, right, top = _box(text_page, index)
    ends = upright.at(left, bottom), upright.at(right, top)
    (x0, x1), (y0, y1) = sorted((ends[0][0], ends[1][0])), sorted((ends[0][1], ends[1][1]))
    return Character(text, x0, y0, x1, y1, raw.FPDFText_IsGenerated(text_page, index) == 1)


def _box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """The room that the font gives a character, as high for 一 as for 国.

    Some fonts state a room of many times their size, or none but the ink's.
    """
    room = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, index, room)
    if _FLAT < room.top - room.bottom < _TALL:
        return room.left, room.bottom, room.right, room.top
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    ink = max(right.value - left.value, top.value - bottom.value)
    if _FLAT < room.top - room.bottom < 4 * ink:
        return room.left, room.bottom, room.right, room.top
    low, high = _line(text_page, index, bottom.value, top.value)
    return left.value, min(low, bottom.value), right.value, max(high, top.value)


def _line(
    text_page: pdfium.PdfTextPage, index: int, bottom: float, top: float
) -> tuple[float, float]:
    """From where to where a character's line reaches, by its size and base line.

    Of one that stands sideways what its ink takes.
    """
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * matrix.d
    if abs(matrix.b) > 0.1 * abs(matrix.d) or not 1 < size < _TALL:
        return bottom, top
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    return y.value - 0.12 * size, y.value + 0.88 * size
