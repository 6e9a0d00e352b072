"""Lone characters, read behind the line above them.

Where a cell is narrow a number is broken, and its last figure stands alone: `0` then looks like a
letter, and `C` like a small one. Set behind the end of the line above, the model sees it as part of
the number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.recognising.characters import Alphabet
from tenderlight.recognising.finding import Region
from tenderlight.recognising.seen import Seen, sureness

Grey = NDArray[np.uint8]

LONE = 2
"""Characters of a line that may be the end of a broken number."""
TAIL = 5.0
"""Heights of the line above that are set before it."""
CLOSE = 0.7
"""Heights between the two lines, at most, and between their left edges."""


def read_lone(
    grey: Grey, lines: Mapping[Region, list[Seen]], alphabet: Alphabet
) -> dict[Region, list[Seen]]:
    """The lines, those of one or two characters read once more if they end one in Latin above."""
    read = dict(lines)
    for region, seen in lines.items():
        above = _above(region, lines) if len(seen) <= LONE else None
        if above is None or not lines[above][-1].text.isascii():
            continue
        again = _behind(grey, above, region, alphabet)[-len(seen) :]
        if again and sureness(again) > sureness(seen) - 0.1:
            read[region] = again
    return read


def _above(region: Region, lines: Mapping[Region, Sequence[Seen]]) -> Region | None:
    """The line that this one goes on: close above, with the same left edge, and longer."""
    high = region.bottom - region.top
    for other in lines:
        gap = region.top - other.bottom
        same = abs(other.left - region.left) < CLOSE * high
        if same and -CLOSE * high < gap < CLOSE * high and other.top < region.top - high / 2:
            return other if len(lines[other]) > LONE else None
    return None


def _behind(grey: Grey, above: Region, region: Region, alphabet: Alphabet) -> list[Seen]:
    """What the region holds, read behind the end of the line above."""
    first = grey[above.top : above.bottom, above.left : above.right]
    last = grey[region.top : region.bottom, region.left : region.right]
    height = max(first.shape[0], last.shape[0])
    first, last = _levelled(first, height), _levelled(last, height)
    end, start = _ink(first)[1] + 2, max(0, _ink(last)[0] - 2)
    tail = first[:, max(0, end - round(TAIL * height)) : end]
    seen = alphabet.read(np.ascontiguousarray(np.hstack([tail, last[:, start:]])))
    shift = start - tail.shape[1]
    return [
        one._replace(centre=one.centre + shift) for one in seen if one.centre > tail.shape[1] - 1
    ]


def _levelled(crop: Grey, height: int) -> Grey:
    """A crop with paper above and below, so that its print stands in the middle."""
    missing = height - crop.shape[0]
    paper = int(np.percentile(crop, 80))
    padded = cv2.copyMakeBorder(
        crop, missing // 2, missing - missing // 2, 0, 0, cv2.BORDER_CONSTANT, value=paper
    )
    return np.asarray(padded, np.uint8)


def _ink(crop: Grey) -> tuple[int, int]:
    """The first and last column with ink."""
    faintest = (float(np.median(crop)) + float(crop.min())) / 2
    columns = np.nonzero((crop < faintest).any(axis=0))[0]
    return (int(columns[0]), int(columns[-1])) if len(columns) else (0, crop.shape[1] - 1)
