"""An organisation, told from all the names that were joined in it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tenderlight.organisations.alias_file import english_names
from tenderlight.organisations.anatomy import Anatomy
from tenderlight.organisations.kinds import Own, find_kind
from tenderlight.organisations.levels import Level, find_level
from tenderlight.organisations.nodes import Node, name_as_shown, names_of
from tenderlight.organisations.wording import BRACKETS, FORMER, HAN, PART, wording


class Organisation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one organisation. The first of its names is shown."""

    name: str
    """As printed, the fullest name of today, without its part in a purchase (联合体牵头人)."""
    english: str | None = None
    """The official English name, where the alias file has it."""
    kind: str | None = None
    """The id of a file in `kinds/`."""
    level: Level | None = None
    province_code: str | None = None
    county_code: str | None = None
    """The finest division known, as in places: `440300` where only the prefecture is."""
    code: str | None = None
    former: tuple[str, ...] = ()
    """Names that it had: printed beside the new one, or in the alias file."""
    names: tuple[str, ...] = ()
    """All its names as printed, sorted."""


def describe(nodes: Iterable[Node], own: Own = ()) -> Organisation:
    """The organisation that nodes make together; the same in every order. Refuses no nodes.

    `own` are a reporter's own kinds of buyers.

    >>> from tenderlight.organisations.nodes import node_of
    >>> told = describe([node_of("奉贤公安分局", "310120"), node_of("上海市公安局奉贤分局")])
    >>> told.name, told.kind, told.level, told.county_code
    ('上海市公安局奉贤分局', 'public-security', 'county', '310120')
    >>> describe([node_of("南昌虚舟科技有限公司（联合体牵头人）")]).name
    '南昌虚舟科技有限公司'
    """
    ranked = sorted(nodes, key=_rank)
    if not ranked:
        raise ValueError("An organisation has at least one name.")
    best, spots = ranked[0], [names_of(node)[0] for node in ranked]
    finest = next((code for code in map(_finest, spots) if code), None)
    return Organisation(
        name=PART.sub("", best.printed) or best.printed,
        english=_english(spots),
        kind=next((kind for node in ranked if (kind := find_kind(node.printed, own))), None),
        level=find_level(best.printed, best.division or finest),
        province_code=f"{finest[:2]}0000" if finest else None,
        county_code=finest,
        code=next((code for code in sorted(filter(None, (n.code for n in ranked)))), None),
        former=_former(ranked, best),
        names=tuple(sorted({node.printed for node in ranked})),
    )


def _rank(node: Node) -> tuple[object, ...]:
    """Names of today before former ones and brands, Chinese ones first, then the fullest."""
    name = names_of(node)[0]
    today = not {"former", "brand", "english", "short"}.intersection(name.rules)
    settled = len(name.spot.codes) == 1 and "context" not in name.rules
    plain = wording(node.printed).plain
    return (not today, not HAN.search(plain), not settled, -len(plain), node.printed, node.id)


def _finest(name: Anatomy) -> str | None:
    """The division that a name says for certain. Of a branch, the branch's."""
    spot = name.branch_spot if name.branch_spot.said else name.spot
    return spot.codes[0] if len(spot.codes) == 1 else None


def _english(names: list[Anatomy]) -> str | None:
    known = english_names()
    return next((known[name.plain] for name in names if name.plain in known), None)


def _former(ranked: list[Node], best: Node) -> tuple[str, ...]:
    """Former names as printed."""
    found: dict[str, None] = {}
    for node in ranked:
        beside = FORMER.search(node.printed.translate(BRACKETS))
        if beside:
            found[beside[1]] = None
        if "former" in names_of(node)[0].rules and node is not best:
            found[name_as_shown(node.printed)] = None
    return tuple(sorted(found))
