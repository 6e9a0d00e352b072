"""A document's text, and the place of every character in it."""

from __future__ import annotations

import bisect
from operator import attrgetter
from typing import Generic, Literal, TypeVar

import msgspec

from tenderlight.model.trouble import Problem

PersonalKind = Literal["person", "telephone", "email", "identity_number", "certificate", "address"]

T = TypeVar("T")

_START, _END = attrgetter("start"), attrgetter("end")


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we point at when someone asks where a value came from: printed text and its place."""

    text: str
    """As printed."""
    part: str
    """`body`, `head` (a page's meta tags), `manifest`, or the name of an attachment, those inside
    others after them: `附件.zip/清单.xlsx`."""
    start: int
    """The first character, counted in the reading's text (`manifest`: in its line)."""
    end: int
    page: int | None = None
    """Counted from 1, where the document has pages."""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    doubt: str | None = None
    """Why these characters may not be what is printed (only in a recognised picture)."""


class Block(msgspec.Struct, frozen=True, array_like=True):
    """One line or paragraph of a reading and its place. A table cell may hold several blocks.

    `kind` is `title` (the page's own title), `heading`, `text` or `cell`. Tables, rows and columns
    count from 0 within the document, with row and column spans taken into account.
    """

    start: int
    end: int
    kind: str = "text"
    part: str = "body"
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    furniture: bool = False
    """True for menus, breadcrumbs, footers: site text that is not the notice."""


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """One page that can be looked at, as it is shown: turned so that its words are upright."""

    part: str
    page: int
    """Counted from 1 within its part."""
    width: float
    height: float
    """In points, after turning."""
    turn: int = 0
    """Degrees clockwise by which the page as stored has to be turned: 0, 90, 180, 270."""
    skew: float = 0.0
    """Degrees clockwise by which a scan then has to be turned so that lines run level."""
    recognised: bool = False
    """Whether its text was recognised in a picture."""
    covered: tuple[tuple[float, float, float, float], ...] = ()
    """Pictures on it in which nothing was read (left, top, right, bottom): they may show what must
    not be shown, so they are covered wherever the page is."""


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Where the characters of a stretch of text stand on their page: one printed line, or less.

    Measures are tenths of a point from the top left corner of the sheet.
    """

    start: int
    end: int
    page: int
    top: int
    bottom: int
    edges: tuple[int, ...]
    """For each character its left and its right edge: twice as many as characters."""
    confidence: bytes = b""
    """For each character how sure the recogniser is, in percent; empty if nothing was guessed."""


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a sheet, in points from its top left corner."""

    part: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


class Doubt(msgspec.Struct, frozen=True, array_like=True):
    """Characters of a recognised picture that may not be what is printed."""

    start: int
    end: int
    why: str
    """A stable word: `unsure` (the recogniser's own), `capitals` (大写 and digits disagree),
    `checksum` (a credit code's), `no-date`, `second-look` (another look gave something else)."""


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document beside the first or inside another: an attachment, a file of an archive."""

    name: str
    """As blocks and passages name it. Two of one name get a number: `清单.xlsx (2)`."""
    sha256: str
    size: int
    media_type: str | None = None
    """None where it could not be read."""
    capture: str | None = None
    """The id of the capture that holds it, itself or in an archive; None: the notice's own."""
    characters: int = 0
    problem: str | None = None
    """The code of the Problem, where it could not be read."""


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document's text with the place of every character.

    `text` is the blocks' texts joined by one line break; `blocks` are in that order and do not
    overlap, so every character but the joining breaks lies in exactly one block.

    >>> blocks = (Block(0, 2), Block(3, 7))
    >>> r = Reading(text="预算\\n12万元", blocks=blocks, media_type="text/plain")
    >>> r.passage(3, 5).text
    '12'
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    """What the bytes turned out to be: `text/html`, `text/plain`, `application/pdf`."""
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    """The pages that can be looked at: of PDF, OFD and pictures, none of a web page."""
    stretches: tuple[Stretch, ...] = ()
    """Where characters stand on the sheets, by `start`; they do not overlap."""
    doubts: tuple[Doubt, ...] = ()
    """By `start`."""
    parts: tuple[Part, ...] = ()
    """What else was read, in the order of the text; the document itself is not among them."""

    def own(self) -> Reading:
        """The document itself without its parts: the same text up to where they begin.

        What is found in it is at the same place here.
        """
        if not self.parts:
            return self
        names = {part.name for part in self.parts}
        count = next(
            (n for n, block in enumerate(self.blocks) if block.part in names), len(self.blocks)
        )
        end = self.blocks[count - 1].end if count else 0
        return msgspec.structs.replace(
            self,
            text=self.text[:end],
            blocks=self.blocks[:count],
            sheets=tuple(sheet for sheet in self.sheets if sheet.part not in names),
            stretches=tuple(s for s in self.stretches if s.start < end),
            doubts=tuple(doubt for doubt in self.doubts if doubt.start < end),
            parts=(),
        )

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where characters stand on their sheets: one box for each printed line they touch.

        >>> stretch = Stretch(0, 2, 1, 100, 220, (0, 120, 120, 240))
        >>> r = Reading(text="预算", blocks=(Block(0, 2),), media_type="x", stretches=(stretch,))
        >>> r.boxes(1, 2)
        (Box(part='body', page=1, left=12.0, top=10.0, right=24.0, bottom=22.0),)
        """
        first = bisect.bisect_right(self.stretches, start, key=_END)
        found = []
        for stretch in self.stretches[first:]:
            if stretch.start >= end:
                break
            begin = max(start, stretch.start) - stretch.start
            edges = stretch.edges[2 * begin : 2 * (min(end, stretch.end) - stretch.start)]
            found.append(
                Box(
                    self.block_at(stretch.start).part,
                    stretch.page,
                    min(edges) / 10,
                    stretch.top / 10,
                    max(edges) / 10,
                    stretch.bottom / 10,
                )
            )
        return tuple(found)

    def block_at(self, start: int) -> Block:
        """The block that holds a character; for a joining break, the block before it."""
        index = bisect.bisect_right(self.blocks, start, key=_START)
        return self.blocks[max(index - 1, 0)]

    def page_at(self, start: int) -> int | None:
        """The page that a character stands on: its block's, unless that goes on overleaf."""
        at = bisect.bisect_right(self.stretches, start, key=_END)
        if at < len(self.stretches) and self.stretches[at].start <= start:
            return self.stretches[at].page
        return self.block_at(start).page

    def passage(self, start: int, end: int) -> Passage:
        """Point at part of this reading."""
        block = self.block_at(start)
        return Passage(
            text=self.text[start:end],
            part=block.part,
            start=start,
            end=end,
            page=self.page_at(start) if self.stretches else block.page,
            table=block.table,
            row=block.row,
            column=block.column,
            doubt=self.doubt_in(start, end) if self.doubts else None,
        )

    def doubt_in(self, start: int, end: int) -> str | None:
        """Why characters between two places may not be what is printed; None: no reason known."""
        first = bisect.bisect_right(self.doubts, start, key=_END)
        for doubt in self.doubts[first:]:
            if doubt.start >= end:
                break
            return doubt.why
        return None


class Cited(msgspec.Struct, Generic[T], frozen=True, kw_only=True, omit_defaults=True):
    """A value as understood, where it is printed, and the rule that read it there."""

    value: T
    at: Passage
    rule: str = ""


class Mask(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a reading's text that is personal data and is never shown."""

    start: int
    end: int
    kind: PersonalKind
