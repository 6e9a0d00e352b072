"""Dates and times as notices print them: digits, Chinese numerals, 民国 years, broken lines."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY_PART = r"(?P<half>上午|下午|早上|晚上|中午|凌晨|am|pm)?"
_CLOCK = (
    r"(?:\s{0,4}日?\s{0,4}(?:\([^()]{0,8}\)|星期.|[-,t])?\s{0,4}(?:北京时间)?\s{0,4}"
    + _DAY_PART
    + r"\s{0,4}"
    r"(?P<hour>\d{1,2})\s{0,4}(?:[:时點点]\s{0,4}(?P<minute>\d{1,2})?\s{0,4}分?|(?=整)))?"
)
_DIGITS = re.compile(
    _YEAR
    + r"\s{0,4}(?P<sep>[-/.])\s{0,4}(?P<month>\d{1,2})\s{0,4}(?P=sep)\s{0,4}(?P<day>\d{1,2})(?!\d)"
    + _CLOCK
)
_COMPACT = re.compile(_YEAR + r"(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)" + _CLOCK)
_HAN = re.compile(
    r"(?P<roc>(?:中华)?民国\s{0,4})?(?P<year>\d\s{0,4}\d\s{0,4}\d\s{0,4}\d|(?(roc)\d{2,3}|\d{4}))\s{0,4}年\s{0,4}"
    r"(?P<month>\d\s{0,4}\d?)\s{0,4}月\s{0,4}(?P<day>\d\s{0,4}\d?)\s{0,4}(?=日|号|上午|下午|\s{0,4}\d{1,2}\s{0,4}[:时])"
    + _CLOCK
)
_NUMERALS = re.compile(
    r"(?:(?P<roc>(?:中华)?民国)\s{0,4})?(?P<year>[0o〇○零一二三四五六七八九十百]{2,5})年\s{0,4}"
    r"(?P<month>[一二三四五六七八九十]{1,3}|\d{1,2})月\s{0,4}"
    r"(?P<day>[一二三四五六七八九十廿]{1,4}|\d{1,2})(?=日|号)" + _CLOCK
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(
    r"\b(?P<month>(?:"
    + "|".join(_MONTHS)
    + r"))[a-z]{0,6}\.?\s{1,4}(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{0,4},\s{0,4}"
    + _YEAR
    + r"(?!\d)"
    + _CLOCK
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s{1,4}of)?[\s-]{1,4}(?P<month>(?:"
    + "|".join(_MONTHS)
    + r"))[a-z]{0,6}\.?,?[\s-]{1,4}"
    + _YEAR
    + r"(?!\d),?"
    + _CLOCK
)
_OF_TAIWAN = re.compile(
    r"(?<![\d/.])(?P<roc>)(?P<year>1[0-4]\d)/(?P<month>[01]\d)/(?P<day>[0-3]\d)(?![\d/])" + _CLOCK
)
"""`110/06/18` on a portal of Taiwan: the year of the Republic without its name."""
_IN_DIGITS, _WITH_A_WORD = (_DIGITS, _COMPACT, _NAMED, _DAY_FIRST), (_HAN, _NUMERALS)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_ANY_OF_TAIWAN = re.compile(r"1[0-4]\d/[01]\d/[0-3]\d")
_HALF_BEHIND = re.compile(r"(?::\d{2})?\s{0,2}(?P<half>[ap])\.?\s?m\b\.?")
"""`2:00 p.m.`: English prints the half of the day behind the hour."""
_DIGIT = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零0o", "0"
)
_REACH = 60
"""How far after its start a moment may be spread: lines broken within a date."""


class Moment(NamedTuple):
    """A date, with its time where one is printed, and its place."""

    value: str
    """`2022-06-13` or `2022-06-13 15:19`."""
    start: int
    end: int


def find_moment(plain: str, start: int, end: int) -> Moment | None:
    """The first date in a stretch of simplified text; None where there is none that can be.

    >>> find_moment("截止时间:2016年11月 14日下午 3时30分(北京时间)", 0, 40)
    Moment(value='2016-11-14 15:30', start=5, end=25)
    >>> find_moment("二〇一八年三月十日", 0, 9).value, find_moment("民国110年3月5日", 0, 10).value
    ('2018-03-10', '2021-03-05')
    """
    found: Moment | None = None
    for pattern in _possible(plain, start, end):
        match = pattern.search(plain, start, end)
        while match is not None:
            moment = _understood(match)
            if moment is not None:
                if found is None or moment.start < found.start:
                    found = moment
                break
            match = pattern.search(plain, match.start() + 1, end)
    return found


def _possible(plain: str, start: int, end: int) -> tuple[re.Pattern[str], ...]:
    """The patterns of which a stretch has the year's sign: most stretches have none."""
    with_a_word = _WITH_A_WORD if plain.find("年", start, end) >= 0 else ()
    in_digits = _IN_DIGITS if _ANY_YEAR.search(plain, start, end) else ()
    of_taiwan = (_OF_TAIWAN,) if _ANY_OF_TAIWAN.search(plain, start, end) else ()
    return (*in_digits, *of_taiwan, *with_a_word)


def moment_at(plain: str, start: int, end: int) -> Moment | None:
    """The date that a value starts with or holds, also if it goes on over the next lines."""
    reach = min(len(plain), max(min(end, start + 3 * _REACH), start + _REACH))
    moment = find_moment(plain, start, reach)
    return moment if moment is not None and moment.start <= max(end, start + 2) else None


def _understood(match: re.Match[str]) -> Moment | None:
    year = _number(match["year"])
    if match.groupdict().get("roc") is not None:
        year += 1911
    try:
        day = date(year, _number(match["month"]), _number(match["day"]))
    except ValueError:
        return None
    if not 1990 <= day.year <= 2099:
        return None
    value, end = day.isoformat(), max(match.end("day"), match.end("year"))
    if match.string[end : end + 1] in ("日", "号"):
        end += 1
    clock = _clock(match)
    if clock is not None:
        value, end = f"{value} {clock}", match.end()
    return Moment(value, match.start(), end)


def _clock(match: re.Match[str]) -> str | None:
    if match["hour"] is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    behind = _HALF_BEHIND.match(match.string, match.end())
    half = f"{behind['half']}m" if behind else match["half"]
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if behind and half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _number(printed: str) -> int:
    """A number in digits or in Chinese numerals: `一百一十`, `二〇一八`, `廿三`."""
    digits = "".join(printed.split())
    if digits in _MONTHS:
        return _MONTHS.index(digits) + 1
    if digits.isdecimal():
        return int(digits)
    if not any(char in digits for char in "十百廿"):
        return int("".join(_DIGIT[char] for char in digits))
    total = 0
    digits = digits.replace("廿", "二十")
    if "百" in digits:
        hundreds, _, digits = digits.partition("百")
        total += 100 * int(_DIGIT[hundreds or "一"])
    tens, ten, ones = digits.rpartition("十")
    total += 10 * int(_DIGIT[tens.lstrip("零〇") or "一"]) if ten else 0
    ones = ones.lstrip("零〇")
    return total + (int(_DIGIT[ones]) if ones else 0)
