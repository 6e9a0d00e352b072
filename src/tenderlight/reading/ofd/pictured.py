"""Pictures on a page of an OFD: recognised where they may hold text, else covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tenderlight.pictures import Picture
from tenderlight.reading import limits
from tenderlight.reading.document import Document
from tenderlight.reading.ofd.drawn import DrawnPage
from tenderlight.reading.ofd.shown import paint, picture_of
from tenderlight.reading.package import Package
from tenderlight.reading.pages.matrix import Matrix, upright_from
from tenderlight.reading.pages.page import Character, Page, Ruling
from tenderlight.reading.pages.scan import scanned_page

Area = tuple[float, float, float, float]
_DPI = 200
_POINTS = 72 / 25.4
_WIDE, _HIGH = 140.0, 40.0
"""Points: a picture that is larger may hold lines of text; logos and two-dimensional codes not."""
_SMALL = 12.0
"""Points: a picture smaller than this shows nothing that must be covered, unless"""
_LINE = 20.0, 3.0
"""it is as long as a telephone number in the smallest print that can be made out."""
_SCAN_CHARACTERS = 30
"""A pictured page with fewer has at most a stamp or a page number as text."""
_LAYER = 10
"""Characters that lie on a picture: with more the document has its text as a layer."""
_TRACED = 40
"""Drawings of a page without characters; a frame and a table have fewer."""
_PRIVATE_SHARE = 0.2
_LEVEL = 0.3
"""Degrees: pictures beside text are recognised as they stand, so they must stand level."""


def with_pictures(
    document: Document, package: Package, drawn: DrawnPage, page: Page, recognised: int
) -> tuple[Page, bool]:
    """The page with what its pictures say, and whether a picture of text could not be read.

    `recognised` is how many pages of the document were recognised before it. A page whose letters
    are drawn as paths, or whose fonts have no key to their characters, is a picture as a whole.
    """
    areas = _areas(drawn, page)
    printed = [c for c in page.characters if not c.text.isspace()]
    whole = _is_traced(drawn, page) or is_garbled(page)
    if whole:
        areas, printed = [(0.0, 0.0, page.width, page.height)], []
    texts = [area for area in areas if _may_hold_text(area) and _count(printed, area) < _LAYER]
    size = sum((right - left) * (bottom - top) for left, top, right, bottom in areas)
    pictured = size > page.width * page.height * 0.3
    covered = replace(page, pictured=pictured, covered=_unlayered(areas, printed))
    if not texts:
        return covered, False
    if page.turn or recognised >= limits.RECOGNISED_PAGES or _is_missing(package, drawn):
        return covered, True
    picture = _picture(document, package, drawn, page.number, is_garbled(page))
    seen = document.recognise(picture)
    if seen.engine == "none":
        return covered, True
    scan = scanned_page(page.number, picture, seen)
    if pictured and len(printed) < _SCAN_CHARACTERS:
        level = not seen.turn and abs(seen.skew) < _LEVEL and not whole
        return replace(scan, characters=(*scan.characters, *page.characters * level)), False
    if seen.turn or abs(seen.skew) > _LEVEL:
        return covered, True
    return _merged(covered, scan, areas, printed), False


def is_garbled(page: Page) -> bool:
    """Whether a good part of its characters are private codes, or placeholders for unknown ones."""
    printed = [c.text for c in page.characters if not c.text.isspace()]
    private = sum("\ue000" <= text <= "\uf8ff" or text in "\ufffd¤" for text in printed)
    return private > len(printed) * _PRIVATE_SHARE


def _is_missing(package: Package, drawn: DrawnPage) -> bool:
    """Whether a picture that may hold text is not in the file, or of a kind that is not shown."""
    return any(
        thing.kind == "ImageObject"
        and _may_hold_text(Matrix(a=_POINTS, d=_POINTS).after(thing.matrix).box(0, 0, 1, 1))
        and picture_of(package, thing) is None
        for thing in drawn.things
    )


def _picture(
    document: Document, package: Package, drawn: DrawnPage, number: int, with_text: bool
) -> Picture:
    """The page's pictures and drawings at their places: text of its own needs no guessing."""
    kinds = () if with_text else ("ImageObject", "PathObject")
    pixels = paint(package, drawn, _DPI, only=kinds)
    height, width = pixels.shape[:2]
    return Picture(
        name=f"{document.sha256}#page={number}&dpi={_DPI}",
        width=width,
        height=height,
        dpi=max(round(width / drawn.width * 25.4), 1),
        rgb=pixels.tobytes(),
    )


def _areas(drawn: DrawnPage, page: Page) -> list[Area]:
    """Where pictures stand on the page, as far as they can be seen."""
    areas: list[Area] = []
    upright = upright_from(page.turn, drawn.width * _POINTS, drawn.height * _POINTS)
    for thing in drawn.things:
        if thing.kind != "ImageObject":
            continue
        to_points = upright.after(Matrix(a=_POINTS, d=_POINTS)).after(thing.matrix)
        left, top, right, bottom = to_points.box(0, 0, 1, 1)
        left, top = max(left, 0.0), max(top, 0.0)
        right, bottom = min(right, page.width), min(bottom, page.height)
        short, long = sorted((right - left, bottom - top))
        if short > _SMALL or (short >= _LINE[1] and long >= _LINE[0]):
            areas.append((left, top, right, bottom))
    return areas


def _is_traced(drawn: DrawnPage, page: Page) -> bool:
    """Whether the page has no characters and so many drawings that these may be its letters."""
    drawings = sum(thing.kind == "PathObject" for thing in drawn.things)
    return not page.characters and drawings >= _TRACED


def _may_hold_text(area: Area) -> bool:
    return area[2] - area[0] > _WIDE and area[3] - area[1] > _HIGH


def _unlayered(areas: Sequence[Area], printed: Sequence[Character]) -> tuple[Area, ...]:
    """The pictures on which the document's own text does not lie."""
    return tuple(area for area in areas if _count(printed, area) < _LAYER)


def _merged(page: Page, scan: Page, areas: Sequence[Area], printed: Sequence[Character]) -> Page:
    """The page's own characters, and those recognised in pictures without a text layer."""
    open_areas = _unlayered(areas, printed)
    characters = [c for c in scan.characters if any(_lies_in(c, area) for area in open_areas)]
    lines = [r for r in scan.rulings if any(_lies_in(r, area) for area in open_areas)]
    covered = tuple(area for area in open_areas if not _count(characters, area))
    return replace(
        page,
        characters=(*page.characters, *characters),
        rulings=(*page.rulings, *lines),
        recognised=bool(characters),
        covered=covered,
    )


def _count(characters: Sequence[Character], area: Area) -> int:
    return sum(_lies_in(character, area) for character in characters)


def _lies_in(printed: Character | Ruling, area: Area) -> bool:
    left, top, right, bottom = area
    x, y = (printed.x0 + printed.x1) / 2, (printed.top + printed.bottom) / 2
    return left <= x <= right and top <= y <= bottom
