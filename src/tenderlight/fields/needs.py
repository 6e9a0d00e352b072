"""What is asked for: the paragraph or the cell in which a notice says so."""

from __future__ import annotations

import re

from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.paragraphs import find_paragraph, says_nothing
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Reading

_WITHOUT = frozenset(("correction", "termination", "acceptance"))
"""Kinds of notices that only speak of what was asked for before."""
_REMARK = re.compile(r"\([^()]{0,200}\)|.{0,30}:|\D{0,3}")
_COLUMNS = re.compile(
    r"(?:[^\n。]{0,12}(?:编号|序号|名称|品目|数量|单位|金额|单价|总价|预算|备注|要求|描述|参数)"
    r"(?:\([^()\n]{0,10}\))?\s{0,4}(?:\n|$)){2,20}"
)
"""Names of columns whose table stands below in lines."""
_HOW_TO_BID = re.compile(r"潜在(?:投标人|供应商|响应人|申请人)")
"""`项目概况` of the Ministry's form of 2020: where documents are to be had, not what is asked."""


def find_needs(
    reading: Reading, layout: Layout, said: Said, notice_type: str | None
) -> Cited[str] | None:
    """The words under 采购需求, 采购内容及要求 …; where none of them is found, 招标范围, 项目概况 …

    At most 1,500 characters. `详见采购文件` and the sentence that says where to get the documents
    are no needs.
    """
    if notice_type in _WITHOUT:
        return None
    return find_paragraph(reading, layout, said, "needs", _says_nothing)


def _says_nothing(plain: str) -> bool:
    """True also for a form's own remark in brackets, and for a label that has lost its table."""
    words = plain.strip()
    if says_nothing(words) or _REMARK.fullmatch(words) or _HOW_TO_BID.search(words):
        return True
    if _COLUMNS.fullmatch(words):
        return True
    return field_of(plain_key(words[:40])) is not None
