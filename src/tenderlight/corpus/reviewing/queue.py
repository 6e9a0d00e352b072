"""The queue: which claims are asked, in which order, and what a person is shown of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
import pyarrow as pa
from duckdb import DuckDBPyConnection

from tenderlight.corpus.reviewing.verdicts import Texts
from tenderlight.review import Case, Pair, Quote, Reviewed, case_id
from tenderlight.review.case import AROUND, NOTHING
from tenderlight.review.order import priority

Order = Literal["proposed", "random", "newest"]
UNSAID: tuple[None, str] = (None, "")
OPENING = 600
"""Characters of a notice's beginning that are shown where no passage is pointed at."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what stands around it on the screen."""

    case: Case
    title: str | None
    buyer: str | None
    published: str | None
    url: str | None
    standing: str = ""
    """Where in the document the passage stands (`model.Standing`); empty where nobody says."""
    said: str | None = None
    """What a language model says of it, where one was asked: testimony, no answer."""
    said_by: str = ""
    """The names of the models that say so, or anything of it."""
    answers: tuple[Reviewed, ...] = ()
    """What others answered, where whoever is asked may see it: never in a plan."""


class Listed(NamedTuple):
    """A place in the queue."""

    pair: Pair
    case: str


def ordered(
    con: DuckDBPyConnection, kind: str, subject: str | None, order: Order, seed: str
) -> list[tuple[str, str, str]]:
    """Everything that can be asked, as notice, subject and case, in an order that does not depend
    on what was answered.

    Claims of the definitions, and what the second reader and a language model point at beside them.
    """
    con.execute("create or replace temp table candidate as " + _candidates(kind), {"kind": kind})
    if order == "proposed":
        _weigh(con)
    first = {"proposed": "u.urgency desc", "newest": "c.published desc nulls last", "random": "own"}
    rows = con.execute(
        f"""select c.notice, c.id, c.case_id,
            sha256($seed || chr(0) || c.notice || chr(0) || c.id) as own
        from candidate c {_URGENT if order == "proposed" else ""}
        where $subject is null or c.id = $subject
        order by {first[order]}, own""",  # noqa: S608
        {"seed": seed, "subject": subject},
    ).fetchall()
    con.execute("drop table candidate")
    return [row[:3] for row in rows]


def _candidates(kind: str) -> str:
    if kind != "technology":
        return _CLAIMS.format(score="null::double", said="null::varchar", beside="")
    said = "coalesce(m.relation, if(a.notice is null, null, 'none'))"
    claims = _CLAIMS.format(score="s.score", said=said, beside=f"{_SCORED} {_SAID}")
    return f"""with pointed as ({_POINTED}) {claims} union all select * from pointed
        union all select * from ({_SPOKEN_OF})
        where (notice, id) not in (select distinct notice, id from pointed)"""  # noqa: S608


def _weigh(con: DuckDBPyConnection) -> None:
    """How urgent each kind of candidate is: worked out once for all that are alike."""
    alike = "select distinct relation, score, standing, said from candidate"
    rows = con.execute(alike).fetchall()
    urgent = [
        priority(relation, score, standing or "text", said=said)
        for relation, score, standing, said in rows
    ]
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    kinds = (pa.string(), pa.float64(), pa.string(), pa.string(), pa.float64())
    names = ("relation", "score", "standing", "said", "urgency")
    arrays = [pa.array(c, k) for c, k in zip((*columns, urgent), kinds, strict=True)]
    con.register("urgency", pa.Table.from_arrays(arrays, names=list(names)))


_CLAIMS = """select c.notice, c.id, c.case_id, c.relation, c.standing, n.published,
    {score} as score, {said} as said
    from claim c join notice n on n.id = c.notice {beside} where c.kind = $kind"""
_URGENT = """join urgency u on u.relation = c.relation and u.score is not distinct from c.score
    and u.standing is not distinct from c.standing and u.said is not distinct from c.said"""
_SCORED = """left join (select notice, id, max(score) as score from second_score group by all) s
    on s.notice = c.notice and s.id = c.id"""
_SAID = """left join (select notice, id, min(relation) as relation from model_said group by all) m
    on m.notice = c.notice and m.id = c.id
    left join (select distinct notice, unnest(ids) as id from model_asked where whole) a
    on a.notice = c.notice and a.id = c.id"""
_SPOKEN_OF = """select m.notice, m.id, first(m.case_id order by m.start_at), 'none', '',
    n.published, null, 'bought' from model_said m join notice n on n.id = m.notice
    where m.relation = 'bought'
    and not exists (select 1 from claim c where c.notice = m.notice and c.id = m.id
        and c.kind = 'technology')
    group by m.notice, m.id, n.published"""
"""What a language model calls bought and the definitions do not name: asked, and nothing more."""
_POINTED = """select s.notice, s.id, coalesce(s.case_id, ''), 'none', '', n.published, s.score, null
    from second_score s join notice n on n.id = s.notice
    where s.claim = 'none'
    and not exists (select 1 from claim c where c.notice = s.notice and c.id = s.id
        and c.kind = 'technology')"""


