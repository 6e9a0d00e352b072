"""Days and times: numbers of days since 1900 (or 1904) through a format like `yyyy"年"m"月"`."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from tenderlight.reading.sheets.digits import Token
from tenderlight.reading.sheets.numerals import SCRIPTS, spelled

_LAST = 2_958_466
"""The first day that spreadsheets do not know, 1 January 10000."""
_SINCE_1904 = 1462
_MONTHS = "January February March April May June July August September October November December"
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_ZH = "一二三四五六七八九十"


class _Moment(NamedTuple):
    year: int
    month: int
    day: int
    weekday: int
    """0 is Monday."""
    seconds: Decimal
    """Since midnight."""
    total: Decimal
    """Seconds since the first day, for `[h]`."""


def shown(
    number: Decimal, tokens: tuple[Token, ...], *, since_1904: bool, script: str, zh: bool
) -> str | None:
    """A number of days as the format prints it; None where it is no day that a calendar has.

    >>> tokens = Token("days", "yyyy"), Token("literal", "-"), Token("days", "mm")
    >>> shown(Decimal("45356.5"), tokens, since_1904=False, script="", zh=False)
    '2024-03'
    """
    finest = max((len(t.text) - 1 for t in tokens if t.kind == "second"), default=0)
    moment = _moment(number, finest, since_1904)
    if moment is None:
        return None
    half = any(token.kind == "half" for token in tokens)
    pieces: list[str] = []
    for at, token in enumerate(tokens):
        if token.kind == "days":
            piece = _piece(moment, token.text.casefold(), _is_minute(tokens, at), half, zh)
            pieces.append(_in_script(piece, token.text.casefold(), script))
        elif token.kind == "elapsed":
            pieces.append(_elapsed(moment.total, token.text))
        elif token.kind == "half":
            pieces.append(_half(moment, token.text))
        elif token.kind == "second":
            pieces.append(f"{moment.seconds % 1:.{finest}f}"[1:])
        else:
            pieces.append(token.text if token.kind != "text" else "")
    return "".join(pieces)


def serial_of(moment: datetime) -> float:
    """The number of days that a spreadsheet since 1900 stores for a moment.

    >>> serial_of(datetime(2024, 3, 5, 12, tzinfo=None))  # noqa: DTZ001
    45356.5
    """
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - cells have no zone
    return days if days >= 61 else days - 1


def _moment(number: Decimal, finest: int, since_1904: bool) -> _Moment | None:
    """The calendar's day; 29 February 1900, which spreadsheets have by mistake, is one too."""
    if not 0 <= number < _LAST:
        return None
    step = Decimal(1).scaleb(-finest)
    total = (number * 86_400).quantize(step, rounding=ROUND_HALF_UP)
    days, seconds = divmod(total, 86_400)
    day = int(days) + (_SINCE_1904 if since_1904 else 0)
    if day >= _LAST:
        return None
    if day == 60:
        return _Moment(1900, 2, 29, 2, seconds, total)
    if day == 0:
        return _Moment(1900, 1, 0, 5, seconds, total)
    date = datetime(1899, 12, 31 if day < 60 else 30) + timedelta(days=day)  # noqa: DTZ001
    return _Moment(date.year, date.month, date.day, date.weekday(), seconds, total)


def _piece(moment: _Moment, code: str, minute: bool, half: bool, zh: bool) -> str:
    letter, length = code[0], len(code)
    if letter in "ye":
        return f"{moment.year:04d}" if length > 2 or letter == "e" else f"{moment.year % 100:02d}"
    if letter == "m" and not minute:
        return _month(moment.month, length, zh)
    if letter == "d":
        return _day(moment, length, zh)
    if letter == "a":
        return ("星期" if length > 3 else "周") + "一二三四五六日"[moment.weekday]
    if letter in "gb":
        return ""
    hour = int(moment.seconds // 3600)
    if letter == "h":
        value = (hour % 12 or 12) if half else hour
    else:
        value = int(moment.seconds // 60 % 60) if letter == "m" else int(moment.seconds % 60)
    return f"{value:02d}" if length > 1 else str(value)


def _month(month: int, length: int, zh: bool) -> str:
    if length < 3:
        return f"{month:0{length}d}"
    if zh:
        return f"{month}月" if length == 3 else f"{_spoken(str(month), 'dbnum1')}月"
    name = _MONTHS.split()[month - 1]
    return {3: name[:3], 5: name[0]}.get(length, name)


def _day(moment: _Moment, length: int, zh: bool) -> str:
    if length < 3:
        return f"{moment.day:0{length}d}"
    if zh:
        return ("星期" if length > 3 else "周") + "一二三四五六日"[moment.weekday]
    name = _WEEK.split()[moment.weekday]
    return name[:3] if length == 3 else name


def _in_script(piece: str, code: str, script: str) -> str:
    """Years digit by digit, months and days as numbers: 二〇二四年三月十五日."""
    if not script or not piece.isdecimal():
        return piece
    if code[0] in "ye" or len(code) > 1:
        return "".join(SCRIPTS[script][digit] for digit in piece)
    return _spoken(piece, script)


def _spoken(number: str, script: str) -> str:
    """A month or day in words: the eleventh is 十一, where a number would be 一十一."""
    words = spelled(number, script)
    return words[1:] if words.startswith("一十") else words


def _is_minute(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether `m` means minutes: the nearest code before is of hours, or the next of seconds."""
    if not tokens[at].text.casefold().startswith("m"):
        return False
    before = next((t.text for t in reversed(tokens[:at]) if t.kind in ("days", "elapsed")), "")
    behind = next((t.text for t in tokens[at + 1 :] if t.kind in ("days", "elapsed")), "")
    return before[:1].casefold() == "h" or behind[:1].casefold() == "s"


def _elapsed(total: Decimal, code: str) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[code[0]]
    return f"{int(total // unit):0{len(code)}d}"


def _half(moment: _Moment, code: str) -> str:
    first, second = code.split("/")
    return first if moment.seconds < 43_200 else second
