"""What only some kinds of notices state, put beside what all of them do."""

from __future__ import annotations

import msgspec

from tenderlight.fields.cells_kinds import find_cell_pairs, find_line_pairs
from tenderlight.fields.changes import find_changes
from tenderlight.fields.changes_hold import hold_corrected
from tenderlight.fields.changes_words import NOW, WAS
from tenderlight.fields.codes import find_buyer_code
from tenderlight.fields.contract import find_accepted, find_party, find_signed
from tenderlight.fields.labels_kinds import announces, find_said
from tenderlight.fields.needs import find_needs
from tenderlight.fields.numbers import find_numbers
from tenderlight.fields.planned import find_planned
from tenderlight.fields.proposed import find_proposed
from tenderlight.fields.reason import find_reason
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Fields, NoticeType, Reading

_OF_THEIR_OWN = frozenset(
    ("correction", "single_source", "termination", "contract", "acceptance", "intention")
)
"""Kinds of notices whose tables are asked for labels that others do not have."""


def add_kinds(reading: Reading, layout: Layout, fields: Fields, kind: NoticeType | None) -> Fields:
    """The fields with what an intention, a correction, a contract … states beside them."""
    cells = list[Pair]()
    if kind in _OF_THEIR_OWN:
        cells += find_cell_pairs(layout, _announces)
        cells += find_line_pairs(layout, _announces)
    said = find_said(layout, cells)
    planned = find_planned(reading, layout, said, kind, fields.title)
    buyer_code, code_problems = find_buyer_code(reading, layout, said, fields.buyer)
    fields = msgspec.structs.replace(
        fields,
        buyer=fields.buyer or find_party(reading, layout, kind),
        numbers=find_numbers(reading, layout, said, fields.project_number),
        buyer_code=buyer_code,
        planned=planned.value,
        needs=find_needs(reading, layout, said, kind),
        proposed=find_proposed(reading, layout, said, kind, (fields.buyer, fields.agency)),
        why=find_reason(reading, layout, said, kind),
        changes=find_changes(reading, layout, said, cells, kind),
        signed=find_signed(reading, layout, said, kind),
        accepted=find_accepted(reading, layout, said, kind),
        rivals=(*fields.rivals, *planned.rivals),
        problems=(*fields.problems, *planned.problems, *code_problems),
    )
    return hold_corrected(fields) if fields.changes else fields


def _announces(key: str) -> bool:
    return announces(key) or NOW.match(key) is not None or WAS.match(key) is not None
