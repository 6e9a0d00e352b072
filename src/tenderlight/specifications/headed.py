"""Passages under a heading: where they begin, and which heading ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from tenderlight.model import Block
from tenderlight.specifications.headings import DEEPEST, Heading, parse_heading
from tenderlight.specifications.section import SectionKind

_INSIDE = re.compile(
    r"(?<=[\s。;；)）])(?=(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}章)\S)"
)
_SPLIT_ABOVE = 80
"""Only longer blocks can hold a whole notice in one paragraph."""
Home = tuple[str, int | None, int | None, int | None]


class Span(msgspec.Struct, frozen=True):
    """A passage before its prints: places in the reading's text."""

    kind: SectionKind
    heading: tuple[int, int]
    start: int
    end: int


class _Open:
    """A passage whose end is not known yet."""

    def __init__(self, heading: Heading, level: float, home: Home, at: tuple[int, int]) -> None:
        self.heading, self.level, self.home, self.at = heading, level, home, at
        self.start = self.end = at[1]

    def is_ended_by(self, heading: Heading, level: float) -> bool:
        if heading.closes or level < self.level:
            return True
        if level > self.level:
            return False
        # An enumeration inside begins again at 1: only the next number goes on from our heading.
        return heading.number == 0 or heading.number > self.heading.number

    def span(self) -> Span:
        return Span("section", self.at, self.start, self.end)


def find_headed(text: str, blocks: list[Block]) -> Iterator[Span]:
    """Every passage under a heading that stands over requirements; inner headings open none."""
    walk = _Walk()
    for block in blocks:
        home = _home(block)
        yield from walk.enter(home)
        if walk.is_below(home):
            walk.stretch(block.end)  # a table below our heading: its cells hold no headings for us
            continue
        for start, end in _lines(text, block):
            heading = parse_heading(text[start:end])
            if heading is not None:
                yield from walk.meet(heading, (start, start + heading.after), home)
            walk.stretch(end)
    yield from walk.close()


class _Walk:
    """Where we are in the headings of a document."""

    def __init__(self) -> None:
        self._open: _Open | None = None
        self._last, self._part = -1.0, ""

    def enter(self, home: Home) -> Iterator[Span]:
        """Go on to a block: a cell ends what began in it, and a document all that is open."""
        if self._open is not None and not _is_within(home, self._open.home):
            yield from self.close()
        if home[0] != self._part:
            self._last, self._part = -1.0, home[0]

    def is_below(self, home: Home) -> bool:
        """Whether a block is a cell of a table that stands below the open heading."""
        return self._open is not None and home != self._open.home

    def meet(self, heading: Heading, at: tuple[int, int], home: Home) -> Iterator[Span]:
        """A heading: it may end a passage, and may open one."""
        level = _level(heading, self._last)
        if self._open is not None and self._open.is_ended_by(heading, level):
            yield from self.close()
        if self._open is None:
            self._last = level if heading.level < DEEPEST else self._last
            if heading.opens:
                self._open = _Open(heading, level, home, at)

    def stretch(self, end: int) -> None:
        """What is open reaches at least so far."""
        if self._open is not None:
            self._open.end = end

    def close(self) -> Iterator[Span]:
        """End what is open."""
        if self._open is not None:
            yield self._open.span()
        self._open = None


def _level(heading: Heading, last: float) -> float:
    """A heading without a number lies just below the last one with a number before it."""
    return heading.level if heading.level < DEEPEST else last + 0.5


def _home(block: Block) -> Home:
    """The cell that a block lies in; the document, where it is in no table."""
    return (block.part, block.table, block.row, block.column)


def _is_within(home: Home, of: Home) -> bool:
    """Whether a block may belong to a passage that began there: a cell ends with itself."""
    return home == of or (of[1] is None and home[0] == of[0])


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a block; a long one is also cut before each `一、` inside it."""
    at = block.start
    if block.end - at <= _SPLIT_ABOVE and text.find("\n", at, block.end) < 0:
        if text[at : block.end].strip():
            yield at, block.end
        return
    for line in text[block.start : block.end].split("\n"):
        edges = [0]
        if len(line) > _SPLIT_ABOVE:
            edges += [match.start() for match in _INSIDE.finditer(line)]
        for begin, end in zip(edges, [*edges[1:], len(line)], strict=True):
            if line[begin:end].strip():
                yield at + begin, at + end
        at += len(line) + 1
