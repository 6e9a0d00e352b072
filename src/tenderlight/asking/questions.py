"""Own figures as questions, like those of `figures/`."""

from __future__ import annotations

from collections.abc import Container, Iterator

from tenderlight.asking.built import MONEY, Built
from tenderlight.asking.facts import facts_of
from tenderlight.asking.lay_out import layout_of, left_out_of
from tenderlight.asking.lay_out_written import layout_of_written
from tenderlight.asking.method import method_of, method_of_written
from tenderlight.asking.saved import Saved, Written, read_saved, standing
from tenderlight.asking.written import facts_of_written
from tenderlight.corpus import Corpus
from tenderlight.figures import Question, Scope
from tenderlight.figures.coverage import BASIS
from tenderlight.figures.question import LeftOut

LABELS = {
    "buyer": "select id, name from organisation",
    "supplier": "select id, name from organisation",
    "notice": "select id, coalesce(title, file) from notice where id in (select row_id from facts)",
}
"""What the lines are called, where that stands in the corpus."""


COVERAGE = frozenset(told.id for told in BASIS)


class Everything(Container[str]):
    """Every column of a figure of money: which there are is known when it has been asked.

    The lines of the coverage count notices, here too.
    """

    def __contains__(self, column: object) -> bool:
        return column not in COVERAGE and not str(column).startswith("left-out-")


def questions_of(corpus: Corpus) -> tuple[Question, ...]:
    """The corpus' own figures that are saved and not retired, by name."""
    return tuple(_questions(corpus))


def _questions(corpus: Corpus) -> Iterator[Question]:
    for line in standing(read_saved(corpus.folder.decisions)):
        if line.built is not None:
            yield built_question(line.built, line)
        elif line.written is not None:
            yield written_question(corpus, line.written, line)


def built_question(built: Built, line: Saved) -> Question:
    """A built figure as a question. Refuses (Refused) what a line may say and none can be."""
    built.check()
    return Question(
        name=line.name,
        en=line.en,
        zh=line.zh or line.en,
        question=line.question or f"{line.en}?",
        docstring=method_of(built),
        facts=facts_of(built),
        lay_out=layout_of(built),
        left_out=left_out_of(built),
        labels=LABELS.get(built.rows),
        money=Everything() if built.measure in MONEY else frozenset(),
        maps=built.rows == "province" and built.columns == "none",
        within=Scope.parse(built.within),
    )


def written_question(corpus: Corpus, written: Written, line: Saved) -> Question:
    """A question in SQL. It is asked when its figure is made, and once for each state."""
    return Question(
        name=line.name,
        en=line.en,
        zh=line.zh or line.en,
        question=line.question or f"{line.en}?",
        docstring=method_of_written(written),
        facts=written.sql,
        lay_out=layout_of_written(written),
        left_out=(
            LeftOut(
                id="adds-nothing",
                en="notices that the query gives no row of",
                zh="查询结果未涉及的公告",
                notices="select id from counted where id not in (select notice from facts)",
            ),
        ),
        money=Everything() if written.money else frozenset(),
        prepare=lambda con: facts_of_written(corpus, con, written.sql),
    )
