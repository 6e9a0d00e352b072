"""OpenDocument texts and slides: .odt, .ott, .odp, flat ones too."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.open_text import read_open
from tenderlight.reading.office.package import Package, open_package

_NAMES = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.presentation",
    b"application/vnd.oasis.opendocument.graphics",
    b"application/vnd.sun.xml.writer",
    b"application/vnd.sun.xml.impress",
)


def _is_odt(document: Document) -> bool:
    head = document.payload[:4096]
    if head.startswith(b"PK\x03\x04"):
        begin = 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        return head[30:38] == b"mimetype" and head.startswith(_NAMES, begin)
    return b"office:document" in head and any(b'office:mimetype="' + n in head for n in _NAMES)


def _read(document: Document) -> Opened:
    payload = document.payload
    if payload.startswith(b"PK\x03\x04"):
        return read_open(open_package(payload), FORMAT.media_type)
    return read_open(Package({"content.xml": lambda most: payload[:most]}), FORMAT.media_type)


FORMAT = Format(
    name="odt",
    says="OpenDocument text or presentation",
    media_type="application/vnd.oasis.opendocument.text",
    rank=20,
    recognise=_is_odt,
    read=_read,
)
"""OpenDocument, but for its spreadsheets."""
