"""Rows of the organisations that a notice names. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.corpus.shown import Row, Shown, part_name
from tenderlight.organisations import Party


def party_rows(parties: Sequence[Party], show: Shown) -> list[Row]:
    """The table `party`: who is named as what; the node is what joins names."""
    return [
        {
            **_said(party, show),
            "member": party.member,
            "within": list(party.within),
            "division_code": party.division,
            "text": show.text(party.name.at),
            "part": part_name(party.name.at.part),
            "page": party.name.at.page,
            "start_at": party.name.at.start,
            "end_at": party.name.at.end,
            "doubt": party.name.at.doubt,
        }
        for party in parties
    ]


def parties_row(parties: Sequence[Party], show: Shown) -> Row:
    """The key `parties` of the exported notice."""
    return {"parties": [_said(party, show) for party in parties]}


def _said(party: Party, show: Shown) -> Row:
    return {
        "role": party.role,
        "number": party.number,
        "name": show.value(party.name),
        "kind": party.kind,
        "level": party.level,
        "code": show.value(party.code),
        "node": party.node,
    }
