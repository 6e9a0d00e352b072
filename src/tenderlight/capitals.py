"""大写金额: sums written in Chinese numerals, which law and custom hold above the digits."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇", "一壹弌", "二贰弍两", "三叁弎叄", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
DIGITS = "".join(_DIGITS)
NUMERALS = "".join((*_DIGITS, *_PLACES, *_MYRIADS))
"""Every character of a Chinese numeral, simplified."""

_SUM = re.compile(
    rf"(?P<yuan>[{NUMERALS}]+)[元圆](?:(?P<jiao>[{NUMERALS}])角)?零?(?:(?P<fen>[{NUMERALS}])分)?[整正]?"
)


def parse_capitals(printed: str) -> Decimal:
    """A sum in numerals as yuan; formal (壹佰) or everyday (一百), with or without 整.

    >>> parse_capitals("壹佰贰拾万零伍佰元叁角整")
    Decimal('1200500.3')

    Refuses (ValueError) what no careful writer would print, as two 万 in a row.
    Text must be simplified and free of spaces.
    """
    match = _SUM.fullmatch(printed)
    if match is None:
        raise ValueError(f"not a sum in numerals: {printed[:40]}")
    jiao, fen = match["jiao"], match["fen"]
    tenths = _digit(jiao) * 10 if jiao else 0
    return Decimal(parse_numeral(match["yuan"])) + Decimal(tenths + _digit(fen or "零")) / 100


def parse_numeral(printed: str) -> int:
    """A whole number in numerals: places within 万 within 亿.

    >>> parse_numeral("二十三")
    23
    """
    total = section = digit = 0
    place = myriad = 10**18
    for char in printed:
        if char in _DIGITS:
            if digit:
                raise ValueError(f"two digits in a row: {printed[:40]}")
            digit = _DIGITS[char]
        elif char in _PLACES:
            if _PLACES[char] >= place or not (digit or (char in "十拾" and not section)):
                raise ValueError(f"places out of order: {printed[:40]}")
            place = _PLACES[char]
            section, digit = section + (digit or 1) * place, 0
        else:
            scale = _MYRIADS.get(char, 0)
            if not scale or not (section or digit or (scale > myriad and total)):
                raise ValueError(f"nothing before {char}: {printed[:40]}")
            # 壹万贰仟亿 counts the 亿 in 万: all so far is multiplied.
            larger = scale > myriad
            if larger and total >= scale:
                raise ValueError(f"myriads out of order: {printed[:40]}")
            total = (
                (total + section + digit) * scale if larger else total + (section + digit) * scale
            )
            section, digit, place, myriad = 0, 0, 10**18, scale
    return total + section + digit


def _digit(char: str) -> int:
    if char not in _DIGITS:
        raise ValueError(f"not a digit: {char}")
    return _DIGITS[char]
