"""JSON: the answer of a portal's interface."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.hypertext.json_notice import read_json
from tenderlight.reading.records import is_json


def _is_json(document: Document) -> bool:
    return document.is_text and is_json(document.decoded.text)


def _read(document: Document) -> Opened:
    return Opened(reading=read_json(document.decoded))


FORMAT = Format(
    name="json",
    says="answer of a portal's interface (JSON)",
    media_type="application/json",
    rank=72,
    recognise=_is_json,
    read=_read,
)
