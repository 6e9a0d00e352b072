"""Which code a name stood for in a year, and what a division that is no more was or became."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tenderlight.places.divisions import divisions, level_of, lineage, names_of, table

Why = Literal["", "former name", "later name"]
"""Why a code is not that of the name as printed: the name was given up before the notice's year, or
came into use after it."""
ALWAYS = 9999
EARLIEST = 2000
"""The lists begin here; what was so then is taken to have been so before."""


class Meaning(NamedTuple):
    """One division that a name may mean, and when."""

    code: str
    full: bool
    first: int
    last: int
    name: str = ""
    """The division's whole name; empty for what is in no list."""
    zone: str | None = None


class Then(NamedTuple):
    """What a name stood for in a year."""

    codes: frozenset[str]
    others: frozenset[tuple[str, str]]
    """What bore the name at other times: its code then, and one valid in that year. Believed only
    beside the name of what holds it: 石家庄市桥东区 of 2016 is none of the 桥东区 of that year."""
    why: Why


@lru_cache(maxsize=20_000)
def in_year(meanings: tuple[Meaning, ...], year: int | None) -> Then:
    """The codes of a name in a year; without a year those of its newest use.

    In the year of a change both names were in force. A name that was not in force in that year
    gives the code that was: 滦县 became 滦州市 in 2018.

    >>> new = Meaning("130284", True, 2018, ALWAYS, "滦州市")
    >>> in_year((new,), 2020).codes, in_year((new,), 2014)[::2]
    (frozenset({'130284'}), (frozenset({'130223'}), 'later name'))
    """
    if year is None:
        newest = max(each.last for each in meanings)
        return Then(_codes(each for each in meanings if each.last == newest), frozenset(), "")
    year = max(year, EARLIEST)
    then = [each for each in meanings if each.first <= year <= each.last]
    then = then or [each for each in meanings if each.first <= year <= each.last + 1]
    why: Why = ""
    codes = _codes(then)
    if not then:
        least = min(_distance(each, year) for each in meanings)
        then = [each for each in meanings if _distance(each, year) == least]
        codes = frozenset(code for each in then for code in counterparts(each, year))
        why = "former name" if then[0].last < year else "later name"
    gone = (each for each in meanings if each not in then or why)
    others = frozenset((each.code, code) for each in gone for code in counterparts(each, year))
    return Then(codes, others, why)


def code_in_year(code: str, year: int | None) -> Then:
    """What a code stands for in a year: that of 滦县 is that of 滦州市 since 2018.

    >>> code_in_year("130223", 2020).codes, code_in_year("130223", None).codes
    (frozenset({'130284'}), frozenset({'130223'}))
    """
    meanings = tuple(
        Meaning(code, True, each.first, each.last or ALWAYS, each.zh) for each in names_of(code)
    )
    return in_year(meanings, year) if meanings else Then(frozenset([code]), frozenset(), "")


def _codes(meanings: Iterable[Meaning]) -> frozenset[str]:
    return frozenset(each.code for each in meanings)


def _distance(meaning: Meaning, year: int) -> int:
    return max(meaning.first - year, year - meaning.last)


def counterparts(meaning: Meaning, year: int) -> frozenset[str]:
    """The codes that were valid in a year of what a division became, or had been.

    A district that was first made later lay within its prefecture, a city within its province.

    >>> sorted(counterparts(Meaning("320504", True, 2000, 2011, "金阊区"), 2014))
    ['320508']
    >>> sorted(counterparts(Meaning("330113", True, 2021, ALWAYS, "临平区"), 2015))
    ['330100']
    """
    today = became().get((meaning.code, meaning.name), (meaning.code,))
    families = _families()
    found = (each for code in today for each in families.get(code, ()))
    valid = frozenset(each.code for each in found if each.first <= year <= each.last)
    alike = frozenset(code for code in valid if level_of(code) == level_of(meaning.code))
    if valid or meaning.last < year:
        return alike or valid or frozenset(today)
    return frozenset([lineage(meaning.code)[:-1][-1]])


@cache
def became() -> dict[tuple[str, str], tuple[str, ...]]:
    """For a code and name that are no more: the codes of the newest year in which it lies."""
    rows = table("successors.tsv")
    return {(row["code"], row["name"]): tuple(row["to"].split(",")) for row in rows}


@cache
def _families() -> dict[str, list[Meaning]]:
    """For a code of today: the divisions that it is, and those that lie in it now."""
    families: dict[str, list[Meaning]] = {}
    gone = became()
    for each in divisions():
        meaning = Meaning(each.code, True, each.first, each.last or ALWAYS, each.zh)
        for code in gone.get((each.code, each.zh), (each.code,)):
            families.setdefault(code, []).append(meaning)
    return families
