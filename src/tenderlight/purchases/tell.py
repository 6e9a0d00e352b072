"""A purchase from its notices."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tenderlight.model import NoticeType
from tenderlight.purchases.history import in_order, tell_history
from tenderlight.purchases.purchase import Entry, Member, Purchase, State
from tenderlight.purchases.sums import Line, count_sums
from tenderlight.purchases.totals import add_up, as_sums

STATES: tuple[tuple[NoticeType, State], ...] = (
    ("acceptance", "accepted"),
    ("contract", "contracted"),
    ("award", "awarded"),
    ("termination", "terminated"),
    ("candidates", "proposed"),
    ("single_source", "proposed"),
    ("tender", "announced"),
    ("prequalification", "announced"),
    ("correction", "announced"),
    ("intention", "planned"),
)
"""The first type that the last round has is its state."""


def tell(members: Sequence[Member]) -> Purchase:
    """What became of a purchase and what it cost. The order of the members changes nothing.

    Budget, ceiling, award and contract stand side by side and are never added to each other; a
    repost counts nothing, a correction replaces what it corrects, a further round what failed.

    >>> from decimal import Decimal
    >>> from tenderlight.purchases.sign import Sign, Stated
    >>> nine, eight = ((Stated(field="budget", amount=Decimal(yuan)),) for yuan in (9, 8))
    >>> tender = Sign(type="tender", date="2018-03-09", sums=nine)
    >>> correction = Sign(type="correction", date="2018-03-12", sums=eight)
    >>> first = Member(notice="a", order=0, sign=tender)
    >>> told = tell([first, Member(notice="b", order=1, sign=correction)])
    >>> told.state, told.totals[0].amount, told.sums[0].why_not, told.history[1].replaces
    ('announced', Decimal('8'), 'corrected', ('a',))

    Raises ValueError where there is no member.
    """
    if not members:
        raise ValueError("a purchase has at least one notice")
    ordered = in_order(members)
    history = tell_history(members)
    lines = count_sums(members, history)
    sums = as_sums(lines)
    days = [each.date for each in history if each.date]
    return Purchase(
        state=_state(history, lines),
        rounds=max(each.round for each in history),
        history=_with_replaced(history, lines),
        sums=sums,
        totals=add_up(sums),
        latest=_latest(ordered),
        first=days[0] if days else "",
        last=days[-1] if days else "",
    )


def _state(history: Sequence[Entry], lines: Sequence[Line]) -> State:
    last = max(each.round for each in history)
    order = [each.type for each in history if each.round == last and each.copy_of is None]
    if "termination" in order and not {"contract", "acceptance"} & set(order):
        after = order[len(order) - order[::-1].index("termination") :]
        if "award" not in after and not any(_is_awarded(line, last) for line in lines):
            return "terminated"
    return next((state for kind, state in STATES if kind in order), "unknown")


def _is_awarded(line: Line, last: int) -> bool:
    """Whether an award of the last round stands, be its price certain or not."""
    stands = line.open or line.why_not == "unsettled"
    return stands and line.stated.field == "award" and line.entry.round == last


def _with_replaced(history: Sequence[Entry], lines: Sequence[Line]) -> tuple[Entry, ...]:
    replaced: dict[str, list[str]] = {}
    for line in lines:
        if line.by is not None and line.why_not in ("corrected", "replaced", "tried-again"):
            replaced.setdefault(line.by, []).append(line.entry.notice)
    return tuple(
        msgspec.structs.replace(each, replaces=tuple(dict.fromkeys(replaced.get(each.notice, ()))))
        for each in history
    )


def _latest(ordered: Sequence[Member]) -> str:
    """The last notice that states both name and buyer, else the name, else the last one."""
    whole = [m.notice for m in ordered if m.sign.name.core and m.sign.buyer]
    named = [m.notice for m in ordered if m.sign.name.core]
    return (whole or named or [m.notice for m in ordered])[-1]
