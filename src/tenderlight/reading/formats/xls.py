"""The format: Excel workbook before 2007."""

from __future__ import annotations

from tenderlight.reading.document import Format
from tenderlight.reading.sheets.xls import MEDIA_TYPE, is_xls, read_xls

FORMAT = Format(
    name="xls",
    says="Excel workbook before 2007",
    media_type=MEDIA_TYPE,
    rank=20,
    recognise=is_xls,
    read=read_xls,
)
