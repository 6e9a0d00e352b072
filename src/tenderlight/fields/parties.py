"""Whose name a bare 名称 is: told by the heading above it, or before it in one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tenderlight.fields.shapes import Section

CONTEXTUAL = {"名称", "单位名称", "全称", "机构名称", "单位", "公司名称"}
"""Labels whose field is told by the section they stand in: `1.采购人信息 / 名称：`."""
ABOUT_A_PARTY = frozenset({"地址", "联系人", "联系方式", "联系电话", "电话", "传真"})
"""Labels that stand below a party's heading beside its name."""

_WHO = (
    ("agency", ("代理", "招标机构", "集中采购机构")),
    (
        "supplier",
        ("供应商", "中标人", "成交人", "中标单位", "中标信息", "成交信息", "候选人", "乙方"),
    ),
    ("buyer", ("采购人", "采购单位", "招标人", "招标单位", "业主", "建设单位", "甲方", "采购方")),
)


def contextual_field(section: int, sections: Sequence[Section]) -> str:
    """Whose name it is, told by the headings around it: `buyer`, `agency`, `supplier`, or `""`."""
    while section >= 0:
        if field := named_party(sections[section].title):
            return field
        section = sections[section].parent
    return ""


@lru_cache(maxsize=1024)
def named_party(heading: str) -> str:
    """Whom a heading speaks of: `采购代理机构信息` gives `agency`; `""` for none."""
    for field, words in _WHO:
        if any(word in heading for word in words):
            return field
    return ""
