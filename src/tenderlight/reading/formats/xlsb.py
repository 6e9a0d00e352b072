"""Excel's binary workbooks."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format
from tenderlight.reading.sheets.xlsb import MEDIA_TYPE, read_xlsb


def _is_xlsb(document: Document) -> bool:
    return "xl/workbook.bin" in document.members


FORMAT = Format(
    name="xlsb",
    says="binary Excel workbook",
    media_type=MEDIA_TYPE,
    rank=20,
    recognise=_is_xlsb,
    read=read_xlsb,
)
