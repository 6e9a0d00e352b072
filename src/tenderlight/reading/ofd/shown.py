"""A page of an OFD as a picture: its pictures, lines and characters at their places.

Characters are drawn in the fonts inside the document, else in one that is installed with us.
Those that are set aslant or that no font has are drawn as the boxes they take.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import groupby

import cv2
import numpy as np
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from tenderlight.model import Unreadable
from tenderlight.pictures import Pixels
from tenderlight.reading import limits
from tenderlight.reading.document import Document
from tenderlight.reading.images.frames import read_frame
from tenderlight.reading.ofd.drawn import DrawnPage, Thing, drawn_page
from tenderlight.reading.ofd.jbig2 import is_jbig2, read_jbig2
from tenderlight.reading.ofd.paths import outlines
from tenderlight.reading.ofd.structure import find_part, numbers_of, open_structure
from tenderlight.reading.ofd.texts import glyphs_of, quarter, room_of, size_of
from tenderlight.reading.package import Element, Package, local_name
from tenderlight.reading.pages.matrix import Matrix

_MILLIMETRES = 25.4
_GREY = (190, 190, 190)
_SHIFT = 4
"""Bits below a whole pixel in which OpenCV takes the points of lines."""
_LETTER = (3, 400)
"""Pixels: characters smaller or larger are boxes."""
_WAYS = 8
"""Ways of drawing that refer to one another."""


def show_page(document: Document, number: int, dpi: float) -> Pixels:
    """Page `number` of an OFD, counted from 1, in about `dpi` dots per inch.

    Raises Unreadable: `reading.damaged` where there is no such page.
    """
    package = Package(document)
    structure = open_structure(package)
    sources = [source for source in structure.pages if source.number == number]
    if not sources:
        raise Unreadable(
            "reading.damaged", f"The document has no page {number}.", "Open the document itself."
        )
    return paint(package, drawn_page(package, sources[0]), dpi)


def paint(package: Package, drawn: DrawnPage, dpi: float, *, only: Iterable[str] = ()) -> Pixels:
    """A page as pixels, on white; `only` these kinds of things, or all."""
    most = (limits.SHOWN_PIXELS / (drawn.width * drawn.height)) ** 0.5
    scale = min(dpi / _MILLIMETRES, most)
    size = max(round(drawn.height * scale), 1), max(round(drawn.width * scale), 1)
    wanted = set(only)
    painter = _Painter(package, np.full((*size, 3), 255, np.uint8), Matrix(a=scale, d=scale))
    things = (thing for thing in drawn.things if not wanted or thing.kind in wanted)
    for of_words, group in groupby(things, key=lambda thing: thing.kind == "TextObject"):
        if of_words:
            painter.write(list(group))
        else:
            for thing in group:
                painter.draw(thing)
    return painter.pixels


@dataclass(slots=True)
class _Painter:
    package: Package
    pixels: Pixels
    zoom: Matrix
    """From millimetres to pixels."""
    fonts: dict[tuple[str, int], ImageFont.FreeTypeFont | None] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    known: dict[tuple[str, int, str], bool] = field(default_factory=dict)
    """Whether a font in a size draws a character."""

    def draw(self, thing: Thing) -> None:
        """Draw a path or a picture."""
        matrix = self.zoom.after(thing.matrix)
        if thing.kind == "PathObject":
            self._path(thing, matrix)
        else:
            self._picture(thing, matrix)

    def write(self, things: list[Thing]) -> None:
        """Draw texts that follow one another."""
        image = Image.fromarray(self.pixels)
        pen = ImageDraw.Draw(image)
        for thing in things:
            if not thing.watermark:
                self._text(pen, thing, self.zoom.after(thing.matrix))
        self.pixels = np.array(image, np.uint8)

    def _path(self, thing: Thing, matrix: Matrix) -> None:
        shapes = [
            np.round(np.clip(np.array(points), -1e5, 1e5) * (1 << _SHIFT)).astype(np.int32)
            for points in outlines(thing.element, matrix)
            if len(points) > 1
        ]
        if not shapes:
            return
        if thing.element.get("Fill") == "true":
            colour = _colour(thing, "FillColor")
            if colour is not None:
                cv2.fillPoly(self.pixels, shapes, colour, cv2.LINE_AA, _SHIFT)
        if thing.element.get("Stroke") != "false":
            width = (numbers_of(thing.element.get("LineWidth")) or [0.35])[0] * self.zoom.a
            colour = _colour(thing, "StrokeColor")
            if colour is not None:
                thick = min(max(round(width), 1), 50)
                cv2.polylines(self.pixels, shapes, False, colour, thick, cv2.LINE_AA, _SHIFT)

    def _picture(self, thing: Thing, matrix: Matrix) -> None:
        """A picture, as if its white were clear: seals are stored with or without clear parts."""
        picture = picture_of(self.package, thing)
        if picture is None:
            return
        height, width = picture.shape[:2]
        across = max(int(np.hypot(matrix.a, matrix.b)), 1)
        down = max(int(np.hypot(matrix.c, matrix.d)), 1)
        if across < width and down < height:
            picture = np.asarray(
                cv2.resize(picture, (across, down), interpolation=cv2.INTER_AREA), np.uint8
            )
            height, width = picture.shape[:2]
        left, top, right, bottom = self._touched(matrix.box(0, 0, 1, 1))
        if right <= left or bottom <= top:
            return
        there = Matrix(e=-left, f=-top).after(matrix).after(Matrix(a=1 / width, d=1 / height))
        placed = cv2.warpAffine(
            picture,
            np.array([[there.a, there.c, there.e], [there.b, there.d, there.f]]),
            (right - left, bottom - top),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(255, 255, 255),
        )
        below = self.pixels[top:bottom, left:right]
        np.minimum(below, placed, out=below)

    def _touched(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        """The pixels of the page that a rectangle touches."""
        height, width = self.pixels.shape[:2]
        left, top, right, bottom = box
        return (
            min(max(int(left), 0), width),
            min(max(int(top), 0), height),
            max(min(int(right) + 1, width), 0),
            max(min(int(bottom) + 1, height), 0),
        )

    def _text(self, pen: ImageDraw.ImageDraw, thing: Thing, matrix: Matrix) -> None:
        colour = _colour(thing, "FillColor")
        if colour is None or thing.element.get("Alpha") == "0":
            return  # A layer of text over a picture, to be searched and not to be seen.
        size = size_of(thing.element)
        high = round(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5 * size)
        level = quarter(matrix) == 0 and _LETTER[0] <= high <= _LETTER[1]
        part = thing.resources.fonts.get(thing.element.get("Font", ""), "")
        for glyph in glyphs_of(thing.element):
            if glyph.text.isspace():
                continue
            font = self._font_for(part, high, glyph.text) if level else None
            if font is not None:
                pen.text(matrix.at(glyph.x, glyph.y), glyph.text, colour, font, anchor="ls")
            else:
                _outline(pen, room_of(glyph, size, matrix))

    def _font_for(self, part: str, pixels: int, text: str) -> ImageFont.FreeTypeFont | None:
        """The document's own font if it has the character, else ours, else none."""
        for each in dict.fromkeys((part, "")):
            if (each, pixels) not in self.fonts:
                self.fonts[each, pixels] = self._open_font(each, pixels)
            font, asked = self.fonts[each, pixels], (each, pixels, text)
            if font is not None and asked not in self.known:
                self.known[asked] = _has(font, text)
            if font is not None and self.known[asked]:
                return font
        return None

    def _open_font(self, part: str, pixels: int) -> ImageFont.FreeTypeFont | None:
        if part not in self.files:
            found = find_part(self.package, part) if part else None
            own = self.package.read(found) if found else None
            self.files[part] = own or (b"" if part else _our_font())
        try:
            return ImageFont.truetype(
                io.BytesIO(self.files[part]), pixels, layout_engine=ImageFont.Layout.BASIC
            )
        except (OSError, ValueError):
            return None


