"""Who makes what is bought: brands and models as printed, to the makers of `makers.tsv`.

A brand counts by its whole word, folded in width, case, script and brackets, never by likeness:
大华 is Dahua, 大华医疗 is not. A model counts by the letters that a maker begins its models with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

import msgspec

from tenderlight.plain import simplify


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """A maker of equipment, and the words under which notices name it."""

    id: str
    en: str
    zh: str
    country: str
    """ISO 3166-1, of the head office."""
    aliases: tuple[str, ...]
    """Brands, registered and former names, in both scripts."""
    models: tuple[str, ...] = ()
    """How its models begin, where no one else's do."""


_SPLIT = re.compile(r"[/、,;|()\[\]\n]|或者|或|\s{2,}")
_ENDS = re.compile(r"(?:品牌|牌|等|同档次|及以上|同等|系列|公司|®|™)+$")
_LONGEST = 120


def find_maker(brand: str | None, model: str | None = None) -> str | None:
    """The id of the one maker that brand or model name; None for none, several or unknown ones.

    >>> find_maker("海康威視"), find_maker("HIKVISION/海康威视"), find_maker("海康/大华")
    ('hikvision', 'hikvision', None)
    >>> find_maker(None, "DS-2CD3T46"), find_maker("国产", "X-1"), find_maker("大华医疗")
    ('hikvision', None, None)
    """
    named = _of_brand(brand) if brand else frozenset()
    if not named and model:
        named = _of_model(model)
    return next(iter(named)) if len(named) == 1 else None


@lru_cache(maxsize=8192)
def _of_brand(printed: str) -> frozenset[str]:
    known = _by_word()
    whole, *pieces = _words(printed[:_LONGEST])
    if whole in known:
        return frozenset((known[whole],))
    return frozenset(known[word] for word in pieces if word in known)


def _words(printed: str) -> Iterator[str]:
    """The whole and its pieces, folded: each may be a brand."""
    folded = simplify(printed).strip()
    for piece in (folded, *_SPLIT.split(folded), *folded.split()):
        yield _ENDS.sub("", _plain(piece))


def _of_model(printed: str) -> frozenset[str]:
    folded = _plain(simplify(printed[:_LONGEST]))
    return frozenset(maker for start, maker in _by_model() if folded.startswith(start))


def _plain(word: str) -> str:
    return "".join(word.split())


@cache
def makers() -> tuple[Maker, ...]:
    """All makers that are known, by id."""
    text = (resources.files(__package__) / "makers.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return tuple(
        Maker(
            id=row[0],
            en=row[1],
            zh=row[2],
            country=row[3],
            aliases=tuple(filter(None, row[4].split(";"))),
            models=tuple(filter(None, row[5].split(";"))),
        )
        for row in rows
    )


@cache
def _by_word() -> dict[str, str]:
    known = {}
    for maker in makers():
        for word in (maker.zh, maker.en, *maker.aliases):
            known[_ENDS.sub("", _plain(simplify(word)))] = maker.id
    return known


@cache
def _by_model() -> tuple[tuple[str, str], ...]:
    return tuple(
        (_plain(simplify(start)), maker.id) for maker in makers() for start in maker.models
    )
