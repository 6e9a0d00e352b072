"""The organisations that a notice names, in their roles. People who bid themselves are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from tenderlight.model import Cited, Fields, Mask, Place
from tenderlight.organisations.kinds import Own, find_kind, kinds_above
from tenderlight.organisations.levels import Level, find_level
from tenderlight.organisations.nodes import Node, node_of
from tenderlight.organisations.wording import BRACKETS, HAN, LONGEST
from tenderlight.technologies import Definitions

OURS = Definitions()
Role = Literal["buyer", "agency", "supplier", "proposed"]


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One organisation that a notice names, and as what."""

    role: Role
    name: Cited[str]
    node: str
    """The id of its `Node`."""
    number: int = 0
    """Which one: the number of the award or of the proposed supplier, from 0."""
    member: int = 0
    """Which of a consortium's members where one award names several, from 0."""
    code: Cited[str] | None = None
    division: str | None = None
    """As in its node: the division of the notice's buyer, where the name alone says too little."""
    purchase: str = ""
    """As in its node."""
    kind: str | None = None
    """The id of a file in `kinds/`, or of the reporter's own; None where no word says it."""
    within: tuple[str, ...] = ()
    """The kinds that it lies within, the narrowest first."""
    level: Level | None = None


def find_parties(
    fields: Fields,
    place: Place | None,
    masks: tuple[Mask, ...] = (),
    definitions: Definitions = OURS,
) -> tuple[Party, ...]:
    """Every organisation that the fields name: buyer, agency, suppliers, proposed suppliers.

    Members of a consortium that one award names are parties of their own. A name that has no word
    of an organisation may be a person's: it is left out, and so is one that says nothing, and one
    of which something is personal data in this notice: it is joined with nothing. `definitions`
    give a reporter's own kinds of buyers.
    """
    finest, bought, own = _finest(place), _bought(fields), definitions.buyer
    found: list[Party] = []
    if fields.buyer:
        found += _parties("buyer", 0, fields.buyer, fields.buyer_code, finest, bought, own)
    if fields.agency:
        found += _parties("agency", 0, fields.agency, None, None, bought, own)
    for number, award in enumerate(fields.awards[:MOST]):
        found += _parties("supplier", number, award.supplier, award.code, None, bought, own)
    for number, name in enumerate(fields.proposed[:MOST]):
        found += _parties("proposed", number, name, None, None, bought, own)
    return tuple(party for party in found if not _is_hidden(party.name, masks))


def _is_hidden(name: Cited[str], masks: tuple[Mask, ...]) -> bool:
    """Whether a mask touches a name where it is printed; a manifest's words are in no text."""
    if name.at.part == "manifest":
        return False
    return any(mask.start < name.at.end and name.at.start < mask.end for mask in masks)


SURE = 60
"""From this confidence on a place is sure enough to tell 公安局 from 公安局; 0: not said."""


def _finest(place: Place | None) -> str | None:
    """The finest division of which the notice is sure enough."""
    if place is None:
        return None
    sure = place.confidence >= SURE or not place.confidence
    return (place.county if place.county and sure else place.province).value


def _bought(fields: Fields) -> str:
    """What tells this purchase from others, as printed."""
    said = fields.project_number or fields.project_name or fields.title
    return said.value if said else ""


MOST = 500
"""Suppliers of one notice at most: lists of framework purchases have up to some hundred."""


def node(party: Party) -> Node:
    """The node of a party: the same for all parties with its `node`, but for width and case."""
    code = party.code.value if party.code else None
    known = node_of(party.name.value, party.division, code)
    return msgspec.structs.replace(known, id=party.node, purchase=party.purchase)


