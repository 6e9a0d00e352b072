"""A picture file as a Reading: each of its pictures a page, as far as a recogniser sees words."""

from __future__ import annotations

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.pictures import Picture
from tenderlight.reading import limits
from tenderlight.reading.document import Document
from tenderlight.reading.images.frames import Frame, count_frames, media_type, read_frame
from tenderlight.reading.pages.page import Page
from tenderlight.reading.pages.scan import scanned_page
from tenderlight.reading.pages.write import write_pages

_AGAIN = "Download the file again and add it once more."
_BY_EYE = "Look at it by eye, or build with a recogniser."


def read_pictures(document: Document) -> Reading:
    """The text of a picture, or of the pages of a TIFF.

    Raises Unreadable: `reading.damaged`, `reading.too-large`, `reading.scan` where there is no
    recogniser. Pages that could not be read are named in Problems with `unread` set.
    """
    kind, count = media_type(document.payload), count_frames(document.payload)
    pages: list[Page] = []
    problems: list[Problem] = []
    for number in range(1, min(count, limits.RECOGNISED_PAGES) + 1):
        try:
            frame = read_frame(document.payload, number)
        except Unreadable as error:
            if count == 1:
                raise
            problems.append(_unread(error.code, error.what, error.hint, number))
            continue
        pages.append(_page(document, frame, number))
        if not frame.whole:
            problems.append(_cut_off(number))
    if count > limits.RECOGNISED_PAGES:
        problems.append(_too_many())
    return write_pages(pages, kind, tuple(problems))


def _page(document: Document, frame: Frame, number: int) -> Page:
    height, width = frame.pixels.shape[:2]
    what = "image" if number == 1 else f"frame={number}"
    picture = Picture(
        name=f"{document.sha256}#{what}",
        width=width,
        height=height,
        dpi=max(round(frame.dpi), 1),
        rgb=frame.pixels.tobytes(),
    )
    seen = document.recognise(picture)
    if seen.engine == "none":
        raise Unreadable(
            "reading.scan",
            "A picture of a page, and there is no recogniser to read it.",
            _BY_EYE,
        )
    return scanned_page(number, picture, seen)


def _unread(code: str, what: str, hint: str, number: int) -> Problem:
    return Problem(code=code, what=what, hint=hint, where=f"page {number}", unread=True)


def _cut_off(number: int) -> Problem:
    what = "The picture ends early: what is there of it was read."
    return _unread("reading.ends-early", what, _AGAIN, number)


def _too_many() -> Problem:
    return Problem(
        code="reading.too-many-pages",
        what=f"More than {limits.RECOGNISED_PAGES} pictures in one file: the rest was not read.",
        hint="Split the file and add its parts.",
        where=f"pages from {limits.RECOGNISED_PAGES + 1}",
        unread=True,
    )
