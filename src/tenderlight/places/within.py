"""The division that an organisation's name names: 青岛市黄岛区教育局 is of 370211."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tenderlight.places.divisions import level_of
from tenderlight.places.names import Named, common, narrow, read_names, settle

Kind = Literal["province", "prefecture", "county", "zone", "corps"]
LONGEST = 200
"""No organisation has a longer name; what is longer is a paragraph, of which this is the start."""


class Within(NamedTuple):
    """The division of an organisation, and where its name names it."""

    code: str
    start: int
    end: int
    kind: Kind
    """`zone` and `corps`: a development zone or a division of the Corps, in the division `code`."""


def division_in(name: str, year: int | None = None, context: str | None = None) -> Within | None:
    """The finest division that an organisation's name names for certain, else None.

    `context` settles names that several places share: a division's code or a text, such as the
    address or the notice's title. Without it such a name gives the division that holds all of
    them, or nothing: a 鼓楼区 is in three provinces.

    >>> division_in("青岛市黄岛区教育局")
    Within(code='370211', start=0, end=6, kind='county')
    >>> division_in("鼓楼区教育局"), division_in("鼓楼区教育局", context="福建省福州市")
    (None, Within(code='350102', start=0, end=3, kind='county'))

    >>> division_in("合肥高新区管委会")
    Within(code='340100', start=0, end=5, kind='zone')
    >>> division_in("第八师石河子市教育局", 2018)
    Within(code='659001', start=0, end=7, kind='corps')

    Words between its parts lie within `start` and `end`: 上海市公安局奉贤分局 has 0 and 8. The
    single names are those of `division_words`.
    """
    named = settle(read_names(name[:LONGEST], year, seats=True), name)
    if named is None:
        return None
    around = _around(context, year)
    codes = narrow(named.codes, around) or named.codes
    code = common(codes)
    return Within(code, named.start, named.end, _kind(code, named.zone)) if code else None


def division_words(name: str, year: int | None = None) -> tuple[tuple[int, int], ...]:
    """Where an organisation's name names divisions, one span for each, in order.

    >>> division_words("上海市公安局奉贤分局")
    ((0, 3), (6, 8))
    """
    return tuple((named.start, named.end) for named in read_names(name[:LONGEST], year))


def _around(context: str | None, year: int | None) -> frozenset[str]:
    """What a context names."""
    if context and re.fullmatch("[0-9]{6}", context):
        return frozenset([context])
    named: Named | None = settle(read_names((context or "")[:LONGEST], year))
    return named.codes if named else frozenset()


def _kind(code: str, zone: str | None) -> Kind:
    if zone is None:
        return level_of(code)
    return "corps" if zone.startswith("xpcc") else "zone"
