"""What no rule can know of names: brands, former and English names, other words for one office.

Three tables, each written by us: `aliases.tsv` (a whole name and another for the same),
`families.tsv` (groups whose branches are told apart by their places) and `words.tsv` (words of
offices).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tenderlight.organisations.wording import wording

AliasKind = Literal["english", "brand", "former", "short"]


class Alias(msgspec.Struct, frozen=True):
    """Another name for a whole name."""

    name: str
    """The name of today, as registered."""
    alias: str
    kind: AliasKind


class Family(msgspec.Struct, frozen=True):
    """A group of which each branch is named after its place alone: 山东移动, 广东移动."""

    id: str
    name: str
    bare: bool
    """True where the words name the group only with a place: 移动 alone is none."""


def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one of this room's tables, without its head."""
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:])


@cache
def aliases() -> dict[str, Alias]:
    """By the other name, as `wording` folds it.

    >>> aliases()["hangzhou hikvision digital technology co ltd"].name
    '杭州海康威视数字技术股份有限公司'
    """
    found = {}
    for name, alias, kind in table("aliases.tsv"):
        row = msgspec.convert((name, alias, kind), tuple[str, str, AliasKind])
        found[wording(alias).plain] = Alias(*row)
    return found


@cache
def english_names() -> dict[str, str]:
    """Official English names, by the folded Chinese name."""
    return {
        wording(name).plain: alias
        for name, alias, kind in table("aliases.tsv")
        if kind == "english"
    }


@cache
def families() -> dict[str, Family]:
    """By what remains of a name of the group when its places are taken out.

    >>> families()["中国移动"].id, families()["移动"].bare
    ('china-mobile', True)
    """
    found = {}
    for id, name, names, short in table("families.tsv"):
        for words, bare in ((names, False), (short, True)):
            for each in words.split("|") if words else ():
                found[each] = Family(id, name, bare)
    return found


@cache
def national_offices() -> frozenset[str]:
    """Offices of the whole country that are named without it: 公安部 is no 部 of some 公安局."""
    state = "中华人民共和国"
    names = {wording(row[0]).plain for row in table("aliases.tsv")}
    return frozenset(name.removeprefix(state) for name in names if name.startswith(state))


@cache
def office_words() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """How offices are written otherwise: a pattern for all, and for each what it means and why."""
    words = {written: (meant, kind) for written, meant, kind in table("words.tsv")}
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))), words
