"""What the checks of figures look at, and when two figures agree."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from tenderlight.model import Fields, Item, Passage, Quantity, Reading

MOST_ROWS = 40
"""Rows of a table that are tried as the ones which the text does not count."""
SLACK = Decimal("0.01")
"""What two figures may differ by beside their rounding: the words `about` and `nearly` are free."""
MOST_ROUNDING = Decimal("0.05")
"""A round number (`300`) is taken for exact to a twentieth, not to its last digit."""
_ONE = re.compile("单台|每台|单路|每路|单节点|每节点|单机|每套|单套|单个|每个|单卡|单芯|单颗")
OF_OTHERS = re.compile("现有|已有|原有|既有|已建|已接入|利旧|一期|二期|三期|其中|此前|目前|累计")
_TOTAL = re.compile("共计?|合计|总计|总共|总数|总量|总规模|全部")
NUMBER = (
    r"((?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,4})?|[一二两三四五六七八九十百千零]{1,7})([万亿]?)"
)


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks look at: a notice that is read, its fields and its quantities."""

    reading: Reading
    plain: str
    fields: Fields
    quantities: tuple[Quantity, ...]

    rows: dict[str, list[Item]] = {}
    """By measure, the rows of the table of goods that count what it counts."""

    def of(self, what: str) -> list[Quantity]:
        """The figures of one measure that stand in sentences, not in the table of goods."""
        named = [one for one in self.quantities if one.what == what]
        if not named:
            return named
        rows = {row.quantity.at.start for row in self.rows.get(what, ()) if row.quantity}
        return [one for one in named if one.at.start not in rows]

    def sentence(self, at: Passage) -> str:
        """The sentence around a figure, at most 60 characters to either side."""
        before = re.split(r"[。;\n]", self.plain[max(at.start - 60, 0) : at.start])[-1]
        after = re.split(r"[。;\n]", self.plain[at.end : at.end + 60])[0]
        return before + self.plain[at.start : at.end] + after

    def near(self, at: Passage) -> str:
        """The clause around a figure: what qualifies it stands there."""
        before = re.split(r"[。;,\n]", self.plain[max(at.start - 30, 0) : at.start])[-1]
        after = re.split(r"[。;,\n]", self.plain[at.end : at.end + 20])[0]
        return before + self.plain[at.start : at.end] + after


def agree(stated: Decimal, expected: Decimal, slack: Decimal = SLACK) -> bool:
    """Whether two figures agree within their rounding and a little more.

    A figure is rounded to its last digit that is not 0, at most to a twentieth.

    >>> agree(Decimal(25920000), Decimal(18000) * 1440)
    True
    >>> agree(Decimal(25900000), Decimal(18860) * 1440)
    False
    """
    share = slack + _rounding(stated) + _rounding(expected)
    return abs(stated - expected) <= share * max(abs(stated), abs(expected))


def _rounding(value: Decimal) -> Decimal:
    if value == 0:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    half = Decimal(5).scaleb(int(exponent) - 1)
    return min(half / abs(value), MOST_ROUNDING)


def said(value: Decimal) -> str:
    """A figure as readers write it, with at most two decimals.

    >>> said(Decimal("27158400.00"))
    '27,158,400'
    """
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def is_total(stated: Stated, one: Quantity) -> bool:
    """Whether a figure is said to be that of all (共, 合计), and not of what is there already."""
    near = stated.near(one.at)
    return _TOTAL.search(near) is not None and OF_OTHERS.search(near) is None


def of_one(stated: Stated, at: Passage) -> bool:
    """Whether a figure is that of one server, camera or stream."""
    return _ONE.search(stated.near(at)) is not None
