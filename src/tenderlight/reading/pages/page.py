"""What is printed on one page, whatever the page comes from: a PDF, an OFD, a recognised picture.

Coordinates are points from the page's top left corner, turned so that its words are upright.
"""

from __future__ import annotations

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
