"""HTML: whole pages and pieces of them."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.hypertext.html import is_html, read_html


def _is_html(document: Document) -> bool:
    return document.is_text and is_html(document.decoded.text)


def _read(document: Document) -> Opened:
    return Opened(reading=read_html(document.decoded))


FORMAT = Format(
    name="html",
    says="web page",
    media_type="text/html",
    rank=74,
    recognise=_is_html,
    read=_read,
)
