"""Figures of the system that is bought: a number with its unit, beside a word of a definition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec

from tenderlight.model import Item, Quantity, Reading
from tenderlight.plain import simplify
from tenderlight.technologies.definition import Measure
from tenderlight.technologies.phrases import pattern
from tenderlight.technologies.sieve import Hit

LARGEST = Decimal(10) ** 15
"""A larger figure is no figure of a system, but a number or a row of digits."""
MOST_QUANTITIES = 40
"""Of one measure in one notice: a price list of 500 lines is not 500 figures of the system."""

_NUMBER = (
    r"(?<!\d)(?<!\d[.,])((?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4}(?!\d))?|[一二两三四五六七八九十百千零〇壹贰叁肆伍陆柒捌玖拾佰仟]{1,9})"
    r"[余多]?([万亿千百]{0,2})[余多]?\s{0,2}[ \t\u3000]{0,10}(?:\||单位:)?\s{0,3}\(?"
)
_UP_TO = r"(?:\d[\d,.]{0,9}[万亿]?[台路个套]?\s?[~至到—-]{1,2}\s?)?"
"""`1200~1500路`: of a range, its upper end, which is what the system must be made for."""
_ASIDE = r"\([^()\n]{0,30}\)"
"""`摄像机(400万像素)20台`: what stands in brackets is not the figure."""
_COMMA = r",(?:共计?|合计|总计|数量|计|各|约)?[为:]?"
"""`探针，20台`: a comma is crossed where the number follows at once."""
_Search = re.Pattern[str]
AROUND = 60
"""How far a sentence is followed to either side of a word."""
_SENTENCE = re.compile(r"[。;!?\n]")
_CLAUSE = re.compile(r"[。;!?,\n]")
_COUNTED = re.compile(r"(?<![\d.,])((?:\d{1,3}(?:,\d{3}){1,3}|\d{1,7}))\s(?:[a-z-]{2,12}\s){0,2}$")
"""`48 IP cameras`: English needs no unit."""
_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MAGNITUDES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


class _Searches(NamedTuple):
    """How a measure's numbers are looked for, from a word on."""

    after: _Search
    after_latin: _Search
    """Behind a word of Latin letters: as many words may stand between, which are longer."""
    before: _Search
    below: _Search
    """A row of a table whose cells have become lines: name, brand, model, number and unit."""
    beside: _Search
    """The line, or the cell, below a label."""
    total: _Search
    """`2台，共112台`: the total behind a number."""
    fixed: _Search | None


class Found(msgspec.Struct, frozen=True):
    """A value and where it is printed."""

    value: Decimal
    unit: str
    start: int
    end: int


def parse_count(printed: str, magnitude: str = "") -> Decimal:
    """A printed count as a number; refuses nothing that the search lets through.

    >>> parse_count("1,200", "万"), parse_count("四十二")
    (Decimal('12000000'), Decimal('42'))
    """
    if printed[0].isdigit() and printed[0].isascii():
        value = Decimal(printed.replace(",", ""))
    else:
        value = Decimal(_chinese(printed))
    for step in magnitude:
        value *= _MAGNITUDES[step]
    return whole(value)


def whole(value: Decimal) -> Decimal:
    """The same number without `.0` behind it."""
    return Decimal(int(value)) if value == int(value) else value


def _chinese(printed: str) -> int:
    if not any(char in _STEPS for char in printed):
        return int("".join(str(_DIGITS[char]) for char in printed))
    total = digit = 0
    for char in printed:
        if char in _STEPS:
            total += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def find_quantities(
    reading: Reading, plain: str, items: tuple[Item, ...], measure: Measure, hits: list[Hit]
) -> list[Quantity]:
    """The measure's values in a notice: in its sentences, each value once, then in its item table.

    Rows of a table are all kept, as two rows of ten cameras are twenty cameras.
    """
    rows = rows_of(items, measure, hits)
    names = {(row.name.at.start, row.name.at.end) for row in items}
    found = [
        one
        for hit in hits
        if _meant(plain, measure, hit)
        for one in _beside(plain, reading.text, measure, hit, names)
        if one.value < LARGEST
    ]
    first = {one.value: one for one in reversed(found)}
    printed = [
        Quantity(
            what=measure.id,
            value=one.value,
            unit=one.unit,
            at=reading.passage(one.start, one.end),
        )
        for one in sorted(first.values(), key=lambda one: one.start)
    ]
    listed = [
        Quantity(
            what=measure.id,
            value=row.quantity.value,
            unit=row.unit.value if row.unit else None,
            at=row.quantity.at,
        )
        for row in rows
        if row.quantity
    ]
    return (printed + [one for one in listed if one.value not in first])[:MOST_QUANTITIES]


