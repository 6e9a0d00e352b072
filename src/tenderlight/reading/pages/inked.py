"""Texts whose characters know where they stand: what changes the text keeps the places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderlight.reading.writing import Ink, clean

_SPACES = re.compile(r" {2,}")


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


def _find(text: str, character: str, at: int) -> int:
    """Where the character of the tidied text stood, at `at` or behind what was left out there."""
    while at < len(text) - 1 and clean(f"甲{text[at]}乙")[1:-1] != character:
        at += 1
    return at
