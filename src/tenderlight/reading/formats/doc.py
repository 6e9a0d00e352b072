"""Word 97 to 2003 (.doc) and Kingsoft WPS (.wps), which keeps its texts in the same form."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.compound import has_stream
from tenderlight.reading.office.doc import read_doc
from tenderlight.reading.office.tree import refusing_breaks


def _is_doc(document: Document) -> bool:
    return document.is_compound and has_stream(document.payload, "WordDocument")


def _read(document: Document) -> Opened:
    with refusing_breaks():
        return read_doc(document.payload, FORMAT.media_type)


FORMAT = Format(
    name="doc",
    says="Word document of before 2007, or WPS text",
    media_type="application/msword",
    rank=20,
    recognise=_is_doc,
    read=_read,
)
"""A binary document of Word."""
