"""The currency that a bare 元 or $ means: not the yuan on portals of Hong Kong, Macau and Taiwan.

Told by words that the forms of those portals print: a notice must have two, one of them nobody
else's, and name none of the mainland's laws and offices. A mainland notice may name a bank in Hong
Kong, bidders from Macau, or an office for affairs of Taiwan.
"""

from __future__ import annotations

import re

import msgspec

from tenderlight.fields.shapes import Layout
from tenderlight.fields.sums import Sums
from tenderlight.model import Award, Cited, Item, Lot, Money
from tenderlight.plain import simplify

_OWN = {
    "TWD": "标案名称|标案案号|新台币|押标金",
    "HKD": "香港特别行政区政府|the government of the hong kong|hong kong time|港币|hk$",
    "MOP": "澳门特别行政区政府|澳门元|澳门币|行政长官批示",
}
"""Words of those portals alone; looked for as they stand, simplified, as is what follows."""
_MORE = {
    "TWD": "机关名称|决标|得标|领标|截止投标|厂商资格",
    "HKD": "批出合约|承投|承办商|投标表格|宪报|tender closing date",
    "MOP": "判给|临时担保|确定担保|承投规则",
}
"""Words of theirs that others print as well, or within other words: 取得标书, 解决标准."""
_SIGNS = {code: (own.split("|"), _MORE[code].split("|")) for code, own in _OWN.items()}
_MAINLAND = ("人民币", "招标投标法", "中华人民共和国政府采购法", "财政厅", "统一社会信用代码")
"""A law on public procurement, a 财政部 and a 财政局 have others, too."""
_NEEDED = 2
_NAMED = re.compile(r"人民币|rmb|cny")


def home_currency(plain: str) -> str:
    """The currency of a notice whose sums name none.

    >>> home_currency("机关名称:东湖市政府 标案名称:门禁 预算金额:5,600,000元")
    'TWD'
    >>> home_currency("采购人:东湖县台湾事务办公室 预算金额:5,600,000元")
    'CNY'
    >>> home_currency("取得标书 解决标准 港币 承办商 依据招标投标法 预算金额:5,600,000元")
    'CNY'
    """
    for code, (own, more) in _SIGNS.items():
        found = sum(sign in plain for sign in own)
        if found and found + sum(sign in plain for sign in more) >= _NEEDED:
            return "CNY" if any(sign in plain for sign in _MAINLAND) else code
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
