"""Reading one document by itself: what is inside it comes back as bytes, for others to read."""

from __future__ import annotations

from tenderlight.model import Unreadable
from tenderlight.pictures import Recognise
from tenderlight.reading.document import Document, Opened, sees_nothing
from tenderlight.reading.formats import format_of
from tenderlight.reading.unknown import refusal


def read_alone(payload: bytes, file: str, recognise: Recognise = sees_nothing) -> Opened:
    """Read a document without the documents inside it.

    >>> read_alone("<p>采购人：市公安局</p>".encode("gbk"), "notice.txt").reading.text
    '采购人：市公安局'

    Raises Unreadable, as `read_document`.
    """
    if not payload[:4096].strip() and not payload.strip():
        raise Unreadable(
            "reading.empty", f"{file} is empty.", "Download it again and add it once more."
        )
    document = Document(payload, file, recognise)
    found = format_of(document)
    if found is None:
        raise refusal(payload)
    opened = found.read(document)
    if not opened.reading.blocks and not opened.members:
        raise Unreadable(
            "reading.no-text",
            f"{file} holds no text: its content may be loaded by a script or stand in pictures.",
            "Open the page in a browser, save what it shows, and add that.",
        )
    return opened
