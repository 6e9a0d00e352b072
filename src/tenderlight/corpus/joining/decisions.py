"""What a person decided to be one, or to be kept apart: `decisions/joins.jsonl`, a line each.

A decision names nodes by ids that a rebuild does not change: of a notice its own id, of a name the
digest of the name. It outweighs every rule, and the last decision about a pair counts. It is never
deleted: who changes her mind takes it back by another line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from tenderlight.evidence.decisions import append_decided, decided
from tenderlight.grouping import DECIDED, Pair, Reason, pair
from tenderlight.model import Refused

FILE = "joins.jsonl"
MOST_PAIRS = 250_000
"""Of one decision: a line of a stranger's file must not fill the memory."""
MOST_IN_ALL = 500_000
"""Of all decisions that stand: nor must many lines."""
Joins = Literal["purchase", "organisation"]
Verdict = Literal["same", "apart", "undo"]


class Joined(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the file."""

    decided: str
    """UTC, RFC 3339."""
    by: str
    """Who decided: a name, an office or initials."""
    about: Joins
    verdict: Verdict
    because: str
    one: tuple[str, ...] = ()
    """Node ids. Each of `one` and each of `other` are the same, or are not."""
    other: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """What the two sides were called, masked: for readers of this file."""
    undoes: str | None = None
    """Of an `undo`: the name of the decision that no longer counts."""

    @property
    def name(self) -> str:
        """What an undo calls it: 8 hex digits of its digest."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:8]


def read_joins(decisions: Path) -> tuple[Joined, ...]:
    """All decisions, oldest first."""
    return decided(decisions, FILE, Joined)


def write_join(decisions: Path, decision: Joined) -> None:
    """Append a decision. Refuses (Refused) to undo what is not there or was undone already."""
    if decision.verdict == "undo":
        _check_undo(read_joins(decisions), decision)
    else:
        _check_size(decision)
        _check_all((*standing(read_joins(decisions)), decision))
    append_decided(decisions, FILE, decision)


def standing(taken: Iterable[Joined]) -> tuple[Joined, ...]:
    """The decisions that were not taken back, oldest first."""
    taken = tuple(taken)
    undone = {each.undoes for each in taken}
    return tuple(d for d in taken if d.verdict != "undo" and d.name not in undone)


def decided_pairs(taken: Iterable[Joined], about: Joins) -> dict[tuple[str, str], Pair]:
    """What stands, as pairs: of two decisions about one pair, the later counts.

    >>> one = Joined(decided="2026-01-01T00:00:00Z", by="LW", about="purchase", verdict="apart",
    ...     because="another building", one=("b",), other=("a",))
    >>> [(p.first, p.second, p.same) for p in decided_pairs([one], "purchase").values()]
    [('a', 'b', False)]
    """
    pairs: dict[tuple[str, str], Pair] = {}
    stand = standing(taken)
    _check_all(stand)
    for each in stand:
        if each.about != about:
            continue
        _check_size(each)
        why = Reason(rule="decision", first=each.because, second=each.because)
        for one in each.one:
            for other in each.other:
                if one != other:
                    found = pair(one, other, each.verdict == "same", DECIDED, why)
                    pairs[found.first, found.second] = found
    return pairs


def _check_size(decision: Joined) -> None:
    if len(decision.one) * len(decision.other) > MOST_PAIRS:
        raise Refused(
            f"The decision {decision.name} is about more than {MOST_PAIRS:,} pairs.",
            "Decide about smaller groups, or take it out of decisions/joins.jsonl.",
        )


def _check_all(stand: Iterable[Joined]) -> None:
    if sum(len(each.one) * len(each.other) for each in stand) > MOST_IN_ALL:
        raise Refused(
            f"The decisions that stand are about more than {MOST_IN_ALL:,} pairs.",
            "Take back what a later decision says again: `tenderlight undo`.",
        )


def _check_undo(taken: tuple[Joined, ...], undo: Joined) -> None:
    names = {each.name: each for each in taken if each.verdict != "undo"}
    if undo.undoes not in names:
        raise Refused(f"There is no decision {undo.undoes}.", "`tenderlight decisions` lists them.")
    if undo.undoes not in {each.name for each in standing(taken)}:
        raise Refused(f"{undo.undoes} was taken back already.", "Decide anew instead.")
