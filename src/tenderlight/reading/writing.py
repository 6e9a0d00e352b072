"""How a reader hands in what it read: blocks in order, joined into one Reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tenderlight.model import Block, Problem, Reading, Sheet, Stretch
from tenderlight.reading import limits
from tenderlight.reading.glyphs import symbol
from tenderlight.reading.pages.doubts import find_doubts

_DROPPED = re.compile("[\u200b\u2060\ufeff\u00ad]+")
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+|[\uf050-\uf0ff]")
_FAR = 100_000
"""Points; the largest page that a PDF may have measures 14,400."""
_TRIMMED = " \t\u00a0\u3000\u2002\u2003\u2009"


class Ink(NamedTuple):
    """Where a character stands on its page, in points from the top left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float
    confidence: int = 100
    """How sure the recogniser is, in percent; 100 where nothing was guessed."""
    page: int = 0
    """0: the page of its line. Another one where the line goes on overleaf."""


@dataclass(slots=True)
class Line:
    """One block before its place in the text is known. `table` may still be renumbered."""

    text: str
    kind: str = "text"
    part: str = "body"
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    furniture: bool = False
    linked: int = 0
    """How many of its characters are the words of links."""
    hint: int = 0
    """How strongly the page's mark-up says that this is furniture: 0, 1 or 2."""
    ink: Sequence[Ink | None] = field(default_factory=list)
    """For each character of `text` where it stands; None for one that is not printed, a space put
    in between. Empty where the document has no pages to look at."""


def clean(text: str) -> str:
    """One line of text as a block holds it: no control characters, nothing invisible, trimmed.

    No-break and ideographic spaces stay as printed, but not at the ends.

    >>> clean("\\u3000预算\\u3000金额\\x0b：12\\u200b0万元\\u00a0")
    '预算\\u3000金额 ：120万元'
    """
    if text.isprintable():  # then it holds none of either
        return text.strip(_TRIMMED)
    return _CONTROLS.sub(_shown, _DROPPED.sub("", text)).strip(_TRIMMED)


def _shown(match: re.Match[str]) -> str:
    return symbol(match[0]) if "\uf050" <= match[0] <= "\uf0ff" else " "


def write_reading(
    lines: list[Line],
    media_type: str,
    *,
    encoding: str | None = None,
    problems: tuple[Problem, ...] = (),
    sheets: tuple[Sheet, ...] = (),
) -> Reading:
    """Join lines into a Reading. What is beyond the limits is left out, and a Problem says so.

    >>> write_reading([Line("预算"), Line("12万元")], "text/plain").blocks[1].start
    3
    """
    texts: list[str] = []
    blocks: list[Block] = []
    stretches: list[Stretch] = []
    start = 0
    for line in lines:
        room = limits.CHARACTERS - start
        if room < len(line.text) or len(blocks) >= limits.BLOCKS:
            problems = (*problems, _cut_short(len(blocks)))
            if room > 0 and len(blocks) < limits.BLOCKS and (text := clean(line.text[:room])):
                texts.append(text)
                blocks.append(_block(line, start, start + len(text)))
                stretches.extend(_stretches(line, start, len(text)))
            break
        texts.append(line.text)
        blocks.append(_block(line, start, start + len(line.text)))
        stretches.extend(_stretches(line, start, len(line.text)))
        start += len(line.text) + 1
    text = "\n".join(texts)
    return Reading(
        text=text,
        blocks=tuple(blocks),
        media_type=media_type,
        encoding=encoding,
        problems=problems,
        sheets=sheets,
        stretches=tuple(stretches),
        doubts=find_doubts(text, stretches),
    )


def _stretches(line: Line, start: int, length: int) -> Iterator[Stretch]:
    """A line's characters as they stand on the page, cut where a printed line ends."""
    first, last = 0, None
    for at, ink in enumerate(line.ink[:length]):
        if ink is None:
            continue
        if last is not None and not _goes_on(last, ink):
            yield _stretch(line, start, first, at)
            first = at
        last = ink
    if last is not None:
        yield _stretch(line, start, first, min(length, len(line.ink)))


def _goes_on(last: Ink, ink: Ink) -> bool:
    """Whether a character stands on the printed line of the one before it."""
    middle = (ink.top + ink.bottom) / 2
    return last.page == ink.page and last.top <= middle <= last.bottom and ink.right > last.left


def _stretch(line: Line, start: int, first: int, end: int) -> Stretch:
    """One printed line; what is not printed takes no room behind the character before it."""
    inks = line.ink[first:end]
    seen = [ink for ink in inks if ink is not None]
    edges: list[int] = []
    for ink in inks:
        if ink is not None:
            edges += _tenths(ink.left), _tenths(ink.right)
        else:
            edges += [edges[-1] if edges else _tenths(seen[0].left)] * 2
    guessed = any(ink.confidence < 100 for ink in seen)
    return Stretch(
        start + first,
        start + end,
        seen[0].page or line.page or 1,
        _tenths(min(ink.top for ink in seen)),
        _tenths(max(ink.bottom for ink in seen)),
        tuple(edges),
        bytes(100 if ink is None else max(ink.confidence, 0) for ink in inks) if guessed else b"",
    )


def _tenths(points: float) -> int:
    """Tenths of a point. Broken documents put characters millions of points off their page."""
    return round(10 * max(-_FAR, min(points, _FAR)))


def _block(line: Line, start: int, end: int) -> Block:
    return Block(
        start,
        end,
        line.kind,
        line.part,
        line.page,
        line.table,
        line.row,
        line.column,
        line.row_span,
        line.column_span,
        line.furniture,
    )


def _cut_short(read: int) -> Problem:
    return Problem(
        code="reading.cut-short",
        what=f"The document is too long: only its first {read} whole lines were read.",
        hint="Split the document and add its parts, or search the original by hand.",
        unread=True,
    )
