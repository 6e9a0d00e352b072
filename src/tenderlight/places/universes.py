"""What is counted when provinces are counted: a figure names its universe, and prints it."""

from __future__ import annotations

from typing import Literal

import msgspec

from tenderlight.places.divisions import PROVINCES


class Universe(msgspec.Struct, frozen=True, kw_only=True):
    """A set of divisions under a name, so that "22 of 31" says which 31."""

    id: str
    en: str
    zh: str
    codes: tuple[str, ...]
    source: str
    """Where the set comes from, for readers."""


UNIVERSES: tuple[Universe, ...] = (
    Universe(
        id="31-divisions",
        en="31 provincial-level divisions of mainland China",
        zh="31个省、自治区、直辖市（不含港澳台）",
        codes=tuple(each.code for each in PROVINCES if each.counts),
        source=(
            "GB/T 2260: 22 provinces, 5 autonomous regions, 4 municipalities. Without Hong Kong, "
            "Macau and Taiwan, as in the tables of the National Bureau of Statistics. The Xinjiang "
            "Production and Construction Corps is counted in Xinjiang."
        ),
    ),
    Universe(
        id="34-divisions",
        en="34 provincial-level divisions of GB/T 2260",
        zh="34个省级行政区（含港澳台）",
        codes=tuple(each.code for each in PROVINCES),
        source=(
            "GB/T 2260 as published: the 31, Hong Kong and Macau as special administrative "
            "regions, and Taiwan, which the standard lists. No statement of ours about any status."
        ),
    ),
)


def universe(id: Literal["31-divisions", "34-divisions"]) -> Universe:
    """The universe of that name.

    >>> len(universe("31-divisions").codes), len(universe("34-divisions").codes)
    (31, 34)
    """
    return next(each for each in UNIVERSES if each.id == id)
