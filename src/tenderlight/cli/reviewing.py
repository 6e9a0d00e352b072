"""A sitting at the terminal: cases one after the other, a key each. Every answer is kept."""

from __future__ import annotations

import time

import msgspec
from rich.console import Console

from tenderlight.cli import report_review
from tenderlight.cli.arguments import now
from tenderlight.cli.keys import Given
from tenderlight.cli.report_review import Done
from tenderlight.cli.speak import complain, harmless, note
from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing import Asked, Order
from tenderlight.review import Answer, Reviewed

ANSWERS: dict[str, Answer] = {
    "y": "yes",
    "n": "no",
    "u": "unsure",
    "o": "other",
    "e": "elsewhere",
}


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Who reviews what."""

    by: str
    technology: str | None = None
    plan: str | None = None
    order: Order = "proposed"
    seed: str = ""
    limit: int | None = None
    resolve: bool = False


class Sitting:
    """One person's cases, until she stops."""

    def __init__(self, corpus: Corpus, wanted: Wanted, given: Given, to: Console) -> None:
        self._corpus, self._wanted, self._given, self._to = corpus, wanted, given, to
        self._taken: list[Reviewed] = []
        self._skipped: set[str] = set()
        self._began = time.monotonic()
        self._because = ""
        self._stopped = False
        self._left = self._count()

    def sit(self) -> Done:
        """Ask until nothing is left, the limit is reached, or the person stops."""
        note(f"{report_review.KEYS}\n{report_review.MORE}")
        asked = self._next()
        while asked is not None and not self._is_over():
            report_review.case(asked, self._name(asked), self._left, self._to)
            again = self._step(asked)
            asked = again or (None if self._stopped else self._next())
        return self._done()

    def _step(self, asked: Asked) -> Asked | None:
        """Take keys until the case is done; gives the case to show next where one is certain."""
        while True:
            key = self._given.key()
            if key is None or key == "q":
                self._stopped = True
                return None
            if key in ANSWERS:
                self._answer(asked, ANSWERS[key])
                return None
            if key == "s":
                self._skipped.add(asked.case.id)
                self._left -= 1
                return None
            if key in ("z", "b"):
                return self._undo() or asked
            if key == "w":
                self._because = (self._given.words("Why? ") or "").strip()
            else:
                note(f"{report_review.KEYS} · {report_review.MORE}")

    def _answer(self, asked: Asked, answer: Answer) -> None:
        instead = self._instead() if answer == "other" else None
        case, wanted = asked.case, self._wanted
        line = self._corpus.review.answer(
            case.id,
            answer,
            by=wanted.by,
            now=now,
            instead=instead,
            because=self._because,
            plan=wanted.plan,
            resolves=wanted.resolve,
            notice=case.notice,
            subject=case.subject,
            kind=case.kind,
        )
        self._taken.append(line)
        self._left -= 1
        self._because = ""
        told = f"{answer} {instead}" if instead else answer
        count = f"{len(self._taken):,} answered · {self._per_hour():,} an hour"
        self._to.print(harmless(f"{told} · {count}", "green"))

    def _undo(self) -> Asked | None:
        """Take the newest answer back, and show its case again."""
        back = self._corpus.review.undo(self._wanted.by, now=now)
        if back is None:
            note("There is no answer of yours to take back.")
            return None
        self._taken = [each for each in self._taken if each.name != back.name]
        self._left += 1
        note(f"Taken back: {back.answer}, {back.subject}")
        return self._corpus.review.find(
            back.case, notice=back.notice, subject=back.subject, kind=back.kind
        )

    def _instead(self) -> str | None:
        """The technology that is meant; None where the person does not know it."""
        known = self._corpus.definitions.technology
        if not self._given.rest:
            note("  ".join(f"{n} {each.id}" for n, each in enumerate(known, 1)))
        while said := (self._given.words("Which? (number or name; empty: not among them) ") or ""):
            found = choose(said.strip(), [(each.id, each.en, each.zh) for each in known])
            if len(found) == 1:
                return found[0]
            complain(f"{said}: {', '.join(found[:9]) or 'no technology is called so'}")
        return None

    def _next(self) -> Asked | None:
        review, wanted = self._corpus.review, self._wanted
        if wanted.resolve:
            return next((e for e in review.disputed() if self._is_wanted(e)), None)
        found = review.queue(
            wanted.by,
            technology=wanted.technology,
            plan=wanted.plan,
            order=wanted.order,
            seed=wanted.seed,
            skip=self._skipped,
        )
        return found[0] if found else None

    def _is_wanted(self, asked: Asked) -> bool:
        is_of_it = self._wanted.technology in (None, asked.case.subject)
        return is_of_it and asked.case.id not in self._skipped

    def _count(self) -> int:
        review, wanted = self._corpus.review, self._wanted
        if wanted.resolve:
            return sum(1 for each in review.disputed() if self._is_wanted(each))
        return review.progress(wanted.by, technology=wanted.technology, plan=wanted.plan).left

    def _is_over(self) -> bool:
        return self._wanted.limit is not None and len(self._taken) >= self._wanted.limit

    def _name(self, asked: Asked) -> str:
        return report_review.named(self._corpus, asked.case.kind, asked.case.subject)

    def _per_hour(self) -> int:
        return round(len(self._taken) * 3600 / max(time.monotonic() - self._began, 0.001))

    def _done(self) -> Done:
        return Done(
            answered=len(self._taken),
            left=max(self._left, 0),
            per_hour=self._per_hour(),
            names=tuple(each.name for each in self._taken),
        )


def choose(said: str, known: list[tuple[str, str, str]]) -> list[str]:
    """The ids that a number, an id, a name or a part of one stands for.

    >>> known = [("dna", "DNA", "DNA采集"), ("iris", "Iris recognition", "虹膜识别")]
    >>> choose("2", known), choose("虹膜", known), choose("n", known)
    (['iris'], ['iris'], ['dna', 'iris'])
    """
    if said.isascii() and said.isdigit():
        return [known[int(said) - 1][0]] if 0 < int(said) <= len(known) else []
    exact = [names[0] for names in known if said.casefold() in [n.casefold() for n in names]]
    part = [names[0] for names in known if any(said.casefold() in n.casefold() for n in names)]
    return exact or part
