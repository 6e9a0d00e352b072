"""How a reader hands in what it read: blocks in order, joined into one Reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenderlight.model import Block, Problem, Reading
from tenderlight.reading import limits
from tenderlight.reading.glyphs import symbol

_DROPPED = re.compile("[\u200b\u2060\ufeff\u00ad]+")
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+|[\uf050-\uf0ff]")
_TRIMMED = " \t\u00a0\u3000\u2002\u2003\u2009"


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


def clean(text: str) -> str:
    """One line of text as a block holds it: no control characters, nothing invisible, trimmed.

    No-break and ideographic spaces stay as printed, but not at the ends.

    >>> clean("\\u3000预算\\u3000金额\\x0b：12\\u200b0万元\\u00a0")
    '预算\\u3000金额 ：120万元'
    """
    return _CONTROLS.sub(_shown, _DROPPED.sub("", text)).strip(_TRIMMED)


def _shown(match: re.Match[str]) -> str:
    return symbol(match[0]) if "\uf050" <= match[0] <= "\uf0ff" else " "


def write_reading(
    lines: list[Line],
    media_type: str,
    *,
    encoding: str | None = None,
    problems: tuple[Problem, ...] = (),
) -> Reading:
    """Join lines into a Reading. What is beyond the limits is left out, and a Problem says so.

    >>> write_reading([Line("预算"), Line("12万元")], "text/plain").blocks[1].start
    3
    """
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for line in lines:
        room = limits.CHARACTERS - start
        if room < len(line.text) or len(blocks) >= limits.BLOCKS:
            problems = (*problems, _cut_short(len(blocks)))
            if room > 0 and len(blocks) < limits.BLOCKS and (text := clean(line.text[:room])):
                texts.append(text)
                blocks.append(_block(line, start, start + len(text)))
            break
        texts.append(line.text)
        blocks.append(_block(line, start, start + len(line.text)))
        start += len(line.text) + 1
    return Reading(
        text="\n".join(texts),
        blocks=tuple(blocks),
        media_type=media_type,
        encoding=encoding,
        problems=problems,
    )


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
