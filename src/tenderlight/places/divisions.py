"""Divisions of GB/T 2260: provinces, prefectures and counties, with the years of each name."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import msgspec

Level = Literal["province", "prefecture", "county"]

DIRECT = ("90", "00")
"""`429004` lies directly under its province, as did `460002` until 2002: no prefecture between."""
MUNICIPALITIES = ("11", "12", "31", "50")
"""Beijing, Tianjin, Shanghai, Chongqing have no prefectures: 110108 lies under 110000."""


class Division(msgspec.Struct, frozen=True, kw_only=True):
    """One division under one name. A division that was renamed has one `Division` for each name."""

    code: str
    zh: str
    en: str
    """In English for provincial-level divisions; elsewhere the Chinese name again."""
    level: Level
    counts: bool = True
    """False for Hong Kong, Macau and Taiwan, which are not among the "31 provinces"."""
    first: int = 2000
    """The first year of this code with this name; 2000 stands for 2000 or earlier."""
    last: int | None = None
    """The last year of it; None: still so in the newest year of the source."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The codes above, from the province down: `("440000", "440300")` for 440305."""
        return lineage(self.code)[:-1]


@lru_cache(maxsize=10_000)
def lineage(code: str) -> tuple[str, ...]:
    """A code with the codes above it, from the province down.

    Counties directly under a province and districts of the municipalities have no prefecture.

    >>> lineage("440305"), lineage("429004"), lineage("110108")
    (('440000', '440300', '440305'), ('420000', '429004'), ('110000', '110108'))
    """
    province, prefecture = f"{code[:2]}0000", f"{code[:4]}00"
    direct = code[2:4] in DIRECT or code[:2] in MUNICIPALITIES
    middle = () if direct else (prefecture,)
    return tuple(dict.fromkeys((province, *middle, code)))


def prefecture_of(code: str) -> str:
    """The prefecture of a county; what has none above it (a province, a direct county) is itself.

    >>> prefecture_of("653101"), prefecture_of("429004"), prefecture_of("650000")
    ('653100', '429004', '650000')
    """
    return next((each for each in lineage(code) if level_of(each) == "prefecture"), code)


def level_of(code: str) -> Level:
    """Which level a code is of, by its zeros."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions under all names since 2000, by code."""
    provinces = {row["code"]: row for row in table("provinces.tsv")}
    return tuple(
        Division(
            code=row["code"],
            zh=row["name"],
            en=provinces[row["code"]]["en"] if row["code"] in provinces else row["name"],
            level=level_of(row["code"]),
            counts=provinces[f"{row['code'][:2]}0000"]["counts"] == "1",
            first=int(row["first"]),
            last=int(row["last"]) if row["last"] else None,
        )
        for row in table("divisions.tsv")
    )


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of this room's tables, by column."""
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    head, *rows = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def division(code: str, year: int | None = None) -> Division | None:
    """The division of a code under its name of that year, else its newest; None if none has it.

    >>> place = division("420583")
    >>> place.zh, place.parents
    ('枝江市', ('420000', '420500'))
    >>> division("420600", 2008).zh, division("420600").zh
    ('襄樊市', '襄阳市')
    """
    if year is None:
        return _newest().get(code)
    names = names_of(code)
    then = (each for each in names if each.first <= max(year, 2000) <= (each.last or year))
    return next(then, _newest().get(code))


@cache
def _newest() -> dict[str, Division]:
    ordered = sorted(divisions(), key=lambda each: each.last or 9999)
    return {each.code: each for each in ordered}


def names_of(code: str) -> tuple[Division, ...]:
    """A code under each of the names that it has had, by name.

    >>> [(each.zh, each.first, each.last) for each in names_of("420600")]
    [('襄樊市', 2000, 2009), ('襄阳市', 2010, None)]
    """
    return _names().get(code, ())


@cache
def _names() -> dict[str, tuple[Division, ...]]:
    names: dict[str, tuple[Division, ...]] = {}
    for each in divisions():
        names[each.code] = (*names.get(each.code, ()), each)
    return names


def display_name(code: str, language: Literal["zh", "en"] = "zh", year: int | None = None) -> str:
    """A division with those above it, for readers; the code itself where it is unknown.

    With a year, under the names of that year.

    >>> display_name("440305"), display_name("440305", "en"), display_name("440000", "en")
    ('广东省深圳市南山区', '深圳市南山区, Guangdong', 'Guangdong')
    """
    if division(code) is None:
        return code
    names = [place.zh for each in lineage(code) if (place := division(each, year))]
    if language == "zh":
        return "".join(names)
    province = _newest()[lineage(code)[0]].en
    return f"{''.join(names[1:])}, {province}" if names[1:] else province


PROVINCES: tuple[Division, ...] = tuple(
    each for each in divisions() if each.level == "province" and each.last is None
)
"""The 31 provincial-level divisions, and Hong Kong, Macau and Taiwan with `counts=False`."""
