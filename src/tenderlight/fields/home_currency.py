"""The currency that a bare 元 or $ means: not the yuan on portals of Hong Kong, Macau and Taiwan.

Told by words that only the forms of those portals print, of which a notice must have two: a
mainland notice may name a bank in Hong Kong or an office for affairs of Taiwan.
"""

from __future__ import annotations

import re

import msgspec

from tenderlight.fields.shapes import Layout
from tenderlight.fields.sums import Sums
from tenderlight.model import Award, Cited, Item, Lot, Money
from tenderlight.plain import simplify

_SIGNS = {
    "TWD": (
        *(
            "机关名称",
            "标案名称",
            "标案案号",
            "决标",
            "得标",
            "领标",
            "截止投标",
            "新台币",
            "押标金",
        ),
        "厂商资格",
    ),
    "HKD": (
        *(
            "香港特别行政区政府",
            "the government of the hong kong",
            "港币",
            "hk$",
            "批出合约",
            "承投",
        ),
        *("承办商", "投标表格", "宪报", "tender closing date", "hong kong time"),
    ),
    "MOP": (
        *("澳门特别行政区", "澳门元", "澳门币", "判给", "行政长官批示", "临时担保", "确定担保"),
        *("承投规则", "投标书"),
    ),
}
"""Looked for as they stand, simplified: that costs every other notice next to nothing."""
_NEEDED = 2
_NAMED = re.compile(r"人民币|rmb|cny")


def home_currency(plain: str) -> str:
    """The currency of a notice whose sums name none.

    >>> home_currency("机关名称:东湖市政府 标案名称:门禁 预算金额:5,600,000元")
    'TWD'
    >>> home_currency("采购人:东湖县台湾事务办公室 预算金额:5,600,000元")
    'CNY'
    """
    for code, signs in _SIGNS.items():
        if sum(sign in plain for sign in signs) >= _NEEDED:
            return code
    return "CNY"


def in_home_currency(
    sums: Sums, items: tuple[Item, ...], layout: Layout
) -> tuple[Sums, tuple[Item, ...]]:
    """The same sums, those that name no currency in the notice's own."""
    code = home_currency(layout.plain)
    if code == "CNY":
        return sums, items
    told = sums._replace(
        budget=_told(sums.budget, code),
        ceiling=_told(sums.ceiling, code),
        awards=tuple(_award(award, code) for award in sums.awards),
        by_lot=tuple(_lot(lot, code) for lot in sums.by_lot),
    )
    return told, tuple(_item(item, code) for item in items)


def _told(cited: Cited[Money] | None, code: str) -> Cited[Money] | None:
    if cited is None or cited.value.currency != "CNY" or _NAMED.search(simplify(cited.at.text)):
        return cited
    money = Money(amount=cited.value.amount, currency=code)
    return msgspec.structs.replace(cited, value=money)


def _award(award: Award, code: str) -> Award:
    printed = simplify(award.printed.text) if award.printed else ""
    if award.amount is None or award.amount.currency != "CNY" or _NAMED.search(printed):
        return award
    money = Money(amount=award.amount.amount, currency=code)
    return msgspec.structs.replace(award, amount=money)


def _lot(lot: Lot, code: str) -> Lot:
    return msgspec.structs.replace(
        lot, budget=_told(lot.budget, code), ceiling=_told(lot.ceiling, code)
    )


def _item(item: Item, code: str) -> Item:
    return msgspec.structs.replace(
        item, unit_price=_told(item.unit_price, code), total=_told(item.total, code)
    )
