"""Where numbers that matter are printed: sums, dates, project numbers, codes. Places, not values.

All look into folded text (`plain.simplify`), in which every character stands at its own place.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tenderlight.capitals import DIGITS, NUMERALS

_TOKEN = re.compile(r"[a-z0-9](?:[a-z0-9.,:/_#\[\]{}〔〕()+*%‰—–-]*[a-z0-9\])}〕%‰])?")
_MONEY = re.compile(
    r"(?P<sign>[¥$]\s?)?(?<![\d.,])(?P<number>\d[\d,.]*)(?P<unit>\s?(?:十|百|千)?[万亿]?\s?[元圆]|\s?[万亿])?"
)
_BARE = re.compile(r"\d[,.]\d{3}(?!\d)|,\d{3}|^\d+\.\d\d$|^\d{5,}\.\d$")
_WORDS = re.compile(rf"[{NUMERALS}][{NUMERALS} ]{{1,40}}[元圆][{DIGITS}角分整正 ]{{0,8}}")
_IN_WORDS = re.compile(
    r"大写[^\d\n:]{0,3}[:)\s]{0,3}(?:人民币)?[:\s]{0,3}(?P<words>[^\d\n,。;()]{3,40})"
)
_WRITTEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LOST = re.compile(r"\d{5,}\.\d|\d{1,3}(?:,\d{3})+\.\d")
_SPOILT = re.compile(
    r"[¥$]\s?[\d,.]*[a-z][\da-z,.]*"
    r"|(?<![\d,.a-z])\d[\d,.]*[oilszbgq][\d,.oilszbgq]*\s?[万亿]?元"
)
_FORMED = re.compile(
    r"(?<![\w,.，．])[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]{2}|(?:,[0-9]{3}){2,})(?![,.，．]?[0-9])"
)
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟]")
_DAY = re.compile(
    r"(?<![\w.-])(?P<year>[\da-z]{2,5})\s?(?P<mark>[年./-])\s?(?P<month>[\da-z]{1,3})\s?(?:月|(?P=mark))"
    r"(?:\s?(?P<day>[\da-z]{1,3})(?![\w.-]*[\d-])\s?日?)?(?:\s?\(?(?:星期|周)(?P<weekday>[一二三四五六日天]))?"
)
_CODE_LABEL = re.compile(
    r"(?:信用代码|纳税人识别号|税号)[^\da-z\n]{0,8}\n?(?P<code>[\da-z]{10,24})"
)
_CODE = re.compile(
    r"(?<![\w-])(?:9[1-3]|1[1-39]|5[1-39]|y1)[1-68]\d{5}"
    r"(?:[\da-z]{10}|(?=\d{0,8}[a-z])[\da-z]{8,12})(?![\w-])"
)
_NUMBER_LABEL = re.compile(
    r"(?:编号|文号|备案号|合同号|项目号)[)\]]?\s?:?\s?\n?(?P<number>[^\s:,;。]{4,40})"
)


class Printed(NamedTuple):
    """A number as printed, by its place."""

    start: int
    end: int
    value: Decimal | None = None
    """Of a sum in digits, in yuan as far as its unit is printed."""
    certain: bool = False
    """Whether the unit is printed."""


def find_numbers(text: str) -> Iterator[Printed]:
    """Every number of three digits and more, every sum, day, and whatever a label calls a number.

    >>> text = "项目编号:xn-2021-001 预算5万元"
    >>> [text[place.start : place.end] for place in find_numbers(text)]
    ['xn-2021-001', '5万元', 'xn-2021-001']
    """
    for match in _TOKEN.finditer(text):
        if sum(character.isdigit() for character in match.group()) >= 3:
            yield Printed(*match.span())
    yield from find_money(text)
    for pattern in (_WORDS, _DAY):
        yield from (Printed(*match.span()) for match in pattern.finditer(text))
    for match in _NUMBER_LABEL.finditer(text):
        if any(character.isdigit() for character in match["number"]):
            yield Printed(*match.span("number"))


def find_money(text: str) -> Iterator[Printed]:
    """Sums in digits: with a sign, a unit, or written as sums are. None of dates and times."""
    for match in _MONEY.finditer(text):
        number = match["number"].rstrip(".,")
        if not (match["sign"] or match["unit"] or _BARE.search(number)):
            continue
        end = match.end() if match["unit"] else match.start("number") + len(number)
        yield Printed(match.start(), end, _value(number, match["unit"] or ""), bool(match["unit"]))


def find_spoilt_money(text: str) -> Iterator[Printed]:
    """Sums with a letter among their digits."""
    return (Printed(*match.span()) for match in _SPOILT.finditer(text))


def _value(number: str, unit: str) -> Decimal | None:
    """None where the number is not written as numbers are."""
    plain = number.replace(",", "")
    if plain.count(".") > 1 or not is_well_formed(number):
        return None
    places = sum({"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}.get(char, 0) for char in unit)
    return Decimal(plain).scaleb(places)


def is_well_formed(number: str) -> bool:
    """Whether separators stand where a writer sets them, in threes or nowhere.

    >>> is_well_formed("1,234,567.00"), is_well_formed("1,2345.00"), is_well_formed("1.234.567")
    (True, False, False)

    Of a sum of ten thousand and more with one decimal the last digit was lost.
    """
    return _WRITTEN.fullmatch(number) is not None and _LOST.fullmatch(number) is None


def find_separators(printed: str) -> Iterator[int]:
    """Places of separators that the form of their number confirms: `1,234,567.00`, but not `1.234`.

    >>> list(find_separators("1,234.00"))
    [1, 5]
    """
    for match in _FORMED.finditer(printed):
        for place, character in enumerate(match.group(), match.start()):
            if character in ",.":
                yield place


def find_words(text: str) -> Iterator[Printed]:
    """Sums in words (大写), also those that a misread character spoils."""
    plain = [match.span() for match in _WORDS.finditer(text)]
    called = [match.span("words") for match in _IN_WORDS.finditer(text)]
    end = 0
    for span in sorted([*plain, *(each for each in called if not _overlaps(each, plain))]):
        if span[0] >= end and len(_FORMAL.findall(text, *span)) >= 2:
            yield Printed(*span)
            end = span[1]


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Whether one of several, which are in order, has a character of it."""
    first = bisect.bisect_right(others, span[0], key=lambda other: other[1])
    return first < len(others) and others[first][0] < span[1]


def find_codes(text: str) -> Iterator[Printed]:
    """Unified social credit codes: what is called so, and what looks like one."""
    called = {match.span("code") for match in _CODE_LABEL.finditer(text)}
    alike = {match.span() for match in _CODE.finditer(text)}
    yield from (Printed(start, end) for start, end in sorted(called | alike))


def find_days(text: str) -> Iterator[re.Match[str]]:
    """Days and months of a year as printed; `year`, `month`, `day`, `weekday` by name."""
    return _DAY.finditer(text)
