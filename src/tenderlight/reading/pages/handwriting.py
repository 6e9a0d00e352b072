"""Ink on a scanned page that nobody could read: signatures and name seals are names, so covered.

What was read is masked by its words. What is neither a line that was read, nor a drawn line, nor a
company's round seal, may be a signature or the square seal with which a person signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Pixels
from tenderlight.reading.pages.page import Ruling
from tenderlight.reading.pages.photos import Area

_DPI = 100.0
"""Enough for the stroke of a pen; the noise of a scan is averaged away."""
_DARKER = 60
"""Of 255, than paper: what counts as ink."""
_RED = 45
"""How much redder than anything else a seal's ink is."""
_SPECK = 6
"""Pixels of ink that hang together: less is dirt."""
_ROOM = 2.5
"""Points around lines and words that are theirs: a comma's tail, a border's blur."""
_NEAR = 10.0
"""Points between strokes of one signature."""
_LEAST = (24.0, 9.0)
"""Points of the longer and the shorter side, and pixels of ink, from which it may be a name."""
_INK = 70
_SEAL = (18.0, 80.0)
"""Points: sides of a person's seal, 1 to 2.5 cm. A company's has 3.8 cm, 108 points, and more."""
_READ = 0.15
"""The share of a seal's room in which words were read: then it is a company's, over its text."""

Mask = NDArray[np.uint8]


def find_unread_ink(
    pixels: Pixels, dpi: float, words: Iterable[Area], rulings: Iterable[Ruling]
) -> tuple[Area, ...]:
    """Where signatures and name seals may be, in points: left, top, right, bottom.

    >>> page = np.full((400, 300, 3), 255, np.uint8)
    >>> find_unread_ink(page, 100.0, (), ())
    ()
    >>> _ = cv2.polylines(page, [np.array([[50, 50], [90, 90], [70, 50], [120, 80]])], False, 0, 3)
    >>> [round(side) for side in find_unread_ink(page, 100.0, (), ())[0]]
    [33, 33, 92, 70]
    """
    height, width = pixels.shape[:2]
    size = max(round(width * _DPI / dpi), 1), max(round(height * _DPI / dpi), 1)
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    red = small[:, :, 0].astype(np.int16) - small[:, :, 1:].max(axis=2)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    paper = float(np.percentile(grey, 75))
    read = _drawn(small.shape[:2], words, rulings)
    ink = ((grey < paper - _DARKER) & (red <= _RED) & (read == 0)).astype(np.uint8)
    seals = [box for box, _ in _boxes((red > _RED).astype(np.uint8), 4.0)]
    found = [
        *(box for box, amount in _boxes(_without_specks(ink), _NEAR) if _may_be_name(box, amount)),
        *(box for box in seals if _may_be_seal(box, read) and not _is_inside(box, seals)),
    ]
    return tuple(_with_room(box, width * 72 / dpi, height * 72 / dpi) for box in found)


def _drawn(shape: tuple[int, ...], words: Iterable[Area], rulings: Iterable[Ruling]) -> Mask:
    """1 where words were read, 2 where lines are drawn."""
    drawn = np.zeros(shape, np.uint8)
    unit = _DPI / 72
    for value, boxes in ((2, rulings), (1, words)):
        for left, top, right, bottom in boxes:
            drawn[
                max(int((top - _ROOM) * unit), 0) : int((bottom + _ROOM) * unit) + 1,
                max(int((left - _ROOM) * unit), 0) : int((right + _ROOM) * unit) + 1,
            ] = value
    return drawn


def _without_specks(ink: Mask) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    large[0] = False
    return np.asarray(large[labels], np.uint8)


def _boxes(ink: Mask, near: float) -> Iterator[tuple[Area, int]]:
    """What hangs together, or nearly: its box in points, and its ink in pixels."""
    unit = _DPI / 72
    kernel = np.ones((max(round(near * unit), 1),) * 2, np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    amounts = np.bincount(labels[ink > 0].ravel(), minlength=count)
    for label in range(1, count):
        x, y, w, h, _ = (float(side) / unit for side in stats[label])
        yield (x, y, x + w, y + h), int(amounts[label])


def _may_be_name(box: Area, amount: int) -> bool:
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    return long >= _LEAST[0] and short >= _LEAST[1] and amount >= _INK


def _may_be_seal(box: Area, read: Mask) -> bool:
    sides = box[2] - box[0], box[3] - box[1]
    if not all(_SEAL[0] <= side <= _SEAL[1] for side in sides):
        return False
    unit = _DPI / 72
    left, top, right, bottom = (round(side * unit) for side in box)
    room = read[top:bottom, left:right]
    return bool(room.size) and float((room == 1).mean()) < _READ


def _is_inside(box: Area, others: Iterable[Area]) -> bool:
    """Whether it is the star in a company's ring."""
    return any(
        other != box
        and other[0] <= box[0]
        and other[1] <= box[1]
        and box[2] <= other[2]
        and box[3] <= other[3]
        for other in others
    )


def _with_room(box: Area, width: float, height: float) -> Area:
    left, top, right, bottom = box
    return (
        max(left - _ROOM, 0.0),
        max(top - _ROOM, 0.0),
        min(right + _ROOM, width),
        min(bottom + _ROOM, height),
    )
