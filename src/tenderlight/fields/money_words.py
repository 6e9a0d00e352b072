"""The words around a number of a price: for a piece, for a year, a share, a discount, a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from tenderlight.model import Why

_PIECES = (
    r"人(?:次|月|天|日|年|份)?|吨(?:公里)?|平方(?:米|公里|千米)?|平米|立方米?|米|千米|公里|km|m[23²³]?|㎡|㎥|t|kg|公斤|千克|"
    r"年|月|季度?|日|天|周|次|台班|台|套|个|份|件|户|亩|株|车|辆|小时|课时|学时|kwh|kw|度|斤|克|张|本|册|卷|页|"
    r"学期|学年|餐|桌|生|例|项|处|点|只|支|瓶|盒|箱|间|床日?|块|条|根|批次?|标段|部|路|师|幅|面|组|对|双|样|标本|篇|"
    r"千字|字|词|票|座|栋|樘|延米|棵|袋|桶|升|毫升"
)
PER = rf"(?:/|每|\\)\s{{0,3}}\(?\s{{0,3}}1?(?:{_PIECES})(?!\s?[约为]?\s?[\d¥])"
"""What follows the unit of a price for a piece or for a time: `/年`, `每平方米`."""

_RATE = re.compile(
    r"%|‰|下浮|费率|折扣|优惠率|折率|系数|比率|百分|千分之|万分之|让利|[\d一二三四五六七八九.]折|中标率|收益率"
)
_DISCOUNT = re.compile(r"下浮|折扣|优惠|折率|让利|折")
_PER_YEAR_BEFORE = re.compile(
    r"(?:每年度?|每一年|年均|单年|(?<![\d一二三四五六七八九十两全本])年(?:租金?|服务费|费用?|预算))[^,。;:\d\n]{0,6}[:为]?\s{0,2}$"
)
_PER_PIECE_BEFORE = re.compile(
    rf"(?:每(?:{_PIECES})[^,。;:\d\n]{{0,6}}|(?<!总)单价[^,。;\d\n]{{0,4}}|月(?:租金?|服务费|费用))[:为]?\s{{0,2}}$"
)
_LEAST_BEFORE = re.compile(
    r"(?:不低于|不少于|至少|大于|高于|(?<!不)超过|不小于)(?:人民币)?\s{0,2}$"
)
_LEAST_AFTER = re.compile(r"\s?\)?\s?(?:\(含\)|含)?(?:以上|起(?!草|诉))")
_BETWEEN = re.compile(r"(?:\(含\))?\s?(?:[-~—–－～]{1,2}|至|到)\s?(?:人民币)?")


class _Placed(Protocol):
    """What has a place in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


T = TypeVar("T", bound=_Placed)


def is_rate_word(folded: str) -> bool:
    """True where simplified words name a share: 费率, 下浮, 九五折, 千分之三."""
    return _RATE.search(folded) is not None


def is_discount(folded: str) -> bool:
    """True where the share is one that is taken off, or a price in tenths: 下浮率, 九折."""
    return _DISCOUNT.search(folded) is not None


def why_beside(folded: str, start: int, end: int) -> Why | None:
    """Why the number printed there is no sum, by the words that stand directly before or after.

    >>> why_beside("每平方米35元", 4, 7), why_beside("9.5折", 0, 3), why_beside("共35元", 1, 4)
    ('unit-price', 'discount', None)
    """
    ahead = folded[max(0, start - 14) : start]
    near = ahead[-6:] + "|"
    if folded[end : end + 1] == "折" or is_rate_word(near):
        return "discount" if folded[end : end + 1] == "折" or is_discount(near) else "rate"
    if _PER_YEAR_BEFORE.search(ahead):
        return "per-year"
    if _PER_PIECE_BEFORE.search(ahead):
        return "unit-price"
    if _LEAST_BEFORE.search(ahead) or _LEAST_AFTER.match(folded, end):
        return "range"
    return None


def mark_ranges(folded: str, found: Sequence[T]) -> Iterator[tuple[T, Why | None]]:
    """Each amount, with `range` for both ends of `50万元~60万元`, which states no sum."""
    ends: set[int] = set()
    for first, second in pairwise(found):
        between = folded[first.end : second.start].rstrip("¥$")
        if first.end <= second.start and _BETWEEN.fullmatch(between):
            ends |= {first.start, second.start}
    for amount in found:
        yield amount, "range" if amount.start in ends else None
