"""Development zones and the Corps: what buys, and is not in the ordinary tree of divisions."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from tenderlight.places.divisions import division, divisions, table
from tenderlight.places.years import ALWAYS, EARLIEST

Kind = Literal["new-area", "hitech", "etdz", "park", "functional", "corps"]
"""National new areas; high-tech zones; economic and technological development zones; the one
industrial park of its kind (Suzhou); other districts by function; the Corps and its divisions."""
SAID = {
    "hitech": (
        "高新技术产业开发区",
        "高新技术开发区",
        "高新技术产业园区",
        "高新技术产业园",
        "高新区",
        "国家高新区",
        "国家高新技术产业开发区",
        "国家级高新技术产业开发区",
    ),
    "etdz": ("经济技术开发区", "经开区", "国家经济技术开发区", "国家级经济技术开发区"),
}
"""How zones of a kind are called after the name of their city."""


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A zone, or a division of the Corps, and the division of GB/T 2260 in which it lies."""

    id: str
    zh: str
    kind: Kind
    code: str
    """The county where it lies in one, else the prefecture, else the province."""
    spellings: tuple[str, ...]

    @property
    def codes(self) -> tuple[tuple[str, int, int], ...]:
        """Its code with first and last years: a city of the Corps has one since it was founded.

        >>> [each.codes for each in zones() if each.id == "xpcc-14"]
        [(('650000', 2000, 2015), ('659009', 2016, 9999))]
        """
        place = division(self.code)
        first = place.first if place and self.kind == "corps" else EARLIEST
        province = f"{self.code[:2]}0000"
        before = ((province, EARLIEST, first - 1),) if first > EARLIEST else ()
        return (*before, (self.code, first, ALWAYS))


@cache
def zones() -> tuple[Zone, ...]:
    """All that `zones.tsv` has.

    >>> [each.zh for each in zones() if each.id == "hefei-hitech"]
    ['合肥高新技术产业开发区']
    """
    return tuple(
        Zone(
            id=row["id"],
            zh=row["name"],
            kind=row["kind"],  # type: ignore[arg-type]  # a test reads every kind
            code=row["code"],
            spellings=_spellings(row),
        )
        for row in table("zones.tsv")
    )


def _spellings(row: dict[str, str]) -> tuple[str, ...]:
    """Its name, the others of the table, and those of its kind after its city's name."""
    names = [row["name"], *filter(None, row["also"].split(","))]
    if row["base"]:
        stems = (row["base"], *_whole_names(row["base"]))
        names += [stem + said for stem in stems for said in SAID[row["kind"]]]
    return tuple(dict.fromkeys(names))


def _whole_names(base: str) -> list[str]:
    """合肥 is also said 合肥市, 长沙 is not said 长沙县 where the city's zone is meant."""
    return [each for each in (f"{base}市", f"{base}县", f"{base}区") if each in _today()][:1]


@cache
def _today() -> frozenset[str]:
    return frozenset(each.zh for each in divisions() if each.last is None)
