"""The format: table in plain text (CSV)."""

from __future__ import annotations

from tenderlight.reading.document import Format
from tenderlight.reading.sheets.separated import MEDIA_TYPE, is_separated, read_separated

FORMAT = Format(
    name="csv",
    says="table in plain text (CSV)",
    media_type=MEDIA_TYPE,
    rank=80,
    recognise=is_separated,
    read=read_separated,
)
