"""Pictures in the text of a mail or a saved page: scans among logos, banners and buttons."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from tenderlight.reading.images.frames import is_picture

_SIDE = 400
"""Pixels. The smaller side of a page scanned at 72 dots per inch has 595, a banner's under 300."""


def may_hold_text(payload: bytes) -> bool:
    """Whether a picture is large enough to be a page; only its head is looked at."""
    if not is_picture(payload):
        return False
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(payload)) as image:
            return min(image.size) >= _SIDE
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return True  # the reader of pictures will say what is wrong with it
