"""What a person answered: a line of `decisions/reviews.jsonl`, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

import msgspec

from tenderlight.model import FindingKind
from tenderlight.plain import simplify
from tenderlight.review.case import Quote, case_id

Answer = Literal["yes", "no", "unsure", "other", "elsewhere", "undo"]
"""`yes`: it is bought, and the passage says so. `no`: it is not bought. `other`: something is
bought here, but another technology. `elsewhere`: it is bought, but this passage is not what says
so. `undo` takes an earlier line back."""


class Pair(NamedTuple):
    """What an answer is about in the end: whether this notice buys that."""

    notice: str
    kind: str
    subject: str


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

    once: str | None = None
    """Of a line about a notice that was withdrawn, whose words were taken out: the name it had."""

    @property
    def name(self) -> str:
        """What an undo calls it: 12 hex digits of its digest."""
        if self.once is not None:
            return self.once
        told = _stated(self) | {"quote": _stated(self.quote)}
        return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()[:12]

    @property
    def who(self) -> str:
        """Who answered, however she spells it: `L. W.`, `lw` and `LW` are one reviewer."""
        return reviewer(self.by)

    @property
    def pair(self) -> Pair:
        """The notice and the technology that it is about."""
        return Pair(self.notice, self.kind, self.subject)


@lru_cache(maxsize=1 << 14)
def reviewer(by: str) -> str:
    """A reviewer's name without what people write now so, now so: width, case, blanks, stops.

    >>> reviewer("L. W."), reviewer("ＬＷ"), reviewer("...")
    ('lw', 'lw', '...')
    """
    told = simplify(by).casefold()
    return "".join(char for char in told if char != "." and not char.isspace()) or told


def _stated(value: msgspec.Struct) -> dict[str, Any]:
    """What is not as usual: `omit_defaults` looks at identity, so it may write what is usual too,
    and a line would have another name once it was read.
    """
    usual = _defaults(type(value))
    told = ((name, getattr(value, name)) for name in value.__struct_fields__)
    return {name: what for name, what in told if what != usual[name]}


@cache
def _defaults(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.name: field.default for field in msgspec.structs.fields(kind)}


def standing(lines: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """The answers that nobody took back, each once, oldest first.

    >>> first = Reviewed(decided="2026-01-01T00:00:00.000Z", by="LW", answer="no", case="c")
    >>> back = Reviewed(decided="2026-01-01T00:00:01.000Z", by="LW", answer="undo",
    ...     undoes=first.name)
    >>> standing([back, first]), [each.answer for each in standing([first, first])]
    ((), ['no'])

    Only who answered takes an answer back. The order of the lines makes no difference.
    """
    known = {each.name: each for each in lines}
    undone = {(each.undoes, each.who) for each in known.values() if each.answer == "undo"}
    told = [
        (each.decided, name, each)
        for name, each in known.items()
        if each.answer != "undo" and (name, each.who) not in undone
    ]
    return tuple(each for _, _, each in sorted(told, key=lambda one: one[:2]))


def implied(line: Reviewed) -> Reviewed | None:
    """What "another technology" says of the one that is meant: that it is bought."""
    if line.answer != "other" or line.instead is None or line.instead == line.subject:
        return None
    return msgspec.structs.replace(
        line,
        answer="yes",
        case=case_id(line.notice, line.kind, line.instead, line.quote),
        subject=line.instead,
        instead=None,
        once=line.name,
    )
