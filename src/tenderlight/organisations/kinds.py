"""The kinds of organisations: one small TOML file each in `kinds/`, tested by its own examples."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import ahocorasick_rs
import msgspec

from tenderlight.organisations.anatomy import anatomy
from tenderlight.organisations.wording import wording
from tenderlight.technologies.definition import BuyerKind

Own = tuple[BuyerKind, ...]
"""A reporter's own kinds: they add to ours, or take the place of one with the same id."""


@lru_cache(maxsize=8)
def kinds(own: Own = ()) -> dict[str, BuyerKind]:
    """All kinds, by id: ours, and a reporter's own."""
    return {kind.id: kind for kind in sorted((*_ours(), *own), key=lambda kind: kind.id)}


@cache
def _ours() -> tuple[BuyerKind, ...]:
    folder = resources.files(__package__) / "kinds"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        msgspec.toml.decode(file.read_bytes(), type=BuyerKind)
        for file in files
        if file.name.endswith(".toml")
    )


@lru_cache(maxsize=16_384)
def find_kind(name: str, own: Own = ()) -> str | None:
    """The kind of an organisation, by its name; None where no word says it.

    >>> find_kind("沂南坡县公安局交通警察大队"), find_kind("公安局机关幼儿园"), find_kind("XN")
    ('traffic-police', 'school', None)
    """
    plain = wording(name).plain
    if anatomy(plain).form == "family":
        return "state-company"
    plain = re.sub(r"[()]", "", plain)
    first = next((id for word, id in _ends("first", own) if plain.startswith(word)), None)
    if first:
        return first
    automaton, meanings = _index(own)
    found = [meanings[index] for index, _, _ in automaton.find_matches_as_indexes(plain)]
    said = next((id for id in reversed(found) if id), None)
    return said or next((id for word, id in _ends("otherwise", own) if plain.endswith(word)), None)


def kinds_above(id: str | None, own: Own = ()) -> tuple[str, ...]:
    """A kind, and those that it lies within, the narrowest first; none for none.

    >>> kinds_above("police-station"), kinds_above(None)
    (('police-station', 'public-security'), ())
    """
    known = kinds(own)
    found: dict[str, None] = {}
    while id in known and id not in found:
        found[id] = None
        id = known[id].within
    return tuple(found)


def is_kind(id: str | None, of: str) -> bool:
    """Whether a kind is another or a part of it.

    >>> is_kind("police-station", "public-security"), is_kind("court", "public-security")
    (True, False)
    """
    return of in kinds_above(id)


@lru_cache(maxsize=16)
def _ends(which: Literal["first", "otherwise"], own: Own) -> tuple[tuple[str, str], ...]:
    """Words at the beginning or the end of a name, with their kinds."""
    return tuple((_plain(word), kind.id) for kind in _by_rank(own) for word in getattr(kind, which))


def _by_rank(own: Own) -> list[BuyerKind]:
    """A reporter's own first: a word of hers that is ours as well is hers."""
    return sorted(kinds(own).values(), key=lambda kind: (kind not in own, kind.id))


def _plain(word: str) -> str:
    """A word as names are compared: simplified, without blanks."""
    return wording(word).plain


@lru_cache(maxsize=8)
def _index(own: Own) -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    """Words with their kinds; false friends with none, so that they hide the words in them."""
    words: dict[str, str] = {}
    for kind in reversed(_by_rank(own)):
        words |= dict.fromkeys(map(_plain, kind.words), kind.id)
    for kind in reversed(_by_rank(own)):
        words |= {friend: words.get(friend, "") for friend in map(_plain, kind.false_friends)}
    automaton = ahocorasick_rs.AhoCorasick(
        list(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, list(words.values())
