"""Every way in which divisions, zones and some bodies are written, in one index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from tenderlight.places.divisions import Division, divisions, table
from tenderlight.places.words import ENDING, NATIONS, SPOKEN
from tenderlight.places.years import ALWAYS, EARLIEST, Meaning
from tenderlight.places.zones import zones
from tenderlight.plain import simplify


@cache
def index() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[Meaning, ...]]]:
    """An automaton of all names, and for each of them what it may mean."""
    names: dict[str, dict[Meaning, None]] = {}
    for name, meaning in _all():
        names.setdefault(simplify(name), {})[meaning] = None
    automaton = ahocorasick_rs.AhoCorasick(
        list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, [tuple(meanings) for meanings in names.values()]


def _all() -> Iterator[tuple[str, Meaning]]:
    for each in divisions():
        for name, full in _spellings(each):
            yield name, Meaning(each.code, full, each.first, each.last or ALWAYS, each.zh)
    for zone in zones():
        for name in zone.spellings:
            for code, first, last in zone.codes:
                yield name, Meaning(code, True, first, last, zone=zone.id)
    for row in table("seats.tsv"):
        yield row["name"], Meaning(row["code"], False, EARLIEST, ALWAYS)


def _spellings(each: Division) -> list[tuple[str, bool]]:
    """How a division is written: `长阳土家族自治县` also as `长阳县` and `长阳`."""
    if len(each.zh) < 2:
        return []
    spellings = [(each.zh, True)]
    stem = ENDING.sub("", each.zh)
    ending = each.zh[len(stem) :]
    bare = NATIONS.sub("", stem).removesuffix("族") if "自治" in ending else stem
    if "自治" in ending and len(bare) >= 2:
        spellings.append((bare + ending[-1], True))
    if each.code in SPOKEN:
        spellings.append((SPOKEN[each.code], True))
    if len(bare) >= 2 and (each.level == "province" or bare not in _words()):
        spellings.append((bare, False))
    return spellings


@cache
def _words() -> frozenset[str]:
    """What a county's name without its ending never means: a province, or 公安 for 公安县."""
    return frozenset(row["short"] for row in table("provinces.tsv")) | {"公安"}
