"""Workbooks in the XML of Excel 2003."""

from __future__ import annotations

from tenderlight.reading.document import Format
from tenderlight.reading.sheets.xml_2003 import MEDIA_TYPE, is_xml_2003, read_xml_2003

FORMAT = Format(
    name="xml_2003",
    says="Excel workbook in XML",
    media_type=MEDIA_TYPE,
    rank=66,
    recognise=is_xml_2003,
    read=read_xml_2003,
)
