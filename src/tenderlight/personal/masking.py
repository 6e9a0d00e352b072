"""Hide what was found: same length, so that every other place in the text stays where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tenderlight.model import Mask
from tenderlight.plain import MASK


def mask(text: str, masks: Sequence[Mask], start: int = 0) -> str:
    """The text with every hidden character as `＊`; line breaks stay.

    `text` begins at offset `start` of the reading to which the masks belong.

    >>> mask("联系人：王小明", [Mask(4, 7, "person")])
    '联系人：＊＊＊'
    >>> mask("王小明", [Mask(4, 7, "person")], start=4)
    '＊＊＊'
    """
    pieces, at = [], 0
    for each in masks:
        first, last = max(each.start - start, at), min(each.end - start, len(text))
        if first < last:
            hidden = "".join("\n" if char == "\n" else MASK for char in text[first:last])
            pieces += [text[at:first], hidden]
            at = last
    pieces.append(text[at:])
    return "".join(pieces)


def join(masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """In order, without overlaps; what overlaps or repeats becomes one mask of the first kind."""
    joined: list[Mask] = []
    for each in sorted(masks, key=lambda each: (each.start, -each.end)):
        if joined and each.start < joined[-1].end:
            last = joined.pop()
            each = Mask(last.start, max(last.end, each.end), last.kind)
        joined.append(each)
    return tuple(joined)
