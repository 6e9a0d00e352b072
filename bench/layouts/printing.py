"""Sums and moments as notices print them, with what can be read of them for certain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_HAN = "〇一二三四五六七八九"
_MYRIAD = Decimal(10_000)


class Printed(NamedTuple):
    """A sum on paper: what is added to its label, its words, and the sum if that is certain."""

    remark: str
    words: str
    sure: bool
    form: str


def capitals(value: Decimal) -> str:
    """A sum in capitals.

    >>> capitals(Decimal("1200500.30"))
    '壹佰贰拾万零伍佰元叁角整'
    """
    whole = int(value)
    cents = int((value - whole) * 100)
    groups, words = [], ""
    while whole:
        whole, group = divmod(whole, 10_000)
        groups.append(group)
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group and words and (group < 1000 or words.endswith("零")):
            words = words.rstrip("零") + "零"
        words += _group(group) + (("", "万", "亿")[place] if group else "")
    words = (words or "零") + "元"
    jiao, fen = divmod(cents, 10)
    words += (_DIGITS[jiao] + "角" if jiao else "零" if fen else "") + (
        _DIGITS[fen] + "分" if fen else ""
    )
    return words if fen else words + "整"


def _group(group: int) -> str:
    words, gap = "", False
    for place, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = group // place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


def print_sum(dice: Random, value: Decimal, hard: bool, cell: bool = False) -> Printed:
    """A sum in one of the ways of notices. `cell`: for a column, whose header holds the unit."""
    myriads = _short(value / _MYRIAD)
    six = f"{value / _MYRIAD:.6f}"
    plain = _short(value)
    cents, commas = f"{value:.2f}", f"{value:,.2f}"
    labelled = [("（元）", plain, "元 in label"), ("（元）", cents, "元 in label")]
    labelled += [("（万元）", myriads, "万元 in label"), ("(人民币/元)", commas, "元 in label")]
    labelled += [("（单位：万元）", myriads, "万元 in label"), ("（元）", f"¥{commas}", "¥ and 元")]
    within = [("", f"{myriads}万元", "万元"), ("", f"￥{six}万元（人民币）", "￥ and 万元")]
    within += [("", f"{plain}元", "元"), ("", f"人民币{commas}元", "元"), ("", f"￥{cents}", "￥")]
    within += [("", f"{capitals(value)}（￥{cents}）", "capitals")]
    within += [("", f"人民币（大写）{capitals(value)}（小写：{commas}元）", "capitals")]
    if hard:
        within += [("", f"{_wide(plain)}元", "full width"), ("", f"¥ {commas} 元", "spaces")]
        within += [("", f"RMB {commas}", "RMB"), ("", f"{myriads} 万 元", "spaces")]
        if dice.random() < 0.15:
            return Printed("", dice.choice((plain, myriads, commas)), False, "no unit")
    return Printed(*_sure(dice.choice(labelled if cell else labelled + within)))


def _short(value: Decimal) -> str:
    """Without zeros after the point."""
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _sure(chosen: tuple[str, str, str]) -> tuple[str, str, bool, str]:
    return chosen[0], chosen[1], True, chosen[2]


def _wide(digits: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in "0123456789." else char for char in digits)


def print_day(dice: Random, day: date, hard: bool) -> str:
    """A day."""
    forms = [f"{day.year}年{day.month:02}月{day.day:02}日", f"{day.year}年{day.month}月{day.day}日"]
    forms += [day.isoformat(), f"{day.year}/{day.month}/{day.day}"]
    if hard:
        forms += [_han(day), f"{day.year}.{day.month:02}.{day.day:02}"]
        forms += [
            f"{day.year} 年 {day.month} 月 {day.day} 日",
            _wide(str(day.year)) + f"年{day.month}月{day.day}日",
        ]
    return dice.choice(forms)


def print_moment(dice: Random, moment: str, hard: bool) -> str:
    """A day with a time."""
    day = date.fromisoformat(moment[:10])
    hour, minute = int(moment[11:13]), int(moment[14:16])
    ymd = f"{day.year}年{day.month:02}月{day.day:02}日"
    forms = [
        f"{ymd} {hour:02}:{minute:02}",
        f"{ymd}{hour}时{minute:02}分",
        f"{ymd}{hour:02}点{minute:02}分",
    ]
    forms += [f"{moment}", f"{moment}:00", f"{ymd} {hour:02}:{minute:02}（北京时间）"]
    half, short = ("上午", hour) if hour < 12 else ("下午", hour - 12)
    forms.append(f"{ymd}{half}{short}时{minute:02}分（北京时间）")
    if hard:
        forms += [f"{ymd}{half}{short}:{minute:02}", f"{ymd}（星期二）{hour:02}:{minute:02}"]
        forms += [f"{_han(day)}{half}{short}时{minute:02}分", f"{ymd}\u3000{hour}：{minute:02}"]
    return dice.choice(forms)


def _han(day: date) -> str:
    year = "".join(_HAN[int(digit)] for digit in str(day.year))
    return f"{year}年{_tens(day.month)}月{_tens(day.day)}日"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[ones] if ones else "")
