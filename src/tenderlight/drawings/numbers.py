"""Numbers short enough for a drawing."""

from __future__ import annotations

from decimal import Decimal

UNITS = {"en": ((10**9, "bn"), (10**6, "M")), "zh": ((10**8, "亿"), (10**4, "万"))}


def short(value: int | Decimal, lang: str = "en") -> str:
    """A number in the units of its language, with three digits where it is long.

    >>> short(1234), short(Decimal(18_600_000)), short(Decimal("1430000000"))
    ('1,234', '18.6M', '1.43bn')
    >>> short(Decimal(18_600_000), "zh"), short(Decimal("1430000000"), "zh")
    ('1860万', '14.3亿')
    """
    exact = Decimal(value)
    for size, unit in UNITS[lang]:
        if abs(exact) >= max(size, 10**5):
            return f"{_three_digits(exact / size)}{unit}"
    return f"{exact:,.0f}"


def between(low: int, high: int, lang: str = "en") -> str:
    """Numbers from one to another; one number where they are the same.

    >>> between(5, 16), between(3, 3)
    ('5–16', '3')
    """
    return short(low, lang) if low == high else f"{short(low, lang)}–{short(high, lang)}"


def _three_digits(number: Decimal) -> str:
    places = max(0, 2 - number.adjusted())
    return f"{number:.{places}f}"
