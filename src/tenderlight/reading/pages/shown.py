"""The picture of a page as people see it: upright, level, and without what must not be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from tenderlight.model import Box, Sheet, Unreadable
from tenderlight.pictures import Pixels, straighten
from tenderlight.reading import limits
from tenderlight.reading.document import Document
from tenderlight.reading.formats import format_of

_BLACK = (0, 0, 0)
_PAPER = (236, 236, 236)
_HATCH = (150, 150, 150)
_MARK = (214, 40, 40)
_ROOM = 1.5
"""Points between a passage and the frame around it."""


def page_picture(
    payload: bytes,
    sheet: Sheet,
    *,
    hide: Sequence[Box] = (),
    mark: Sequence[Box] = (),
    width: int = 1000,
) -> bytes:
    """A PNG of one page of a document, `width` pixels wide.

    `payload` is the document that the sheet is of, itself and not the archive around it. What lies
    under `hide` is black, what lies under `sheet.covered` is hatched: no pixel of it is left.
    `mark` is framed.

    Refuses (ValueError) boxes on another page and widths below 1; Unreadable,
    `reading.not-shown`, what has no pages to look at.
    """
    if any(box.page != sheet.page for box in (*hide, *mark)):
        raise ValueError(f"a box that is not on page {sheet.page}")
    if width < 1:
        raise ValueError(f"a picture {width} pixels wide")
    pixels = _sized(_level(payload, sheet, width), sheet, width)
    scale = pixels.shape[1] / sheet.width
    for area in sheet.covered:
        _hatch(pixels, _pixels_of(area, scale, 0.0))
    for box in hide:
        left, top, right, bottom = _pixels_of(_area(box), scale, 0.5)
        pixels[top:bottom, left:right] = _BLACK
    for box in mark:
        left, top, right, bottom = _pixels_of(_area(box), scale, _ROOM)
        cv2.rectangle(pixels, (left, top), (right, bottom), _MARK, max(round(scale), 1))
    return cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1].tobytes()


def _level(payload: bytes, sheet: Sheet, width: int) -> Pixels:
    """The page upright and level, in about the size that is asked for."""
    document = Document(payload, "")
    found = format_of(document)
    if found is None or found.show is None:
        raise Unreadable(
            "reading.not-shown",
            "This document has no pages that can be looked at.",
            "Open the document itself.",
        )
    dpi = 72 * min(width, limits.SHOWN_WIDTH) / sheet.width
    return straighten(found.show(document, sheet.page, dpi), sheet.turn, sheet.skew)


def _sized(pixels: Pixels, sheet: Sheet, width: int) -> Pixels:
    """Exactly as wide as asked, within the limits, in the proportions of the sheet."""
    most = (limits.SHOWN_PIXELS * sheet.width / sheet.height) ** 0.5
    width = max(min(width, limits.SHOWN_WIDTH, int(most)), 1)
    size = width, max(round(width * sheet.height / sheet.width), 1)
    coarser = size[0] < pixels.shape[1]
    way = cv2.INTER_AREA if coarser else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(pixels, size, interpolation=way), np.uint8)


def _area(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def _pixels_of(area: Iterable[float], scale: float, room: float) -> tuple[int, int, int, int]:
    """An area in points as whole pixels: every one that it touches, and `room` points around."""
    left, top, right, bottom = area
    return (
        max(int((left - room) * scale), 0),
        max(int((top - room) * scale), 0),
        max(int((right + room) * scale) + 1, 0),
        max(int((bottom + room) * scale) + 1, 0),
    )


def _hatch(pixels: Pixels, area: tuple[int, int, int, int]) -> None:
    """Cover an area with slanted lines."""
    left, top, right, bottom = area
    covered = pixels[top:bottom, left:right]
    ys, xs = np.indices(covered.shape[:2])
    covered[:] = _PAPER
    covered[np.asarray((xs + ys) % 12 < 2)] = _HATCH
