"""Pages, and pictures on them, that have to be looked at: rendered, recognised, put in place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pypdfium2 as pdfium

from tenderlight.pictures import Picture, Pixels, straighten
from tenderlight.reading import limits
from tenderlight.reading.document import Document
from tenderlight.reading.pages.page import Character, Page
from tenderlight.reading.pages.scan import scanned_page
from tenderlight.reading.pdf.drawings import Area
from tenderlight.reading.pdf.garbled import is_garbled
from tenderlight.reading.pdf.pdfium import Shown
from tenderlight.reading.pdf.rendering import render

_DPI = 200
_FEW = 30
"""A pictured page with fewer characters has at most a stamp or a page number as text."""
_LEAST = 40.0, 12.0
"""Points: smaller pictures are logos and marks, not words."""
_TINY = 8.0
"""Points: smaller pictures can show nothing that has to be covered, unless"""
_LINE = 20.0, 3.0
"""they are as long as a telephone number in the smallest print that can be made out."""
_LETTERED = 0.04
"""The share of a picture that characters take which are printed over it: it is a background."""
_UNMAPPED = 0.1


@dataclass(slots=True)
class Sight:
    """Looks at pages of one PDF, as long as the limit allows."""

    document: Document
    pdf: pdfium.PdfDocument
    left: float = field(default_factory=lambda: limits.RECOGNISED_PAGES)

    def complete(self, shown: Shown) -> tuple[Page, str | None]:
        """A page with what its pictures say, and the code of what is wrong if they say nothing."""
        page, drawn = shown.page, shown.drawn
        text = "".join("".join(character.text for character in page.characters).split())
        garbled = shown.unmapped > _UNMAPPED or is_garbled(text)
        few = len(text) < _FEW and (
            page.pictured or drawn.outlined or bool(_legible(drawn.pictures))
        )
        if garbled or few or (page.pictured and drawn.hidden):
            return self._whole(shown, "reading.garbled" if garbled else "reading.scan", text)
        return self._pictures(page, drawn.pictures)

    def _whole(self, shown: Shown, code: str, text: str) -> tuple[Page, str | None]:
        """The page as it is seen. Its own characters stay if nothing is seen."""
        page = replace(shown.page, covered=_large(shown.drawn.pictures))
        layered = shown.drawn.hidden and len(text) >= _FEW and code == "reading.scan"
        if self.left <= 0:
            return page, None if layered else "reading.too-many-pictures"
        dpi, pixels = self._render(page.number)
        self.left -= 1
        picture = _picture(f"{self.document.sha256}#page={page.number}&dpi={dpi}", dpi, pixels)
        seen = self.document.recognise(picture)
        if seen.engine == "none":
            return page, None if layered else code
        if not seen.lines:
            return page, "reading.garbled" if code == "reading.garbled" else None
        return scanned_page(page.number, picture, seen), None

    def _pictures(self, page: Page, pictures: Sequence[Area]) -> tuple[Page, str | None]:
        """The page with the words of the pictures on it."""
        covered, problem = [], None
        dpi, pixels = 0, None
        for area in _large(pictures):
            lettered = _lettered(page, area)
            if lettered > _LETTERED:
                continue
            part: Page | None = None
            if _legible([area]):
                if self.left <= 0:
                    problem = "reading.too-many-pictures"
                else:
                    if pixels is None:
                        dpi, pixels = self._render(page.number)
                        pixels = straighten(pixels, page.turn, 0.0)
                    part, unread = self._look(page, area, dpi, pixels)
                    problem = problem or unread
            if part is not None:
                page = _with(page, part, area)
                covered += [_moved(each, area) for each in part.covered]
            elif not lettered:
                covered.append(area)
        return replace(page, covered=tuple(covered)), problem

    def _look(
        self, page: Page, area: Area, dpi: int, pixels: Pixels
    ) -> tuple[Page | None, str | None]:
        """What one picture on a page says; None if nothing."""
        left, top, right, bottom = (round(place * dpi / 72) for place in area)
        cut = pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        if not cut.size:
            return None, None
        share = (area[2] - area[0]) * (area[3] - area[1]) / (page.width * page.height)
        self.left -= min(max(share, 0.1), 1.0)
        name = (
            f"{self.document.sha256}#page={page.number}&dpi={dpi}&box={left},{top},{right},{bottom}"
        )
        if page.turn:
            name += f"&turn={page.turn}"
        picture = _picture(name, dpi, cut)
        seen = self.document.recognise(picture)
        if seen.engine == "none":
            return None, "reading.scan" if page.pictured and share > 0.3 else None
        if not seen.lines:
            return None, None
        if seen.turn:
            return None, "reading.turned"
        return scanned_page(page.number, picture, seen), None

    def _render(self, number: int) -> tuple[int, Pixels]:
        page = self.pdf[number - 1]
        try:
            width, height = page.get_size()
            most = 72 * math.sqrt(limits.RENDERED_PIXELS / max(width * height, 1.0))
            dpi = max(min(_DPI, int(most)), 1)
            return dpi, render(page, dpi)
        finally:
            page.close()


def _picture(name: str, dpi: int, pixels: Pixels) -> Picture:
    height, width = pixels.shape[:2]
    rgb = np.ascontiguousarray(pixels).tobytes()
    return Picture(name=name, width=width, height=height, dpi=dpi, rgb=rgb)


def _large(pictures: Sequence[Area]) -> tuple[Area, ...]:
    return tuple(area for area in pictures if _can_tell(area[2] - area[0], area[3] - area[1]))


def _can_tell(width: float, height: float) -> bool:
    short, long = sorted((width, height))
    return short >= _TINY or (short >= _LINE[1] and long >= _LINE[0])


def _legible(pictures: Sequence[Area]) -> list[Area]:
    """The pictures that are large enough for a line of words."""
    wide, high = _LEAST
    return [area for area in pictures if area[2] - area[0] >= wide and area[3] - area[1] >= high]


def _lettered(page: Page, area: Area) -> float:
    """The share of a picture that the page's own characters over it take."""
    taken = sum(
        (character.x1 - character.x0) * (character.bottom - character.top)
        for character in page.characters
        if not character.made and not character.text.isspace() and _is_in(character, area)
    )
    return taken / max((area[2] - area[0]) * (area[3] - area[1]), 1.0)


