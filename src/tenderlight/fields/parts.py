"""What a notice leaves to its attachments: values that its own text does not state.

A page is often a shell around a tender document. What the page states itself always counts first.
Attachments are asked for the rest: a tender document counts before a list, forms for bidders are
not asked, and of documents of one kind the value that most of them state is taken. What others
state is kept beside it, and every passage names its document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec

from tenderlight.fields.excerpt import excerpt, moved
from tenderlight.fields.parts_agreement import agreed
from tenderlight.fields.parts_documents import FORM, Document, lot_in, weight_of
from tenderlight.fields.parts_lists import all_numbers, listed
from tenderlight.fields.parts_lots import lots_of_documents
from tenderlight.model import Block, Fields, NoticeType, Problem, Reading

Finder = Callable[[Reading, NoticeType | None], Fields]
"""From a document, and the kind of notice it belongs to, to what it states by itself."""

ONE = (
    *("notice_type", "procedure", "title", "project_name", "project_number", "buyer", "agency"),
    *("published", "opening", "budget", "ceiling", "lots", "buyer_code", "needs"),
)
"""Values of which a notice has one."""
SUMS = frozenset(("budget", "ceiling"))
"""Values that each lot has for itself."""
MOVED = SUMS | {"opening"}
"""Values that a correction changes: the document that it corrects may be attached to it."""
MOST_CHARACTERS = 1_000_000
"""Of the attachments that are searched for values, from the front; a long tender document has
300,000. Technologies and words are searched in all of them."""


def fill_from_parts(fields: Fields, reading: Reading, find: Finder) -> Fields:
    """The values, and those that only attachments state.

    An attachment's awards count where the notice announces winners and names none, its items where
    the notice lists none. Problems of an attachment's values come with them.
    """
    kind = fields.notice_type.value if fields.notice_type is not None else None
    documents: list[Document] = []
    beyond: list[str] = []
    searched = 0
    for name, blocks in _parts(reading):
        start, end = blocks[0].start, blocks[-1].end
        searched += end - start
        if searched > MOST_CHARACTERS:
            beyond.append(name)
            continue
        part, back = excerpt(reading, blocks)
        found = moved(find(part, kind), back)
        lot = lot_in(name, found)
        documents.append(Document(name, found, weight_of(name, found), lot, start, end))
    fields = _filled(fields, reading, [each for each in documents if each.weight > FORM])
    if beyond:
        return msgspec.structs.replace(fields, problems=(*fields.problems, _beyond(beyond)))
    return fields


def _parts(reading: Reading) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Each part with text: its name and its blocks."""
    names = {part.name for part in reading.parts}
    for name, blocks in groupby(reading.blocks, key=attrgetter("part")):
        if name in names:
            yield name, tuple(blocks)


def _filled(fields: Fields, reading: Reading, documents: Sequence[Document]) -> Fields:
    by_lot = () if fields.by_lot else lots_of_documents(reading, documents)
    changes: dict[str, Any] = {"by_lot": by_lot} if by_lot else {}
    sources: dict[str, tuple[Document, ...]] = {}
    problems, rivals = list(fields.problems), list(fields.rivals)
    corrects = fields.notice_type is not None and fields.notice_type.value == "correction"
    for name in ONE:
        apart = (bool(by_lot) and name in SUMS) or (corrects and name in MOVED)
        found = agreed(name, getattr(fields, name), documents, apart=apart)
        problems += found.problems
        rivals += found.rivals
        if found.value is not None:
            changes[name], sources[name] = found.value, found.documents
    kind = changes.get("notice_type", fields.notice_type)
    for name, value, stating in listed(fields, documents, kind.value if kind else None):
        if name not in changes:
            changes[name], sources[name] = value, stating
    for document in documents:
        names = {name for name, stating in sources.items() if document in stating}
        problems += _problems(document, names)
        rivals += (each for each in document.fields.rivals if _field(each.field) in names)
    number = changes.get("project_number", fields.project_number)
    changes["numbers"] = all_numbers(fields, documents, number)
    return msgspec.structs.replace(
        fields, **changes, problems=tuple(problems), rivals=tuple(rivals)
    )


def _problems(document: Document, names: set[str]) -> Iterator[Problem]:
    """The problems of the values that were taken from a document; all that name no field."""
    for problem in document.fields.problems:
        if names and (not problem.where or _field(problem.where) in names):
            where = f"{document.name}, {problem.where}" if problem.where else document.name
            yield msgspec.structs.replace(problem, where=where)


def _field(where: str) -> str:
    return where.partition(".")[0]


def _beyond(names: list[str]) -> Problem:
    return Problem(
        code="fields.long-attachments",
        what=f"{len(names)} attachments were not searched for the buyer, sums and the like: there "
        f"are more than {MOST_CHARACTERS:,} characters of them. Their words can be searched.",
        hint="Search them for what is missing.",
        where=", ".join(names[:5]),
    )
