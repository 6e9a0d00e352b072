"""Reviewers who know what is true, and what they answer to sampling plans.

Which claims are wrong and which were missed is planned here, by a chance of its own for each notice
and technology; reviewers say so, are now and then unsure, and sometimes differ. Plans are drawn,
and answers written down, by the same calls as the desk makes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

from bench.planted.plan import Draft, World
from bench.planted.truth import Truth
from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.plans import draw_plan, save_plan
from tenderlight.review import Answer
from tenderlight.review.plans import Kind

Came = Literal["yes", "no", "undecided"]
Said = dict[tuple[str, str], Came]
"""What the answers about a draft and a technology come to."""
BEGUN = datetime(2026, 4, 1, 8, tzinfo=UTC)
MOST_WRONG, MOST_MISSED = 0.3, 0.01
UNSURE, DIFFER, SETTLED = 0.02, 0.03, 0.5
"""How often the first reviewer is unsure, the second differs, and a third settles it."""
FIRST, SECOND, THIRD = "A (invented)", "B (invented)", "C (invented)"


def is_true(draft: Draft, technology: str) -> bool:
    """Whether it buys the technology, whatever it says."""
    rate = Random(f"rate {technology}")
    wrong, missed = rate.uniform(0, MOST_WRONG), rate.uniform(0, MOST_MISSED)
    chance = Random(f"true {draft.id} {technology}").random()
    return chance >= wrong if technology in draft.found else chance < missed


class Reviewing:
    """The reviewers of a corpus, at work."""

    def __init__(self, corpus: Corpus, truth: Truth) -> None:
        self._corpus, self._now = corpus, BEGUN
        rows = corpus.connect().execute("select id, url from notice").fetchall()
        by_url = {draft.url: draft for draft in truth.drafts}
        self._drafts = {id: by_url[url] for id, url in rows if url in by_url}
        self.said: Said = {}

    def answer_plan(self, kind: Kind, size: int, technologies: tuple[str, ...] = ()) -> None:
        """Draw a plan of so many cases for each technology, and answer it to its end."""
        corpus = self._corpus
        plan = draw_plan(
            corpus.connect(),
            kind,
            technologies,
            size=size,
            by=FIRST,
            made=self._later(),
            method=corpus.state().method,
            seed=f"planted {kind}",
        )
        save_plan(corpus.folder.decisions, plan)
        for asked in corpus.review.queue(FIRST, plan=plan.id, limit=len(plan.cases)):
            self._decide(asked.case.id, asked.case.notice, asked.case.subject, plan.id)

    def _decide(self, case: str, notice: str, technology: str, plan: str) -> None:
        """What the reviewers say of one case."""
        draft = self._drafts[notice]
        chance = Random(f"answer {draft.id} {technology}")
        right: Answer = "yes" if is_true(draft, technology) else "no"
        if chance.random() < UNSURE:
            self._write(case, "unsure", FIRST, notice, technology, plan)
            self.said[draft.id, technology] = "undecided"
            return
        self._write(case, right, FIRST, notice, technology, plan)
        self.said[draft.id, technology] = "yes" if right == "yes" else "no"
        if chance.random() < DIFFER:
            other: Answer = "no" if right == "yes" else "yes"
            self._write(case, other, SECOND, notice, technology, plan)
            if chance.random() < SETTLED:
                self._write(case, right, THIRD, notice, technology, plan, resolves=True)
            else:
                self.said[draft.id, technology] = "undecided"

    def _write(
        self,
        case: str,
        answer: Answer,
        by: str,
        notice: str,
        technology: str,
        plan: str,
        *,
        resolves: bool = False,
    ) -> None:
        self._corpus.review.answer(
            case,
            answer,
            by=by,
            now=self._later,
            plan=plan,
            notice=notice,
            subject=technology,
            resolves=resolves,
        )

    def _later(self) -> datetime:
        self._now += timedelta(seconds=4)
        return self._now


def answered(world: World, said: Said) -> World:
    """The same world, of which people said that."""
    told: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    unsure: defaultdict[str, set[str]] = defaultdict(set)
    for (draft, technology), came in said.items():
        if came == "undecided":
            unsure[draft].add(technology)
        else:
            told[draft].add((technology, came == "yes"))
    drafts = [
        replace(each, answered=frozenset(told[each.id]), undecided=frozenset(unsure[each.id]))
        for each in world.drafts
    ]
    return replace(world, drafts=drafts)
