"""Sums as notices print them."""

from __future__ import annotations

from random import Random

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def in_words(yuan: int) -> str:
    """A sum in the words of cheques.

    >>> in_words(4860000), in_words(1002300)
    ('肆佰捌拾陆万元整', '壹佰万贰仟叁佰元整')
    """
    groups, rest = [], yuan
    while rest:
        groups.append(rest % 10_000)
        rest //= 10_000
    said = ""
    for place in reversed(range(len(groups))):
        part = _group(groups[place])
        if part:
            gap = "零" if said and groups[place] < 1000 and groups[place + 1] % 10 else ""
            gap = "零" if said and groups[place] < 1000 and not gap else gap
            said += gap + part + _MYRIADS[place]
    return f"{said}元整"


def _group(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return said


def in_myriads(yuan: int) -> str:
    """In units of 10,000 yuan, without the unit.

    >>> in_myriads(4860000), in_myriads(1234500)
    ('486', '123.45')
    """
    return f"{yuan / 10_000:.4f}".rstrip("0").rstrip(".")


def print_sum(yuan: int, chance: Random) -> str:
    """One of the ways to print a sum with its unit; every one means exactly this sum."""
    return chance.choice(
        (
            f"{in_myriads(yuan)}万元",
            f"{in_myriads(yuan)}万元",
            f"{yuan}元",
            f"{yuan}.00元",
            f"￥{yuan:,}.00元",
            f"¥{yuan:,}元",
            f"人民币{yuan:,}元",
            f"{in_words(yuan)}（￥{yuan}.00）",
            f"{in_myriads(yuan)}万元（人民币）",
            f"{yuan}元".translate(_WIDE),
        )
    )


def in_table(yuan: int, chance: Random) -> tuple[str, str]:
    """A sum in a cell, and the unit that stands in the head of its column."""
    if chance.random() < 0.5:
        return in_myriads(yuan), "万元"
    return chance.choice((str(yuan), f"{yuan:,}.00", f"{yuan}.00")), "元"
