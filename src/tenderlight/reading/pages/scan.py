"""A recognised picture of a page as a `Page`, so that it is laid out as any other."""

from __future__ import annotations

from collections.abc import Iterator

from tenderlight.pictures import Picture, Recognised, Written, pixels_of, straighten
from tenderlight.reading import limits
from tenderlight.reading.pages.lattice import find_rulings
from tenderlight.reading.pages.page import Character, Page

_GUESSED = 99
"""In percent: no recogniser is so sure that a character counts as stated by its document."""


def scanned_page(number: int, picture: Picture, seen: Recognised) -> Page:
    """A picture of a page as it was recognised, in points from the straightened picture's corner.

    >>> picture = Picture(name="x", width=100, height=50, dpi=144, rgb=bytes([255]) * 15000)
    >>> line = Written("预算", 10, 10, 50, 30, (10, 30, 30, 50), bytes([98, 97]))
    >>> page = scanned_page(1, picture, Recognised(engine="invented", lines=(line,)))
    >>> page.width, page.characters[0][:5]
    (50.0, ('预', 5.0, 5.0, 15.0, 15.0))

    A page on which nothing was recognised is covered as a whole.
    """
    level = straighten(pixels_of(picture), seen.turn, seen.skew)
    height, width = (size * 72 / picture.dpi for size in level.shape[:2])
    characters: list[Character] = []
    for line in seen.lines:
        if len(characters) + len(line.text) > limits.PAGE_CHARACTERS:
            break
        characters += _characters(line, 72 / picture.dpi)
    return Page(
        number=number,
        width=width,
        height=height,
        characters=tuple(characters),
        rulings=find_rulings(level, picture.dpi),
        pictured=True,
        cut=len(characters) < sum(len(line.text) + 1 for line in seen.lines),
        turn=seen.turn,
        skew=seen.skew,
        recognised=bool(seen.lines),
        covered=() if seen.lines else ((0.0, 0.0, width, height),),
    )


def _characters(line: Written, scale: float) -> Iterator[Character]:
    """A line's characters and the end of the line."""
    top, bottom = line.top * scale, line.bottom * scale
    for index, text in enumerate(line.text):
        left, right = (edge * scale for edge in line.edges[2 * index : 2 * index + 2])
        sure = min(line.confidence[index], _GUESSED)
        yield Character(text, left, top, right, bottom, False, sure)
    yield Character("\n", line.right * scale, top, line.right * scale, bottom, True)
