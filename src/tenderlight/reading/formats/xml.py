"""XML: records for programs, refused by name."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.records import is_xml, refuse_xml


def _is_xml(document: Document) -> bool:
    return document.is_text and is_xml(document.decoded.text)


def _read(document: Document) -> Opened:
    return Opened(reading=refuse_xml(document.decoded))


FORMAT = Format(
    name="xml",
    says="XML record (not read)",
    media_type="application/xml",
    rank=70,
    recognise=_is_xml,
    read=_read,
)
