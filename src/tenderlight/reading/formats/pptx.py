"""PowerPoint in XML: .pptx, .pptm (its macros are never touched), .ppsx, strict."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.package import FLAT, open_flat, open_package
from tenderlight.reading.office.slides import read_slides
from tenderlight.reading.package import part_name


def _is_pptx(document: Document) -> bool:
    if document.payload.startswith(b"PK\x03\x04"):
        names = {part_name(name) for name in document.members}
        if names:
            return "[content_types].xml" in names and any(n.startswith("ppt/") for n in names)
        head = document.payload[:65536]
        return b"[Content_Types].xml" in head and b"ppt/slides/" in document.payload
    return FLAT in document.payload[:4096] and b"/ppt/presentation.xml" in document.payload


def _read(document: Document) -> Opened:
    zipped = document.payload.startswith(b"PK")
    package = open_package(document.payload) if zipped else open_flat(document.payload)
    return read_slides(package, FORMAT.media_type)


FORMAT = Format(
    name="pptx",
    says="PowerPoint presentation",
    media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    rank=20,
    recognise=_is_pptx,
    read=_read,
)
"""Slides in the form of Office Open XML."""
