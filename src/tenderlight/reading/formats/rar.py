"""RAR, of version 1.5 to 7: an archive of documents, also behind a program that unpacks it."""

from __future__ import annotations

from tenderlight.reading.containers.marks import rar_is_in
from tenderlight.reading.containers.rar import unpack_rar
from tenderlight.reading.document import Document, Format, Opened


def _is_rar(document: Document) -> bool:
    return rar_is_in(document.payload)


def _read(document: Document) -> Opened:
    return unpack_rar(document.payload, FORMAT.media_type)


FORMAT = Format(
    name="rar",
    says="RAR archive",
    media_type="application/vnd.rar",
    rank=50,
    recognise=_is_rar,
    read=_read,
)
