"""Automatic numbers: what a list prints before each of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tenderlight.reading.office.counting import count

LEVELS = 9
LONGEST = 100
"""Characters of what is printed around a number; Word allows 255, lists have about ten."""
_PLACE = re.compile(r"%([1-9])")
_WIDE = re.compile("[\u2460-\u24ff\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]")

_BULLET = re.compile("[-*\u2022\u25a0-\u25ff\u27a2\uf000-\uf0ff]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `%1.%2` stands for the numbers of the first two levels."""

    text: str = ""
    form: str = "decimal"
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    """The level (from 1) after which it begins anew; None: any higher one; 0: never."""
    legal: bool = False
    """Whether the numbers of higher levels are printed in plain digits."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each of them has counted.

    >>> numbering = Numbering({"1": [Level("%1、", "chineseCounting"), Level("%1.%2", legal=True)]})
    >>> numbering.label("1", 0), numbering.label("1", 1), numbering.label("1", 0)
    ('一、', '1.1', '二、')
    """

    lists: dict[str, list[Level]]
    counted_as: dict[str, str] = field(default_factory=dict)
    """Lists that go on counting where another of the same definition stopped."""
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    """Where a list begins anew when it is first met, whatever its definition has counted."""
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, name: str, level: int) -> str:
        """Count on, and give what is printed; empty if there is no such list or level."""
        levels = self.lists.get(name, [])
        if not 0 <= level < min(len(levels), LEVELS):
            return ""
        counts = self.counts.setdefault(self.counted_as.get(name, name), [None] * LEVELS)
        start = self.starts.pop((name, level), None)
        current = counts[level]
        counts[level] = (
            start if start is not None else levels[level].start if current is None else current + 1
        )
        for upper in range(level):
            if counts[upper] is None:
                counts[upper] = levels[upper].start
        for lower in range(level + 1, min(len(levels), LEVELS)):
            restart = levels[lower].restart
            if restart is None or level < restart:
                counts[lower] = None
        return self._print(levels, level, counts)

    def _print(self, levels: list[Level], level: int, counts: list[int | None]) -> str:
        own = levels[level]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(levels):
                return ""
            form = "decimal" if own.legal and at < level else levels[at].form
            return count(counts[at] or 0, "none" if form == "bullet" else form)

        text = own.text[:LONGEST]
        return text if own.form == "bullet" else _PLACE.sub(number, text)


def labelled(label: str, text: str, suffix: str = "tab") -> str:
    """A paragraph with its number, as it would be typed: a space only where one is needed.

    >>> labelled("一、", "采购人"), labelled("1.1", "2024年"), labelled("•", "a")
    ('一、采购人', '1.1 2024年', '• a')
    """
    if not label or not text:
        return label or text
    close = _WIDE.match(label[-1]) or (_WIDE.match(text[0]) and not _BULLET.search(label))
    if suffix == "nothing" or close:
        return label + text
    return f"{label} {text}"
