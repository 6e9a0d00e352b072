"""The characters of a text object, each where it is printed (GB/T 33190-2016 §11)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from tenderlight.reading.glyphs import symbol, unify
from tenderlight.reading.ofd.structure import numbers_of
from tenderlight.reading.package import Element, elements, whole_number
from tenderlight.reading.pages.matrix import Matrix

ASCENT, DESCENT = 0.88, 0.16
"""Of a character's size, above and below its base line: what fonts of Chinese print take."""
_USUAL = 0.56
"""The width of a digit or a small Latin letter, of its size, where the document does not say it."""
_WIDTHS = {
    **dict.fromkeys("MW@%mÆŒЖМШЩЮж", 0.95),
    **dict.fromkeys("ABCDEGHKNOQRUVXYZw&ДОФфшщю", 0.78),
    **dict.fromkeys("FLPSTJ#$", 0.67),
    **dict.fromkeys("Iijlt.,:;'|!()[] `", 0.34),
}
"""Of other letters: the wider of what Times and Arial give them."""
_FULL = "“”‘’…—－～·×÷±°℃①②③④⑤⑥⑦⑧⑨⑩√□■○●★☆※→←↑↓≤≥≠∞"
"""Marks that fonts of Chinese print draw as wide as ideographs."""
_LEVEL = math.radians(3)
_WIDEST = 1.1
"""Of a character's size: steps that are larger are space between characters."""
_MOST = 60_000


class Glyph(NamedTuple):
    """A character, where it begins on its base line, how wide it is: in the object's measure."""

    text: str
    x: float
    y: float
    width: float


def glyphs_of(element: Element) -> list[Glyph]:
    """The characters of a text object.

    >>> from lxml import etree
    >>> code = '<T Size="4"><TextCode X="1" Y="5" DeltaX="g 2 4">预算额</TextCode></T>'
    >>> [(g.text, g.x) for g in glyphs_of(etree.fromstring(code))]
    [('预', 1.0), ('算', 5.0), ('额', 9.0)]
    """
    size = size_of(element)
    stretch = (numbers_of(element.get("HScale")) or [1.0])[0] or 1.0
    glyphs: list[Glyph] = []
    x = y = 0.0
    for code in elements(element, "TextCode"):
        x = (numbers_of(code.get("X")) or [x])[0]
        y = (numbers_of(code.get("Y")) or [y])[0]
        text = (code.text or "").strip("\r\n\t")[:_MOST]
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        still = not across and not down
        for at, character in enumerate(text):
            usual = _width(character) * size * stretch
            step = _step(across, at, usual) if across or still else 0.0
            width = step if 0 < step <= _WIDEST * size * stretch else usual
            glyphs.append(Glyph(symbol(unify(character)), x, y, width))
            x += step
            y += _step(down, at, size) if down else 0.0
    return glyphs


def size_of(element: Element) -> float:
    """The size of the characters, in the object's measure."""
    return min(max((numbers_of(element.get("Size")) or [3.175])[0], 0.01), 1_000)


def room_of(glyph: Glyph, size: float, matrix: Matrix) -> tuple[float, float, float, float]:
    """The rectangle that a character takes on the page."""
    return matrix.box(
        glyph.x, glyph.y - ASCENT * size, glyph.x + glyph.width, glyph.y + DESCENT * size
    )


def quarter(matrix: Matrix) -> int | None:
    """By how many degrees clockwise a text is turned: 0, 90, 180, 270; None for one set aslant."""
    angle = math.atan2(matrix.b, matrix.a)
    turns = round(angle / (math.pi / 2))
    return turns % 4 * 90 if abs(angle - turns * math.pi / 2) < _LEVEL else None


def _steps(text: str | None, count: int) -> list[float]:
    """How far apart characters are: `2.5 g 3 4` is 2.5 4 4 4."""
    steps: list[float] = []
    words = iter((text or "").replace(",", " ").split())
    for word in words:
        if word in ("g", "G"):
            times, step = next(words, "0"), next(words, "0")
            repeat = min(whole_number(times) or 0, count)
            steps += (numbers_of(step) or [0.0]) * repeat
        else:
            steps += numbers_of(word)
        if len(steps) >= count:
            break
    return steps


def _step(steps: Sequence[float], at: int, usual: float) -> float:
    return steps[at] if at < len(steps) else usual


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF" or character in _FULL:
        return 1.0
    return _WIDTHS.get(character, _USUAL)
