"""The numbers of a printed price, each with the unit that is certain for it.

A unit is certain where it is printed beside the number, in the label, in the head of the column or
above the table. What is no certain sum says why (`model.Why`): a rate, a discount, a price for a
piece or for a year, a range, a number without unit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from tenderlight.capitals import DIGITS, NUMERALS, parse_capitals
from tenderlight.fields.money_currencies import FOREIGN, NAMES, find_currency
from tenderlight.fields.money_words import (
    PER,
    is_discount,
    is_rate_word,
    mark_ranges,
    why_beside,
)
from tenderlight.fields.shapes import Grid, Layout
from tenderlight.model import Why
from tenderlight.plain import simplify

PriceKind = Literal["sum", "rate", "unit_price", "gap", "unclear", "none"]

_SCALES = {
    "": 1,
    "百": 100,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "million": 10**6,
    "billion": 10**9,
}
_SCALE = r"[十拾百佰千仟]?万|[十拾百佰]?亿|[百佰千仟]|(?:million|billion)(?![a-z])"
_NUMBER = (
    r"\d{1,3}(?:[,，]\s?\d{3}){1,5}(?:\.\d{1,10})?(?![\d,])"
    r"|\d{1,3}(?: \d{3}){1,5}(?:\.\d{1,10})?(?!\d)"
    r"|\d{1,14}(?:\.\d{1,10})?(?!\d)"
)
_AMOUNT = re.compile(
    rf"(?P<before>(?:(?:{NAMES}|[¥$])\s{{0,3}}[:(元]?\s{{0,3}}){{0,3}})"
    rf"(?<![\d.])(?P<number>{_NUMBER})(?P<broken>[,，.]\d{{1,9}})?\s{{0,3}}"
    rf"(?P<unit>%|‰|\(?\s{{0,3}}(?P<scale>{_SCALE})?\s{{0,3}}"
    rf"(?P<yuan>元|圆|人民币元?|(?<![a-z])(?:rmb|cny)(?![a-z])|{FOREIGN}"
    rf"|(?<=[万亿])(?![\u4e00-\u9fff])|(?<=[万亿])(?=整)|(?<=illion)(?!\s{{0,3}}(?:yuan|{FOREIGN})))"
    rf"(?P<per>[ \t]{{0,3}}\(?{PER})?\s{{0,3}}\)?"
    rf"(?P<after>\s{{0,3}}\(?\s{{0,3}}(?:{NAMES})\s{{0,3}}\)?)?)?"
)
_CAPITALS = re.compile(
    rf"(?:人民币\s{{0,3}}(?:\(?大写\)?)?\s{{0,3}}[:(]?\s{{0,3}})?(?<![\d{NUMERALS}])"
    rf"(?P<numeral>[{DIGITS}十拾][{NUMERALS} ]{{0,40}}(?:[元圆]|(?=[整正]))"
    rf"(?: ?[{DIGITS}]角)?(?: ?零)?(?: ?[{DIGITS}]分)?[整正]?)"
)
_DIGIT = re.compile(r"\d")
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟]|[十百千万亿][元圆]")
_CAPTION = re.compile(
    r"单位 ?[:为是]? ?\(?(?:人民币|rmb|cny)?"
    r"((?:百|千|十)?万(?:美|欧|港)?元|亿元|千元|美元|欧元|港元|港币|元)"
)
_LABEL_UNIT = re.compile(
    rf"({_SCALE})?\s{{0,3}}((?<![单公多状])元(?![器件素旦])|圆|{FOREIGN})(\s{{0,3}}\)?\s{{0,3}}{PER})?"
)
_UNIT_PRICE = re.compile(r"(?<!总)单价")
_DOUBTFUL = Decimal(10) ** 10
"""More than purchases cost: a sum of this size is one whose unit is misprinted."""
_SURELY_YUAN = Decimal(10) ** 6
"""Ten thousand times as much would be ten billion: such a bare number cannot count 万元."""
_LARGE = Decimal(10) ** 5
"""So many 万元 are a billion: a form's unit that makes a number this large is not believed."""
_SMALL = Decimal(1000)
"""Fewer yuan than any purchase costs: a bare number below it may well count 万元."""
_RATES_END = 1000
"""No rate, in per cent or per mille, is printed as a larger number."""


