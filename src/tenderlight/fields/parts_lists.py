"""What attachments state of which a notice has several: items, awards, changes, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tenderlight.fields.parts_documents import Document
from tenderlight.fields.project_number import same_number
from tenderlight.model import Cited, Fields, NoticeType, Number

OF_ITS_KIND = ("planned", "why", "signed", "accepted", "proposed", "changes")
"""Values that an attachment states only where it is a notice of the same kind, or says of none."""
WINNING = frozenset(("award", "candidates", "contract"))
"""Kinds of notices that name winners: elsewhere a table of suppliers in an attachment is a form."""
_MOST = 5_000


def listed(
    fields: Fields, documents: Sequence[Document], kind: NoticeType | None
) -> Iterator[tuple[str, Any, tuple[Document, ...]]]:
    """Each field that the page leaves empty, what is taken, and from which documents.

    The rows of documents about different lots are taken one after another; else the first document
    that lists any is believed, for rows of two lists cannot be told apart.
    """
    names = ["items", "unsettled", "by_lot", *(["awards"] if kind in WINNING else []), *OF_ITS_KIND]
    for name in names:
        stating = [each for each in documents if getattr(each.fields, name)]
        if name in OF_ITS_KIND:
            stating = [each for each in stating if _is_of_kind(each, kind)]
        if getattr(fields, name) or not stating:
            continue
        lots = {each.lot for each in stating}
        if name in ("items", "awards") and None not in lots and len(lots) == len(stating):
            rows = [row for each in stating for row in getattr(each.fields, name)]
            yield name, tuple(rows[:_MOST]), tuple(stating)
        else:
            yield name, getattr(stating[0].fields, name), (stating[0],)


def _is_of_kind(document: Document, kind: NoticeType | None) -> bool:
    own = document.fields.notice_type
    return own is None or own.value == kind


def all_numbers(
    fields: Fields, documents: Sequence[Document], project_number: Cited[str] | None
) -> tuple[Number, ...]:
    """The numbers of the page and those of its attachments, each once."""
    known = {same_number(number.number.value) for number in fields.numbers}
    if project_number is not None:
        known.add(same_number(project_number.value))
    numbers = list(fields.numbers)
    for document in documents:
        named = document.fields.project_number
        own = (Number(kind="project", number=named),) if named is not None else ()
        for number in (*own, *document.fields.numbers):
            folded = same_number(number.number.value)
            if folded not in known:
                known.add(folded)
                numbers.append(number)
    return tuple(numbers)
