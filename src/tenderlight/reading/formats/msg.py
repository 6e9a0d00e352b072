"""MSG: a mail as Outlook saves it, its files as members."""

from __future__ import annotations

from tenderlight.reading.containers.outlook import is_message, read_message
from tenderlight.reading.document import Document, Format, Opened


def _is_message(document: Document) -> bool:
    return document.is_compound and is_message(document.payload)


def _read(document: Document) -> Opened:
    return read_message(document.payload, FORMAT.media_type)


FORMAT = Format(
    name="msg",
    says="mail saved by Outlook",
    media_type="application/vnd.ms-outlook",
    rank=19,
    recognise=_is_message,
    read=_read,
)
