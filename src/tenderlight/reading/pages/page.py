"""What is printed on one page, whatever the page comes from: a PDF, an OFD, a recognised picture.

Coordinates are points from the page's top left corner, turned so that its words are upright.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Character(NamedTuple):
    """A printed character and its box; `made` if pdfium put it in (spaces, ends of lines)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    made: bool
    confidence: int = 100
    """How sure the recogniser is, in percent; 100 where nothing was guessed."""


class Ruling(NamedTuple):
    """A straight line of a page, horizontal (`top` = `bottom`) or vertical (`x0` = `x1`)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    rulings: tuple[Ruling, ...]
    pictured: bool
    """Whether it shows a picture that covers a good part of it."""
    cut: bool
    """Whether it has more characters than are read."""
    turn: int = 0
    """As in `model.Sheet`; of a PDF beyond the turn that its page states, which viewers heed."""
    skew: float = 0.0
    recognised: bool = False
    covered: tuple[tuple[float, float, float, float], ...] = ()
    """As in `model.Sheet`."""


SHORTEST = 1.5
"""Points: what is drawn shorter is a dot."""


def ruling(x0: float, y0: float, x1: float, y1: float, thin: float) -> Iterator[Ruling]:
    """What is drawn between two corners as a straight line, if it is no thicker than `thin`.

    >>> list(ruling(0, 10, 90, 11, 2.5)), list(ruling(0, 0, 90, 90, 2.5))
    ([Ruling(x0=0, top=10.5, x1=90, bottom=10.5)], [])
    """
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if y1 - y0 <= thin and x1 - x0 >= SHORTEST and x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        yield Ruling(x0, middle, x1, middle)
    elif x1 - x0 <= thin and y1 - y0 >= SHORTEST:
        middle = (x0 + x1) / 2
        yield Ruling(middle, y0, middle, y1)
