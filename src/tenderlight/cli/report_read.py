"""What `tenderlight read` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import msgspec
from msgspec.structs import replace

from tenderlight.apart import Holds
from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.corpus.shown import part_name
from tenderlight.model import Block, Part, Problem, Reading
from tenderlight.personal import find_personal, mask, mask_name

Move = Callable[[int], None]


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What `read --json` answers: a reading, masked."""

    media_type: str
    encoding: str | None
    text: str
    blocks: tuple[Block, ...]
    pages: int
    recognised: int
    doubts: int
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    not_locked: tuple[str, ...]


def read(reading: Reading, holds: Holds, as_json: bool) -> None:
    """The text with its structure, the parts, what was not read."""
    masked = mask(reading.text, find_personal(reading))
    reading = _shown(reading)
    if as_json:
        say_json(_told(reading, masked, holds))
        return
    for line in _lines(reading, masked):
        say(line)
    if reading.parts:
        say()
        rows = [
            [p.name, p.media_type or p.problem or "", f"{p.characters:,}"] for p in reading.parts
        ]
        table([("document inside", "left"), ("kind", "left"), ("characters", "right")], rows)
    scanned = sum(sheet.recognised for sheet in reading.sheets)
    note(
        f"{reading.media_type}, {len(masked):,} characters"
        + (f", {len(reading.sheets)} pages, {scanned} of them recognised" * bool(reading.sheets))
        + (f", {len(reading.doubts)} doubtful numbers" * bool(reading.doubts))
    )
    for problem in reading.problems:
        where = f" ({problem.where})" if problem.where else ""
        note(f"{problem.code}{where}: {problem.what} {problem.hint}")
    for missing in holds.missing():
        note(f"On this computer {missing}.")


def _shown(reading: Reading) -> Reading:
    """The reading with the names in it as they may be shown: people call files after people."""
    return replace(
        reading,
        blocks=tuple(replace(each, part=part_name(each.part)) for each in reading.blocks),
        parts=tuple(replace(each, name=part_name(each.name)) for each in reading.parts),
        problems=tuple(
            replace(each, what=mask_name(each.what), where=mask_name(each.where))
            for each in reading.problems
        ),
    )


def _told(reading: Reading, masked: str, holds: Holds) -> Read:
    return Read(
        media_type=reading.media_type,
        encoding=reading.encoding,
        text=masked,
        blocks=reading.blocks,
        pages=len(reading.sheets),
        recognised=sum(sheet.recognised for sheet in reading.sheets),
        doubts=len(reading.doubts),
        parts=reading.parts,
        problems=reading.problems,
        not_locked=holds.missing(),
    )


def _lines(reading: Reading, masked: str) -> Iterator[str]:
    """Each line; a table row as its cells between bars; where a part or page begins, a rule."""
    here: tuple[str, int | None] = ("body", None)
    for place, blocks in groupby(reading.blocks, key=_line_of):
        run = list(blocks)
        there = (run[0].part, run[0].page)
        if there != here:
            here = there
            yield f"── {there[0]}" + (f", page {there[1]}" if there[1] else "") + " ──"
        text = " │ ".join(masked[block.start : block.end] for block in run)
        yield f"│ {text} │" if place[1] is not None else _marked(run[0], text)


def _line_of(block: Block) -> tuple[int, int | None, int | None]:
    """A table's row is one line, any other block one of its own."""
    return (-1, block.table, block.row) if block.table is not None else (block.start, None, None)


def _marked(block: Block, text: str) -> str:
    mark = {"title": "# ", "heading": "## "}.get(block.kind, "")
    return f"{mark}{text}" + (" (furniture)" if block.furniture else "")
