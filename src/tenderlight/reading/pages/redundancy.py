"""Numbers that are held against something else that is printed: words, a check digit, a calendar.

Nothing is corrected. What disagrees is doubted; what agrees needs no recogniser to vouch for it.
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from tenderlight.capitals import parse_capitals
from tenderlight.model import Doubt
from tenderlight.reading.pages.printed import (
    Printed,
    find_codes,
    find_days,
    find_money,
    find_spoilt_money,
    find_words,
    is_well_formed,
)

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NEAR = 16
"""Characters between a sum in digits and the same in words: `元整（小写：人民币¥`."""
_YEARS = range(1949, 2100)
_WEEKDAYS = "一二三四五六日"
_ALIKE = str.maketrans("olizsbgq", "01125899", ".,:/_#[]{}〔〕()+*%‰—–- ")
"""Letters that look like digits; marks are often misread, too, and do not count."""
_LONG = 6
_BRACKETS = {"(": ")", "[": "]", "{": "}", "〔": "〕", "【": "】"}
_BRACKETED = re.compile(
    r"[a-z0-9-]{0,20}(?P<open>[(\[{〔【])\d{4}(?P<close>[)\]}〕】]{1,2})[a-z0-9-]{0,20}"
)

SURE = ""
"""Instead of a reason: the characters are confirmed by others."""


def find_agreements(text: str) -> Iterator[Doubt]:
    """What the folded text says twice: doubts where it disagrees, `why` SURE where it agrees."""
    yield from _in_words(text)
    yield from _codes(text)
    yield from _days(text)
    yield from _badly_formed(text)
    yield from _open_brackets(text)
    yield from _spelled_two_ways(text)


def is_credit_code(code: str) -> bool:
    """Whether the check character of a unified social credit code fits (GB 32100-2015, annex A).

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y48")
    (True, False)
    """
    code = code.upper()
    if len(code) != 18 or any(character not in _ALPHABET for character in code):
        return False
    total = sum(_ALPHABET.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]


def _in_words(text: str) -> Iterator[Doubt]:
    """Sums in words, each held against the sums in digits beside it."""
    money = list(find_money(text))
    for words in find_words(text):
        first = bisect.bisect_left(money, words.start - _NEAR, key=lambda each: each.end)
        last = bisect.bisect_right(money, words.end + _NEAR, key=lambda each: each.start)
        beside = [each for each in money[first:last] if _is_beside(text, each, words)]
        value = _words_value(text[words.start : words.end])
        same = [each for each in beside if value is not None and value in _meanings(each)]
        if same:
            yield Doubt(words.start, words.end, SURE)
            yield from (Doubt(each.start, each.end, SURE) for each in same)
        elif beside or value is None:
            yield Doubt(words.start, words.end, "capitals")
            yield from (Doubt(each.start, each.end, "capitals") for each in beside)


def _is_beside(text: str, money: Printed, words: Printed) -> bool:
    """Whether a sum in digits means the same: in the line, or called 小写 in another one."""
    between = text[min(money.end, words.end) : max(money.start, words.start)]
    if money.start < words.end and words.start < money.end:
        return False
    return "\n" not in between or "小写" in between or "¥" in text[money.start : money.end]


def _words_value(printed: str) -> Decimal | None:
    try:
        return parse_capitals(printed.replace(" ", ""))
    except ValueError:
        return None


def _meanings(money: Printed) -> tuple[Decimal, ...]:
    """What a sum can be in yuan; the unit may stand in the head of its column."""
    if money.value is None:
        return ()
    return (money.value,) if money.certain else (money.value, money.value * 10_000)


def _codes(text: str) -> Iterator[Doubt]:
    for code in find_codes(text):
        fits = is_credit_code(text[code.start : code.end])
        yield Doubt(code.start, code.end, SURE if fits else "checksum")


def _days(text: str) -> Iterator[Doubt]:
    for match in find_days(text):
        year, month, day = match["year"], match["month"], match["day"]
        if match["mark"] != "年" and (day is None or len(year) != 4):
            continue
        if not _is_day(year, month, day, match["weekday"]):
            yield Doubt(match.start(), match.end(), "no-date")


def _is_day(year: str, month: str, day: str | None, weekday: str | None) -> bool:
    """Whether the calendar has it, and on that day of the week."""
    if not (year + month + (day or "")).isdecimal():
        return False
    if len(year) == 2:
        year = f"20{year}"
    if int(year) not in _YEARS:
        return False
    try:
        date = datetime.date(int(year), int(month), int(day or 1))
    except ValueError:
        return False
    return weekday is None or _WEEKDAYS[date.weekday()] == weekday.replace("天", "日")


def _badly_formed(text: str) -> Iterator[Doubt]:
    """Sums with a separator at a place where no writer sets one, or with a letter among digits."""
    for money in find_money(text):
        number = re.sub(r"[^\d.,]", "", text[money.start : money.end]).rstrip(".,")
        if not is_well_formed(number):
            yield Doubt(money.start, money.end, "unsure")
    for spoilt in find_spoilt_money(text):
        yield Doubt(spoilt.start, spoilt.end, "unsure")


def _open_brackets(text: str) -> Iterator[Doubt]:
    """Numbers with a bracket of one kind that closes as another: `[2023}`."""
    for match in _BRACKETED.finditer(text):
        if _BRACKETS[match["open"]] != match["close"]:
            yield Doubt(*match.span(), "unsure")


def _spelled_two_ways(text: str) -> Iterator[Doubt]:
    """Numbers that differ in look-alikes only (`O` and `0`): one of them is misread."""
    spelled: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for match in re.finditer(r"[a-z0-9][a-z0-9.,/_#\[\]{}〔〕()—–-]*[a-z0-9]", text):
        key = match.group().translate(_ALIKE)
        if len(key) >= _LONG and sum(character.isdigit() for character in match.group()) >= 3:
            spelled[key][match.group()].append(match.span())
    for ways in spelled.values():
        if len(ways) > 1:
            for start, end in (span for spans in ways.values() for span in spans):
                yield Doubt(start, end, "unsure")
