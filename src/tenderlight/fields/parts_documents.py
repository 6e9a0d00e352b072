"""What an attachment is: a tender document, another paper, or a form for bidders to fill in."""

from __future__ import annotations

import re
from typing import NamedTuple

from tenderlight.model import Fields
from tenderlight.plain import simplify

TENDER, OTHER, FORM = 2, 1, 0
"""What an attachment is worth: a document of the purchase or a notice, another paper, a form."""

_TENDER = re.compile(
    r"(?:招标|采购|磋商|谈判|询价|比选|竞价|邀请|预审|询比|遴选|竞争性|合同|发布|发售)[^/]{0,8}(?:文件|文本|书)|"
    r"公告|公示|合同|更正|澄清|答疑|通知书"
)
_FORM = re.compile(
    r"格式|模板|样本|范本|承诺[书函]|声明函|授权[书委]|报名表|登记表|申请表|投标函|回执|响应函|报价表|"
    r"操作(?:手册|指南)|使用(?:手册|说明)|办理指南|招标代理(?:服务)?费"
)
_LOT = re.compile(
    r"(?P<nth>第?\s{0,2}(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3})\s{0,2}(?:包|标段|标包|标项|分包|分标))|"
    r"(?:采购包|合同包|分包|标段|标包|标项|包)\s{0,2}(?P<m>[一二三四五六七八九十]{1,3}|\d{1,3})(?!\d|个)"
)
_DIGITS = {han: number for number, han in enumerate("一二三四五六七八九", start=1)}


class Document(NamedTuple):
    """An attachment and what it states by itself."""

    name: str
    fields: Fields
    weight: int
    lot: int | None
    """The lot that its name or its title is about."""
    start: int
    """Where its text begins."""
    end: int


def weight_of(name: str, fields: Fields) -> int:
    """`TENDER`, `OTHER` or `FORM`, told by the name of the file, else by the title in it.

    >>> weight_of("附件.zip/采购文件.pdf", Fields()), weight_of("投标函格式.docx", Fields())
    (2, 0)
    """
    words = simplify(name.rpartition("/")[2])
    if _FORM.search(words):
        return FORM
    title = simplify(fields.title.value) if fields.title is not None else ""
    if _TENDER.search(words) or fields.notice_type is not None or _TENDER.search(title):
        return TENDER
    return OTHER


def find_lot(words: str) -> tuple[int, int, int] | None:
    """The number of the first lot that is named, and where its name stands.

    >>> find_lot("视频监控项目第二标段招标文件"), find_lot("包3.docx"), find_lot("共3个包")
    ((2, 6, 10), (3, 0, 2), None)
    """
    for match in _LOT.finditer(simplify(words)):
        number = _number(match["n"] or match["m"])
        if number:
            return number, match.start(), match.end()
    return None


def lot_in(name: str, fields: Fields) -> int | None:
    """The lot that a document is about, told by its file's name, else by its title."""
    title = fields.title.value if fields.title is not None else ""
    found = find_lot(name.rpartition("/")[2]) or find_lot(title)
    return found[0] if found else None


def _number(printed: str) -> int:
    """`12`, `三`, `十二`, `二十`."""
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    total = 10 * _DIGITS.get(tens, 1) if ten else 0
    return total + (_DIGITS.get(ones[-1:], 0) if ones else 0)
