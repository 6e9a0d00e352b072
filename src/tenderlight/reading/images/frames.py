"""The pictures in a picture file: one, or those of a TIFF with many pages, in true colours.

Pillow decodes them. Sizes are looked at before anything is decoded. Of an animation the first
picture is taken.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from tenderlight.model import Unreadable
from tenderlight.pictures import Pixels
from tenderlight.reading import limits

_KINDS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "DIB": "image/bmp",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_OPENED = [kind for kind in _KINDS if kind != "MPO"]
"""Pillow opens an MPO as a JPEG, and knows no opener of that name."""
_BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What Pillow raises on bytes that are not what they say."""
_PAPER = (8.27, 11.69)
"""Inches, of A4: the size that a page is taken to have where its picture does not say."""
_SIDES = (2.0, 24.0)
"""Inches of a page's longer side: a resolution that gives another one is not believed."""
_DPI = (96.0, 600.0)
"""Between these lies the resolution of a picture that does not say it."""
_FINE = 300.0
"""Finer pictures are made coarser: characters are large enough in this."""


class Frame(NamedTuple):
    """One picture of a file, upright as a viewer shows it."""

    pixels: Pixels
    dpi: float
    whole: bool
    """False where the file ends before the picture does."""


def is_picture(payload: bytes) -> bool:
    """Whether bytes are a picture of a kind that is read.

    >>> is_picture(b"GIF89a..."), is_picture(b"BM is not enough")
    (True, False)
    """
    if payload.startswith((*_BEGIN, b"GIF87a", b"GIF89a")):
        return True
    if payload.startswith(b"RIFF"):
        return payload[8:12] == b"WEBP"
    return payload.startswith(b"BM") and payload[14:18] in {
        bytes((size, 0, 0, 0)) for size in (12, 16, 40, 52, 56, 64, 108, 124)
    }


def media_type(payload: bytes) -> str:
    """What kind of picture it is. Raises Unreadable: `reading.damaged`, `reading.too-large`."""
    with _opened(payload) as image:
        return _KINDS[image.format or ""]


def count_frames(payload: bytes) -> int:
    """How many pages a TIFF has, at most one more than are read; 1 of all others.

    A page at which the file cannot be followed any further is the last, and counts.
    Raises Unreadable: `reading.damaged`, `reading.too-large`.
    """
    with _opened(payload) as image:
        count = 1
        while image.format == "TIFF" and count <= limits.RECOGNISED_PAGES:
            try:
                image.seek(count)
            except EOFError:
                break
            except _BROKEN:
                return count + 1
            count += 1
        return count


def read_frame(payload: bytes, number: int) -> Frame:
    """Picture `number`, counted from 1, in 300 dots per inch or fewer, white behind the clear.

    Raises Unreadable: `reading.damaged`, `reading.too-large`.
    """
    with _opened(payload) as image:
        try:
            if number > 1:
                image.seek(number - 1)
            _check_size(image)
            whole = _load(image)
            (across, down), size = _stated(image), image.size
            turned = _upright(image)
        except _BROKEN as error:
            raise _damaged() from error
        if turned.size != size:
            across, down = down, across
        return _scaled(turned, across, down, whole)


@contextmanager
def _opened(payload: bytes) -> Iterator[Image.Image]:
    """The file opened, nothing decoded yet; Pillow's warnings about what it mends are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(payload), formats=_OPENED)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large() from error
        except (UnidentifiedImageError, *_BROKEN) as error:
            raise _damaged() from error
        with image:
            _check_size(image)
            yield image


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > limits.PICTURE_PIXELS or max(width, height) > limits.PICTURE_SIDE:
        raise _too_large()


def _load(image: Image.Image) -> bool:
    """Decode a picture; of one that is cut off what is there. Gives whether it was whole.

    Pillow's switch for that is one for the whole process, so it is turned back at once.
    """
    try:
        image.load()
    except _BROKEN:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        return False
    return True


def _stated(image: Image.Image) -> tuple[float, float]:
    """Dots per inch across and down, as the file says; 0 where it says none."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    except _BROKEN:
        return 0.0, 0.0
    return (across, down) if 30 <= across <= 2400 and 30 <= down <= 2400 else (0.0, 0.0)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as EXIF says, in true colours, eight bits each, on white."""
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        values = np.asarray(image, np.float32)
        low, high = float(values.min()), float(values.max())
        grey = (values - low) * (255 / max(high - low, 1.0))
        return Image.fromarray(grey.astype(np.uint8)).convert("RGB")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image if image.mode == "RGBA" else image.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _scaled(image: Image.Image, across: float, down: float, whole: bool) -> Frame:
    """In one resolution both ways (a fax has fewer rows than columns), and no finer than needed."""
    width, height = image.size
    if across and down and not 0.8 < across / down < 1.25:
        finer = max(across, down)
        width, height = round(width * finer / across), round(height * finer / down)
        across = finer
    dpi = _resolution(width, height, across)
    scale = min(_FINE / dpi, 1.0)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    if size != image.size:
        image = image.resize(size, Image.Resampling.BOX if scale < 0.6 else None)
    return Frame(np.asarray(image, np.uint8), dpi * size[0] / width, whole)


def _resolution(width: int, height: int, stated: float) -> float:
    """Dots per inch: as stated if that makes a page of it, else as if it were A4.

    >>> _resolution(1654, 2339, 200), round(_resolution(3000, 4000, 72))
    (200, 363)
    """
    if stated and _SIDES[0] <= max(width, height) / stated <= _SIDES[1]:
        return stated
    guessed = width / (_PAPER[0] if height >= width else _PAPER[1])
    return min(max(guessed, _DPI[0]), _DPI[1])


def _too_large() -> Unreadable:
    return Unreadable(
        "reading.too-large",
        f"The picture has more than {limits.PICTURE_PIXELS // 10**6} million pixels, or is longer "
        f"than {limits.PICTURE_SIDE} of them.",
        "Cut it into pages, or save it in a lower resolution, and add that.",
    )


def _damaged() -> Unreadable:
    return Unreadable(
        "reading.damaged",
        "The picture is damaged: nothing of it can be shown. It may have been cut off.",
        "Download it again and add it once more.",
    )
