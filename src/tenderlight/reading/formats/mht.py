"""MHT: a page saved with its pictures in one file, by a browser, Word or Excel."""

from __future__ import annotations

from tenderlight.reading.containers.mail_marks import head_of, is_saved_page
from tenderlight.reading.containers.saved_page import read_saved_page
from tenderlight.reading.document import Document, Format, Opened


def _is_saved_page(document: Document) -> bool:
    return is_saved_page(document.payload)


def _read(document: Document) -> Opened:
    return read_saved_page(head_of(document.payload), FORMAT.media_type)


FORMAT = Format(
    name="mht",
    says="saved web page (MHT)",
    media_type="multipart/related",
    rank=60,
    recognise=_is_saved_page,
    read=_read,
)
