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


def _media_type(document: Document) -> str | None:
    """What the document says it is; None if that is not read here."""
    head = document.payload[:4096]
    if head.startswith(b"PK\x03\x04"):
        begin = 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        found = head[begin : begin + 80] if head[30:38] == b"mimetype" else b""
    else:
        at = head.find(b'office:mimetype="')
        found = head[at + 17 : at + 97] if at >= 0 else b""
    return next((name.decode() for name in _NAMES if found.startswith(name)), None)


def _is_odt(document: Document) -> bool:
    return _media_type(document) is not None


def _read(document: Document) -> Opened:
    payload, media_type = document.payload, _media_type(document) or FORMAT.media_type
    if payload.startswith(b"PK\x03\x04"):
        return read_open(open_package(payload), media_type)
    return read_open(Package({"content.xml": lambda most: payload[:most]}), media_type)


FORMAT = Format(
    name="odt",
    says="OpenDocument text or presentation",
    media_type="application/vnd.oasis.opendocument.text",
    rank=20,
    recognise=_is_odt,
    read=_read,
)
"""OpenDocument, but for its spreadsheets."""
