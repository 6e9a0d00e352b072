"""One value out of several places that state it; disagreement becomes a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tenderlight.model import Cited, Passage, Problem, Reading, Statement


class Candidate(NamedTuple):
    """A value that one place of the document states."""

    value: str
    start: int
    end: int
    rule: str
    weight: int = 1
    """What the place is worth: places of the highest weight are asked first."""


def agree(candidates: Sequence[Candidate], same: Callable[[str], str]) -> Candidate | None:
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
    return max(strong, key=lambda candidate: votes[same(candidate.value)])


def disagreement(
    field: str, candidates: Sequence[Candidate], chosen: Candidate, same: Callable[[str], str]
) -> tuple[Problem, ...]:
    """A problem that names the other value, where a place of the same weight states another."""
    for other in candidates:
        if other.weight == chosen.weight and same(other.value) != same(chosen.value):
            return (
                Problem(
                    code=f"fields.{field}-disagree",
                    what=f"The document states two values: {chosen.value} and {other.value}.",
                    hint="Open the passage and decide which one holds; the first is shown.",
                    where=field,
                ),
            )
    return ()


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