def _beside(
    plain: str, text: str, measure: Measure, hit: Hit, names: set[tuple[int, int]]
) -> Iterator[Found]:
    """The number that belongs to one word, and the total behind it.

    What stands in the name of a row of goods has its number in the row.
    """
    searches = _searches(measure)
    latin = plain[hit.start].isascii() and plain[hit.end - 1].isascii()
    after = searches.after_latin if latin else searches.after
    match = after.match(plain, hit.end)
    if not match and not any(start <= hit.start < end for start, end in names):
        match = searches.beside.match(plain, hit.end)
    match = match or (searches.fixed.match(plain, hit.end) if searches.fixed else None)
    if match:
        yield _value(measure, match, hit.start, match.end(), text)
        if total := searches.total.match(plain, match.end()):
            yield _value(measure, total, match.end() + 1, total.end(), text)
    elif measure.number_first:
        start = max(hit.start - 30, 0)
        # one character further, for words that begin with their unit: `4850路前端`
        if latin and (match := _COUNTED.search(plain, start, hit.start)):
            yield Found(parse_count(match.group(1)), measure.base, match.start(1), hit.end)
        elif match := searches.before.search(plain[start : hit.start + 1]):
            yield _value(measure, match, start + match.start(1), hit.end, text[start:])
        elif not names and (match := searches.below.match(plain, hit.end)):
            yield _value(measure, match, match.start(1), match.end(), text)


def _meant(plain: str, measure: Measure, hit: Hit) -> bool:
    """Whether the word stands in the company that the measure asks for, and in no other."""
    if not measure.company and not measure.not_with:
        return True
    first = max(hit.start - AROUND, 0)
    before, after = plain[first : hit.start], plain[hit.end : hit.end + AROUND]
    company, other = _words(measure.company), _words(measure.not_with)
    said = _SENTENCE.split(before)[-1] + plain[hit.start : hit.end] + _SENTENCE.split(after)[0]
    if company is not None and not company.search(said):
        return False
    clause = _CLAUSE.split(before)[-1] + plain[hit.start : hit.end] + _CLAUSE.split(after)[0]
    return other is None or not other.search(clause)


@lru_cache(maxsize=64)
def _words(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return pattern(words)


@lru_cache(maxsize=64)
def _searches_for(units: str, fixed: str, gap: int, over_commas: bool, bare: bool) -> _Searches:
    barrier = r"。;\n\d" if over_commas else r"。;,、\n\d"
    number = f"{_NUMBER}({units}{'|(?<=[万亿])(?![元次])' if bare else ''})"
    after = (
        # of two figures, `由20万人扩至60万人`, the one that is asked for
        rf"(?:[^{barrier}]{{0,GAP}}?[由从][^{barrier}]{{0,6}}\d[^。;\n]{{0,12}}?[至到为])?(?:{_ASIDE})?"
        rf"[^{barrier}]{{0,GAP}}?(?:{_COMMA})?{_UP_TO}{number}"
    )
    return _Searches(
        after=re.compile(after.replace("GAP", str(gap))),
        after_latin=re.compile(after.replace("GAP", str(3 * gap))),
        before=re.compile(rf"{number}[^。;,、\n\d]{{0,6}}$"),
        below=re.compile(rf"[^\n]{{0,20}}\n(?:[^\n]{{1,30}}\n){{0,4}}?{_NUMBER}({units})(?=\n|$)"),
        beside=re.compile(rf"[^\n。;,\d]{{0,6}}\n(?:[^\n。;,\d]{{0,6}})?{number}(?=[\n。;,()]|$)"),
        total=re.compile(rf"[)]?[,(、]\s?总?(?:共计?|合计|总计|共需)[^。;,、\n\d]{{0,3}}{number}"),
        fixed=re.compile(rf"[^{barrier}]{{0,{gap}}}?({fixed})") if fixed else None,
    )


@lru_cache(maxsize=64)
def _words_of(units: tuple[str, ...], fixed: tuple[str, ...]) -> tuple[str, str]:
    longest = sorted(map(simplify, units), key=len, reverse=True)
    words = "|".join(map(re.escape, map(simplify, fixed)))
    return "|".join(_unit(unit) for unit in longest), words


def _searches(measure: Measure) -> _Searches:
    units, fixed = _words_of(tuple(measure.units), tuple(measure.fixed))
    return _searches_for(units, fixed, measure.gap, measure.over_commas, measure.bare)


def _unit(unit: str) -> str:
    """A unit as it is looked for: one of Latin letters does not go on in a word."""
    return re.escape(unit) + ("(?![a-z])" if unit[-1].isascii() and unit[-1].isalpha() else "")


def _value(measure: Measure, match: re.Match[str], start: int, end: int, text: str) -> Found:
    if match.re.groups == 1:
        fixed = {simplify(name): value for name, value in measure.fixed.items()}
        return Found(Decimal(fixed[match.group(1)]), measure.base, start, end)
    unit = match.group(3) or measure.base
    factor = {simplify(name): value for name, value in measure.units.items()}[unit]
    value = whole(parse_count(match.group(1), match.group(2)) * factor)
    printed = text[match.start(3) : match.end(3)] or measure.base
    return Found(value, printed if factor == 1 else measure.base, start, end)


def rows_of(items: tuple[Item, ...], measure: Measure, hits: list[Hit]) -> list[Item]:
    """The rows of the table of goods that count what the measure counts."""
    starts = sorted(hit.start for hit in hits)
    found = []
    for item in items:
        count, unit = item.quantity, item.unit.value if item.unit else ""
        after = bisect_left(starts, item.name.at.start)
        named = after < len(starts) and starts[after] < item.name.at.end
        if named and count and count.value > 0 and (not unit or unit in measure.units):
            found.append(item)
    return found
