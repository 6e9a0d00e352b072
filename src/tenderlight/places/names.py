"""Names of divisions in a short text: `浙江省公安厅`, `青岛`, `长阳县`, `兵团第八师`.

A name is *full* with its ending (青岛市) and *short* without (青岛). Short names are believed only
where what follows does not make another name of them: 长宁垭县 is not 长宁, 南京路 not 南京.
"""

from __future__ import annotations

from typing import NamedTuple

from tenderlight.places.divisions import level_of, lineage
from tenderlight.places.spelled import index
from tenderlight.places.words import (
    BRANCH,
    CORPS,
    GLUED,
    INNER,
    INSTITUTION,
    NEVER,
    NOT_A_PLACE_AFTER,
    NOT_A_PROVINCE_AFTER,
    TOO_COMMON,
)
from tenderlight.places.words import ENDING as ENDING
from tenderlight.places.words import NATIONS as NATIONS
from tenderlight.places.years import Meaning, Why, in_year
from tenderlight.plain import simplify


class Named(NamedTuple):
    """A name in a text and the divisions that it may mean."""

    start: int
    end: int
    codes: frozenset[str]
    full: bool
    others: frozenset[tuple[str, str]] = frozenset()
    """What bore the name at other times: its code then and its code now; see `years.Then`."""
    why: Why = ""
    zone: str | None = None
    """The id of the zone, or of the division of the Corps, that is named."""


def read_names(text: str, year: int | None = None, seats: bool = False) -> list[Named]:
    """Names of divisions in a short text, from left to right, without overlaps.

    With `seats` also bodies whose seat is known though their names do not say it (中山大学), or say
    something else (四川外国语大学 is in Chongqing).

    >>> [sorted(named.codes) for named in read_names("青岛市黄岛区教育局")]
    [['370200'], ['370211']]
    >>> [sorted(named.codes) for named in read_names("朝阳区公安分局")]
    [['110105', '220104']]
    >>> read_names("遵义路12号")
    []
    """
    plain = simplify(text)
    automaton, patterns = index()
    found: list[Named] = []
    for pattern, start, end in automaton.find_matches_as_indexes(plain):
        meanings = _believed(plain, start, end, patterns[pattern], found)
        if meanings and (seats or meanings[0].name or meanings[0].zone):
            codes, others, why = in_year(meanings, year)
            found.append(Named(start, end, codes, meanings[0].full, others, why, meanings[0].zone))
    return found


def _believed(
    plain: str, start: int, end: int, meanings: tuple[Meaning, ...], before: list[Named]
) -> tuple[Meaning, ...]:
    """What a match may mean; nothing where the text around it says that it is part of a word."""
    full = any(each.full for each in meanings)
    follows = bool(before) and before[-1].end == start
    glued = not follows and bool(GLUED.search(plain[max(0, start - 8) : start]))
    if full and glued and INNER.fullmatch(plain, start, end):
        return ()  # 江县 within 甲江县: no place of that name is meant
    if plain[start] in "第农建" and meanings[0].zone and not CORPS.search(plain):
        return ()  # 第八师 of the Corps, not of an army
    if meanings[0].name and NEVER.match(plain, start):
        return ()
    if not full and _goes_on(plain, end, meanings):
        return ()
    chosen = tuple(each for each in meanings if each.full == full)
    word = plain[start:end] in TOO_COMMON and not BRANCH.match(plain, end)
    if not full and (glued or word):  # 资源 within 公共资源交易中心, not the county
        chosen = tuple(each for each in chosen if level_of(each.code) != "county")
    return chosen


def _goes_on(plain: str, end: int, meanings: tuple[Meaning, ...]) -> bool:
    """Whether what follows a short name makes another name of it."""
    province = all(level_of(each.code) == "province" for each in meanings)
    return bool((NOT_A_PROVINCE_AFTER if province else NOT_A_PLACE_AFTER).match(plain, end))


def narrow(codes: frozenset[str], within: frozenset[str]) -> frozenset[str]:
    """Those codes that lie in one of the divisions `within`, or are one of them."""
    return frozenset(code for code in codes if within.intersection(lineage(code)))


def common(codes: frozenset[str]) -> str | None:
    """The finest division that holds all of the codes; None where they lie in several provinces.

    >>> common(frozenset({"320106", "320302"})), common(frozenset({"320106", "350102"}))
    ('320000', None)
    """
    shared = set.intersection(*(set(lineage(code)) for code in codes)) if codes else set()
    return max(shared, key=lambda code: len(lineage(code)), default=None)


def settle(names: list[Named], organisation: str = "") -> Named | None:
    """The one place that a text names: finer names narrow, full names win over short ones.

    Of two places of equal standing the first is taken. In the name of an `organisation`, given as
    the text that was read, the last of two short ones: 北京大学深圳医院 is in Shenzhen.

    >>> sorted(settle(read_names("北京市朝阳区")).codes), sorted(settle(read_names("恩施")).codes)
    (['110105'], ['422800'])
    """
    best: Named | None = None
    for named in names:
        between = organisation[best.start : named.start] if best else ""
        best = named if best is None else _together(best, named, between)
    return best and best._replace(codes=_highest(best.codes, best.full))


def _together(best: Named, named: Named, between: str) -> Named:
    inner = narrow(named.codes, best.codes)
    why = named.why
    if not inner and (inner := _once_within(named, best)):
        why = "former name"
    if inner:
        full = best.full or named.full
        zone = named.zone or best.zone
        return Named(best.start, named.end, inner, full, named.others, why or best.why, zone)
    outer = narrow(best.codes, named.codes)
    if outer:
        return best._replace(codes=outer, full=best.full or named.full)
    later = not best.full and not named.full and INSTITUTION.search(between)
    return named if later or named.full > best.full else best


def _once_within(named: Named, best: Named) -> frozenset[str]:
    """Codes of today of what bore a name and lay, or lies today, within what was named before.

    四平市公主岭市 is 220184 since 2020, in another prefecture.
    """
    within = best.codes.union(was for was, _ in best.others)
    return frozenset(
        now
        for was, now in named.others
        if narrow(frozenset([was, now]), within) and was[4:] != "00"
    )


def _highest(codes: frozenset[str], full: bool) -> frozenset[str]:
    """Without divisions that lie within another of the set; a short name means a prefecture first.

    西安 is the prefecture 610100, not one of the two districts 西安区.
    """
    if not full and any(code.endswith("00") for code in codes):
        codes = frozenset(code for code in codes if code.endswith("00"))
    return frozenset(code for code in codes if not codes.intersection(lineage(code)[:-1]))
