"""PDF: characters, boxes and drawn lines by pdfium; pages without characters are recognised."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.pdf.document import is_pdf, read_pdf


def _is_pdf(document: Document) -> bool:
    return is_pdf(document.payload)


def _read(document: Document) -> Opened:
    return Opened(reading=read_pdf(document.payload))


FORMAT = Format(
    name="pdf",
    says="PDF",
    media_type="application/pdf",
    rank=10,
    recognise=_is_pdf,
    read=_read,
)
