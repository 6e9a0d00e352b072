"""Several tender documents of one notice, each about one lot: their sums, lot by lot."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.fields.parts_documents import TENDER, Document, find_lot
from tenderlight.model import Cited, Lot, Reading

_READ = 3_000
"""Of a document's text, for the words that name its lot."""


def lots_of_documents(reading: Reading, documents: Sequence[Document]) -> tuple[Lot, ...]:
    """A lot for each tender document that is about one, with the sums it states.

    Empty unless at least two documents are about different lots, or where one of them does not
    print which lot it is about.
    """
    about = [each for each in documents if each.weight == TENDER and each.lot is not None]
    if len({each.lot for each in about}) < 2 or len({each.lot for each in about}) < len(about):
        return ()
    lots = [_lot(reading, document) for document in about]
    return tuple(lot for lot in lots if lot is not None) if all(lots) else ()


def _lot(reading: Reading, document: Document) -> Lot | None:
    end = min(document.end, document.start + _READ)
    at = document.start
    while (found := find_lot(reading.text[at:end])) is not None:
        number, start, stop = found
        if number == document.lot:
            passage = reading.passage(at + start, at + stop)
            return Lot(
                name=Cited(
                    value="".join(passage.text.split()), at=passage, rule="in an attachment"
                ),
                title=document.fields.project_name,
                budget=document.fields.budget,
                ceiling=document.fields.ceiling,
            )
        at += stop
    return None
