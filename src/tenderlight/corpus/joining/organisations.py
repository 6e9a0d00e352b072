"""How names are joined into organisations, and the rows that tell of one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tenderlight.corpus.joining.kind import Kind, Seen
from tenderlight.corpus.shown import masked
from tenderlight.corpus.tables import Row
from tenderlight.grouping import Pair
from tenderlight.organisations import Node, Own, Party, compare, describe, keys, node

VERSION = "2"
"""Raise it whenever `organisations` could give other keys, pairs or words for the same names."""
PREFIX = "o"
CROWD = 200
"""A key that more names share than this is a word that all of a kind have: it says nothing."""
JOINS = 70
"""What is less sure than this is a lead for people, and joins nothing."""


def organisation_id(name: str) -> str:
    """The name of the organisation whose first seen node this is; other nodes of it lead there."""
    return PREFIX + name


def told(members: Sequence[Seen], own: Own = ()) -> Mapping[str, list[Row]]:
    """The rows of one organisation; `own` are a reporter's own kinds of buyers."""
    id = organisation_id(members[0].id)
    said = describe([member.content for member in members], own)
    row: Row = {
        "id": id,
        "name": masked(said.name),
        "name_en": said.english,
        "kind": said.kind,
        "level": said.level,
        "province_code": said.province_code,
        "county_code": said.county_code,
        "code": said.code,
        "names": len(members),
    }
    spellings = [
        {"organisation": id, "node": member.id, "name": masked(member.content.printed)}
        for member in members
    ]
    return {"organisation": [row], "spelling": spellings}


def held(first: str, one: Node, second: str, other: Node) -> Pair | None:
    """Two names held against each other; what is only a lead is no pair."""
    found = compare(one, other)
    return None if found is None or (found.same and found.strength < JOINS) else found


def _nodes(_: str, parties: Sequence[Party]) -> Iterator[tuple[str, Node]]:
    for party in parties:
        known = node(party)
        yield known.id, known


ORGANISATIONS = Kind(
    name="organisation",
    version=VERSION,
    step="parties",
    result=tuple[Party, ...],
    nodes=_nodes,
    content=Node,
    keys=keys,
    compare=held,
    tell=told,
    varies=True,
    says="Part by part: credit code, division, legal form, brand, branch, former name, official "
    "English name; never by likeness. Another code, division or branch keeps them apart "
    "(docs/organisations.md).",
    crowd=CROWD,
)
