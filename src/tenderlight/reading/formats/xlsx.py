"""Excel workbooks since 2007."""

from __future__ import annotations

from tenderlight.reading.document import Document, Format
from tenderlight.reading.sheets.xlsx import MEDIA_TYPE, read_xlsx


def _is_xlsx(document: Document) -> bool:
    return "xl/workbook.xml" in document.members


FORMAT = Format(
    name="xlsx",
    says="Excel workbook",
    media_type=MEDIA_TYPE,
    rank=20,
    recognise=_is_xlsx,
    read=read_xlsx,
)
