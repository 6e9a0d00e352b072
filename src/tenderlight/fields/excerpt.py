"""Some blocks of a reading as a reading of their own, and the way back to where they stand."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tenderlight.model import Block, Doubt, Passage, Reading

Back = Callable[[int], int]
"""From the place of a character in an excerpt to its place in the whole text."""


def excerpt(reading: Reading, blocks: Sequence[Block]) -> tuple[Reading, Back]:
    """Blocks, in the order of the text, as a reading from 0, with the sheets of their documents.

    What is in doubt stays so.

    >>> whole = Reading(text="a\\nb\\nc", blocks=(Block(0, 1), Block(2, 3), Block(4, 5)),
    ...     media_type="text/plain")
    >>> some, back = excerpt(whole, whole.blocks[1:])
    >>> some.text, [back(place) for place in (0, 2)]
    ('b\\nc', [2, 4])
    """
    texts, moved_blocks, doubts = list[str](), list[Block](), list[Doubt]()
    starts, at = list[int](), 0
    parts = {block.part for block in blocks}
    for block in blocks:
        by = at - block.start
        texts.append(reading.text[block.start : block.end])
        moved_blocks.append(msgspec.structs.replace(block, start=at, end=block.end + by))
        doubts += (
            msgspec.structs.replace(doubt, start=doubt.start + by, end=doubt.end + by)
            for doubt in reading.doubts
            if block.start <= doubt.start < block.end
        )
        starts.append(at)
        at += block.end - block.start + 1

    def back(place: int) -> int:
        number = max(bisect.bisect_right(starts, place) - 1, 0)
        return place - starts[number] + blocks[number].start

    some = Reading(
        text="\n".join(texts),
        blocks=tuple(moved_blocks),
        media_type=reading.media_type,
        encoding=reading.encoding,
        problems=reading.problems,
        doubts=tuple(doubts),
        sheets=tuple(sheet for sheet in reading.sheets if sheet.part in parts),
    )
    return some, back


def moved(value: Any, to: Back) -> Any:
    """The same with every passage at the place that `to` gives for where it was found."""
    if isinstance(value, Passage):
        if value.part == "manifest" or value.end <= value.start:
            return value
        end = to(value.end - 1) + 1
        return msgspec.structs.replace(value, start=to(value.start), end=end)
    if isinstance(value, tuple):
        return tuple(moved(each, to) for each in value)
    if isinstance(value, msgspec.Struct):
        names = value.__struct_fields__
        return msgspec.structs.replace(
            value, **{name: moved(getattr(value, name), to) for name in names}
        )
    return value
