"""Numbers as lists print them: 一, 壹, 甲, ①, iv, б.

The names are those of `w:numFmt` (ISO/IEC 29500-1 §17.18.59).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_CAPITAL: Final = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_TW: Final = "零壹貳參肆伍陸柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ENCLOSED: Final = {
    "decimalEnclosedCircle": ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)),
    "decimalEnclosedCircleChinese": ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)),
    "decimalEnclosedParen": ((1, 20, 0x2474),),
    "decimalEnclosedFullstop": ((1, 20, 0x2488),),
    "ideographEnclosedCircle": ((1, 10, 0x3280),),
}


def count(number: int, form: str) -> str:
    """A number in one of Word's forms; in plain digits where the form is not known or runs out.

    >>> count(12, "chineseCounting"), count(3, "decimalEnclosedCircle"), count(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    if number < 0 or number > 99_999:
        return str(number)
    if form in _ENCLOSED:
        ranges = _ENCLOSED[form]
        return next((chr(at + number - a) for a, b, at in ranges if a <= number <= b), str(number))
    return _FORMS[form](number) if form in _FORMS else str(number)


def chinese(
    number: int, digits: str = _DIGITS, units: str = "十百千", *, short: bool = True
) -> str:
    """A number in words: 二十三; `short` leaves out the one of eleven to nineteen.

    >>> chinese(11), chinese(105), chinese(20300), chinese(11, _CAPITAL, "拾佰仟", short=False)
    ('十一', '一百零五', '二万零三百', '壹拾壹')
    """
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1_000 else ""
        words = chinese(number // 10_000, digits, units, short=short) + "万" + gap
        return words + (chinese(rest, digits, units, short=False) if rest else "")
    words, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += (digits[0] if skipped else "") + digits[digit]
            words += units[place - 1] if place else ""
        skipped = not digit and bool(words)
    if short and words.startswith(digits[1] + units[0]):
        words = words[1:]
    return words or digits[0]


def _letters(number: int, alphabet: str) -> str:
    """a … z, then aa, bb …, as Word counts."""
    if not 0 < number <= len(alphabet) * 30:
        return str(number)
    return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4_000:
        return str(number)
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _one_of(number: int, row: str) -> str:
    return row[(number - 1) % len(row)] if number else str(number)


def _stem_and_branch(number: int) -> str:
    return _one_of(number, _STEMS) + _one_of(number, _BRANCHES)


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")


def _capital(number: int) -> str:
    return chinese(number, _CAPITAL, "拾佰仟", short=False)


def _capital_tw(number: int) -> str:
    return chinese(number, _CAPITAL_TW, "拾佰仟", short=False)


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": lambda number: _letters(number, _LATIN),
    "upperLetter": lambda number: _letters(number, _LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "russianLower": lambda number: _letters(number, _RUSSIAN),
    "russianUpper": lambda number: _letters(number, _RUSSIAN.upper()),
    "ordinal": _ordinal,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": _capital,
    "ideographLegalTraditional": _capital_tw,
    "japaneseLegal": _capital_tw,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "koreanDigital2": _digits,
    "ideographTraditional": lambda number: _one_of(number, _STEMS),
    "ideographZodiac": lambda number: _one_of(number, _BRANCHES),
    "ideographZodiacTraditional": _stem_and_branch,
}
