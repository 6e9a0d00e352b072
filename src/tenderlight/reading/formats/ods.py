"""The format: OpenDocument spreadsheet."""

from __future__ import annotations

from tenderlight.reading.document import Format
from tenderlight.reading.sheets.ods import MEDIA_TYPE, is_ods, read_ods

FORMAT = Format(
    name="ods",
    says="OpenDocument spreadsheet",
    media_type=MEDIA_TYPE,
    rank=20,
    recognise=is_ods,
    read=read_ods,
)
