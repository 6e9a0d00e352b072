"""OpenDocument texts and slides: .odt, .ott, .odp, flat ones too."""

from __future__ import annotations

from tenderlight.model import Unreadable
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
    payload = document.payload
    if payload.startswith(b"PK\x03\x04"):
        found = _packed_type(document)
    else:
        at = payload.find(b'office:mimetype="', 0, 4096)
        found = payload[at + 17 : at + 97] if at >= 0 else b""
    return next((name.decode() for name in _NAMES if found.startswith(name)), None)


def _packed_type(document: Document) -> bytes:
    """As its first part says, which should not be packed; else that part, or the manifest."""
    head = document.payload[:512]
    begin = 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    if head[30:38] == b"mimetype" and head[8:10] == b"\0\0":
        return head[begin:]
    if "content.xml" not in document.members:
        return b""
    try:
        package = open_package(document.payload)
        stated = package.read("mimetype")
        manifest = b"" if stated else package.read("META-INF/manifest.xml") or b""
    except Unreadable:
        return b""
    at = manifest.find(b'media-type="' + _NAMES[0][:28])
    return stated or (manifest[at + 12 : at + 92] if at >= 0 else b"")


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