class Unit(NamedTuple):
    """What a label or the head of a column says of the numbers under it."""

    scale: int
    currency: str = "CNY"
    kind: PriceKind = "sum"
    why: Why | None = None


class Amount(NamedTuple):
    """One number with what stands around it; offsets count in the text it was found in."""

    start: int
    end: int
    kind: PriceKind
    value: Decimal | None
    currency: str = "CNY"
    in_capitals: bool = False
    why: Why | None = None
    """None only for a sum."""
    number: Decimal | None = None
    """The digits as printed, without their unit."""
    doubted: Decimal | None = None
    """What a number comes to whose unit is printed but not believed."""


class _Taken(NamedTuple):
    """How a number counts: its kind with the reason, and what it is multiplied with."""

    kind: PriceKind
    why: Why | None
    scale: int = 1
    currency: str = "CNY"


def parse_unit(label: str) -> Unit | None:
    """The unit in a label: `中标金额（万元）` counts ten thousands, `中标价(%)` is a rate.

    >>> parse_unit("中标金额（万元）")
    Unit(scale=10000, currency='CNY', kind='sum', why=None)

    None where it names no unit, or more than one.
    """
    folded = simplify(label)
    units = list(_LABEL_UNIT.finditer(folded))
    if len({unit.group() for unit in units}) > 1:
        return None
    if not units and folded.isascii() and re.search(r"\b(?:cny|rmb|yuan)\b", folded):
        return Unit(1)
    if not units:
        if not is_rate_word(folded):
            return None
        return Unit(1, kind="rate", why="discount" if is_discount(folded) else "rate")
    scale, name, per = units[0].groups()
    if is_rate_word(folded) and not per:
        return Unit(_scale(scale), kind="unclear", why="unclear")
    currency = find_currency(name) if name not in "元圆" else find_currency(folded)
    if per or _UNIT_PRICE.search(folded):
        why: Why = "per-year" if per and "年" in per else "unit-price"
        return Unit(_scale(scale), currency, "unit_price", why)
    return Unit(_scale(scale), currency)


def _scale(printed: str | None) -> int:
    plain = (printed or "").replace("拾", "十").replace("佰", "百").replace("仟", "千")
    return _SCALES[plain]


def unit_above(layout: Layout, grid: Grid) -> str:
    """The unit that is printed above a table for all of its sums: `单位：万元`; else `""`."""
    ahead = layout.plain[max(0, grid.start - 40) : grid.start]
    found = _CAPTION.findall(ahead)
    return found[-1] if found else ""


def is_rate(printed: str) -> bool:
    """True where the words of a price say that it is a share of something else.

    >>> is_rate("按标准下浮两成"), is_rate("九五折")
    (True, True)
    """
    return is_rate_word(simplify(printed))


def find_amounts(printed: str, unit: Unit | None = None, whole: bool = False) -> list[Amount]:
    """Every number that may be a price, in order, digits and capitals alike.

    With `whole` the price of a whole purchase is looked for: words that make a price one for a
    piece or a year count, and bare numbers too small for a purchase are not believed.

    >>> [(a.kind, a.value, a.why) for a in find_amounts("每年120万元，三年共360万元", whole=True)]
    [('unit_price', None, 'per-year'), ('sum', Decimal('3600000'), None)]
    """
    folded = simplify(printed)
    numbers = _AMOUNT.finditer(folded) if _DIGIT.search(folded) else ()
    found = [_in_digits(folded, match, unit, whole) for match in numbers]
    for match in _CAPITALS.finditer(folded) if _FORMAL.search(folded) else ():
        if _FORMAL.search(match.group()):
            found.append(_in_capitals(folded, match))
    return [
        amount
        if why is None
        else amount._replace(
            kind="unclear" if why == "range" else "unit_price", value=None, why=why
        )
        for amount, why in mark_ranges(folded, sorted(found, key=lambda amount: amount[:2]))
    ]


