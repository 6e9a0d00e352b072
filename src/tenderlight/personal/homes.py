"""Homes in lists of where equipment is to stand: `阳光小区3号楼2单元501室`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Mask

HOME = re.compile(
    r"[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|号院|排)[\dA-Za-z一二三四五六七八九十]{1,3}单元"
    r"(?:[\d一二三四五六七八九十]{1,3}[楼层])?\s?(?:\d{2,5}|[东西南北中一二三四五六七八九十]{1,2})[室号户]?"
)
OFFICE = re.compile("地址|办公|公司|中心|大厦|购买|递交|获取|地点")


def find_homes(text: str) -> Iterator[Mask]:
    """Numbers of homes, but not where the line gives an organisation's address."""
    if "单元" not in text:
        return
    for match in HOME.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        before = text[max(line, match.start() - 60) : match.start()]
        above = text[max(0, line - 40) : line]
        if not OFFICE.search(before) and not OFFICE.search(above):
            yield Mask(match.start(), match.end(), "address")
