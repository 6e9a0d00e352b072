"""Plans of a corpus: drawn from its tables, kept in `decisions/plans.jsonl`, laid out as a table.

The file is only appended to. A plan that was changed by hand is another plan: its name is made of
all that it says, and one whose name does not fit is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from tenderlight.corpus.schemas import COUNT, TEXT, TRUTH
from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.decisions import append_decided, decided, words
from tenderlight.model import Refused
from tenderlight.review.plans import Candidate, Kind, Plan, is_whole, make_plan

Progress = Callable[[int, int], None]
PLANS = "plans.jsonl"
COLUMNS = {
    "plan": TEXT,
    "kind": TEXT,
    "made": TEXT,
    "is_older": TRUTH,  # drawn from what another method found
    "subject": TEXT,
    "stratum": COUNT,
    "band": TEXT,
    "size": COUNT,
    "position": COUNT,
    "case_id": TEXT,
    "notice": TEXT,
}
SEARCHED = """(select * from notice where readable
    qualify row_number() over (partition by sha256 order by batch, number, id) = 1)"""
"""What figures count: readable notices, those with the same bytes once (`figures/counted.py`)."""
FRAME = f"""create or replace temp table frame as
    select id, batch, number, coalesce(year::varchar, 'undated') as in_year from {SEARCHED}"""  # noqa: S608
CLAIMS = """select n.id, c.case_id, n.in_year, s.score
    from claim c join frame n on n.id = c.notice
    left join scored s on s.notice = c.notice and s.id = c.id
    where c.kind = 'technology' and c.relation = 'bought' and c.id = $subject
    order by n.batch, n.number"""
REST = """select n.id, coalesce(c.case_id, ''), n.in_year, s.score, c.case_id is not null
    from frame n
    left join (from claim where kind = 'technology' and id = $subject) c on c.notice = n.id
    left join (from scored where id = $subject) s on s.notice = n.id
    where c.relation is distinct from 'bought' order by n.batch, n.number"""
SCORED = """create or replace temp table scored as
    select notice, id, max(score) as score from second_score
    where score is not null group by notice, id"""


def load_plans(decisions: Path) -> tuple[Plan, ...]:
    """The plans of a corpus, oldest first; each once."""
    known = {plan.id: plan for plan in decided(decisions, PLANS, Plan) if is_whole(plan)}
    return tuple(sorted(known.values(), key=lambda plan: (plan.made, plan.id)))


def save_plan(decisions: Path, plan: Plan) -> None:
    """Append a plan; it is on the disk when this comes back."""
    append_decided(decisions, PLANS, plan)


def merge_plans(decisions: Path, others: Path) -> int:
    """Add the plans of another folder of decisions that are not there yet; gives how many."""
    known = {plan.id for plan in load_plans(decisions)}
    new = [plan for plan in load_plans(others) if plan.id not in known]
    for plan in new:
        save_plan(decisions, plan)
    return len(new)


def draw_plan(
    con: DuckDBPyConnection,
    kind: Kind,
    subjects: Sequence[str],
    *,
    size: int,
    by: str,
    made: datetime,
    method: str,
    seed: str | None = None,
    by_score: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """A plan of the corpus as it is now, not yet written down.

    Without subjects: every technology that is claimed to be bought. Without a seed, the moment is
    one: nobody chose the sample by it. `progress` hears how many technologies are done. Refuses
    (Refused) what `make_plan` refuses, and a technology of which nothing is claimed.
    """
    con.execute(FRAME)
    known = [id for (id,) in con.execute(FOUND).fetchall()]
    unknown = [subject for subject in subjects if subject not in known]
    if unknown and kind == "precision":
        raise Refused(
            f"No notice is found to buy {unknown[0]}.",
            "What was missed is asked by a plan of the kind `recall`.",
        )
    con.execute(SCORED)
    wanted = sorted(set(subjects)) or known
    moment = rfc3339(made)

    def drawn_from(number: int, subject: str) -> _Candidates:
        told = partial(progress, number + 1, len(wanted)) if progress else None
        return _Candidates(con, kind, subject, told)

    return make_plan(
        {subject: drawn_from(number, subject) for number, subject in enumerate(wanted)},
        kind=kind,
        size=size,
        seed=words("The seed", seed) if seed else moment,
        by=words("The name of who makes the plan", by),
        made=moment,
        method=method,
        by_score=by_score,
    )


FOUND = """select distinct c.id from claim c join frame n on n.id = c.notice
    where c.kind = 'technology' and c.relation = 'bought' order by c.id"""


class _Candidates:
    """What a plan may draw of one technology, read when it is asked for: one at a time in memory.

    In the order of the ledger.
    """

    def __init__(
        self, con: DuckDBPyConnection, kind: Kind, subject: str, done: Callable[[], None] | None
    ) -> None:
        self._con, self._subject, self._done = con, subject, done
        self._asked = CLAIMS if kind == "precision" else REST

    def __iter__(self) -> Iterator[Candidate]:
        found = self._con.execute(self._asked, {"subject": self._subject})
        while rows := found.fetchmany(10_000):
            yield from (Candidate(*row) for row in rows)
        if self._done:
            self._done()


def lay_out(con: DuckDBPyConnection, plans: Sequence[Plan], method: str) -> None:
    """Make the table `plan_case` anew: every case of every plan, with its stratum."""
    rows = [
        (plan, number, stratum, position, each)
        for plan in plans
        for number, stratum in enumerate(plan.strata)
        for position, each in enumerate(stratum.drawn)
    ]
    values = [
        [plan.id for plan, *_ in rows],
        [plan.kind for plan, *_ in rows],
        [plan.made for plan, *_ in rows],
        [plan.method != method for plan, *_ in rows],
        [stratum.subject for _, _, stratum, *_ in rows],
        [number for _, number, *_ in rows],
        [stratum.band for _, _, stratum, *_ in rows],
        [stratum.size for _, _, stratum, *_ in rows],
        [position for *_, position, _ in rows],
        [each.case for *_, each in rows],
        [each.notice for *_, each in rows],
    ]
    arrays = [pa.array(v, kind) for v, kind in zip(values, COLUMNS.values(), strict=True)]
    con.register("new_plan_case", pa.Table.from_arrays(arrays, names=list(COLUMNS)))
    con.execute("create or replace table plan_case as select * from new_plan_case")
    con.unregister("new_plan_case")
