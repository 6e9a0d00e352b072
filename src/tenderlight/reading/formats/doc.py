"""Word 97 to 2003 (.doc) and Kingsoft WPS (.wps), which keeps its texts in the same form."""

from __future__ import annotations

import re

from tenderlight.reading.document import Document, Format, Opened
from tenderlight.reading.office.compound import has_stream
from tenderlight.reading.office.doc import read_doc
from tenderlight.reading.office.tree import refusing_breaks

_BEGINS = re.compile(rb"\xec\xa5[\xc0-\xff]\x00|\xec\xa5[\x00-\x20]\x01", re.S)
"""The first bytes of the text's stream, with the versions of Word 97 and later."""
_NAME = "WordDocument"


def _is_doc(document: Document) -> bool:
    if not document.is_compound:
        return False
    return has_stream(document.payload, _NAME) or _was_cut_off(document.payload)


def _was_cut_off(payload: bytes) -> bool:
    """Whether the text's stream is there, which mostly comes first, but no names of streams are."""
    sectors = range(512, min(len(payload), 1 << 24), 512)
    return any(_BEGINS.match(payload, at) for at in sectors) and (
        _NAME.encode("utf-16-le") not in payload
    )


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
