"""One value out of several places that state it; what the others state is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Passage, Problem, Reading, Rival, Statement

Fold = Callable[[str], str]
"""Folds away what does not make two values different."""


class Candidate(NamedTuple):
    """A value that one place of the document states."""

    value: str
    start: int
    end: int
    rule: str
    weight: int = 1
    """What the place is worth: places of the highest weight are asked first."""


class Settled(NamedTuple):
    """The value that was taken, and what speaks against it."""

    value: Cited[str] | None
    problems: tuple[Problem, ...] = ()
    rivals: tuple[Rival, ...] = ()


def settle(
    reading: Reading,
    layout: Layout,
    field: str,
    candidates: Sequence[Candidate],
    same: Fold,
    varies: Callable[[str, str], bool] = lambda one, other: False,
    least: int | None = None,
) -> Settled:
    """The value that most places of the highest weight state, and the others with their passages.

    Of values stated as often, one of the body counts before one of a summary table on top of it,
    then the first. `varies` says of two folded values that the first is only a longer form of the
    second: that is no contradiction. Places of less weight than `least`, or than the chosen
    one's where it is None, speak of something else; rows of a list (no weight) do not disagree.
    """
    chosen = agree(candidates, same, lambda other: in_summary(reading, layout, other.start))
    if chosen is None:
        return Settled(None)
    floor = max(chosen.weight if least is None else least, 1)
    against = [
        other
        for other in candidates
        if other.weight >= floor and not _fits(same(chosen.value), same(other.value), varies)
    ]
    return Settled(
        cite(reading, chosen),
        disagreement(field, against, chosen, same),
        _rivals(reading, layout, field, chosen, _each_once(against, same)),
    )


def agree(
    candidates: Sequence[Candidate],
    same: Fold,
    is_summary: Callable[[Candidate], bool] = lambda candidate: False,
) -> Candidate | None:
    """The value that most places of the highest weight state; of equals the first.

    `same` folds away what does not make two values different.
    """
    if not candidates:
        return None
    best = max(candidate.weight for candidate in candidates)
    strong = [candidate for candidate in candidates if candidate.weight == best]
    votes: dict[str, int] = {}
    for candidate in candidates:
        key = same(candidate.value)
        votes[key] = votes.get(key, 0) + 1
    if len(votes) == 1:
        return strong[0]
    return max(strong, key=lambda each: (votes[same(each.value)], not is_summary(each)))


def disagreement(
    field: str, candidates: Sequence[Candidate], chosen: Candidate, same: Fold
) -> tuple[Problem, ...]:
    """A problem that names the other value, where a place of the same weight states another."""
    for other in candidates:
        if other.weight == chosen.weight and same(other.value) != same(chosen.value):
            return (disagree(field, chosen.value, other.value),)
    return ()


def disagree(field: str, taken: str, other: str, where: str = "") -> Problem:
    """The problem that a document, or a document and its attachment, state two values."""
    return Problem(
        code=f"fields.{field}-disagree",
        what=f"The document states two values: {taken} and {other}.",
        hint="Open the passage and decide which one holds; the first is shown.",
        where=where or field,
    )


def in_summary(reading: Reading, layout: Layout, place: int) -> bool:
    """Whether a place lies before the first numbered heading in a table, or what is left of one.

    Portals put their own summary there (公告概要), filled in by hand in a form: what the notice
    itself says counts before it.
    """
    first = next((s.start for s in layout.sections if s.level == 1), 0)
    if place >= first:
        return False
    return reading.block_at(place).table is not None or "公告概要" in layout.plain[:place]


def _fits(chosen: str, other: str, varies: Callable[[str, str], bool]) -> bool:
    return chosen == other or varies(chosen, other) or varies(other, chosen)


def _each_once(candidates: Iterable[Candidate], same: Fold) -> tuple[Candidate, ...]:
    """One candidate for each other value: of those stated more than once the weightiest."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        known = found.setdefault(same(candidate.value), candidate)
        if candidate.weight > known.weight:
            found[same(candidate.value)] = candidate
    return tuple(found.values())


def _rivals(
    reading: Reading,
    layout: Layout,
    field: str,
    chosen: Candidate,
    others: Sequence[Candidate],
) -> tuple[Rival, ...]:
    def rule(other: Candidate) -> str:
        if other.weight < chosen.weight:
            return f"{chosen.rule} before {other.rule}"
        summary = [in_summary(reading, layout, each.start) for each in (chosen, other)]
        return (
            "body before summary table" if summary == [False, True] else "more places, then first"
        )

    return tuple(
        Rival(
            field=field,
            value=other.value,
            at=reading.passage(other.start, other.end),
            rule=rule(other),
        )
        for other in others
    )


def cite(reading: Reading, candidate: Candidate | None) -> Cited[str] | None:
    """The chosen value with its passage."""
    if candidate is None:
        return None
    return Cited(
        value=candidate.value,
        at=reading.passage(candidate.start, candidate.end),
        rule=candidate.rule,
    )


def cite_statement(stated: Statement, value: str, printed: str, rule: str) -> Cited[str] | None:
    """A value that the manifest states, with its place in the manifest's line."""
    start = stated.line.find(printed)
    if start < 0:
        return None
    at = Passage(text=printed, part="manifest", start=start, end=start + len(printed))
    return Cited(value=value, at=at, rule=rule)
