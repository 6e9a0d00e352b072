"""A case: one claim of one notice, with the passage that it rests on, as a person is shown it."""

from __future__ import annotations

import hashlib

import msgspec

from tenderlight.model import FindingKind, Relation
from tenderlight.plain import simplify

AROUND = 32
"""Characters kept before and after a passage, by which it is found again in another text."""
NOTHING = "none"
"""What the definitions claim of a notice in which they did not find it."""


class Quote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A passage, cited so that it can be found again: a TextQuoteSelector of the W3C's Web
    Annotation model with its position. Every word of it is masked.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    part: str = "body"
    start: int = 0
    end: int = 0


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person is asked: does this notice buy that, as this passage says?"""

    id: str
    notice: str
    kind: FindingKind
    subject: str
    """The id of the technology, target, site or purpose."""
    claim: Relation | str
    """What the definitions say of it; `none` where they found nothing."""
    quote: Quote
    context: str = ""
    """The sentence around the passage, masked."""
    rule: str = ""
    """Why the definitions say so."""
    score: float | None = None
    """How likely the second reader thinks it bought, 0 to 1; None where it was not asked."""


def case_id(notice: str, kind: str, subject: str, quote: Quote) -> str:
    """The name of a case: the same as long as notice, subject, passage and its surroundings are.

    >>> case_id("9dadf3d4919d7b7b", "technology", "iris", Quote(exact="虹膜", suffix="采集仪20台"))
    'a5814d5c7a9ed631'

    The claim is not part of it: a definition that says `mentioned` where it said `bought` is asked
    about the same passage, and a person's answer about it still holds. A quote of no words is about
    the whole notice: then its surroundings, the notice's beginning, are not part of it either.
    """
    near = (quote.prefix, quote.exact, quote.suffix) if quote.exact else ("", "", "")
    words = (notice, kind, subject, quote.part, *near)
    told = "".join(simplify("\x00".join(words)).split())
    return hashlib.sha256(told.encode()).hexdigest()[:16]
