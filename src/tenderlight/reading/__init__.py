"""From bytes to text, keeping the place of every character.

One function, `read_document`; one file per format behind it, listed in `formats.py`. What each
reader takes on stands in `limits.py`.
"""

from __future__ import annotations

from tenderlight.model import Reading, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.encoding import decode
from tenderlight.reading.formats import BINARY, TEXT
from tenderlight.reading.unknown import refuse_binary

__all__ = ["read_document"]


def read_document(payload: bytes, file: str) -> Reading:
    """Read a document: its text, and for every character the part, page and cell it stands in.

    What the bytes are is told from the bytes; `file`, the name under which they were added, is
    used in messages only.

    >>> read_document("<p>采购人：市公安局</p>".encode("gbk"), "notice.txt").text
    '采购人：市公安局'

    Raises Unreadable, and nothing else, for whatever is no notice: `reading.empty`,
    `reading.too-large`, `reading.not-yet`, `reading.unknown-format`, `reading.no-text` …
    """
    if not payload[:4096].strip() and not payload.strip():
        raise Unreadable(
            "reading.empty", f"{file} is empty.", "Download it again and add it once more."
        )
    reading = _read(payload)
    if not reading.blocks:
        raise Unreadable(
            "reading.no-text",
            f"{file} holds no text: its content may be loaded by a script or stand in pictures.",
            "Open the page in a browser, save what it shows, and add that.",
        )
    return reading


def _read(payload: bytes) -> Reading:
    for binary in BINARY:
        if binary.recognise(payload):
            return binary.read(payload)
    refuse_binary(payload)
    if len(payload) > limits.TEXT_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A text of {len(payload) >> 20} MB; at most {limits.TEXT_BYTES >> 20} MB are read.",
            "Split it into its notices and add those.",
        )
    decoded = decode(payload)
    return next(text for text in TEXT if text.recognise(decoded.text)).read(decoded)
