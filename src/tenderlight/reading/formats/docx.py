"""Word documents in XML: .docx, .docm (its macros are never touched), strict, flat, Word 2003."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.package import FLAT, Package, open_flat, open_package
from tenderlight.reading.office.word import read_word
from tenderlight.reading.package import part_name

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD_2003 = b"schemas.microsoft.com/office/word/2003/wordml"
_BODY = b"word/document"


def _is_docx(document: Document) -> bool:
    if document.payload.startswith(b"PK\x03\x04"):
        names = {part_name(name) for name in document.members}
        if names:
            return "[content_types].xml" in names and any(n.startswith("word/") for n in names)
        return b"[Content_Types].xml" in document.payload[:65536] and _BODY in document.payload
    head = document.payload[:4096]
    return _WORD_2003 in head or (FLAT in head and b"/word/document.xml" in document.payload)


def _read(document: Document) -> Opened:
    payload = document.payload
    if payload.startswith(b"PK\x03\x04"):
        package = open_package(payload)
    elif FLAT in payload[:4096]:
        package = open_flat(payload)
    else:
        package = Package({"word/document.xml": lambda most: payload[:most]})
    return read_word(package, _MEDIA_TYPE)


FORMAT = Format(
    name="docx",
    says="Word document",
    media_type=_MEDIA_TYPE,
    rank=20,
    recognise=_is_docx,
    read=_read,
)
"""A document in the form of Office Open XML for texts."""
