"""PowerPoint 97 to 2003 (.ppt, .pps) and Kingsoft's slides (.dps)."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.compound import has_stream
from tenderlight.reading.office.old_slides import read_old_slides
from tenderlight.reading.office.tree import refusing_breaks


def _is_ppt(document: Document) -> bool:
    return document.is_compound and has_stream(document.payload, "PowerPoint Document")


def _read(document: Document) -> Opened:
    with refusing_breaks():
        return read_old_slides(document.payload, FORMAT.media_type)


FORMAT = Format(
    name="ppt",
    says="PowerPoint presentation of before 2007, or WPS slides",
    media_type="application/vnd.ms-powerpoint",
    rank=20,
    recognise=_is_ppt,
    read=_read,
)
"""A binary presentation."""
