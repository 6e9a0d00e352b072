"""What a person answered: a line of `decisions/reviews.jsonl`, never changed."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from tenderlight.model import FindingKind
from tenderlight.review.case import Quote

Answer = Literal["yes", "no", "unsure", "other", "elsewhere", "undo"]
"""`yes`: it is bought, and the passage says so. `no`: it is not bought. `other`: something is
bought here, but another technology. `elsewhere`: it is bought, but this passage is not what says
so. `undo` takes an earlier line back."""


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the file."""

    decided: str
    """UTC, RFC 3339, to the millisecond."""
    by: str
    """Who answered: a name, an office or initials."""
    answer: Answer
    case: str = ""
    notice: str = ""
    kind: FindingKind = "technology"
    subject: str = ""
    claim: str = ""
    """What the definitions said when it was asked: bought, mentioned, excluded, none."""
    quote: Quote = Quote(exact="")
    instead: str | None = None
    """Of `other`: the technology that is meant, where the reviewer names one."""
    because: str = ""
    method: str = ""
    """The method under which it was asked: the digest that the state of the corpus names."""
    plan: str | None = None
    """The sampling plan that it was asked for; within one, reviewers do not see each other."""
    resolves: bool = False
    """True where it was taken in sight of the other answers, to settle a disagreement."""
    undoes: str | None = None
    """Of an `undo`: the name of the line that no longer counts."""

    @property
    def name(self) -> str:
        """What an undo calls it: 12 hex digits of its digest."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:12]
