"""Invented values as notices print them: amounts with 大写, numbers, dates, credit codes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿")
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_YEARS = "〇一二三四五六七八九"


def capitals(fen: int) -> str:
    """An amount in fen as banks write it.

    >>> capitals(120_000_000), capitals(30_050_080), capitals(10_10)
    ('壹佰贰拾万元整', '叁拾万零伍佰元零捌角整', '壹拾元零壹角整')
    """
    yuan, rest = divmod(fen, 100)
    text, zero = "", False
    places = str(yuan)
    for at, digit in enumerate(places):
        myriads, place = divmod(len(places) - 1 - at, 4)
        if digit == "0":
            zero = True
        else:
            text += ("零" if zero and text else "") + _DIGITS[int(digit)] + _PLACES[place]
            zero = False
        if place == 0 and any(d != "0" for d in places[max(0, at - 3) : at + 1]):
            text += _MYRIADS[myriads]
    jiao, last = divmod(rest, 10)
    tail = (_DIGITS[jiao] + "角" if jiao else "") + (_DIGITS[last] + "分" if last else "")
    joint = "零" if tail and places[-1] == "0" else ""
    return f"{text}元{joint}{tail}" + ("" if last else "整")


def credit_code(chance: Random) -> str:
    """A unified social credit code with its check character (GB 32100-2015).

    >>> len(credit_code(Random(1)))
    18
    """
    region = f"{chance.randint(11, 65)}{chance.randint(1, 30):02}{chance.randint(1, 30):02}"
    body = chance.choice(("91", "11", "12")) + region
    body += "".join(chance.choice(_CODE) for _ in range(17 - len(body)))
    total = sum(_CODE.index(c) * weight for c, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CODE[-total % 31]


def project_number(chance: Random) -> str:
    """A project number in one of the shapes that portals use."""
    year, count = chance.randint(2013, 2025), chance.randint(1, 999)
    letters = "".join(chance.choice("ABCDGHJKLMNQRSTXYZ") for _ in range(4))
    shapes = (
        f"{letters}-{year}-G{count:04}",
        f"[{chance.randint(350_000, 659_999)}]{letters}[GK]{year}{count:03}",
        f"{letters}{year}-YN-C{count:03}-{chance.randint(1, 4)}",
        f"{letters[:2]}CG{year}{chance.randint(1, 12):02}{count:03}号",
        f"{letters}({year})第{count}号",
    )
    return chance.choice(shapes)


def dated(day: date, shape: str) -> str:
    """A day as printed: `long`, `dash`, `slash`, `clock`, `hanzi`, `roc`, `english`, `russian`.

    >>> [dated(date(2023, 7, 4), shape) for shape in ("long", "hanzi", "roc")]
    ['2023年07月04日', '二〇二三年七月四日', '民國112年7月4日']
    """
    if shape == "hanzi":
        year = "".join(_YEARS[int(digit)] for digit in str(day.year))
        return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"
    clock = f"{8 + day.day % 9:02}:{day.month % 2 * 30:02}"
    return {
        "long": f"{day.year}年{day.month:02}月{day.day:02}日",
        "dash": day.isoformat(),
        "slash": f"{day.year}/{day.month}/{day.day}",
        "clock": f"{day.year}年{day.month}月{day.day}日 {clock}",
        "roc": f"民國{day.year - 1911}年{day.month}月{day.day}日",
        "english": f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        "russian": f"{day.day:02}.{day.month:02}.{day.year}",
    }[shape]


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _YEARS[tens]) + ("十" if tens else "") + (_YEARS[ones] * bool(ones))


def some_day(chance: Random) -> date:
    """A day between 2013 and 2025."""
    return date(2013, 1, 1) + timedelta(days=chance.randrange(4_700))
