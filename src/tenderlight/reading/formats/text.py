"""Plain text: whatever is text and nothing else."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.plain_text import read_text


def _is_text(document: Document) -> bool:
    return document.is_text


def _read(document: Document) -> Opened:
    return Opened(reading=read_text(document.decoded))


FORMAT = Format(
    name="text",
    says="plain text",
    media_type="text/plain",
    rank=90,
    recognise=_is_text,
    read=_read,
)
