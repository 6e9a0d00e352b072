"""What a corpus teaches its second reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.corpus.folder import only_one
from tenderlight.corpus.ranking.kept import room, save_reader
from tenderlight.corpus.read import Corpus
from tenderlight.second import Card, Lesson
from tenderlight.second.lessons import OTHERS, drawn, example_lessons
from tenderlight.second.train import train
from tenderlight.technologies import Definitions

MOST_CLAIMS = 150
"""Claims of each technology that teach, of those that say `bought` and of the others: which ones is
drawn by the digests that name their cases."""

_DECIDED = """
select v.id, v.truth, coalesce(nullif(v.context, ''), v.text) as said, n.title, v.notice,
    coalesce(m.purchase, v.notice) as sibling
from verdict v join notice n on n.id = v.notice left join member m on m.notice = v.notice
where v.kind = 'technology' and v.truth is not null and (v.by_passage or not v.truth)
order by v.notice, v.id"""
"""Of what is bought only passages that a person confirmed: any other may not be what says so."""
_CLAIMED = """
select c.id, c.relation = 'bought' as truth, c.context as said, n.title, c.notice,
    coalesce(m.purchase, c.notice) as sibling
from claim c join notice n on n.id = c.notice left join member m on m.notice = c.notice
where c.kind = 'technology' and not exists (select 1 from verdict v where v.notice = c.notice
    and v.kind = c.kind and v.id = c.id and v.state <> 'open')
qualify row_number() over (partition by c.id, truth order by c.case_id) <= $most
order by c.notice, c.id"""


def teach(corpus: Corpus, *, seed: int = 1) -> Card:
    """Train the corpus' second reader and keep it; its card.

    Refuses (Refused) a corpus that is not built, and lessons that are too few.
    """
    definitions = corpus.definitions
    with only_one(room(corpus.folder) / ".lock", f"the second reader of {corpus.folder.root}"):
        reader = train(corpus_lessons(corpus.connect(), definitions), definitions, seed=seed)
        save_reader(corpus.folder, reader)
    return reader.card


def corpus_lessons(con: DuckDBPyConnection, definitions: Definitions) -> list[Lesson]:
    """Decisions and the definitions' examples; and, for little, what the definitions claim."""
    lessons = example_lessons(definitions)
    lessons += [_lesson(row, "decision") for row in con.execute(_DECIDED).fetchall()]
    claimed = con.execute(_CLAIMED, {"most": MOST_CLAIMS}).fetchall()
    lessons += [_lesson(row, "claim") for row in claimed]
    lessons += _elsewhere(con, claimed, [term.id for term in definitions.technology])
    return lessons


def _lesson(row: tuple[Any, ...], source: Any, subject: str | None = None) -> Lesson:
    id, truth, said, title, _, sibling = row
    return Lesson(
        subject=subject or id,
        text=f"{' '.join((title or '').split())}\n{said or title or ''}",
        is_bought=truth and subject is None,
        source=source,
        group=sibling,
    )


def _elsewhere(
    con: DuckDBPyConnection, claimed: list[tuple[Any, ...]], technologies: list[str]
) -> Iterator[Lesson]:
    """Beside each claim a few technologies that neither a claim nor a person sees in its notice."""
    asked = "select notice, id from verdict where kind = 'technology'"
    named = defaultdict(set)
    for notice, id in con.execute(asked).fetchall():
        named[notice].add(id)
    for row in claimed:
        absent = [one for one in technologies if one not in named[row[4]]]
        for subject in drawn(absent, f"{row[4]} {row[0]}")[:OTHERS]:
            yield _lesson(row, "claim", subject)
