"""Texts whose characters know where they stand: what changes the text keeps the places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderlight.reading.writing import Ink, clean

_SPACES = re.compile(r" {2,}")
_TOKEN = re.compile(r"(?:[0-9A-Za-z.,/_%+-]+|.)[，。；：、）》”’！？]*")
"""What stands together: a word or number in Latin letters, a character with its punctuation."""


def tidy(text: str, ink: Sequence[Ink | None]) -> tuple[str, list[Ink | None]]:
    """A line as a block holds it (`writing.clean`), runs of spaces as one; with its ink.

    >>> a, b = Ink(0, 0, 9, 9), Ink(30, 0, 39, 9)
    >>> tidy(" 甲  乙", [None, a, None, None, b]) == ("甲 乙", [a, None, b])
    True
    """
    wanted = clean(_SPACES.sub(" ", text))
    start = text.find(wanted)
    if start >= 0:
        return wanted, list(ink[start : start + len(wanted)])
    kept: list[Ink | None] = []
    at = 0
    for character in wanted:
        found = _find(text, character, at)
        kept.append(ink[found])
        at = found + 1
    return wanted, kept


def line_width(ink: Sequence[Ink | None]) -> float:
    """How wide the last printed line of a text is."""
    seen = [place for place in ink if place is not None]
    first = last = len(seen) - 1
    while first > 0 and _is_beside(seen[first - 1], seen[first]):
        first -= 1
    return seen[last].right - seen[first].left if seen else 0.0


def first_width(text: str, ink: Sequence[Ink | None]) -> float:
    """How much room the beginning of a line needs, which is never parted at the end of a line."""
    token = _TOKEN.match(text)
    seen = [place for place in ink[: token.end() if token else 1] if place is not None]
    return seen[-1].right - seen[0].left if seen else 0.0


def _is_beside(one: Ink, other: Ink) -> bool:
    middle = (other.top + other.bottom) / 2
    return one.page == other.page and one.top <= middle <= one.bottom


def _find(text: str, character: str, at: int) -> int:
    """Where the character of the tidied text stood, at `at` or behind what was left out there."""
    while at < len(text) - 1 and clean(f"甲{text[at]}乙")[1:-1] != character:
        at += 1
    return at
