"""Numbers through the digits of a format: `#,##0.00`, `00000`, `0.0%`, `0.00E+00`, `# ?/?`."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

_PRECISION = Context(prec=15, rounding=ROUND_HALF_UP)
"""A spreadsheet shows no more digits of a number than 15."""
_GENERAL_CHARACTERS = 11
"""What `General` gives a number with decimals room for, the point included."""
_LARGEST = Decimal("1e15")
_SMALLEST = Decimal("1e-9")


class Token(NamedTuple):
    """A piece of a format: `kind` is `number`, `literal`, `days`, `half`, `general`, `text` …"""

    kind: str
    text: str


def exact(value: float | str) -> Decimal | None:
    """A stored number with the digits that count; None if it is none.

    >>> exact(0.1 + 0.2), exact("1E400"), exact("x")
    (Decimal('0.3'), None, None)
    """
    try:
        number = Decimal(repr(value) if isinstance(value, float) else str(value))
    except ArithmeticError:
        return None
    if not number.is_finite() or (number and not -400 < number.adjusted() < 309):
        return None
    return _PRECISION.plus(number).normalize() + 0 if number else Decimal(0)


def general(number: Decimal) -> str:
    """A number without a format: whole numbers in full, others with what fits into a cell.

    >>> general(Decimal("123456789012345")), general(Decimal("1234.56789012")), general(Decimal(2))
    ('123456789012345', '1234.56789', '2')
    """
    size = abs(number)
    if size >= _LARGEST or (0 < size < _SMALLEST):
        return scientific(number, 1, 5, trim=True)
    if number == number.to_integral_value():
        return f"{number:.0f}"
    whole = len(f"{size:.0f}") if size >= 1 else 1
    places = max(_GENERAL_CHARACTERS - 1 - whole, 0)
    return _trimmed(f"{_rounded(number, places):f}")


def scientific(number: Decimal, whole: int, places: int, *, trim: bool = False) -> str:
    """`1.50E+12`, the exponent a multiple of `whole` digits before the point."""
    exponent = number.adjusted() // whole * whole if number else 0
    mantissa = _rounded(number.scaleb(-exponent), places)
    if abs(mantissa) >= Decimal(10) ** whole:
        exponent += whole
        mantissa = _rounded(number.scaleb(-exponent), places)
    text = f"{mantissa:f}"
    return f"{_trimmed(text) if trim else text}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def shown(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """A number in the digits of a format.

    >>> shown(Decimal("-1234.5"), tuple(Token("number", c) for c in "#,##0.00"))
    '-1,234.50'
    """
    marks = "".join(token.text for token in tokens if token.kind == "number")
    if "/" in marks and any(t == Token("number", "/") for t in tokens):
        return _fraction(number, tokens)
    number = number.scaleb(2 * marks.count("%"))
    if any(token.kind == "exponent" for token in tokens):
        return _with_exponent(number, tokens)
    before, after, scale, grouped = _laid_out(tokens)
    places = sum(token.text in "0#?" for token in after if token.kind == "number")
    number = _rounded(number.scaleb(-3 * scale), places)
    whole, _, rest = f"{abs(number):f}".partition(".")
    text = _before(whole, before, grouped) + _after(rest, after)
    return f"-{text}" if number < 0 else text


def _laid_out(tokens: tuple[Token, ...]) -> tuple[list[Token], list[Token], int, bool]:
    """The tokens before and after the point, how often to divide by 1,000, and if to group."""
    point = next((n for n, t in enumerate(tokens) if t == Token("number", ".")), len(tokens))
    before, after = list(tokens[:point]), list(tokens[point:])
    places = [n for n, token in enumerate(tokens) if token.kind == "number" and token.text in "0#?"]
    last = max((n for n in places if n < point), default=-1)
    scale = _commas(tokens, last + 1) + (_commas(tokens, places[-1] + 1) if after and places else 0)
    grouped = any(token == Token("number", ",") for token in tokens[min(places) : max(last, 0)])
    return before, after, scale, grouped


def _commas(tokens: tuple[Token, ...], start: int) -> int:
    count = 0
    while start + count < len(tokens) and tokens[start + count] == Token("number", ","):
        count += 1
    return count


def _before(whole: str, tokens: list[Token], grouped: bool) -> str:
    """The digits before the point, put into their places from the right."""
    left = whole.lstrip("0")
    count = sum(token.kind == "number" and token.text in "0#?" for token in tokens)
    pieces: list[str] = []
    put = 0
    for token in reversed(tokens):
        if token.kind != "number" or token.text == "%":
            pieces.append(token.text)
        elif token.text in "0#?":
            count -= 1
            while left or token.text in "0?":
                if grouped and put and put % 3 == 0 and (left or token.text == "0"):
                    pieces.append(",")
                pieces.append(left[-1] if left else "0" if token.text == "0" else " ")
                left, put = left[:-1], put + 1
                if count or not left:
                    break
    return "".join(reversed(pieces))


def _after(rest: str, tokens: list[Token]) -> str:
    """The digits behind the point; `#` shows no zeros at the end, `?` a space for each."""
    places = sum(token.kind == "number" and token.text in "0#?" for token in tokens)
    rest = rest.ljust(places, "0")[:places]
    needed = len(rest.rstrip("0"))
    pieces: list[str] = []
    at = 0
    for token in tokens:
        if token.kind != "number" or token.text == "%":
            pieces.append(token.text)
        elif token.text == ".":
            pieces.append(".")
        elif token.text in "0#?":
            if token.text == "0" or at < needed:
                pieces.append(rest[at])
            elif token.text == "?":
                pieces.append(" ")
            at += 1
    return "".join(pieces)


def _with_exponent(number: Decimal, tokens: tuple[Token, ...]) -> str:
    at = next(n for n, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, point, whole, places = tokens[:at], False, 0, 0
    for token in mantissa:
        point = point or token.text == "."
        if token.kind == "number" and token.text in "0#?":
            whole, places = whole + (not point), places + point
    width = sum(token.kind == "number" and token.text in "0#?" for token in tokens[at:])
    text = scientific(number, max(whole, 1), places)
    head, _, power = text.partition("E")
    sign = "-" if power[0] == "-" else "" if tokens[at].text[1] == "-" else "+"
    literals = "".join(t.text for t in tokens[at:] if t.kind == "literal")
    return f"{head}E{sign}{int(power[1:]):0{width}d}{literals}"


def _fraction(number: Decimal, tokens: tuple[Token, ...]) -> str:
    at = next(n for n, token in enumerate(tokens) if token == Token("number", "/"))
    below = "".join(token.text for token in tokens[at + 1 :])
    places = sum(token.text in "0#?" for token in tokens[at + 1 :] if token.kind == "number")
    mixed = any(token.text == " " for token in tokens[:at])
    size = Fraction(abs(number))
    whole = math.floor(size) if mixed else 0
    if below.strip().isdecimal() and int(below):
        part = Fraction(round((size - whole) * int(below)), 1)
        top, bottom = part.numerator, int(below)
    else:
        part = (size - whole).limit_denominator(10 ** min(max(places, 1), 4) - 1)
        top, bottom = part.numerator, part.denominator
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    shown = f"{top}/{bottom}" if top else "" if mixed else "0"
    text = " ".join(piece for piece in (str(whole) if whole or not top else "", shown) if piece)
    return f"-{text}" if number < 0 and text != "0" else text


def _rounded(number: Decimal, places: int) -> Decimal:
    """Half away from zero, as spreadsheets round; Decimal's own default rounds half to even."""
    digits = Context(prec=400, rounding=ROUND_HALF_UP)
    return number.quantize(Decimal(1).scaleb(-places), context=digits) + 0


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
