"""What a cell shows: its value through its number format, as a spreadsheet program prints it.

The codes are those of ECMA-376 part 1, §18.8.31; `[DBNum…]`, `[$-804]` and the numbered formats of
Chinese programs are in §18.8.30. What depends on the user's country is printed the Chinese way,
with years first, which cannot be mistaken anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tenderlight.reading.sheets import days, digits
from tenderlight.reading.sheets.numerals import SCRIPTS, spelled

GENERAL = "General"
_DATES = {
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
}
_YEAR_MONTH = dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"')
_MONTH_DAY = dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"')
BUILT_IN: dict[int, str] = (
    _DATES
    | _YEAR_MONTH
    | _MONTH_DAY
    | {
        0: GENERAL,
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        5: "¥#,##0;¥-#,##0",
        6: "¥#,##0;¥-#,##0",
        7: "¥#,##0.00;¥-#,##0.00",
        8: "¥#,##0.00;¥-#,##0.00",
        9: "0%",
        10: "0.00%",
        11: "0.00E+00",
        12: "# ?/?",
        13: "# ??/??",
        37: "#,##0;-#,##0",
        38: "#,##0;-#,##0",
        39: "#,##0.00;-#,##0.00",
        40: "#,##0.00;-#,##0.00",
        41: '#,##0;-#,##0;"-";@',
        42: '¥#,##0;-¥#,##0;¥"-";@',
        43: '#,##0.00;-#,##0.00;"-";@',
        44: '¥#,##0.00;-¥#,##0.00;¥"-";@',
        48: "##0.0E+0",
        49: "@",
    }
)
"""The formats that have a number only."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>G/通用格式|General|Standard)|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-])|(?P<days>y+|m+|d+|h+|s+|e+|g+|b+|aaa+)|(?P<second>(?<=s)\.0{1,3})"
    r"|(?P<number>[0#?.,%/])|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_LONGEST = 255
"""A format code has no more characters in any program."""


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format: for positive, negative, zero, and for text."""

    tokens: tuple[digits.Token, ...]
    kind: str
    """`general`, `date`, `number`, `text` (has @) or `words` (nothing but literals)."""
    condition: tuple[str, Decimal] | None
    script: str
    """The digits to print with: those of `[DBNum1]` to `[DBNum3]`, else empty."""
    chinese: bool


def printed(value: float | str, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """What a cell shows.

    >>> printed(1234567.5, "#,##0.00"), printed(0.185, "0.0%"), printed(123, "00000")
    ('1,234,567.50', '18.5%', '00123')
    >>> printed(45356, 'yyyy"年"m"月"d"日"'), printed(120, '[DBNum2][$-804]General"元整"')
    ('2024年3月5日', '壹佰贰拾元整')

    A code that cannot be understood, or that prints a date where none can be, shows the value as
    `General` does.
    """
    sections = _sections(code[:_LONGEST] or GENERAL)
    if isinstance(value, str):
        return _text(value, sections)
    number = digits.exact(value)
    if number is None:
        return ""
    section, shown = _chosen(sections, number)
    return _number(shown, section, since_1904)


def _text(value: str, sections: tuple[_Section, ...]) -> str:
    section = sections[-1]
    if section.kind != "text" or (len(sections) > 1 and len(sections) < 4 and len(sections) != 3):
        section = next((each for each in sections if each.kind == "text"), section)
    if section.kind != "text":
        return value
    return "".join(value if token.kind == "text" else token.text for token in section.tokens)


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, Decimal]:
    """The section for a number, and the number as that section shows it, with or without sign."""
    numeric = [each for each in sections[:3] if each.kind != "text" or len(sections) == 1]
    numeric = numeric or [_GENERAL]
    if any(section.condition for section in numeric):
        return _by_condition(numeric, number)
    if len(numeric) == 1:
        return numeric[0], number
    if number == 0 and len(numeric) == 3:
        return numeric[2], number
    return (numeric[1], -number) if number < 0 else (numeric[0], number)


def _by_condition(sections: list[_Section], number: Decimal) -> tuple[_Section, Decimal]:
    for section in sections:
        if section.condition is None:
            return section, number
        sign, limit = section.condition
        if _HOLDS[sign](number, limit):
            return section, abs(number) if sign in ("<", "<=") and limit <= 0 else number
    return _GENERAL, number


_HOLDS = {
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
    "=": lambda one, other: one == other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
    "<>": lambda one, other: one != other,
}


def _number(number: Decimal, section: _Section, since_1904: bool) -> str:
    if section.kind == "date":
        shown = days.shown(
            number, section.tokens, since_1904=since_1904, script=section.script, zh=section.chinese
        )
        return digits.general(number) if shown is None else shown
    if section.kind == "number":
        shown = digits.shown(number, section.tokens)
        return "".join(SCRIPTS[section.script].get(c, c) for c in shown)
    body = digits.general(abs(number))
    if section.script:
        body = spelled(body, section.script)
    sign = "-" if number < 0 else ""
    if section.kind == "words":
        return sign * bool(number) + "".join(token.text for token in section.tokens)
    return sign + "".join(
        body if token.kind in ("general", "text") else token.text for token in section.tokens
    )


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """A format code taken apart. Remembered: a sheet has few codes and many cells."""
    sections: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(match)
    return tuple(_section(matches) for matches in sections[:4])


def _section(matches: list[re.Match[str]]) -> _Section:
    tokens: list[digits.Token] = []
    condition, script, chinese = None, "", False
    for match in matches:
        kind = match.lastgroup
        if kind == "bracket":
            inside = match["bracket"]
            if found := _CONDITION.fullmatch(inside.strip()):
                condition = (found[1], Decimal(found[2]))
            elif inside.casefold() in SCRIPTS:
                script = inside.casefold()
            elif inside.casefold() in ("h", "hh", "m", "mm", "s", "ss"):
                tokens.append(digits.Token("elapsed", inside.casefold()))
            elif inside.startswith("$"):
                chinese = chinese or inside.upper().endswith("-804")
                tokens.append(digits.Token("literal", inside[1:].partition("-")[0]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(digits.Token("literal", match[kind]))
        elif kind is not None:
            tokens.append(digits.Token(kind, match[0]))
    return _Section(tuple(tokens), _kind(tokens, script), condition, script, chinese)


def _kind(tokens: list[digits.Token], script: str) -> str:
    kinds = {token.kind for token in tokens}
    if kinds & {"days", "elapsed", "half"} and "general" not in kinds:
        return "date"
    if "text" in kinds:
        return "text"
    if "general" in kinds:
        return "general"
    if any(token.kind == "number" and token.text in "0#?" for token in tokens):
        return "number"
    return "words"


_GENERAL = _section(list(_TOKEN.finditer(GENERAL)))
