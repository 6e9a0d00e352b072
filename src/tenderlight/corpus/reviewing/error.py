"""What the answers to plans say of the error of each technology, in the corpus as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.ready import named_in
from tenderlight.corpus.reviewing.plans import SEARCHED
from tenderlight.review.estimate import Looked, measure
from tenderlight.review.intervals import Interval, added
from tenderlight.review.plans import Kind, Plan

State = Literal["measured", "begun", "older", "not-measured"]
"""`begun`: some cases of the plan wait for an answer. `older`: the plan was drawn from what another
method found. Both are stated beside the number."""

ANSWERED = """select p.subject, p.kind, p.plan, p.stratum, p.band, p.size, p.made, p.is_older,
        coalesce(v.state, 'open') as state, v.truth
    from plan_case p semi join notice n on n.id = p.notice
    left join (from settled where kind = 'technology' and state <> 'open') v
        on v.notice = p.notice and v.id = p.subject
    order by p.subject, p.kind, p.made desc, p.plan, p.stratum, p.position"""
NOW = """select c.id, count(*) from claim c join {searched} n on n.id = c.notice
    where c.kind = 'technology' and c.relation = 'bought' group by c.id"""
ALL_NOW = "select count(*) from {searched} n"
LAID_READY = "(select id from marked where is_first)"
"""The same notices as `SEARCHED`, where a large corpus has them ready."""
WAITING = ("open", "changed")
"""States of a case that is still to be answered."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """How far one plan has come for one technology."""

    plan: str
    made: str
    state: State
    size: int
    """How many there were to draw from."""
    planned: int
    looked: int
    """Of the cases, how many count: those answered from the first of their stratum onwards."""
    right: int
    wrong: int
    unknown: int
    """Of those that count: unsure, or disputed."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The error of one technology. What no plan measured is None."""

    subject: str
    found: int
    """Notices that the definitions say buy it, now."""
    unfound: int
    """All other notices that figures count."""
    precision: Interval | None = None
    recall: Interval | None = None
    missed: Interval | None = None
    corrected: Interval | None = None
    """How many notices buy it in truth: found times precision, and those missed."""
    precise_by: Sample | None = None
    """The sample that precision rests on."""
    recall_by: Sample | None = None
    """The sample that what was missed rests on."""

    @property
    def state(self) -> State:
        """The weaker of the two samples."""
        states = [sample.state if sample else "not-measured" for sample in self._samples]
        ranked: tuple[State, ...] = ("not-measured", "older", "begun", "measured")
        return next(each for each in ranked if each in states)

    @property
    def _samples(self) -> tuple[Sample | None, Sample | None]:
        return self.precise_by, self.recall_by


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A plan, and how far it has come."""

    id: str
    kind: Kind
    made: str
    by: str
    seed: str
    technologies: tuple[str, ...]
    cases: int
    answered: int
    """Cases that are settled, or of which nobody can be sure."""
    is_older: bool
    """Drawn from what another method found than the one in force."""


def progress_of(con: DuckDBPyConnection, plans: Sequence[Plan]) -> list[Planned]:
    """How far each of these plans has come, in their order."""
    waiting = {id: (answered, older) for id, answered, older in con.execute(PROGRESS).fetchall()}
    return [
        Planned(
            id=plan.id,
            kind=plan.kind,
            made=plan.made,
            by=plan.by,
            seed=plan.seed,
            technologies=plan.subjects,
            cases=len(plan.cases),
            answered=waiting.get(plan.id, (0, False))[0],
            is_older=waiting.get(plan.id, (0, False))[1],
        )
        for plan in plans
    ]


PROGRESS = """select p.plan,
        count(*) filter (v.state is not null and v.state not in ('open', 'changed')),
        any_value(p.is_older)
    from plan_case p left join (from settled where kind = 'technology' and state <> 'open') v
        on v.notice = p.notice and v.id = p.subject
    group by p.plan"""


def measured_error(con: DuckDBPyConnection) -> dict[str, Checked]:
    """The error of every technology that is found or that a plan asks about, by its id.

    Of several plans of one kind the newest that is answered to its end counts, else the newest of
    which anything was answered. In a stratum the answers up to the first that is missing count:
    whatever was answered elsewhere, or out of turn, was not drawn at random. The counts are those
    of the corpus now, so that notices that came after a plan are taken to be like the ones before.
    """
    among = LAID_READY if "marked" in named_in(con) else SEARCHED
    found = dict(con.execute(NOW.format(searched=among)).fetchall())
    (searched,) = con.execute(ALL_NOW.format(searched=among)).fetchone() or (0,)
    samples = _samples(con.execute(ANSWERED).fetchall())
    subjects = sorted({*found, *(subject for subject, _ in samples)})
    return {
        subject: _checked(subject, found.get(subject, 0), searched, samples) for subject in subjects
    }


Drawn = tuple[Sample, tuple[Looked, ...]]


def _samples(rows: Sequence[Any]) -> dict[tuple[str, str], Drawn]:
    """By technology and kind, the plan that counts and its strata."""
    chosen: dict[tuple[str, str], Drawn] = {}
    for key, of_kind in groupby(rows, key=itemgetter(0, 1)):
        plans = [_drawn(list(cases)) for _, cases in groupby(of_kind, key=itemgetter(2))]
        answered = [each for each in plans if each[0].looked]
        whole = [each for each in answered if each[0].looked == each[0].planned]
        if whole or answered:
            chosen[key] = (whole or answered)[0]
    return chosen


def _drawn(cases: Sequence[Any]) -> Drawn:
    strata = tuple(_looked(list(some)) for _, some in groupby(cases, key=itemgetter(3)))
    _, _, plan, _, _, _, made, is_older, _, _ = cases[0]
    looked = sum(each.looked for each in strata)
    is_whole = looked == len(cases)
    state: State = "older" if is_older else "measured" if is_whole else "begun"
    sample = Sample(
        plan=plan,
        made=made,
        state=state,
        size=sum(each.size for each in strata),
        planned=len(cases),
        looked=looked,
        right=sum(each.right for each in strata),
        wrong=sum(each.wrong for each in strata),
        unknown=sum(each.unknown for each in strata),
    )
    return sample, strata


def _looked(cases: Sequence[Any]) -> Looked:
    """A stratum's answers, from its first case up to the first that nobody answered."""
    truths = list(_until_one_waits(cases))
    return Looked(
        band=cases[0][4],
        size=cases[0][5],
        right=truths.count(True),
        wrong=truths.count(False),
        unknown=truths.count(None),
    )


def _until_one_waits(cases: Iterable[Any]) -> Iterator[bool | None]:
    for *_, state, truth in cases:
        if state in WAITING:
            return
        yield truth


def _checked(
    subject: str, found: int, searched: int, samples: dict[tuple[str, str], Drawn]
) -> Checked:
    precise, rest = samples.get((subject, "precision")), samples.get((subject, "recall"))
    told = measure(precise[1] if precise else (), rest[1] if rest else ())
    right = told.precision.times(found) if told.precision else None
    if rest and told.missed:
        missed = told.missed.times((searched - found) / max(rest[0].size, 1))
    else:
        missed = None
    return Checked(
        subject=subject,
        found=found,
        unfound=searched - found,
        precision=told.precision,
        recall=told.recall,
        missed=missed,
        corrected=_corrected(found, right, missed),
        precise_by=precise[0] if precise else None,
        recall_by=rest[0] if rest else None,
    )


def _corrected(found: int, right: Interval | None, missed: Interval | None) -> Interval | None:
    """Where nothing was found, all that there is was missed."""
    if missed is None:
        return None
    if right is None:
        return missed if not found else None
    return added(right, missed)