def asked_of(
    con: DuckDBPyConnection, pairs: Sequence[Pair], texts: Texts, near: str
) -> dict[Pair, Asked]:
    """What a person is shown of these, as the definitions and the second reader have them now.

    A notice in which neither found anything is shown from its beginning. Notices that are not in
    the corpus are left out. `near` is the beginning of a query that says where they stand.
    """
    with _given(con, "asked_pair", pairs):
        notices = {row[0]: row[1:] for row in con.execute(near + _NOTICES).fetchall()}
        rows = con.execute(near + _CLAIMED).fetchall()
        pointed = con.execute(_POINTS).fetchall() + con.execute(_SPOKEN).fetchall()
        told = dict(con.execute(_TOLD).fetchall())
    found: dict[Pair, Asked] = {}
    for row in (*rows, *pointed):
        pair = Pair(*row[:3])
        if pair.notice in notices and pair not in found:
            found[pair] = _shown(pair, row, notices[pair.notice], told)
    rest = [pair for pair in pairs if pair not in found and pair.notice in notices]
    for pair, text in _openings(rest, texts):
        case = opening_case(pair, text)
        spoken = told.get((pair.notice, pair.subject), UNSAID)
        found[pair] = _around(case, notices[pair.notice], "", spoken)
    return found


_NOTICES = """select id, title, buyer, published, url from notice
    where id in (select notice from asked_pair)"""
_CLAIMED = """select notice, kind, id, relation, text, prefix, suffix, part, start_at, end_at,
    context, rule, standing, null, case_id
    from claim semi join asked_pair using (notice, kind, id)"""
_POINTS = """select notice, 'technology', id, 'none', text, prefix, suffix, part, start_at, end_at,
    context, '', '', score, case_id from second_score semi join
    (select notice, id from asked_pair where kind = 'technology') using (notice, id)
    where text <> '' order by score desc, start_at"""
_SPOKEN = """select notice, 'technology', id, 'none', text, prefix, suffix, part, start_at, end_at,
    context, '', '', null, case_id from model_said semi join
    (select notice, id from asked_pair where kind = 'technology') using (notice, id)
    where relation = 'bought' order by start_at, manner"""
_TOLD = """select (notice, id), (min(relation), string_agg(distinct model, ', ' order by model))
    from model_said semi join asked_pair using (notice, id) group by all"""


def opening_case(pair: Pair, text: str) -> Case:
    """The case of a notice in which nothing points anywhere: its beginning is shown."""
    start = len(text) - len(text.lstrip())
    quote = Quote(exact="", suffix=text[start : start + AROUND])
    return Case(
        id=case_id(*pair, quote),
        notice=pair.notice,
        kind=pair.kind,  # type: ignore[arg-type]
        subject=pair.subject,
        claim=NOTHING,
        quote=quote,
        context=text[start : start + OPENING],
    )


def passage_case(asked: Asked, row: tuple[Any, ...], text: str) -> Asked:
    """The same question about another passage of the notice."""
    relation, exact, part, start, end, context, rule, standing = row
    quote = Quote(
        exact=exact,
        prefix=text[max(start - AROUND, 0) : start],
        suffix=text[end : end + AROUND],
        part=part,
        start=start,
        end=end,
    )
    case = msgspec.structs.replace(
        asked.case,
        id=case_id(asked.case.notice, asked.case.kind, asked.case.subject, quote),
        claim=relation,
        quote=quote,
        context=context,
        rule=rule,
    )
    return msgspec.structs.replace(asked, case=case, standing=standing)


_PASSAGES = """select relation, text, part, start_at, end_at, context, rule, standing from finding
    where notice = ? and kind = ? and id = ? and part <> 'manifest'
    order by relation <> 'bought', number"""


def next_passages(con: DuckDBPyConnection, pair: Pair, near: str) -> list[tuple[Any, ...]]:
    """The passages of a notice that name it: those that say it is bought, then in their order."""
    return con.execute(near + _PASSAGES, list(pair)).fetchall()


def _shown(
    pair: Pair,
    row: tuple[Any, ...],
    notice: tuple[Any, ...],
    told: dict[Any, tuple[str, str]],
) -> Asked:
    relation, exact, prefix, suffix, part, start, end, context, rule, standing, score, id = row[3:]
    quote = Quote(exact=exact, prefix=prefix, suffix=suffix, part=part, start=start, end=end)
    case = Case(
        id=id or case_id(*pair, quote),
        notice=pair.notice,
        kind=pair.kind,  # type: ignore[arg-type]
        subject=pair.subject,
        claim=relation,
        quote=quote,
        context=context or "",
        rule=rule or "",
        score=score,
    )
    return _around(case, notice, standing, told.get((pair.notice, pair.subject), UNSAID))


def _around(
    case: Case, notice: tuple[Any, ...], standing: str | None, said: tuple[str | None, str]
) -> Asked:
    title, buyer, published, url = notice
    return Asked(
        case=case,
        title=title,
        buyer=buyer,
        published=published,
        url=url,
        standing=standing or "",
        said=said[0],
        said_by=said[1],
    )


def _openings(pairs: Iterable[Pair], texts: Texts) -> Iterator[tuple[Pair, str]]:
    wanted = list(pairs)
    known = dict(texts({pair.notice for pair in wanted})) if wanted else {}
    for pair in wanted:
        yield pair, known.get(pair.notice, "")


class _given:
    """Pairs as a table while the block runs."""

    def __init__(self, con: DuckDBPyConnection, name: str, pairs: Collection[Pair]) -> None:
        self._con, self._name = con, name
        self._table = pa.table(
            {
                "notice": pa.array([pair.notice for pair in pairs], pa.string()),
                "kind": pa.array([pair.kind for pair in pairs], pa.string()),
                "id": pa.array([pair.subject for pair in pairs], pa.string()),
            }
        )

    def __enter__(self) -> None:
        self._con.register(self._name, self._table)

    def __exit__(self, *error: object) -> None:
        self._con.unregister(self._name)
