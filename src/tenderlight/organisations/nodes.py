"""One organisation as one notice names it: what is compared, joined and kept apart."""

from __future__ import annotations

import hashlib

import msgspec

from tenderlight.organisations.anatomy import Anatomy, anatomy
from tenderlight.organisations.codes import credit_code
from tenderlight.organisations.generic import is_generic
from tenderlight.organisations.kinds import find_kind, is_kind
from tenderlight.organisations.wording import HAN, spelled, wording


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name with what is known of its bearer. All notices that say just this share the node."""

    id: str
    """A digest of the name as spelled, its code, and its division where the name needs one."""
    printed: str
    """As printed, blanks closed up. Notices may differ in width and case: the store keeps one."""
    division: str | None = None
    """The division code of the notice's buyer, where the name alone does not say which is meant."""
    code: str | None = None
    """Its Unified Social Credit Code, if one with a fitting check character is printed."""
    purchase: str = ""
    """A digest of what is bought, where nothing says which 公安局 is meant: notices of different
    purchases then have different nodes."""


def node_of(
    printed: str, division: str | None = None, code: str | None = None, purchase: str = ""
) -> Node:
    """The node of a printed name; `division` and `purchase` are kept only where it needs them.

    >>> node_of("公安局", "371321").division, node_of("XN视讯科技有限公司", "371321").division
    ('371321', None)
    >>> node_of("公安局", None, None, "甲").id == node_of("公安局", None, None, "乙").id
    False
    >>> node_of("XN视讯科技 有限公司").id == node_of("ＸＮ视讯科技有限公司").id
    True
    """
    name, valid = spelled(printed), _own_code(printed, code)
    plain = wording(printed).plain
    unclear = needs_place(anatomy(plain))
    needed = division if division and unclear else None
    alone = unclear and not valid and _is_open(anatomy(plain, needed or ""))
    only = _digest(purchase) if purchase and alone else ""
    return Node(
        id=_digest(name, needed or "", valid or "", only),
        printed=name_as_shown(printed),
        division=needed,
        code=valid,
        purchase=only,
    )


def _digest(*words: str) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:24]


def _is_open(name: Anatomy) -> bool:
    """Whether it is still open which of several organisations is meant, all things considered."""
    return not name.spot.said or (len(name.spot.codes) > 1 and not name.spot.local)


PUBLIC = (
    *("public-security", "state-security", "political-legal", "party", "government", "congress"),
    *("procuratorate", "court", "prison", "drug-rehabilitation", "customs", "fire-service"),
    *("armed-police", "military"),
)
"""Kinds whose codes begin with 1: what begins with 9 is a company's, printed near by."""


def _own_code(printed: str, code: str | None) -> str | None:
    """A printed code that can be this organisation's: an office has none of a company's."""
    valid = credit_code(code)
    if valid is None:
        return None
    kind = find_kind(printed)
    office = any(is_kind(kind, public) for public in PUBLIC)
    company = is_kind(kind, "company")
    return None if (office and valid[0] == "9") or (company and valid[0] == "1") else valid


def name_as_shown(printed: str) -> str:
    """A printed name without the blanks and line breaks of its page.

    >>> name_as_shown("沂南坡县 公安局\\n"), name_as_shown("XN  Vision Ltd")
    ('沂南坡县公安局', 'XN Vision Ltd')
    """
    words = printed[:200].split()
    return ("" if HAN.search(printed) else " ").join(words)


def needs_place(name: Anatomy) -> bool:
    """Whether the name alone leaves open which of several organisations is meant."""
    if name.form != "office":
        return False
    if name.spot.said:
        return len(name.spot.codes) != 1
    return is_generic(name.core) or ("公安" in name.core and len(name.core) < 9)


def names_of(node: Node) -> tuple[Anatomy, ...]:
    """What a node's name says, and then its other names where they are printed with it.

    A second name without a place of its own may be that of a part: 某县公安局（交通警察大队）.
    """
    name, division = wording(node.printed), node.division or ""
    names = [anatomy(name.plain, division)]
    if name.former:
        names.append(anatomy(name.former, division))
    if name.beside and (other := anatomy(name.beside)).spot.said:
        names.append(other)
    return tuple(names)