def _in_digits(folded: str, match: re.Match[str], unit: Unit | None, whole: bool) -> Amount:
    number = Decimal(re.sub(r"[,，\s]", "", match["number"]))
    taken = _taken(match, number, unit)
    if whole and taken.kind == "sum" and match["unit"] is None and _is_small(match, number, taken):
        taken = taken._replace(kind="unclear", why="unclear" if unit else "no-unit")
    value = number * taken.scale
    if taken.kind == "sum" and not value:
        taken = taken._replace(kind="gap", why="zero")
    if taken.kind == "sum" and (match["broken"] or value >= _DOUBTFUL):
        taken = taken._replace(kind="unclear", why="unclear")
    if taken.kind in ("sum", "unclear") and (why := why_beside(folded, match.start(), match.end())):
        if why in ("rate", "discount"):
            if match["unit"] is None:
                taken = taken._replace(kind="rate", why=why)
        elif taken.kind == "sum" and (whole or why == "range"):
            taken = taken._replace(kind="unclear" if why == "range" else "unit_price", why=why)
    is_doubted = taken.kind == "unclear" and taken.why == "unclear" and not match["broken"]
    return Amount(
        *(match.start(), match.end(), taken.kind, value if taken.kind == "sum" else None),
        currency=taken.currency,
        why=taken.why,
        number=number,
        doubted=value if is_doubted else None,
    )


def _taken(match: re.Match[str], number: Decimal, unit: Unit | None) -> _Taken:
    """What is printed beside the number stands above its label."""
    printed, before = match["unit"], match["before"]
    currency = find_currency(before + (printed or ""))
    if printed in ("%", "‰"):
        return _Taken("rate", "rate", currency=currency)
    if printed:
        scale = _scale(match["scale"])
        if match["per"] or (unit and unit.kind == "unit_price"):
            why: Why = (
                "per-year" if "年" in (match["per"] or (unit and unit.why) or "") else "unit-price"
            )
            return _Taken(
                "unit_price", unit.why if unit and not match["per"] else why, scale, currency
            )
        if scale > 1 and number >= _LARGE and _decimals(match["number"]) > 3:
            return _Taken("unclear", "unclear", scale, currency)
        return _Taken("sum", None, scale, currency)
    if unit:
        return _under(unit, number, before, currency)
    if 0 < number < _SURELY_YUAN and not before.strip():
        return _Taken("unclear", "no-unit", currency=currency)
    return _Taken("sum", None, currency=currency)


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _under(unit: Unit, number: Decimal, before: str, currency: str) -> _Taken:
    """A number under a label, which may leave open what it counts, or be plainly wrong."""
    taken = _Taken(
        unit.kind, unit.why, unit.scale, currency if currency != "CNY" else unit.currency
    )
    if unit.currency not in ("CNY", currency) and (currency != "CNY" or "¥" in before):
        return taken._replace(kind="unclear", why="unclear")
    if unit.kind == "unclear" and number * unit.scale > _RATES_END:
        taken = taken._replace(kind="sum", why=None)
    if taken.kind != "sum" or taken.currency != "CNY" or not number:
        return taken
    too_large = unit.scale >= 10**4 and number >= _LARGE
    return taken._replace(kind="unclear", why="unclear") if too_large else taken


def _is_small(match: re.Match[str], number: Decimal, taken: _Taken) -> bool:
    """True for so few yuan, or so many decimals, that the number may well count 万元."""
    if taken.currency != "CNY" or taken.scale != 1 or not number:
        return False
    return number < _SMALL or (number < _LARGE and _decimals(match["number"]) > 4)


def _in_capitals(folded: str, match: re.Match[str]) -> Amount:
    def amount(kind: PriceKind, value: Decimal | None, why: Why | None) -> Amount:
        return Amount(match.start(), match.end(), kind, value, in_capitals=True, why=why)

    following = folded[match.end() : match.end() + 8]
    if per := re.match(rf"\s*\(?{PER}", following):
        return amount("unit_price", None, "per-year" if "年" in per.group() else "unit-price")
    numeral = match["numeral"].replace(" ", "")
    if not re.search(r"[元圆]", numeral):
        numeral = numeral.rstrip("整正") + "元整"
    try:
        value = parse_capitals(numeral)
    except ValueError:
        return amount("unclear", None, "capitals")
    return amount("sum", value, None) if value else amount("gap", None, "zero")
