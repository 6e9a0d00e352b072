"""From the answers of all reviewers about one notice and technology to what is settled of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from tenderlight.review.decided import Reviewed, standing

Settlement = Literal["open", "confirmed", "rejected", "unsure", "disputed", "changed"]
"""`open`: nobody answered. `disputed`: two say differently, and nobody resolved it. `changed`: it
was answered, and the text under the answer is another now: it is asked again."""
TRUTH = {"yes": True, "elsewhere": True, "no": False, "other": False}
"""What each answer says about "the notice buys it"; `unsure` says nothing."""


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers come to."""

    state: Settlement
    truth: bool | None = None
    """None where it is not settled, or nobody is sure."""
    answers: int = 0
    reviewers: int = 0
    proof: Reviewed | None = None
    """The newest answer that says: this very passage says so."""
    instead: str | None = None
    """The technology that is meant, where it is another."""


def settle(lines: Iterable[Reviewed], *, lost: int = 0) -> Settled:
    """What the answers about one notice and technology come to.

    >>> yes = Reviewed(decided="2026-01-01T00:00:00.000Z", by="LW", answer="yes", case="c")
    >>> no = Reviewed(decided="2026-01-01T00:00:01.000Z", by="ST", answer="no", case="c")
    >>> settle([yes, no]).state, settle([yes]).state, settle([]).state
    ('disputed', 'confirmed', 'open')

    Of one reviewer the newest answer counts. An answer in sight of the others (`resolves`)
    outweighs those that were not; of several, the newest. Who is unsure does not contradict.
    `lost` answers were about a text that is there no more: where no other stands, it is asked
    again.
    """
    last = latest(lines)
    if not last:
        return Settled(state="changed" if lost else "open")
    resolving = [each for each in last if each.resolves]
    counting = resolving[-1:] or last
    told = {TRUTH[each.answer] for each in counting if each.answer in TRUTH}
    if len(told) > 1:
        return Settled(state="disputed", answers=len(last), reviewers=len(last))
    truth = next(iter(told), None)
    return Settled(
        state="unsure" if truth is None else "confirmed" if truth else "rejected",
        truth=truth,
        answers=len(last),
        reviewers=len(last),
        proof=_proof(last, counting) if truth else None,
        instead=next((e.instead for e in reversed(counting) if e.answer == "other"), None),
    )


def latest(lines: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """Of each reviewer the newest answer that stands, oldest first."""
    last: dict[str, Reviewed] = {}
    for each in standing(lines):
        last.pop(each.who, None)
        last[each.who] = each
    return tuple(last.values())


def _proof(last: Sequence[Reviewed], counting: Sequence[Reviewed]) -> Reviewed | None:
    """A passage of which somebody says that it is not what says so proves nothing."""
    wrong = {each.case for each in last if each.answer == "elsewhere"}
    wrong -= {each.case for each in counting if each.resolves and each.answer == "yes"}
    agreed = [e for e in (*last, *counting) if e.answer == "yes" and e.case not in wrong]
    return next((e for e in reversed(agreed) if e.quote.exact), None)
