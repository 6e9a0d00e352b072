"""7-Zip: an archive of documents, also one behind a program that unpacks it."""

from __future__ import annotations

from tenderlight.reading.containers.marks import sevenzip_at
from tenderlight.reading.containers.unpacking import unpack
from tenderlight.reading.document import Document, Format, Opened


def _is_sevenzip(document: Document) -> bool:
    return sevenzip_at(document.payload) is not None


def _read(document: Document) -> Opened:
    start = sevenzip_at(document.payload) or 0
    return unpack(document.payload[start:], "7zip", FORMAT.media_type)


FORMAT = Format(
    name="7z",
    says="7-Zip archive",
    media_type="application/x-7z-compressed",
    rank=50,
    recognise=_is_sevenzip,
    read=_read,
)
