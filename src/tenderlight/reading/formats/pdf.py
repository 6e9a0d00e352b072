"""PDF: characters, boxes and drawn lines by pdfium; pages without characters are recognised."""

from __future__ import annotations

from tenderlight.pictures import Pixels
from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.pdf.document import is_pdf, read_pdf
from tenderlight.reading.pdf.rendering import render_page


def _is_pdf(document: Document) -> bool:
    return is_pdf(document.payload)


def _read(document: Document) -> Opened:
    return read_pdf(document)


def _show(document: Document, page: int, dpi: float) -> Pixels:
    return render_page(document.payload, page, dpi)


FORMAT = Format(
    name="pdf",
    says="PDF",
    media_type="application/pdf",
    rank=10,
    recognise=_is_pdf,
    read=_read,
    show=_show,
)
