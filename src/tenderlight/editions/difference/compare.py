"""Two editions held against each other: a pure comparison of what their folders say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from tenderlight.editions.difference.change import (
    Cause,
    Change,
    Difference,
    FigureChange,
    Moved,
    NumberChange,
)
from tenderlight.editions.difference.contents import Added, Contents, Number, numbers
from tenderlight.editions.difference.since import Since, changes, since
from tenderlight.editions.manifest import FigureOf
from tenderlight.figures.figure import Label

UNNAMED = Label(en="a number", zh="一个数字")
"""A number that has notices and that no table prints."""
MOST = 50
"""Notices that are named under one number."""
Sums = dict[str, tuple[str | None, Decimal]]
"""What each notice adds to a number, with its title."""


def compare(was: Contents, now: Contents) -> Difference:
    """What changed from one edition to another.

    A cause is told for each notice that moved a number: collected or withdrawn since, an answer or
    a join of a person, another way of counting or reading, else other notices beside it.
    """
    one, other = was.figures(), now.figures()
    meanwhile = since(was, now)
    found = tuple(
        _figure(was, one[name], now, other[name], meanwhile) for name in one if name in other
    )
    return Difference(
        was=was.id,
        now=now.id,
        was_as_of=was.manifest.as_of,
        now_as_of=now.manifest.as_of,
        figures=found,
        only_was=tuple(name for name in one if name not in other),
        only_now=tuple(name for name in other if name not in one),
        ledger=_ledger(was, now),
        decisions=changes(
            {each.name: f"{each.lines} {each.sha256}" for each in was.manifest.decisions},
            {each.name: f"{each.lines} {each.sha256}" for each in now.manifest.decisions},
        ),
        rewritten=meanwhile.rewritten,
        method=_method(was, now),
        tables=changes(
            {each.name: f"{each.rows} {each.sha256}" for each in was.manifest.tables},
            {each.name: f"{each.rows} {each.sha256}" for each in now.manifest.tables},
        ),
        collected=_collected(was, now, meanwhile),
        withdrawn=tuple(sorted(meanwhile.withdrawn)),
        cited_withdrawn=tuple(sorted(meanwhile.withdrawn & meanwhile.cited)),
        cited_since=tuple(
            Change(name=notice, was=None, now=verdict)
            for notice, verdict in sorted(meanwhile.turned.items())
        ),
    )


def _collected(was: Contents, now: Contents, meanwhile: Since) -> int:
    """Notices that came; where an edition does not list all that it knew, by how many it grew."""
    if meanwhile.knows_all:
        return len(meanwhile.known_now - meanwhile.known_was)
    rows = [{each.name: each.rows for each in one.manifest.tables} for one in (was, now)]
    return max(0, rows[1].get("notice", 0) - rows[0].get("notice", 0))


def _ledger(was: Contents, now: Contents) -> Change | None:
    before, after = was.manifest.ledger, now.manifest.ledger
    if before == after:
        return None
    return Change(
        name="ledger",
        was=f"{before.lines} {before.sha256}",
        now=f"{after.lines} {after.sha256}",
    )


def _method(was: Contents, now: Contents) -> tuple[Change, ...]:
    before, after = was.manifest.method, now.manifest.method
    return (
        *changes({k: str(v) for k, v in before.steps.items()},
                 {k: str(v) for k, v in after.steps.items()}),
        *changes({"definitions": before.definitions}, {"definitions": after.definitions}),
        *changes(before.packages, after.packages),
    )  # fmt: skip


def _figure(
    was: Contents, one: FigureOf, now: Contents, other: FigureOf, meanwhile: Since
) -> FigureChange:
    before, after = was.figure(one), now.figure(other)
    printed, prints = numbers(before), numbers(after)
    marks = {each.key: each.print for each in was.behind(one)}
    others = {each.key: each.print for each in now.behind(other)}
    moved = {key for key in {*marks, *others} if marks.get(key) != others.get(key)}
    sums, sums_now = _sums(was, one, moved), _sums(now, other, moved)
    is_counted = one.digest != other.digest
    found = tuple(
        _number(key, printed, prints, sums, sums_now, meanwhile, is_counted)
        for key in [*dict.fromkeys((*prints, *printed))]
        if key in moved
    )
    return FigureChange(
        name=other.name,
        words=other.words,
        en=after.en,
        zh=after.zh,
        counted=is_counted,
        numbers=found,
        same=len({*printed, *prints} - moved),
    )


def _sums(of: Contents, figure: FigureOf, keys: set[str]) -> dict[str, Sums]:
    """What each notice adds to each of these numbers."""
    if not keys:  # as a rule: most figures are as they were, and their files are large
        return {}
    return {each.key: _added(each.proofs) for each in of.behind(figure) if each.key in keys}


def _added(proofs: tuple[Added, ...]) -> Sums:
    found: Sums = {}
    for proof in proofs:
        _, before = found.get(proof.notice, (None, Decimal(0)))
        found[proof.notice] = (proof.title, before + _decimal(proof.value))
    return found


def _number(
    key: str,
    printed: Mapping[str, Number],
    prints: Mapping[str, Number],
    sums: Mapping[str, Sums],
    sums_now: Mapping[str, Sums],
    meanwhile: Since,
    is_counted: bool,
) -> NumberChange:
    before, after = printed.get(key), prints.get(key)
    named = after or before or Number("", UNNAMED, UNNAMED)
    one, other = sums.get(key, {}), sums_now.get(key, {})
    moved = [
        Moved(
            notice=notice,
            title=(other.get(notice) or one[notice])[0],
            was=_told(one.get(notice)),
            now=_told(other.get(notice)),
            cause=_cause(notice, meanwhile, is_counted),
        )
        for notice in sorted({*one, *other})
        if _told(one.get(notice)) != _told(other.get(notice))
    ]
    return NumberChange(
        key=key,
        row=named.row,
        column=named.column,
        was=before.value if before else None,
        now=after.value if after else None,
        moved=tuple(moved[:MOST]),
        notices=len(moved),
        causes=dict(sorted(Counter(each.cause for each in moved).items())),
    )


def _cause(notice: str, meanwhile: Since, is_counted: bool) -> Cause:
    known: tuple[tuple[Cause, bool], ...] = (
        ("withdrawn", notice in meanwhile.withdrawn),
        ("collected", meanwhile.knows_all and notice not in meanwhile.known_was),
        ("decided", notice in meanwhile.decided),
        ("joined", notice in meanwhile.joined),
        ("counted", is_counted),
        ("method", meanwhile.is_read_anew),
    )
    return next((cause for cause, is_true in known if is_true), "beside")


def _told(added: tuple[str | None, Decimal] | None) -> str | None:
    return None if added is None else f"{added[1].normalize():f}"


def _decimal(value: int | Decimal) -> Decimal:
    try:
        return Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return Decimal(0)
