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


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented name, and the kind that it must be found to be; empty: none."""

    name: str
    kind: str


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of organisation. The id is the file's name."""

    id: str
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    within: str = ""
    """The kind that it is a part of: a police station is `public-security`."""
    words: tuple[str, ...]
    """Words that make a name of this kind. The last one in a name counts, the longest there."""
    first: tuple[str, ...] = ()
    """Words that make it of this kind where it begins with them, whatever follows."""
    otherwise: tuple[str, ...] = ()
    """Endings that make it of this kind where no word says anything."""
    false_friends: tuple[str, ...] = ()
    """Phrases that hold one of the words and mean something else."""
    examples: tuple[Example, ...] = ()
    sources: tuple[str, ...] = ()
    """The laws that set such bodies up, by title and year."""


@cache
def kinds() -> dict[str, Kind]:
    """All kinds, by id."""
    folder = resources.files(__package__) / "kinds"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    read = [
        msgspec.toml.decode(file.read_bytes(), type=Kind)
        for file in files
        if file.name.endswith(".toml")
    ]
    return {kind.id: kind for kind in read}


@lru_cache(maxsize=16_384)
def find_kind(name: str) -> str | None:
    """The kind of an organisation, by its name; None where no word says it.

    >>> find_kind("沂南坡县公安局交通警察大队"), find_kind("公安局机关幼儿园"), find_kind("XN")
    ('traffic-police', 'school', None)
    """
    plain = wording(name).plain
    if anatomy(plain).form == "family":
        return "state-company"
    plain = re.sub(r"[()]", "", plain)
    first = next((id for word, id in _ends("first") if plain.startswith(word)), None)
    if first:
        return first
    automaton, meanings = _index()
    found = [meanings[index] for index, _, _ in automaton.find_matches_as_indexes(plain)]
    said = next((id for id in reversed(found) if id), None)
    return said or next((id for word, id in _ends("otherwise") if plain.endswith(word)), None)


def is_kind(id: str | None, of: str) -> bool:
    """Whether a kind is another or a part of it.

    >>> is_kind("police-station", "public-security"), is_kind("court", "public-security")
    (True, False)
    """
    while id:
        if id == of:
            return True
        id = kinds()[id].within if id in kinds() else ""
    return False


@cache
def _ends(which: Literal["first", "otherwise"]) -> tuple[tuple[str, str], ...]:
    """Words at the beginning or the end of a name, with their kinds."""
    return tuple((word, kind.id) for kind in kinds().values() for word in getattr(kind, which))


@cache
def _index() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    """Words with their kinds; false friends with none, so that they hide the words in them."""
    words: dict[str, str] = {}
    for kind in kinds().values():
        words |= dict.fromkeys(kind.words, kind.id)
    for kind in kinds().values():
        words |= {friend: words.get(friend, "") for friend in kind.false_friends}
    automaton = ahocorasick_rs.AhoCorasick(
        list(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, list(words.values())
