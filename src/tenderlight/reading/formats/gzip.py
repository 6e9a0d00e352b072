"""gzip, bzip2, xz and Zstandard: one document, packed."""

from __future__ import annotations

from tenderlight.reading.containers.streams import media_type_of, pieces_of, stated_name
from tenderlight.reading.containers.unpacking import Packed, take_out
from tenderlight.reading.document import Document, Format, Opened


def _is_packed(document: Document) -> bool:
    return media_type_of(document.payload) is not None


def _read(document: Document) -> Opened:
    payload = document.payload
    only = Packed(stated_name(payload), 0, lambda: pieces_of(payload))
    return take_out([only], len(payload), media_type_of(payload) or FORMAT.media_type)


FORMAT = Format(
    name="gzip",
    says="packed document (gzip, bzip2, xz, Zstandard)",
    media_type="application/gzip",
    rank=51,
    recognise=_is_packed,
    read=_read,
)
