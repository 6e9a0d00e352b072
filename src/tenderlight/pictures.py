"""Pictures of pages, and what a recogniser of characters sees in them.

The words that `reading` and `recognising` share; they do not know each other. Recognising a page
takes seconds and need not give the same on other hardware, so an answer is testimony: it is kept
under the name of the complete request, and a rebuild does not ask again.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height x width x 3, red, green, blue."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A page as a picture. `name` says what it shows, so that its answer is found again.

    >>> white = Picture(name="x", width=2, height=1, dpi=200, rgb=bytes([255]) * 6)
    >>> pixels_of(white).shape
    (1, 2, 3)
    """

    name: str
    """SHA-256 of the document it comes from, what of it, and how it was made a picture:
    `9f86…#page=3&dpi=200`. The same name always means the same pixels."""
    width: int
    height: int
    dpi: int
    rgb: bytes
    """Three bytes for each pixel, row by row from the top left."""


class Written(msgspec.Struct, frozen=True, array_like=True):
    """One printed line as it was recognised, in pixels of the straightened picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    edges: tuple[float, ...]
    """For each character its left and its right edge: twice as many as characters."""
    confidence: bytes
    """For each character how sure the recogniser is, in percent."""


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a picture, once it was turned by `turn` and then by `skew` (`straighten`)."""

    engine: str
    """The recogniser's whole name: program, version, digests of its models, parameters."""
    turn: int = 0
    """Degrees clockwise by which the picture has to be turned to be upright: 0, 90, 180, 270."""
    skew: float = 0.0
    """Degrees clockwise by which it then has to be turned so that lines run level."""
    lines: tuple[Written, ...] = ()
    sha256: str = ""
    """Of the pixels that were looked at."""


Recognise = Callable[[Picture], Recognised]
"""Asks for what stands in a picture: from what was kept, or by recognising it now."""


def pixels_of(picture: Picture) -> Pixels:
    """The pixels, height x width x 3. Refuses, with ValueError, bytes of another number."""
    return np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)


def straighten(pixels: Pixels, turn: int, skew: float) -> Pixels:
    """Turn a picture clockwise by `turn` (0, 90, 180, 270), then about its middle by `skew`.

    The canvas keeps its size in the second turn, white at the corners: coordinates in it are what
    `Written`, `Sheet` and `Stretch` of a scan speak of.

    >>> straighten(np.zeros((2, 3, 3), np.uint8), 90, 0.0).shape
    (3, 2, 3)
    """
    turned = np.ascontiguousarray(np.rot90(pixels, -(turn // 90) % 4))
    if not skew:
        return turned
    height, width = turned.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -skew, 1.0)
    level = cv2.warpAffine(
        turned,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return np.asarray(level, np.uint8)