@lru_cache(maxsize=1)
def _our_font() -> bytes:
    """A font with the characters of Chinese, Latin and Cyrillic print."""
    return resources.files(pylopdf_fonts_zh_cn).joinpath("NotoSansSC-Regular.otf").read_bytes()


def _has(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Whether a font draws a character: fonts cut down to a document may have it by number only."""
    try:
        drawn = font.getmask(text)
        return drawn.getbbox() is not None and bytes(drawn) != bytes(font.getmask("\uffff"))
    except (OSError, ValueError):
        return False


def _outline(pen: ImageDraw.ImageDraw, room: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = (round(min(max(value, -9e4), 9e4)) for value in room)
    if right - left > 2 and bottom - top > 2:
        pen.rectangle((left + 1, top + 1, right - 1, bottom - 1), outline=_GREY)


def picture_of(package: Package, thing: Thing) -> Pixels | None:
    """The pixels of a picture object; None where they are missing or of an unknown kind."""
    part = thing.resources.media.get(thing.element.get("ResourceID", ""))
    found = find_part(package, part) if part else None
    if found is None:
        return None
    try:
        payload = package.read(found) or b""
        return read_jbig2(payload) if is_jbig2(payload) else read_frame(payload, 1).pixels
    except Unreadable:
        return None


def _colour(thing: Thing, name: str) -> tuple[int, int, int] | None:
    """The colour of a line or a filling: its own, or that of its way of drawing; None if clear."""
    element: Element | None = thing.element
    for _ in range(_WAYS):
        if element is None:
            break
        for colour in (e for e in element if local_name(e) == name):
            return None if colour.get("Alpha") == "0" else _rgb(colour)
        link = element.get("DrawParam") or element.get("Relative")
        element = thing.resources.ways.get(link) if link else None
    return (0, 0, 0)


def _rgb(colour: Element) -> tuple[int, int, int]:
    numbers = [min(max(int(value), 0), 255) for value in numbers_of(colour.get("Value"))]
    if len(numbers) == 3:
        return numbers[0], numbers[1], numbers[2]
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        paper = 255 - black
        return tuple(max(paper - ink, 0) for ink in (cyan, magenta, yellow))  # type: ignore[return-value]
    return (numbers[0],) * 3 if len(numbers) == 1 else (0, 0, 0)
