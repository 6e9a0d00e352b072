"""How often the definitions are wrong, and what was searched: for the pages of the method."""

from __future__ import annotations

import duckdb
import msgspec

from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing.error import Checked, measured_error
from tenderlight.figures.figure import Cell
from tenderlight.figures.measured import (
    STATES,
    corrected_cell,
    missed_cell,
    sample_cell,
    share_cell,
)
from tenderlight.technologies import Definition
from tenderlight.web.page import link
from tenderlight.web.words import Label, finding_label, words

SHORTEST = 2
"""Characters of a word at least that tie a search to a definition."""


class MeasuredView(msgspec.Struct, frozen=True, kw_only=True):
    """The error of one technology, in words with its intervals; each may be "not measured"."""

    label: Label
    href: str
    found: int
    precision: Label
    recall: Label
    corrected: Label
    looked: Label
    """Of what was found, how much was looked at."""
    missed: Label
    """Of what was not found."""
    state: Label


class SearchedView(msgspec.Struct, frozen=True, kw_only=True):
    """One search word, over all runs of one source."""

    term: Label
    source: str
    times: int
    found: int
    outcomes: tuple[Label, ...]


def measured_views(corpus: Corpus, con: duckdb.DuckDBPyConnection) -> tuple[MeasuredView, ...]:
    """Every technology that was found or is in a plan, those in most notices first."""
    checked = sorted(measured_error(con).values(), key=lambda each: (-each.found, each.subject))
    return tuple(measured_view(corpus, each) for each in checked)


def measured_view(corpus: Corpus, checked: Checked) -> MeasuredView:
    """One technology."""
    return MeasuredView(
        label=finding_label(corpus.definitions, "technology", checked.subject),
        href=link(f"/technologies/{checked.subject}"),
        found=checked.found,
        precision=_label(share_cell(checked.precision)),
        recall=_label(share_cell(checked.recall)),
        corrected=_label(corrected_cell(checked)),
        looked=_label(sample_cell(checked.precise_by)),
        missed=_label(missed_cell(checked.recall_by)),
        state=_label(STATES[checked.state]),
    )


def measured_of(corpus: Corpus, con: duckdb.DuckDBPyConnection, technology: str) -> MeasuredView:
    """One technology; not measured where it was neither found nor drawn."""
    known = measured_error(con).get(technology)
    return measured_view(corpus, known or Checked(subject=technology, found=0, unfound=0))


def searched(corpus: Corpus, about: Definition | None = None) -> tuple[SearchedView, ...]:
    """What portals were searched for, by word and source; `about` keeps what names a definition.

    A source that was listed whole was searched for everything, so it is always told.
    """
    told: dict[tuple[str | None, str], list[tuple[int, str]]] = {}
    for run in corpus.runs():
        for each in run.searched:
            if about is None or each.term is None or is_about(each.term, about.words):
                told.setdefault((each.term, run.source), []).append((each.found, each.outcome))
    interface, outcomes = words()["interface"], words()["outcome"]
    return tuple(
        SearchedView(
            term=interface["whole_list"] if term is None else Label(term, term),
            source=source,
            times=len(found),
            found=sum(number for number, _ in found),
            outcomes=tuple(outcomes[one] for one in sorted({outcome for _, outcome in found})),
        )
        for (term, source), found in sorted(told.items(), key=lambda one: (one[0][0] or "", one[0]))
    )


def is_about(term: str, known: tuple[str, ...]) -> bool:
    """Whether a search can have found what a definition looks for.

    >>> is_about("人脸", ("人脸识别",)), is_about("虹膜", ("人脸识别",))
    (True, False)
    """
    term = term.casefold()
    shapes = [word.casefold() for word in known if len(word) >= SHORTEST]
    return len(term) >= SHORTEST and any(term in word or word in term for word in shapes)


def _label(cell: Cell) -> Label:
    return Label(str(cell.value), cell.zh or str(cell.value))