def _parties(
    role: Role,
    number: int,
    cited: Cited[str],
    code: Cited[str] | None,
    division: str | None,
    bought: str,
    own: Own,
) -> Iterator[Party]:
    members = tuple(_members(cited))
    for member, name in enumerate(members):
        if not names_an_organisation(name.value, own):
            continue
        printed = code if len(members) == 1 else None
        known = node_of(name.value, division, printed.value if printed else None, bought)
        kind = find_kind(name.value, own)
        yield Party(
            role=role,
            number=number,
            member=member,
            name=name,
            code=printed,
            division=known.division,
            node=known.id,
            purchase=known.purchase,
            kind=kind,
            within=kinds_above(kind, own)[1:],
            level=find_level(name.value, division),
        )


SPLIT = re.compile(
    r"[、;；,，/\n]|(?<=公司)(?:与|和|及)(?=[\u3400-\u9fff])|(?<=院)(?:与|和|及)(?=.{4})"
)
TOGETHER = re.compile(
    r"^(?:联合体(?:[:：]|成员[:：]?|牵头人[:：]?)?|牵头人[:：]|成员[:：]|主体[:：])|联合体$"
)
ENDS = re.compile(
    r"(?:公司|集团|厂|院|所|校|大学|中心|部|店|行|社|局|站|会|队|处|室|馆|园|场|联合体)"
    r"(?:\([^()]{1,20}\))?$"
)


def _members(cited: Cited[str]) -> Iterator[Cited[str]]:
    """The members of a consortium that one value names; a single name as it is."""
    value = cited.value
    pieces = [piece.strip() for piece in SPLIT.split(value[: LONGEST * 5]) if piece.strip()]
    whole = [TOGETHER.sub("", piece).strip() for piece in pieces]
    if len(whole) < 2 or not all(_ends(each) for each in whole):
        alone = TOGETHER.sub("", value).strip()
        yield cited if alone == value else _part(cited, alone)
        return
    for each in whole[:20]:
        yield _part(cited, each)


def _ends(name: str) -> bool:
    return len(name) >= 4 and bool(ENDS.search(name.translate(BRACKETS)))


def _part(cited: Cited[str], name: str) -> Cited[str]:
    """One name out of a value; its passage is its own where it is printed just so."""
    at = cited.at
    start = at.text.find(name)
    if start >= 0:
        first = at.start + start
        at = msgspec.structs.replace(at, text=name, start=first, end=first + len(name))
    return Cited(value=name, at=at, rule=cited.rule)


BODY = re.compile(
    r"[厂院所局厅处站队校馆室园场库台网店行社会部委办府号坊铺]$|联社|基地|机构|联盟|工程|科技|技术|商贸|兵团|"
    r"[0-9a-z]{2,}"
)
NONE = re.compile(r"标段|详见|见附件|(?:项目|采购|公告|结果|标包|[0-9]包)$")
"""Words of what is bought, where a name should stand."""
SHORT = re.compile(r"(?:[局厅院所]|公安|大学|中学|小学|医院|监狱|海关|公司|联通|移动|电信|部)$")
LATIN_BODY = re.compile(
    r"\b(?:co|ltd|limited|inc|corp|corporation|company|group|llc|plc|gmbh|ag|sa|s\.?a\.?|s\.?r\.?l|srl|sas|"
    r"sarl|bv|nv|ab|as|oy|kft|doo|ad|sp|spa|university|institute|ministry|department|bureau|office|agency|"
    r"council|authority|hospital|school|centre|center|police|bank|services|technologies|technology|systems)\b",
    re.IGNORECASE,
)


def names_an_organisation(name: str, own: Own = ()) -> bool:
    """Whether a name has a word that people's names do not have.

    >>> [names_an_organisation(n) for n in ("XN视讯科技有限公司", "公安局", "王小明", "详见附件")]
    [True, True, False, False]
    """
    text = name.strip()[:LONGEST].translate(BRACKETS)
    if NONE.search(text):
        return False
    if not HAN.search(text):
        return len(text.split()) == 1 < len(text) or bool(LATIN_BODY.search(text))
    plain = re.sub(r"\s+|\([^()]*\)", "", text)
    if len(plain) < 5:
        return bool(SHORT.search(plain)) and len(plain) > 1
    return bool(BODY.search(plain.lower())) or find_kind(plain, own) is not None
