"""The numbers of a printed price, each with the unit that is certain for it.

A unit is certain where it is printed beside the number, in the label, or in the head of the column.
`￥`, `¥` and `$` all mean yuan in these notices; a foreign currency is one only where it is named
(美元, USD).
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from tenderlight.capitals import DIGITS, NUMERALS, parse_capitals
from tenderlight.fields.shapes import Grid, Layout
from tenderlight.plain import simplify

PriceKind = Literal["sum", "rate", "unit_price", "gap", "unclear", "none"]

_CURRENCIES = {
    "人民币": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "美元": "USD",
    "美金": "USD",
    "usd": "USD",
    "us$": "USD",
    "欧元": "EUR",
    "eur": "EUR",
    "€": "EUR",
    "英镑": "GBP",
    "gbp": "GBP",
    "£": "GBP",
    "日元": "JPY",
    "jpy": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "hkd": "HKD",
    "澳门元": "MOP",
    "新台币": "TWD",
    "卢布": "RUB",
    "rub": "RUB",
    "瑞士法郎": "CHF",
    "chf": "CHF",
}
_SCALES = {
    "": 1,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_FOREIGN = "|".join(re.escape(word) for word, code in _CURRENCIES.items() if code != "CNY")
_NAMES = "|".join(map(re.escape, _CURRENCIES))
_PER = (
    r"(?:/|每|\\)\s{0,3}\(?\s{0,3}(?:人|吨|平方|立方|米|千米|公里|km|m|㎡|㎥|t|kg|公斤|千克|年|月|日|天|周|次|台|套|个|份|"
    r"件|户|亩|株|车|辆|小时|kwh|度|斤|张|本|册|学期|餐|生|例|项|处|点|只|支|瓶|盒|箱|间|床|块|条|根|批次|标段|部|路)"
)
_NUMBER = (
    r"\d{1,3}(?:[,，]\s?\d{3}){1,5}(?:\.\d{1,10})?(?![\d,])"
    r"|\d{1,3}(?: \d{3}){1,5}(?:\.\d{1,10})?(?!\d)"
    r"|\d{1,14}(?:\.\d{1,10})?(?!\d)"
)
_AMOUNT = re.compile(
    rf"(?P<before>(?:(?:{_NAMES}|[¥$])\s{{0,3}}[:(]?\s{{0,3}}){{0,3}})"
    rf"(?<![\d.])(?P<number>{_NUMBER})(?P<broken>[,，]\d{{1,9}})?\s{{0,3}}"
    rf"(?P<unit>%|‰|\(?\s{{0,3}}(?P<scale>十万|百万|千万|千|万|亿)?\s{{0,3}}"
    rf"(?P<yuan>元|圆|{_FOREIGN}|(?<=[万亿])(?![\u4e00-\u9fff])|(?<=[万亿])(?=人民币|整))"
    rf"(?P<per>\s{{0,3}}\(?{_PER})?\s{{0,3}}\)?(?P<after>\s{{0,3}}\(?\s{{0,3}}(?:{_NAMES})\s{{0,3}}\)?)?)?"
)
_CAPITALS = re.compile(
    rf"(?:人民币\s{{0,3}}[:(]?\s{{0,3}})?(?<![\d{NUMERALS}])"
    rf"(?P<numeral>[{DIGITS}十拾][{NUMERALS} ]{{0,40}}[元圆]"
    rf"(?: ?[{DIGITS}]角)?(?: ?零)?(?: ?[{DIGITS}]分)?[整正]?)"
)
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟]|[十百千万亿][元圆]")
_CAPTION = re.compile(r"单位 ?: ?(?:人民币)?((?:百|千)?万元|亿元|元)")
_RATE = re.compile(r"%|‰|下浮|费率|折扣|优惠率|折率|系数|比率|百分")
_LABEL_UNIT = re.compile(
    rf"(十万|百万|千万|千|万|亿)?\s{{0,3}}(元|圆|{_FOREIGN})(\s{{0,3}}\)?\s{{0,3}}{_PER})?"
)
_UNIT_PRICE = re.compile(r"(?<!总)单价")
_DOUBTFUL = Decimal(10) ** 11
"""More than any purchase costs: a sum of this size is one whose unit is misprinted."""
_SURELY_YUAN = Decimal(10) ** 6
"""Ten thousand times as much would be ten billion: such a bare number cannot count 万元."""
_RATES_END = 1000
"""No rate, in per cent or per mille, is printed as a larger number."""


class Unit(NamedTuple):
    """What a label or the head of a column says of the numbers under it."""

    scale: int
    currency: str = "CNY"
    kind: PriceKind = "sum"


class Amount(NamedTuple):
    """One number with what stands around it; offsets count in the text it was found in."""

    start: int
    end: int
    kind: PriceKind
    value: Decimal | None
    currency: str = "CNY"
    in_capitals: bool = False


def parse_unit(label: str) -> Unit | None:
    """The unit in a label: `中标金额（万元）` counts ten thousands, `中标价(%)` is a rate.

    >>> parse_unit("中标金额（万元）")
    Unit(scale=10000, currency='CNY', kind='sum')
    """
    folded = simplify(label)
    units = list(_LABEL_UNIT.finditer(folded))
    if len({unit.group() for unit in units}) > 1:
        return None
    if not units and folded.isascii() and re.search(r"\b(?:cny|rmb|yuan)\b", folded):
        return Unit(1)
    if not units:
        return Unit(1, kind="rate") if _RATE.search(folded) else None
    scale, name, per = units[0].groups()
    if _RATE.search(folded) and not per:
        return Unit(_SCALES[scale or ""], kind="unclear")
    unit_price = per or _UNIT_PRICE.search(folded)
    currency = _CURRENCIES.get(name) or _currency(folded)
    return Unit(_SCALES[scale or ""], currency, "unit_price" if unit_price else "sum")


def unit_above(layout: Layout, grid: Grid) -> str:
    """The unit that is printed above a table for all of its sums: `单位：万元`; else `""`."""
    ahead = layout.plain[max(0, grid.start - 40) : grid.start]
    found = _CAPTION.findall(ahead)
    return found[-1] if found else ""


def is_rate(printed: str) -> bool:
    """True where the words of a price say that it is a share of something else.

    >>> is_rate("按标准下浮两成")
    True
    """
    return _RATE.search(simplify(printed)) is not None


def find_amounts(printed: str, unit: Unit | None = None) -> list[Amount]:
    """Every number that may be a price, in order, digits and capitals alike."""
    folded = simplify(printed)
    found = [_in_digits(folded, match, unit) for match in _AMOUNT.finditer(folded)]
    for match in _CAPITALS.finditer(folded):
        if _FORMAL.search(match.group()):
            found.append(_in_capitals(folded, match))
    _mark_ranges(folded, found)
    return sorted(found)


def _in_digits(folded: str, match: re.Match[str], unit: Unit | None) -> Amount:
    value = Decimal(re.sub(r"[,，\s]", "", match["number"]))
    kind, scale, currency = _kind_of(match, unit)
    money = value * scale
    if kind == "sum" and not money:
        kind = "gap"
    if kind == "sum" and (match["broken"] or money >= _DOUBTFUL):
        kind = "unclear"
    if kind in ("none", "unclear") and match["unit"] is None:
        preceding = folded[max(0, match.start() - 6) : match.start()]
        kind = "rate" if _RATE.search(preceding) else kind
    return Amount(match.start(), match.end(), kind, money if kind == "sum" else None, currency)


def _kind_of(match: re.Match[str], unit: Unit | None) -> tuple[PriceKind, int, str]:
    """Kind, scale and currency: what is printed beside the number stands above its label."""
    printed, before = match["unit"], match["before"]
    currency = _currency(before + (printed or ""))
    if printed in ("%", "‰"):
        return "rate", 1, currency
    if printed:
        kind: PriceKind = "unit_price" if match["per"] else "sum"
        if unit and unit.kind == "unit_price":
            kind = "unit_price"
        return kind, _SCALES[match["scale"] or ""], currency
    value = Decimal(re.sub(r"[,，\s]", "", match["number"]))
    if unit:
        return (
            _kind_under(unit, value),
            unit.scale,
            currency if currency != "CNY" else unit.currency,
        )
    certain = before.strip() or value >= _SURELY_YUAN or not value
    return ("sum" if certain else "unclear"), 1, currency


def _kind_under(unit: Unit, value: Decimal) -> PriceKind:
    """A label may leave it open whether a number is a sum or a rate, or be plainly wrong."""
    if unit.kind == "unclear":
        return "sum" if value * unit.scale > _RATES_END else "unclear"
    if unit.kind == "sum" and unit.scale > 1 and value >= _SURELY_YUAN:
        return "unclear"
    return unit.kind


def _currency(printed: str) -> str:
    for word, code in _CURRENCIES.items():
        if code != "CNY" and word in printed:
            return code
    return "CNY"


def _in_capitals(folded: str, match: re.Match[str]) -> Amount:
    following = folded[match.end() : match.end() + 8]
    if re.match(rf"\s*\(?{_PER}", following):
        return Amount(match.start(), match.end(), "unit_price", None, in_capitals=True)
    try:
        value = parse_capitals(match["numeral"].replace(" ", ""))
    except ValueError:
        return Amount(match.start(), match.end(), "unclear", None, in_capitals=True)
    kind: PriceKind = "sum" if value else "gap"
    return Amount(match.start(), match.end(), kind, value or None, in_capitals=True)


def _mark_ranges(folded: str, found: list[Amount]) -> None:
    """`50万元~60万元` and `50-60万元` state no sum."""
    found.sort()
    for index, (first, second) in enumerate(pairwise(found)):
        between = folded[first.end : second.start].strip()
        if between in ("-", "~", "—", "至", "到", "--", "——", "-¥", "～"):
            found[index] = first._replace(kind="unclear", value=None)
            found[index + 1] = second._replace(kind="unclear", value=None)
