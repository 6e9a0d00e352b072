"""Numbers in Chinese digits, as `[DBNum1]`, `[DBNum2]` and `[DBNum3]` print them."""

from __future__ import annotations

SCRIPTS: dict[str, dict[str, str]] = {
    "": {},
    "dbnum1": dict(zip("0123456789", "〇一二三四五六七八九", strict=True)),
    "dbnum2": dict(zip("0123456789", "零壹贰叁肆伍陆柒捌玖", strict=True)),
    "dbnum3": dict(zip("0123456789", "０１２３４５６７８９", strict=True)),
}
_TENS = {"dbnum1": ("", "十", "百", "千"), "dbnum2": ("", "拾", "佰", "仟")}
_LARGE = ("", "万", "亿", "万亿")
_LONGEST = 16
"""Digits: beyond them no unit is in use, and a spreadsheet has no more that are right."""


def spelled(number: str, script: str) -> str:
    """A number of digits, perhaps with a point, in words of the script.

    >>> spelled("1020304", "dbnum2"), spelled("12.5", "dbnum1"), spelled("15", "dbnum3")
    ('壹佰零贰万零叁佰零肆', '一十二.五', '１５')
    """
    digits = SCRIPTS[script]
    whole, point, rest = number.partition(".")
    if script not in _TENS or not whole.isdecimal() or len(whole) > _LONGEST:
        return "".join(digits.get(character, character) for character in number)
    return _whole(whole, script) + point + "".join(digits.get(digit, digit) for digit in rest)


def _whole(number: str, script: str) -> str:
    digits, tens = SCRIPTS[script], _TENS[script]
    words: list[str] = []
    gap = False
    for at, digit in enumerate(number):
        power = len(number) - 1 - at
        if digit == "0":
            gap = True
        else:
            if gap and words:
                words.append(digits["0"])
            gap = False
            words += digits[digit], tens[power % 4]
        if power % 4 == 0 and int(number[max(at - 3, 0) : at + 1]):
            words.append(_LARGE[power // 4])
    return "".join(words) or digits["0"]
