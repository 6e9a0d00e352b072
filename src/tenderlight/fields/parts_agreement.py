"""One value out of several attachments: by agreement between documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from tenderlight.fields.agreement import disagree
from tenderlight.fields.buyer import is_within, same_name
from tenderlight.fields.money_printed import plain_sum
from tenderlight.fields.parts_documents import TENDER, Document
from tenderlight.fields.project_name import same_project
from tenderlight.fields.project_number import is_same_number, same_number
from tenderlight.fields.published import same_day
from tenderlight.model import Cited, Money, Problem, Rival

Stated = tuple[Document, Cited[Any]]


class Agreed(NamedTuple):
    """The value that attachments state, from which of them, and what speaks against it.

    `value` is None where the page states one itself, or where the attachments cannot settle it.
    """

    value: Cited[Any] | None = None
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    rivals: tuple[Rival, ...] = ()


def _differ(one: str, other: str) -> bool:
    return False


_CHECKED: dict[str, tuple[Callable[[Any], str], Callable[[str, str], bool]]] = {
    "project_name": (same_project, str.__contains__),
    "project_number": (same_number, is_same_number),
    "buyer": (same_name, is_within),
    "agency": (same_name, is_within),
    "opening": (same_day, _differ),
    "budget": (plain_sum, _differ),
    "ceiling": (plain_sum, _differ),
}
"""Values that the documents of one purchase must agree in: what folds two spellings into one, and
when the first of two is only a longer form of the second."""


def agreed(
    name: str, own: Cited[Any] | None, documents: Sequence[Document], *, apart: bool = False
) -> Agreed:
    """What the documents state of a field that the page leaves out, or against what it states.

    Tender documents count before other papers; of them the value that most state, of equals the
    first. `apart`: another value is no contradiction, for each document is about one lot, or the
    page corrects what it is attached to; then it counts only if all documents state the same.
    """
    strong = _strongest(name, documents)
    if not strong:
        return Agreed()
    if own is not None:
        if apart or strong[0][0].weight < TENDER:
            return Agreed()
        return _against(Agreed(), name, own, strong, "page before attachments")
    fold = _CHECKED[name][0] if name in _CHECKED else str
    votes = [fold(value.value) for _, value in strong]
    if apart and len(set(votes)) > 1:
        return Agreed()
    number = max(range(len(votes)), key=lambda place: (votes.count(votes[place]), -place))
    same = tuple(each[0] for each, vote in zip(strong, votes, strict=True) if vote == votes[number])
    chosen = strong[number][1]
    taken = Agreed(_told(chosen, len(same)), same)
    return _against(taken, name, chosen, strong, "more attachments, then the first")


def _strongest(name: str, documents: Sequence[Document]) -> list[Stated]:
    """The documents of the highest weight that state a value, with it."""
    stated = [(each, getattr(each.fields, name)) for each in documents]
    best = max((each.weight for each, value in stated if value is not None), default=0)
    return [(each, value) for each, value in stated if value is not None and each.weight == best]


def _against(
    agreed: Agreed, name: str, taken: Cited[Any], stated: Sequence[Stated], rule: str
) -> Agreed:
    """The same with the other values of the documents, each once, and a problem for the first."""
    if name not in _CHECKED or taken.rule.startswith("title"):
        return agreed
    fold, varies = _CHECKED[name]
    here = fold(taken.value)
    others: dict[str, Stated] = {}
    for document, value in stated:
        there = fold(value.value)
        if there != here and not varies(here, there) and not varies(there, here):
            others.setdefault(there, (document, value))
    rivals = tuple(
        Rival(field=name, value=_exported(value.value), at=value.at, rule=rule)
        for _, value in others.values()
    )
    problems = tuple(
        disagree(name, _exported(taken.value), _exported(value.value), f"{name}, {document.name}")
        for document, value in list(others.values())[:1]
    )
    return agreed._replace(problems=problems, rivals=rivals)


def _exported(value: Any) -> str:
    return plain_sum(value) if isinstance(value, Money) else str(value)


def _told(value: Cited[Any], count: int) -> Cited[Any]:
    where = "in an attachment" if count == 1 else f"in {count} attachments"
    return msgspec.structs.replace(value, rule=f"{value.rule}, {where}" if value.rule else where)
