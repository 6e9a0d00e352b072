"""Numbers for publication: one file for each question, whose docstring is printed with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from duckdb import DuckDBPyConnection

from tenderlight.figures import (
    buyer_supplier,
    buyers,
    capacities,
    checked,
    contractors,
    counties,
    deployment,
    divisions,
    foreign_cameras,
    gis_contracts,
    item_money,
    mismatches,
    money,
    person_archive,
    programmes,
    quantities,
    red_lists,
    rules_quoted,
    sensitive_sites,
    sites,
    specifications,
    suppliers,
    targets,
    targets_quoted,
    technologies_by_year,
    timeline,
)
from tenderlight.figures.answer import answer, open_all, open_key
from tenderlight.figures.asked import Asked
from tenderlight.figures.figure import (
    Behind,
    Cell,
    Chart,
    Choice,
    Column,
    Coverage,
    ErrorOf,
    Figure,
    FigureCard,
    Given,
    Label,
    Node,
    Parameter,
    Point,
    Proof,
    Published,
    Row,
    Series,
)
from tenderlight.figures.question import Question
from tenderlight.figures.scope import Scope
from tenderlight.model import Refused
from tenderlight.technologies import Definitions

QUESTIONS: tuple[Question, ...] = (
    technologies_by_year.QUESTION,
    timeline.QUESTION,
    divisions.QUESTION,
    counties.QUESTION,
    money.QUESTION,
    programmes.QUESTION,
    item_money.QUESTION,
    gis_contracts.QUESTION,
    targets.QUESTION,
    targets_quoted.QUESTION,
    red_lists.QUESTION,
    rules_quoted.QUESTION,
    sites.QUESTION,
    sensitive_sites.QUESTION,
    deployment.QUESTION,
    quantities.QUESTION,
    capacities.QUESTION,
    mismatches.QUESTION,
    buyers.QUESTION,
    suppliers.QUESTION,
    contractors.QUESTION,
    buyer_supplier.QUESTION,
    foreign_cameras.QUESTION,
    specifications.QUESTION,
    person_archive.QUESTION,
    checked.QUESTION,
)
"""Every figure, in the order in which they are listed. A new one is a file and a name here."""

NOTHING: Mapping[str, str] = MappingProxyType({})
"""Words that limit nothing."""

__all__ = (
    "Asked",
    "Behind",
    "Cell",
    "Chart",
    "Choice",
    "Column",
    "Coverage",
    "ErrorOf",
    "Figure",
    "FigureCard",
    "Given",
    "Label",
    "Node",
    "Parameter",
    "Point",
    "Proof",
    "Published",
    "Question",
    "Row",
    "Scope",
    "Series",
    "figures",
    "find_question",
    "make_figure",
    "open_cell",
    "open_cells",
    "open_page",
)


def figures(own: Iterable[Question] = ()) -> tuple[FigureCard, ...]:
    """The figures that there are, each with its question: ours, then a corpus' `own`.

    Those of a corpus come from `asking.questions_of(corpus)`; this room knows of no folder.

    >>> figures()[0].name
    'technologies-by-year'
    """
    return tuple(question.card for question in (*QUESTIONS, *own))


def make_figure(
    con: DuckDBPyConnection,
    name: str,
    definitions: Definitions | None = None,
    words: Mapping[str, str] = NOTHING,
    own: Iterable[Question] = (),
) -> Figure:
    """A figure from the tables of a corpus (`corpus.connect()`, `corpus.definitions`).

    `words` limit its scope or are its parameters: `{"since": "2016", "types": "award"}`. Without
    definitions, technologies and targets are called by their ids. Refuses a name that is no
    figure's, and names the nearest; and words that it does not have.
    """
    question = find_question(name, own).ready(con)
    return answer(con, Asked.of(question, words, definitions), definitions)


def open_cell(
    con: DuckDBPyConnection,
    name: str,
    key: str,
    words: Mapping[str, str] = NOTHING,
    *,
    own: Iterable[Question] = (),
    limit: int | None = None,
    offset: int = 0,
) -> tuple[Proof, ...]:
    """The notices behind a number, each with what it adds and the passage that says so.

    Without a limit, the `value`s of what comes back add up to exactly the number in the cell (or
    the point, or the coverage line) that has this key in the figure that was made with the same
    `words`. Earliest first. Refuses an unknown key.
    """
    question = find_question(name, own).ready(con)
    return open_key(con, Asked.of(question, words), key, limit, offset).proofs


def open_page(
    con: DuckDBPyConnection,
    name: str,
    key: str,
    words: Mapping[str, str] = NOTHING,
    *,
    own: Iterable[Question] = (),
    limit: int,
    offset: int = 0,
) -> Behind:
    """A page of what `open_cell` gives, with what all of it comes to.

    The texts of other pages are not read: behind one number there may be a million notices.
    """
    question = find_question(name, own).ready(con)
    return open_key(con, Asked.of(question, words), key, limit, offset)


def open_cells(
    con: DuckDBPyConnection,
    name: str,
    words: Mapping[str, str] = NOTHING,
    *,
    own: Iterable[Question] = (),
    most: int,
) -> Iterator[tuple[str, tuple[Proof, ...]]]:
    """Every key of a figure with what `open_cell` gives for it, far quicker than one by one.

    Lines of the coverage with more than `most` notices are left out.
    """
    question = find_question(name, own).ready(con)
    return open_all(con, Asked.of(question, words), most)


def find_question(name: str, own: Iterable[Question] = ()) -> Question:
    """The question of that name, ours or one of `own`; refuses any other, and names the nearest."""
    named = {question.name: question for question in (*own, *QUESTIONS)}
    if name not in named:
        near = difflib.get_close_matches(name, named, n=2, cutoff=0.4) or list(named)
        raise Refused(f"There is no figure {name!r}.", f"Try {' or '.join(near)}.")
    return named[name]
