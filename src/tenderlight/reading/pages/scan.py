"""A recognised picture of a page as a `Page`, so that it is laid out as any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from tenderlight.pictures import Picture, Pixels, Recognised, Written, pixels_of, straighten
from tenderlight.reading import limits
from tenderlight.reading.pages.handwriting import find_unread_ink
from tenderlight.reading.pages.lattice import find_rulings
from tenderlight.reading.pages.page import Character, Page, Ruling
from tenderlight.reading.pages.photos import Area, find_photos

_GUESSED = 99
"""In percent: no recogniser is so sure that a character counts as stated by its document."""
_PAIRS = 3
"""Ideographs side by side that tell the size of a line's print; fewer may be spaced apart."""
_SET = 0.68
"""The size of print as a share of its line's height, where no line of the page tells it."""
_SAME = 0.25
"""Lines whose size is told by their height alone have that of the page if they are so near it."""
_HALF = 0.64
"""Of the size of print, above and below its line's middle: the room of a character."""
_APART = {"digit digit": 0.31, "": 0.42, "mark": 1.0}
"""Of the size of print: neighbours with more room between them have a space between them. Without
one it is 0.27 at most between digits, 0.32 between others, 0.6 beside a full-width mark (10,000
pairs in three typefaces, November 2026)."""
_STEP = 0.915
"""The same from the middle of an ideograph to that of a digit: 0.90 without a space, 0.93 with."""
_WIDEST = {"digit": 0.8, "": 1.15}
"""Of the size of print: a line's first and last character are no wider. What a recogniser takes for
more of them is a border, or the next line's beginning."""
_MARKS = "，。、；：！？）》」』】〕〉”’·…（《「『【〔〈“‘,.;:!?()[]-/\\%～~—"


def scanned_page(number: int, picture: Picture, seen: Recognised) -> Page:
    """A picture of a page as it was recognised, in points from the straightened picture's corner.

    >>> picture = Picture(name="x", width=100, height=50, dpi=144, rgb=bytes([255]) * 15000)
    >>> line = Written("预算", 10, 10, 50, 40, (10, 30, 30, 50), bytes([98, 97]))
    >>> page = scanned_page(1, picture, Recognised(engine="invented", lines=(line,)))
    >>> page.width, [(each.text, each.x0, each.confidence) for each in page.characters[:2]]
    (50.0, [('预', 5.0, 98), ('算', 15.0, 97)])

    Photographs and what may be a signature are covered; a page without a word is, as a whole.
    """
    level = straighten(pixels_of(picture), seen.turn, seen.skew)
    rulings = find_rulings(level, picture.dpi)
    height, width = (side * 72 / picture.dpi for side in level.shape[:2])
    characters: list[Character] = []
    for line, size in zip(seen.lines, _sizes(seen.lines), strict=True):
        if len(characters) + len(line.text) > limits.PAGE_CHARACTERS:
            break
        characters += _characters(line, size, 72 / picture.dpi)
    return Page(
        number=number,
        width=width,
        height=height,
        characters=tuple(characters),
        rulings=rulings,
        pictured=True,
        cut=sum(not each.made for each in characters) < sum(len(line.text) for line in seen.lines),
        turn=seen.turn,
        skew=seen.skew,
        recognised=bool(seen.lines),
        covered=_covered(level, picture.dpi, seen.lines, rulings),
    )


def _covered(
    level: Pixels, dpi: float, lines: Sequence[Written], rulings: Sequence[Ruling]
) -> tuple[Area, ...]:
    """What shows more than was read: photographs, signatures, all of a page without a word."""
    scale = 72 / dpi
    if not lines:
        return ((0.0, 0.0, level.shape[1] * scale, level.shape[0] * scale),)
    words = tuple(
        (line.left * scale, line.top * scale, line.right * scale, line.bottom * scale)
        for line in lines
    )
    photos = find_photos(level, dpi, words)
    shown = (*words, *photos)  # what is covered as a photograph is not looked at for strokes
    return (*photos, *find_unread_ink(level, dpi, shown, rulings))


def _sizes(lines: Sequence[Written]) -> list[float]:
    """The size of each line's print in pixels: what ideographs are apart.

    Where a line has too few of them its height must do, which varies by half, so such a line has
    the page's most common size if that may be its own.
    """
    told = {at: pitch for at, line in enumerate(lines) if (pitch := _pitch(line))}
    heights = [line.bottom - line.top for line in lines]
    share = median([size / max(heights[at], 1.0) for at, size in told.items()] or [_SET])
    usual = median(told.values()) if told else 0.0
    sizes = []
    for at, height in enumerate(heights):
        size = told.get(at, height * share)
        if at not in told and abs(size - usual) <= _SAME * usual:
            size = usual
        sizes.append(max(size, 1.0))
    return sizes


def _pitch(line: Written) -> float:
    """How far apart the middles of neighbouring ideographs are; 0 where there are too few."""
    steps = [
        after - middle
        for (middle, after), pair in zip(pairwise(_middles(line)), pairwise(line.text), strict=True)
        if all(_kind(character) == "ideograph" for character in pair)
    ]
    return median(steps) if len(steps) >= _PAIRS else 0.0


def _middles(line: Written) -> list[float]:
    return [
        (left + right) / 2 for left, right in zip(line.edges[::2], line.edges[1::2], strict=True)
    ]


def _kind(character: str) -> str:
    if "\u3400" <= character <= "\u9fff":
        return "ideograph"
    return "digit" if character.isdecimal() else "mark" if character in _MARKS else "letter"


def _characters(line: Written, size: float, scale: float) -> Iterator[Character]:
    """A line's characters, a space where they are far apart, and the end of the line."""
    middle = (line.top + line.bottom) / 2
    top, bottom = (middle - _HALF * size) * scale, (middle + _HALF * size) * scale
    last = len(line.text) - 1
    for index, text in enumerate(line.text):
        left, right = line.edges[2 * index : 2 * index + 2]
        widest = _WIDEST.get(_kind(text), _WIDEST[""]) * size
        left = max(left, right - widest) if index == 0 < last else left
        right = min(right, left + widest) if index == last else right
        if index and _is_apart(line, index, size):
            yield Character(" ", left * scale, top, left * scale, bottom, True)
        sure = min(line.confidence[index], _GUESSED)
        yield Character(text, left * scale, top, right * scale, bottom, False, sure)
    yield Character("\n", line.right * scale, top, line.right * scale, bottom, True)


def _is_apart(line: Written, index: int, size: float) -> bool:
    """Whether a space that was not recognised stands before a character."""
    pair = line.text[index - 1 : index + 1]
    if any(character.isspace() for character in pair):
        return False
    kinds = f"{_kind(pair[0])} {_kind(pair[1])}"
    left, right, following, end = line.edges[2 * index - 2 : 2 * index + 2]
    if kinds == "ideograph digit" and (following + end - left - right) / 2 > _STEP * size:
        return True
    room = _APART["mark"] if "mark" in kinds else _APART.get(kinds, _APART[""])
    return following - right > room * size
