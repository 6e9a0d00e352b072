"""RTF, whatever it is called: many files named .doc are RTF."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.rtf import read_rtf
from tenderlight.reading.office.tree import refusing_breaks


def _is_rtf(document: Document) -> bool:
    return document.payload[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _read(document: Document) -> Opened:
    with refusing_breaks():
        return read_rtf(document.payload, FORMAT.media_type)


FORMAT = Format(
    name="rtf",
    says="RTF text",
    media_type="application/rtf",
    rank=10,
    recognise=_is_rtf,
    read=_read,
)
"""Rich Text Format."""
