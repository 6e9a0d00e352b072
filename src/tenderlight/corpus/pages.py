"""Pages as pictures: what a reader sees beside the text, with the passage framed.

A picture is made anew from the preserved bytes each time, in a process of its own. What must not be
shown is blackened in it: the personal data found in its text, characters that the recogniser could
hardly read (a signature is a name), and pictures in which nothing was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TypeVar

import msgspec

from tenderlight.corpus.shown import part_name
from tenderlight.corpus.witness import page_picture, read_without_pictures
from tenderlight.evidence import Store
from tenderlight.model import Box, Capture, Mask, Part, Reading, Sheet, Stretch, Unreadable

HARDLY = 50
"""Percent: a line of which the recogniser is less sure is blackened: it may be handwriting."""
MARGIN = 1.0
"""Points that a blackened box is larger on each side than the characters' own."""
WIDEST = 2_400
"""Pixels of a picture's width at most."""


Found = TypeVar("Found")


class PageShown(msgspec.Struct, frozen=True, kw_only=True):
    """One page that can be looked at."""

    number: int
    """Its place among the pages of its notice, counted from 0: the page's name in addresses."""
    part: str
    """As it may be shown."""
    page: int
    width: float
    height: float
    recognised: bool
    """Whether its text was recognised in a picture."""


def pages_of(reading: Reading) -> tuple[PageShown, ...]:
    """Every page of a notice and its attachments that can be looked at."""
    return tuple(
        PageShown(
            number=number,
            part=part_name(sheet.part),
            page=sheet.page,
            width=sheet.width,
            height=sheet.height,
            recognised=sheet.recognised,
        )
        for number, sheet in enumerate(reading.sheets)
    )


class OnPages(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a notice's text that stands on one page."""

    start: int
    end: int
    number: int
    """The page's, as in `PageShown`."""


def on_pages(reading: Reading) -> tuple[OnPages, ...]:
    """Which stretches of the text stand on which pages, in the order of the text."""
    numbers = {(sheet.part, sheet.page): n for n, sheet in enumerate(reading.sheets)}
    found: list[OnPages] = []
    for stretch in reading.stretches:
        part = reading.block_at(stretch.start).part
        number = numbers.get((part, stretch.page))
        if number is None:
            continue
        if found and found[-1].number == number:
            found[-1] = OnPages(found[-1].start, stretch.end, number)
        else:
            found.append(OnPages(stretch.start, stretch.end, number))
    return tuple(found)


def picture_of(
    store: Store,
    captures: tuple[Capture, ...],
    reading: Reading,
    masks: tuple[Mask, ...],
    number: int,
    *,
    marks: Iterable[tuple[int, int]],
    width: int,
) -> bytes:
    """A page as PNG, personal data blackened, the passages `marks` framed.

    `captures` are the notice's own and its attachments'. Raises Withdrawn or BrokenEvidence where
    the document is gone, Unreadable where it cannot be opened any more.
    """
    sheet = reading.sheets[number]
    payload = _payload(store, captures, reading, sheet.part)
    return page_picture(
        payload,
        sheet,
        hide=tuple(_hidden(reading, masks, sheet)),
        mark=tuple(box for mark in marks for box in _on(sheet, reading.boxes(*mark))),
        width=min(width, WIDEST),
    )


def _hidden(reading: Reading, masks: tuple[Mask, ...], sheet: Sheet) -> Iterator[Box]:
    for mask in masks:
        for box in _on(sheet, reading.boxes(mask.start, mask.end)):
            yield _wider(box)
    for stretch in reading.stretches:
        if stretch.page == sheet.page and _is_hardly_read(stretch):
            for box in _on(sheet, reading.boxes(stretch.start, stretch.end)):
                yield _wider(box)


def _is_hardly_read(stretch: Stretch) -> bool:
    sure = stretch.confidence
    return bool(sure) and sum(sure) < HARDLY * len(sure)


def _on(sheet: Sheet, boxes: tuple[Box, ...]) -> Iterator[Box]:
    return (box for box in boxes if (box.part, box.page) == (sheet.part, sheet.page))


def _wider(box: Box) -> Box:
    return msgspec.structs.replace(
        box,
        left=box.left - MARGIN,
        top=box.top - MARGIN,
        right=box.right + MARGIN,
        bottom=box.bottom + MARGIN,
    )


def _payload(store: Store, captures: tuple[Capture, ...], reading: Reading, name: str) -> bytes:
    """The bytes of the document on whose page something stands, out of the archives around it."""
    parts = {part.name: part for part in reading.parts}
    part = parts.get(name)
    if part is None:
        return store.payload(captures[0])
    around = _around(parts, name)
    if around is not None:
        payload = _payload(store, captures, reading, around)
    elif part.capture is None:
        payload = store.payload(captures[0])
    else:
        return store.payload(_first(one for one in captures if one.id == part.capture))
    members = read_without_pictures(payload, around or captures[0].file).members
    return _first(m.payload for m in members if _is(m.payload, part))


def _first(found: Iterator[Found]) -> Found:
    for one in found:
        return one
    hint = "Run `tenderlight build` again."
    raise Unreadable("reading.not-shown", "The document of this page is not found again.", hint)


def _around(parts: dict[str, Part], name: str) -> str | None:
    """The part that a part lies in; None where it lies in the notice's own file or in none."""
    for at in range(len(name) - 1, 0, -1):
        if name[at] == "/" and name[:at] in parts:
            return name[:at]
    return None


def _is(payload: bytes, part: Part) -> bool:
    return len(payload) == part.size and sha256(payload).hexdigest() == part.sha256
