"""Pictures of pages (PNG, JPEG, TIFF, BMP, GIF, WebP): recognised, and laid out as any page."""

from __future__ import annotations

from tenderlight.pictures import Pixels
from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.images.frames import is_picture, read_frame
from tenderlight.reading.images.picture_file import read_pictures


def _is_picture(document: Document) -> bool:
    return is_picture(document.payload)


def _read(document: Document) -> Opened:
    return Opened(reading=read_pictures(document))


def _show(document: Document, page: int, dpi: float) -> Pixels:
    return read_frame(document.payload, page).pixels


FORMAT = Format(
    name="image",
    says="picture of a page",
    media_type="image/*",
    rank=10,
    recognise=_is_picture,
    read=_read,
    show=_show,
)