def _is_in(character: Character, area: Area) -> bool:
    x, y = (character.x0 + character.x1) / 2, (character.top + character.bottom) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _with(page: Page, part: Page, area: Area) -> Page:
    """A page and what one picture on it says. What the page prints itself over it stays as it is.

    Lines that run aslant in the picture stay level: that is how they are read.
    """
    dx, dy = max(area[0], 0.0), max(area[1], 0.0)
    own = [character for character in page.characters if _is_in(character, area)]
    seen = []
    for character in part.characters:
        moved = character._replace(
            x0=character.x0 + dx,
            x1=character.x1 + dx,
            top=character.top + dy,
            bottom=character.bottom + dy,
        )
        if not any(_covers(printed, moved) for printed in own):
            seen.append(moved)
    rulings = [
        ruling._replace(
            x0=ruling.x0 + dx, x1=ruling.x1 + dx, top=ruling.top + dy, bottom=ruling.bottom + dy
        )
        for ruling in part.rulings
    ]
    return replace(
        page,
        characters=(*page.characters, *seen),
        rulings=(*page.rulings, *rulings),
        recognised=True,
    )


def _moved(inside: Area, area: Area) -> Area:
    """Where a part of a picture lies on the page that the picture stands on."""
    dx, dy = max(area[0], 0.0), max(area[1], 0.0)
    return inside[0] + dx, inside[1] + dy, inside[2] + dx, inside[3] + dy


def _covers(printed: Character, seen: Character) -> bool:
    x, y = (seen.x0 + seen.x1) / 2, (seen.top + seen.bottom) / 2
    return printed.x0 <= x <= printed.x1 and printed.top <= y <= printed.bottom
