"""Numbers under which a purchase is also known: of its plan, its contract, its lots."""

from __future__ import annotations

import re

from tenderlight.fields.labels import RANK
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.project_number import number_at, same_number
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Cited, Number, NumberKind, Reading

_KINDS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    ("contract", re.compile(r"合同(?!项目)")),
    ("intention", re.compile(r"意向")),
    ("plan", re.compile(r"计划")),
    ("lot", re.compile(r"标段|标包|分包|包编号")),
    ("record", re.compile(r"备案|登记|统一|代码|审批|批准|核准|批文")),
)
_IN_COLUMNS = frozenset(("contract", "lot", "plan"))
"""Numbers that a table gives row by row; those of other purchases stand in columns too."""
_BARE = frozenset(("编号",))
"""In tables of people this is the number of somebody's certificate."""
_OF_NUMBER = re.compile(r"[a-z\d]")
_MOST = 60


def find_numbers(
    reading: Reading, layout: Layout, said: Said, project_number: Cited[str] | None
) -> tuple[Number, ...]:
    """All numbers but the one that is the notice's `project_number`, each once, in order.

    `采购计划编号` gives a number of the kind `plan`, `合同编号` of `contract`, `标段编号` of `lot`,
    `备案编号` and `项目代码` of `record`, a second `项目编号` of `project`; others are `other`.
    A record printed behind a supplier's name is a licence of that firm, and none of these.
    """
    known = {same_number(project_number.value)} if project_number is not None else set[str]()
    pairs = [*layout.of("project_number"), *(pair for _, pair in said["number"])]
    firm = next((pair.start for pair in layout.of("supplier")), len(layout.text))
    numbers: list[Number] = []
    for pair in sorted(pairs, key=lambda pair: pair.start):
        kind = _kind(pair)
        if pair.key in _BARE or (pair.kind == "column" and kind not in _IN_COLUMNS):
            continue
        if kind in ("record", "other") and pair.start > firm:
            continue
        found = number_at(layout, pair.start, pair.end)
        if found is None or len(numbers) == _MOST or _is_known(found[0], known):
            continue
        known.add(same_number(found[0]))
        value, start, end = found
        cited = Cited(value=value, at=reading.passage(start, end), rule=f"label {pair.key}")
        numbers.append(Number(kind=kind, number=cited))
    return tuple(numbers)


def _is_known(number: str, known: set[str]) -> bool:
    """True for a number that is there, also with words behind it: `XN-1（标项）`, `XN-1·包号`."""
    folded = same_number(number)
    return folded in known or any(
        longer.startswith(shorter) and not _OF_NUMBER.search(longer[len(shorter) :])
        for other in known
        for shorter, longer in (sorted((folded, other), key=len),)
    )


def _kind(pair: Pair) -> NumberKind:
    for kind, words in _KINDS:
        if words.search(pair.key):
            return kind
    return "project" if pair.field == "project_number" and not RANK.get(pair.key) else "other"
